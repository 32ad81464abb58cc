//! Ten thousand rooms of bots at pace `normal`, and some people among them.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;
use tempfile::TempDir;
use tokio::time::sleep;

use crate::{client::Client, counters::Counters, crowd, tables, tally::Tally};

const ROOMS: usize = 10_000;
/// Rooms of four people.
const PEOPLE: usize = 25;
const THINK: Duration = Duration::from_millis(100);
const TURN: Duration = Duration::from_secs(15);
/// Requests at once while the rooms are made.
const AT_ONCE: usize = 40;
const PASSWORD: &str = "Correct-Horse-9";
/// The limits of the contract would end the bench after two rooms.
const NO_LIMITS: [&str; 10] = [
    "--battles-auth-per-minute",
    "0",
    "--battles-create-per-minute",
    "0",
    "--battles-actions-per-minute",
    "0",
    "--battles-state-per-minute",
    "0",
    "--rate-limit-requests",
    "0",
];

/// Measures and prints.
pub(crate) async fn run() {
    println!("\n{PEOPLE} rooms of people among {ROOMS} of bots at pace normal, durability full");
    let folder = TempDir::new().expect("a folder");
    let server = tables::serve(folder.path(), "full", &NO_LIMITS);
    let token = register(server.port).await;
    let made = Instant::now();
    join_all((0..AT_ONCE).map(|_| fill(server.port, &token, ROOMS / AT_ONCE))).await;
    println!("    made in {:.1} s", made.elapsed().as_secs_f64());
    let tally = Tally::thinking(THINK);
    tables::start(server.port, tables::seat(server.port, PEOPLE).await, &tally);
    sleep(THINK * 10).await;
    let before = Counters::of(&server).await;
    let began = tally.begin();
    sleep(TURN).await;
    let count = tally.take(began);
    let after = Counters::of(&server).await;
    let lost = tally.stop().await;
    crowd::print(&count, lost);
    println!(
        "    server {:.0} % of its core, {:.0} actions/s of everybody, {:.0} MiB",
        100.0 * (after.cpu - before.cpu) / count.seconds,
        (after.actions - before.actions) / count.seconds,
        server.resident_kib() / 1024.0
    );
}

async fn register(port: u16) -> String {
    let mut client = Client::connect(port).await;
    let credentials = json!({ "username": "bench", "password": PASSWORD }).to_string();
    let request = client.post("/auth/register", "", &credentials);
    let answer = client.exchange(&request).await;
    assert_eq!(answer.status, 201, "registered");
    answer.json()["token"].as_str().expect("a token").to_owned()
}

/// Makes rooms of a person who is away and three bots, and starts them.
async fn fill(port: u16, token: &str, rooms: usize) {
    let mut client = Client::connect(port).await;
    for _ in 0..rooms {
        let room = json!({ "name": "Bench", "pace": "normal", "turnTimeoutSeconds": 30 }).to_string();
        let request = client.post("/battles", token, &room);
        let made = client.exchange(&request).await;
        assert_eq!(made.status, 201, "made");
        let id = made.json()["id"].as_str().expect("an id").to_owned();
        let request = client.post(&format!("/battles/{id}/start"), token, "{}");
        assert_eq!(client.exchange(&request).await.status, 200, "started");
    }
}
