//! What the most expensive request of each kind costs the server: its bytes, its CPU time, and how much of that is time of
//! the thread that serves.
//!
//! `cargo bench --bench cost [-- TIMES [ROOMS]]`: whoever asks on one core, the real server on another. Limits are off, for
//! they would end it.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark prints and may panic"
)]

#[path = "../rest/client.rs"]
mod client;
mod guest;
#[path = "../support/server.rs"]
#[allow(dead_code, reason = "shared with other benches")]
mod server;
#[path = "../support/socket.rs"]
#[allow(dead_code, reason = "shared with other benches")]
mod socket;

use futures_util::future::join_all;
use serde_json::json;
use tempfile::TempDir;
use tokio::task::LocalSet;

use self::{client::Client, guest::Guest, server::Server, socket::Socket};

/// Rooms whose game of twenty rounds has ended and that are still there.
const LONG_GAMES: usize = 20;
/// Rooms in the list, where the command line does not say.
const ROOMS: usize = 6_000;
/// How often each request is made, where the command line does not say.
const TIMES: usize = 200;
const FLAGS: [&str; 16] = [
    "--workers",
    "1",
    "--log",
    "warn",
    "--live-log-commands-per-minute",
    "1000000",
    "--live-log-messages-per-minute",
    "1000000",
    "--waiting-grace-seconds",
    "3600",
    "--room-idle-seconds",
    "86400",
    "--disconnect-grace-seconds",
    "3600",
    "--durability",
    "relaxed",
];

fn main() {
    let mut figures = std::env::args().filter_map(|argument| argument.parse().ok());
    let (times, rooms) = (figures.next().unwrap_or(TIMES), figures.next().unwrap_or(ROOMS));
    // The bench starts itself again as the one who asks, on a core of its own.
    if std::env::args().any(|argument| argument == "ask") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        return LocalSet::new().block_on(&runtime, ask(times, rooms));
    }
    let asker = ["ask", &times.to_string(), &rooms.to_string()];
    let asked = server::own_role(&asker, Some(server::USERS_CORE)).status().expect("it starts");
    assert!(asked.success(), "the asker failed");
}

async fn ask(times: usize, rooms: usize) {
    let folder = TempDir::new().expect("a folder");
    let server = Server::start(folder.path(), &FLAGS, Some(server::SERVER_CORE), &folder.path().join("log"));
    println!("Cost of the most expensive requests, in a server with one thread that serves:");
    let mut guests = Vec::new();
    for number in 0..LONG_GAMES {
        guests.push(Guest::start_long_game(server.port, number).await);
    }
    // All at once: who does not read is cut off.
    join_all(guests.iter_mut().map(|guest| guest.hear("game_over"))).await;
    syncs(&server, &mut guests, times).await;
    rest(&server, &guests[0].room, times).await;
    live_log(&server, times).await;
    lists(&server, times, rooms).await;
}

async fn syncs(server: &Server, guests: &mut [Guest], times: usize) {
    let mut first = Cost::begin(server);
    for guest in guests.iter_mut() {
        first.add(guest.synchronise().await);
    }
    first.print("sync_request from 0, the first in a room");
    let mut again = Cost::begin(server);
    for number in 0..times {
        again.add(guests[number % LONG_GAMES].synchronise().await);
    }
    again.print("sync_request from 0, after others");
    let mut back = Cost::begin(server);
    for number in 0..times {
        back.add(guests[number % LONG_GAMES].come_back(server.port).await);
    }
    back.print("reconnection that missed everything");
}

async fn rest(server: &Server, room: &str, times: usize) {
    let mut client = Client::connect(server.port).await;
    let credentials = json!({ "username": "bench", "password": "Correct-Horse-9" }).to_string();
    let request = client.post("/auth/register", "", &credentials);
    let answer = client.exchange(&request).await;
    assert_eq!(answer.status, 201, "registered");
    let token = answer.json()["token"].as_str().expect("a token").to_owned();
    for path in [
        format!("/state/history?battleId={room}&limit=100&offset=500"),
        format!("/state/replay/{room}"),
        format!("/battles?status=FINISHED&limit={LONG_GAMES}"),
        "/metrics".to_owned(),
        "/api/docs/swagger-ui-bundle.js".to_owned(),
        "/api/openapi.json".to_owned(),
    ] {
        let request = client.get(&path, &token);
        let mut cost = Cost::begin(server);
        for _ in 0..times {
            let answer = client.exchange(&request).await;
            assert_eq!(answer.status, 200, "{path}");
            cost.add(answer.bytes);
        }
        cost.print(&format!("GET {}", path.replace(room, "{id}")));
    }
}

async fn lists(server: &Server, times: usize, rooms: usize) {
    for number in 0..rooms {
        Guest::open_room(server.port, number).await;
    }
    let mut socket = Socket::connect(server.port, "lobby").await.expect("a lobby");
    let mut cost = Cost::begin(server);
    for _ in 0..times {
        cost.add(guest::exchange(&mut socket, "room_list", &json!({ "limit": 200 }), "room_list").await.len());
    }
    cost.print(&format!("room_list of 200 out of {rooms}"));
}

async fn live_log(server: &Server, times: usize) {
    let mut socket = Socket::connect(server.port, "live-log").await.expect("the live log");
    for (name, request) in [
        ("get_history", json!({ "action": "get_history", "limit": 500 })),
        ("search", json!({ "action": "search", "query": "Bench*", "limit": 500 })),
    ] {
        let mut cost = Cost::begin(server);
        for _ in 0..times {
            socket.send(&request.to_string()).await;
            cost.add(guest::next_with(&mut socket, r#"{"action":"history""#, r#"{"action":"search_results""#).await);
        }
        cost.print(&format!("live log, {name} of 500"));
    }
}

/// What the server has used since a measurement began.
struct Cost<'a> {
    server: &'a Server,
    all: f64,
    serving: f64,
    times: usize,
    bytes: usize,
}

impl<'a> Cost<'a> {
    fn begin(server: &'a Server) -> Self {
        let (all, serving) = server.thread_seconds("actix");
        Self { server, all, serving, times: 0, bytes: 0 }
    }

    fn add(&mut self, bytes: usize) {
        self.times += 1;
        self.bytes += bytes;
    }

    fn print(&self, what: &str) {
        let (all, serving) = self.server.thread_seconds("actix");
        let times = self.times as f64;
        println!(
            "  {what:<46} {:>8.1} KiB  {:>7.3} ms CPU, {:>6.3} ms of it where others are served",
            self.bytes as f64 / 1024.0 / times,
            1e3 * (all - self.all) / times,
            1e3 * (serving - self.serving) / times,
        );
    }
}
