//! What the REST API takes: the list of battles while a thousand rooms play, and logins.
//!
//! `cargo bench --bench rest`: those who ask on one core, the real server on another.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark prints and may panic"
)]

mod client;
mod figures;
#[path = "../support/server.rs"]
#[allow(dead_code, reason = "shared with other benches")]
mod server;

use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;
use tokio::task::LocalSet;

use self::{client::Client, figures::Figures, server::Server};

/// Rooms that play while their list is asked for.
const ROOMS: usize = 1_000;
/// How many ask at once.
const ASKERS: [usize; 2] = [1, 16];
/// How long each measurement takes.
const TURN: Duration = Duration::from_secs(5);
const PASSWORD: &str = "Correct-Horse-9";
/// The limits of the contract would end the bench after two rooms.
const NO_LIMITS: [&str; 12] = [
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
    "--address-work-kib-per-second",
    "0",
];

fn main() {
    // The bench starts itself again as those who ask, on a core of their own.
    if std::env::args().any(|argument| argument == "ask") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        return LocalSet::new().block_on(&runtime, ask());
    }
    let asked = server::own_role(&["ask"], Some(server::USERS_CORE)).status().expect("it starts");
    assert!(asked.success(), "the askers failed");
}

async fn ask() {
    let folder = TempDir::new().expect("a folder");
    let flags = [["--workers", "1", "--log", "warn"].as_slice(), &NO_LIMITS].concat();
    let server = Server::start(folder.path(), &flags, Some(server::SERVER_CORE), &folder.path().join("log"));
    let token = register(server.port).await;
    fill(server.port, &token).await;
    println!("REST: {ROOMS} live rooms, each of a person who is away and three bots, in a server with one core");
    for (path, what) in [("/battles?limit=20", "20 battles"), ("/battles?limit=100", "100 battles")] {
        for askers in ASKERS {
            let figures = measure(&server, askers, |client| client.get(path, &token)).await;
            println!("  GET {path:<19} {askers:>3} at once: {figures} ({what})");
        }
    }
    let credentials = json!({ "username": "bench", "password": PASSWORD }).to_string();
    for askers in [1, 4] {
        let figures = measure(&server, askers, |client| client.post("/auth/login", "", &credentials)).await;
        println!("  POST /auth/login         {askers:>3} at once: {figures} (Argon2id)");
    }
}

async fn register(port: u16) -> String {
    let mut client = Client::connect(port).await;
    let credentials = json!({ "username": "bench", "password": PASSWORD }).to_string();
    let request = client.post("/auth/register", "", &credentials);
    let answer = client.exchange(&request).await;
    assert_eq!(answer.status, 201, "registered");
    answer.json()["token"].as_str().expect("a token").to_owned()
}

async fn fill(port: u16, token: &str) {
    let mut client = Client::connect(port).await;
    for _ in 0..ROOMS {
        let room = json!({ "name": "Bench", "pace": "normal", "turnTimeoutSeconds": 3600 }).to_string();
        let request = client.post("/battles", token, &room);
        let made = client.exchange(&request).await;
        assert_eq!(made.status, 201, "made");
        let id = made.json()["id"].as_str().expect("an id").to_owned();
        let request = client.post(&format!("/battles/{id}/start"), token, "{}");
        assert_eq!(client.exchange(&request).await.status, 200, "started");
    }
}

/// So many connections ask again and again; every answer must be a 200.
async fn measure(server: &Server, askers: usize, request: impl Fn(&Client) -> Vec<u8>) -> Figures {
    let (began, cpu) = (Instant::now(), server.cpu());
    let asking = (0..askers).map(|_| async {
        let mut client = Client::connect(server.port).await;
        let request = request(&client);
        let mut took = Vec::new();
        while began.elapsed() < TURN {
            let asked = Instant::now();
            let answer = client.exchange(&request).await;
            assert_eq!(answer.status, 200, "answered");
            took.push((asked.elapsed().as_secs_f64(), answer.bytes));
        }
        took
    });
    let took = futures_util::future::join_all(asking).await.concat();
    Figures::new(took, began.elapsed().as_secs_f64(), server.cpu() - cpu)
}
