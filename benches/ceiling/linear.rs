//! What an action costs as there are more rooms: the same number of actions a second over all of them, so that nothing but
//! the number of rooms differs.

use std::time::Duration;

use tempfile::TempDir;
use tokio::time::sleep;

use crate::{
    server::own_cpu,
    tables,
    tally::{Count, Tally},
};

const SIZES: [usize; 4] = [10, 100, 1_000, 5_000];
/// Actions a second of all rooms together: ten rooms must not wait for the disk longer than for their players.
const RATE: f64 = 1_000.0;
const TURN: Duration = Duration::from_secs(5);
/// The other measurement, without a pause.
const CLOSED: Duration = Duration::from_secs(2);

/// One size: paced, then without a pause.
#[derive(Default)]
struct Size {
    paced: Vec<(f64, f64)>,
    closed: Vec<(f64, f64)>,
}

/// Measures and prints.
pub(crate) async fn run() {
    println!("\nwhat an action costs as there are more rooms of four people, durability full");
    let mut sizes: [Size; 4] = Default::default();
    // There and back, so that what drifts on the machine meets all.
    for place in (0..SIZES.len()).chain((0..SIZES.len()).rev()) {
        measure(tables::possible(SIZES[place]), &mut sizes[place]).await;
    }
    println!("                      {RATE:>5.0} actions/s over all rooms         as soon as they are asked");
    println!("    rooms            actions/s   server CPU µs each      actions/s   server CPU µs each");
    for (rooms, size) in SIZES.map(tables::possible).into_iter().zip(&sizes) {
        let [paced, closed] = [&size.paced, &size.closed].map(|figures| mean(figures));
        println!("    {rooms:>5} {:>20.0} {:>20.1} {:>14.0} {:>20.1}", paced.0, paced.1, closed.0, closed.1);
    }
    let growth = |of: fn(&Size) -> &Vec<(f64, f64)>| mean(of(&sizes[3])).1 / mean(of(&sizes[0])).1;
    let (paced, closed) = (growth(|size| &size.paced), growth(|size| &size.closed));
    println!("    last / first (goal: 1.3) {paced:>21.2} {closed:>35.2}");
}

async fn measure(rooms: usize, size: &mut Size) {
    let folder = TempDir::new().expect("a folder");
    let server = tables::serve(folder.path(), "full", &[]);
    let think = Duration::from_secs_f64(rooms as f64 / RATE);
    let tally = Tally::thinking(think);
    tally.paced.set(true);
    let seated = tables::seat(server.port, rooms).await;
    tables::start_over(think, server.port, seated, &tally).await;
    for (figures, settle, turn) in [(&mut size.paced, think / 2, TURN), (&mut size.closed, think.mul_f64(1.5), CLOSED)]
    {
        sleep(settle + Duration::from_millis(500)).await;
        let (began, cpu, own) = (tally.begin(), server.cpu(), own_cpu());
        sleep(turn).await;
        let (count, cpu, own) = (tally.take(began), server.cpu() - cpu, own_cpu() - own);
        warn(rooms, &count, own);
        let actions = count.own.len() as f64;
        figures.push((actions / count.seconds, 1e6 * cpu / actions));
        tally.think.set(Duration::ZERO);
    }
    let lost = tally.stop().await;
    if lost > 0 {
        println!("    {rooms} rooms: {lost} lost messages");
    }
}

fn warn(rooms: usize, count: &Count, own: f64) {
    if count.errors > 0 {
        println!("    {rooms} rooms: {} errors", count.errors);
    }
    if own > 0.95 * count.seconds {
        println!("    {rooms} rooms: the players were the limit");
    }
}

/// Of actions per second, and of their cost.
fn mean(figures: &[(f64, f64)]) -> (f64, f64) {
    let sum = figures.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    (sum.0 / figures.len() as f64, sum.1 / figures.len() as f64)
}
