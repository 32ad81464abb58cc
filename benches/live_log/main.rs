//! The live log with a million stored messages and a thousand subscribers: how long after its making a message is there,
//! and how long lists and searches take meanwhile; on SQLite and on PostgreSQL.
//!
//! `cargo bench --bench live_log -- sqlite|postgres`, both by default: subscribers, readers and the service that posts on one core, the real server (and its
//! PostgreSQL) on another. LIVE_LOG_MESSAGES sets another number of stored messages.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark prints and may panic"
)]

mod ceiling;
#[path = "../rest/client.rs"]
#[allow(dead_code, reason = "shared with the bench of REST")]
mod client;
mod database;
mod figures;
mod fill;
mod reader;
#[path = "../support/server.rs"]
#[allow(dead_code, reason = "shared with other benches")]
mod server;
#[path = "../support/socket.rs"]
#[allow(dead_code, reason = "shared with other benches")]
mod socket;
mod subscriber;
mod words;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde_json::json;
use tempfile::TempDir;
use tokio::task::LocalSet;

use self::{
    client::Client, database::Database, fill::Library, reader::Reader, server::Server, subscriber::Subscribers,
};

/// Stored messages, unless the environment says otherwise.
const MESSAGES: usize = 1_000_000;
const SUBSCRIBERS: usize = 1_000;
/// How long messages are delivered.
const TURN: Duration = Duration::from_secs(30);
/// One message of a service so often.
const EVERY: Duration = Duration::from_millis(50);
/// Lists and searches of each sort, one after the other, before anything is delivered.
const LOOKUPS: usize = 200;
/// The same while messages are delivered, ten a second in all.
const LOOKUPS_BESIDE: usize = 25;
const PAUSE: Duration = Duration::from_millis(100);
/// Messages at the ceiling.
const CEILING_TIMES: usize = 200;
const KEY: &str = "a-key-of-the-bench";

fn main() {
    // The bench starts itself again as those who use the server, on a core of their own.
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, role, folder, url] = arguments.as_slice()
        && role == "use"
    {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        return LocalSet::new().block_on(&runtime, use_server(Path::new(folder), url));
    }
    if let [_, role] = arguments.as_slice()
        && role == "ceiling"
    {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        return runtime.block_on(ceiling::serve(SUBSCRIBERS, CEILING_TIMES, EVERY));
    }
    let messages = std::env::var("LIVE_LOG_MESSAGES").ok().map_or(MESSAGES, |text| text.parse().expect("a number"));
    for name in ["sqlite", "postgres"].into_iter().filter(|name| wanted(&arguments, name)) {
        let folder = TempDir::new().expect("a folder");
        let Some(database) = Database::start(name, folder.path()) else {
            println!("live log: PostgreSQL is not installed; left out");
            continue;
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
        let began = Instant::now();
        runtime.block_on(Library::new().fill(&database.location(), messages));
        let rate = messages as f64 / began.elapsed().as_secs_f64();
        println!("live log on {}: {messages} messages stored at {rate:.0}/s", database.name());
        runtime.block_on(database.settle());
        let folder = folder.path().to_str().expect("a plain path");
        let mut users = server::own_role(&["use", folder, database.url()], Some(server::USERS_CORE));
        assert!(users.status().expect("it starts").success(), "those who use the server failed");
    }
}

/// Whether a database is named, or none is.
fn wanted(arguments: &[String], name: &str) -> bool {
    let mut named = arguments.iter().skip(1).filter(|argument| !argument.starts_with('-')).peekable();
    named.peek().is_none() || named.any(|argument| argument == name)
}

/// Everything that is measured, against a server that is started for it.
async fn use_server(folder: &Path, url: &str) {
    tokio::task::spawn_local(stay_awake());
    let mut flags = vec!["--workers", "1", "--log", "warn", "--live-log-api-keys", KEY];
    flags.extend(["--live-log-connections-per-address", "10000", "--live-log-posts-per-minute", "0"]);
    flags.extend(["--live-log-commands-per-minute", "1000000", "--live-log-messages-per-minute", "1000000"]);
    flags.extend(["--work-kib-per-second", "0", "--address-work-kib-per-second", "0"]);
    if !url.is_empty() {
        flags.extend(["--database-url", url]);
    }
    let server = Server::start(folder, &flags, Some(server::SERVER_CORE), &folder.join("log"));
    lookups(&server, LOOKUPS, Duration::ZERO, "alone").await;
    measure_ceiling().await;
    let subscribers = Subscribers::connect(server.port, SUBSCRIBERS).await;
    println!("  connecting, {SUBSCRIBERS} one after the other: {}", subscribers.connecting());
    deliver(&server, subscribers).await;
}

/// Keeps the users' core from sleeping: on one machine it is the sender who pays for waking whoever listens, and users
/// are elsewhere.
async fn stay_awake() {
    loop {
        tokio::task::yield_now().await;
    }
}

async fn lookups(server: &Server, times: usize, pause: Duration, when: &str) {
    let mut reader = Reader::connect(server.port, pause).await;
    for (kind, measured) in [("history", reader.histories(times).await), ("search", reader.searches(times).await)] {
        for (what, figures) in &measured {
            println!("  {kind:<7} {what:<34} {when}: {figures}");
        }
        let all = figures::Times::all(measured.iter().map(|(_, figures)| figures));
        println!("  {kind:<7} ALL OF THESE{:<22} {when}: {all}", "");
    }
}

/// A service posts and everybody is told; first alone, then while someone looks things up.
async fn deliver(server: &Server, subscribers: Subscribers) {
    let reading = tokio::task::spawn_local(subscribers.listen());
    let cpu = server.cpu();
    let sent = post(server).await;
    println!("  delivery, {sent} messages to {SUBSCRIBERS} each, alone: {}", heard(sent).await);
    println!("  the server used {:.1} µs of CPU for each", 1e6 * (server.cpu() - cpu) / (sent * SUBSCRIBERS) as f64);
    let looking = lookups(server, LOOKUPS_BESIDE, PAUSE, "while delivering");
    let (sent, ()) = tokio::join!(post(server), looking);
    println!("  delivery, {sent} messages to {SUBSCRIBERS} each, beside lookups: {}", heard(sent).await);
    reading.abort();
    let _ = reading.await;
}

/// What all have heard, when the last has come; everybody hears every message.
async fn heard(sent: usize) -> figures::Times {
    while subscriber::count() < sent * SUBSCRIBERS {
        tokio::time::sleep(EVERY).await;
    }
    subscriber::delivered()
}

async fn post(server: &Server) -> usize {
    let began = Instant::now();
    let mut service = Client::connect(server.port).await;
    let mut sent = 0;
    let mut due = tokio::time::interval(EVERY);
    while began.elapsed() < TURN {
        due.tick().await;
        let content = format!("someone says something sent={} of interest", subscriber::now().as_nanos());
        let message = json!({ "type": "user", "user_id": "bench", "username": "Bench", "content": content });
        let request = with_key(&service.post("/live-log/messages", "", &message.to_string()));
        assert_eq!(service.exchange(&request).await.status, 201, "taken");
        sent += 1;
    }
    sent
}

/// What the system alone takes to send so much.
async fn measure_ceiling() {
    let mut child = server::own_role(&["ceiling"], Some(server::SERVER_CORE))
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut line = String::new();
    let output = child.stdout.take().expect("piped");
    std::io::BufRead::read_line(&mut std::io::BufReader::new(output), &mut line).expect("a line");
    let subscribers = Subscribers::bare(line.trim().parse().expect("a port"), SUBSCRIBERS).await;
    let reading = tokio::task::spawn_local(subscribers.listen());
    let times = heard(CEILING_TIMES).await;
    reading.abort();
    let _ = child.kill();
    let _ = child.wait();
    println!("  delivery, {CEILING_TIMES} messages to {SUBSCRIBERS} each, by a bare loop of writes: {times}");
}

fn with_key(request: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(request.to_vec()).expect("text");
    text.replacen("\r\nHost: localhost", &format!("\r\nHost: localhost\r\nX-API-Key: {KEY}"), 1).into_bytes()
}
