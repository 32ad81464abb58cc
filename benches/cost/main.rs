//! What the most expensive request of each kind costs the server: its bytes, its CPU time, how much of that is time of the
//! thread that serves, and the longest piece in which it takes that thread.
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

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use serde_json::json;
use tempfile::TempDir;
use tokio::task::LocalSet;

use self::{
    client::Client,
    guest::Guest,
    server::Server,
    socket::{Frame, Socket},
};

/// Open rooms in which a game of twenty rounds has ended.
const LONG_GAMES: usize = 20;
/// Rooms in the list, where the command line does not say.
const ROOMS: usize = 6_000;
/// How often each request is made, where the command line does not say.
const TIMES: usize = 200;
const FLAGS: [&str; 18] = [
    "--bot-games-keep",
    "1000",
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
    let mut bystander = Socket::connect(server.port, "lobby").await.expect("a lobby");
    // The first answers find nothing warm.
    for _ in 0..times {
        pong(&mut bystander).await;
    }
    let mut meter = Meter { server: &server, times, bystander };
    let mut idle = Vec::new();
    for _ in 0..times {
        idle.push(pong(&mut meter.bystander).await);
    }
    let idle = Percentiles::of(idle);
    println!(
        "Cost of the most expensive requests, in a server with one thread that serves. The longest piece is how long a\n\
         bystander's ping waits meanwhile; on an idle server it waits {idle} ms (median / p99 of {times})."
    );
    let mut guests = Vec::new();
    for number in 0..LONG_GAMES {
        guests.push(Guest::start_long_game(server.port, number).await);
    }
    // All at once: who does not read is cut off.
    join_all(guests.iter_mut().map(|guest| guest.hear("game_over"))).await;
    syncs(&mut meter, &mut guests).await;
    rest(&mut meter, &guests[0].room).await;
    hints(&mut meter).await;
    live_log(&mut meter).await;
    lists(&mut meter, rooms).await;
}

async fn syncs(meter: &mut Meter<'_>, guests: &mut [Guest]) {
    let port = meter.server.port;
    let (first, again) = guests.split_at_mut(LONG_GAMES / 2);
    let what = "sync_request from 0, the first in a room";
    // Half of the rooms for either way of measuring: each is asked once.
    let times = std::mem::replace(&mut meter.times, LONG_GAMES / 4);
    meter.print(what, async |number| first[number].synchronise().await).await;
    meter.times = times;
    for guest in again.iter_mut() {
        guest.synchronise().await;
    }
    let count = again.len();
    meter.print("sync_request from 0, after others", async |number| again[number % count].synchronise().await).await;
    meter
        .print("reconnection that missed everything", async |number| again[number % count].come_back(port).await)
        .await;
}

async fn rest(meter: &mut Meter<'_>, room: &str) {
    let mut client = Client::connect(meter.server.port).await;
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
        let what = format!("GET {}", path.replace(room, "{id}"));
        meter.print(&what, async |_| good(&mut client, &request).await).await;
    }
}

/// Makes a request that has to succeed; returns the bytes of its answer.
async fn good(client: &mut Client, request: &[u8]) -> usize {
    let answer = client.exchange(request).await;
    assert_eq!(answer.status, 200, "{}: {}", String::from_utf8_lossy(request), answer.json());
    answer.bytes
}

/// Hints for a player who is asked and does not answer, at each level.
async fn hints(meter: &mut Meter<'_>) {
    let mut client = Client::connect(meter.server.port).await;
    let guest = Guest::start_slow_game(meter.server.port, LONG_GAMES).await;
    for level in ["easy", "medium", "hard", "expert"] {
        let wanted = json!({ "battleId": guest.room, "difficulty": level }).to_string();
        let request = client.post("/ai/action", &guest.token, &wanted);
        while client.exchange(&request).await.status != 200 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        meter.print(&format!("POST /ai/action, {level}"), async |_| good(&mut client, &request).await).await;
    }
}

async fn lists(meter: &mut Meter<'_>, rooms: usize) {
    for number in 0..rooms {
        Guest::open_room(meter.server.port, number).await;
    }
    let mut socket = Socket::connect(meter.server.port, "lobby").await.expect("a lobby");
    let listing =
        async |_| guest::exchange(&mut socket, "room_list", &json!({ "limit": 200 }), "room_list").await.len();
    meter.print(&format!("room_list of 200 out of {rooms}"), listing).await;
}

async fn live_log(meter: &mut Meter<'_>) {
    let mut socket = Socket::connect(meter.server.port, "live-log").await.expect("the live log");
    for (name, request) in [
        ("get_history", json!({ "action": "get_history", "limit": 500 })),
        ("search", json!({ "action": "search", "query": "Bench*", "limit": 500 })),
    ] {
        let looking = async |_| {
            socket.send(&request.to_string()).await;
            guest::next_with(&mut socket, r#"{"action":"history""#, r#"{"action":"search_results""#).await
        };
        meter.print(&format!("live log, {name} of 500"), looking).await;
    }
}

/// Measures what requests cost the server.
struct Meter<'a> {
    server: &'a Server,
    times: usize,
    /// Somebody whose pings wait while the serving thread does something else.
    bystander: Socket,
}

impl Meter<'_> {
    /// Makes a request as often as it is to be made, once alone for its CPU time and once beside the pings, and prints what
    /// it cost. The request returns the bytes of its answer.
    async fn print(&mut self, what: &str, mut request: impl AsyncFnMut(usize) -> usize) {
        let (all, serving) = self.server.thread_seconds("actix");
        let mut bytes = 0;
        for number in 0..self.times {
            bytes += request(number).await;
        }
        let (all_after, serving_after) = self.server.thread_seconds("actix");
        let mut waits = Vec::new();
        for number in 0..self.times {
            waits.push(longest_wait(&mut self.bystander, request(self.times + number)).await);
        }
        let times = self.times as f64;
        println!(
            "  {what:<56} {:>8.1} KiB  {:>7.3} ms CPU, {:>6.3} ms of it where others are served, longest piece {} ms",
            bytes as f64 / 1024.0 / times,
            1e3 * (all_after - all) / times,
            1e3 * (serving_after - serving) / times,
            Percentiles::of(waits),
        );
    }
}

/// Makes a request; returns the longest time for which a ping of the bystander waited meanwhile.
async fn longest_wait(bystander: &mut Socket, request: impl Future<Output = usize>) -> Duration {
    let (is_answered, longest) = (Cell::new(false), Cell::new(Duration::ZERO));
    let asking = async {
        request.await;
        is_answered.set(true);
    };
    let pinging = async {
        while !is_answered.get() {
            let waited = pong(bystander).await;
            longest.set(waited.max(longest.get()));
        }
    };
    // The request goes first, so that the first ping comes right behind it.
    tokio::join!(biased; asking, pinging);
    longest.into_inner()
}

/// Asks for a sign of life; returns how long it took to come.
async fn pong(socket: &mut Socket) -> Duration {
    let began = Instant::now();
    socket.ping().await;
    while !matches!(socket.next().await.expect("the server is there"), Frame::Pong) {}
    began.elapsed()
}

/// The median and the 99th percentile of some times, in milliseconds.
struct Percentiles(f64, f64);

impl Percentiles {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
        Self(at(50), at(99))
    }
}

impl std::fmt::Display for Percentiles {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:.2} / {:.2}", self.0, self.1)
    }
}
