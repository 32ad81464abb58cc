//! Ten thousand rooms of bots at pace `normal`, and some people among them.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;
use tempfile::TempDir;
use tokio::time::sleep;

use crate::{counters::Counters, crowd, player::Player, tables, tally::Tally};

const ROOMS: usize = 10_000;
/// Rooms of four people.
const PEOPLE: usize = 25;
const THINK: Duration = Duration::from_millis(100);
const TURN: Duration = Duration::from_secs(15);
/// People at once who make rooms.
const AT_ONCE: usize = 40;
/// Until a bot stands in for those who left last.
const GRACE: Duration = Duration::from_secs(7);

/// Measures and prints.
pub(crate) async fn run() {
    println!("\n{PEOPLE} rooms of people among {ROOMS} of bots at pace normal, durability full");
    let folder = TempDir::new().expect("a folder");
    let server = tables::serve(folder.path(), "full", &[]);
    let made = Instant::now();
    join_all((0..AT_ONCE).map(|_| fill(server.port, ROOMS / AT_ONCE))).await;
    println!("    made in {:.1} s", made.elapsed().as_secs_f64());
    let tally = Tally::thinking(THINK);
    tables::start(server.port, tables::seat(server.port, PEOPLE).await, &tally);
    sleep(GRACE).await;
    let before = Counters::of(&server).await;
    let began = tally.begin();
    sleep(TURN).await;
    let count = tally.take(began);
    let after = Counters::of(&server).await;
    let lost = tally.stop().await;
    crowd::print(&count, lost, [" (goal: p99 50 ms)", ""]);
    println!(
        "    server {:.0} % of its core, {:.0} actions/s of everybody, {:.0} MiB",
        100.0 * (after.cpu - before.cpu) / count.seconds,
        (after.actions - before.actions) / count.seconds,
        server.resident_kib() / 1024.0
    );
}

/// Makes rooms of one person and three bots, starts them and leaves: after the grace of a lost connection a bot stands in.
async fn fill(port: u16, rooms: usize) {
    let options = json!({ "pace": "normal", "turn_timeout_seconds": 3600 });
    for _ in 0..rooms {
        let mut host = Player::connect(port, "lobby", "Person 0").await;
        host.create(&options).await;
        host.start().await;
        host.wait_for("game_started").await;
    }
}
