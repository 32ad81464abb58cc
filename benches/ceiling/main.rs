//! The server beside the bare ceiling, and its cost as it grows: rooms, idle sessions, bots, a crowd.
//!
//! `cargo bench --bench ceiling -- ratio|linear|idle|bots|crowd`, all by default: players on one core, the server on another.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark prints and may panic"
)]

mod bare;
mod bots;
#[path = "../journal/counters.rs"]
#[allow(dead_code, reason = "shared with the bench of the journal")]
mod counters;
mod crowd;
mod doors;
mod idle;
mod linear;
mod plain;
mod play;
mod ratio;
mod report;
mod script;
mod tables;

#[path = "../support/mind.rs"]
mod mind;
#[path = "../support/player.rs"]
mod player;
#[path = "../support/server.rs"]
#[allow(dead_code, reason = "shared with other benches")]
mod server;
#[path = "../support/socket.rs"]
mod socket;
#[path = "../support/table.rs"]
mod table;
#[path = "../support/tally.rs"]
mod tally;

use std::path::Path;

use tokio::task::LocalSet;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        // The bench starts itself again in these roles, each in a process of its own.
        ["bare", record] => bare::serve(Path::new(record)),
        ["plain", record] => plain::serve(Path::new(record)),
        ["play", part] => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            LocalSet::new().block_on(&runtime, play(part));
        }
        [] => ["ratio", "linear", "idle", "bots", "crowd"].iter().for_each(|part| measure(part)),
        parts => parts.iter().for_each(|part| measure(part)),
    }
}

fn measure(part: &str) {
    let players = server::own_role(&["play", part], Some(server::USERS_CORE)).status().expect("it starts");
    assert!(players.success(), "the players failed");
}

async fn play(part: &str) {
    match part {
        "ratio" => ratio::run().await,
        "linear" => linear::run().await,
        "idle" => idle::run().await,
        "bots" => bots::run().await,
        "crowd" => crowd::run().await,
        other => panic!("no part {other}"),
    }
}
