//! Four thousand people in a thousand rooms who think fast.

use std::time::Duration;

use tempfile::TempDir;
use tokio::time::sleep;

use crate::{
    server::own_cpu,
    tables,
    tally::{Count, Tally, percentile},
};

const ROOMS: usize = 1_000;
/// About so long, from a half to three halves of it.
const THINK: Duration = Duration::from_millis(100);
const TURN: Duration = Duration::from_secs(10);

/// Measures and prints.
pub(crate) async fn run() {
    println!("\n{} people in {ROOMS} rooms, 50 to 150 ms to think, durability full", ROOMS * 4);
    let folder = TempDir::new().expect("a folder");
    let server = tables::serve(folder.path(), "full", &[]);
    let tally = Tally::thinking(THINK);
    let seated = tables::seat(server.port, ROOMS).await;
    tables::start_over(Duration::from_secs(1), server.port, seated, &tally).await;
    sleep(THINK * 5).await;
    let (began, cpu, own) = (tally.begin(), server.cpu(), own_cpu());
    sleep(TURN).await;
    let (count, cpu, own) = (tally.take(began), server.cpu() - cpu, own_cpu() - own);
    let lost = tally.stop().await;
    print(&count, lost, ["", " (goal: p99 25 ms)"]);
    println!(
        "    server {:.0} % of its core, players {:.0} % of theirs",
        100.0 * cpu / count.seconds,
        100.0 * own / count.seconds
    );
}

/// The times and what went wrong.
pub(crate) fn print(count: &Count, lost: u64, goals: [&str; 2]) {
    let line = |what: &str, times: &[f32], goal: &str| {
        let [half, most, worst] = [0.5, 0.99, 0.999].map(|part| percentile(times, part));
        println!("    {what:<30} p50 {half:>6.2} ms, p99 {most:>6.2} ms, p99.9 {worst:>6.2} ms{goal}");
    };
    line("action to its acknowledgement", &count.own, goals[0]);
    line("action to the others' event", &count.others, goals[1]);
    println!(
        "    {:.0} actions/s, {:.0} messages/s, {} errors, {lost} lost messages",
        count.own.len() as f64 / count.seconds,
        count.messages / count.seconds,
        count.errors,
    );
}
