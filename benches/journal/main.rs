//! What durability costs: acknowledgements and throughput at 500 busy rooms, the start with 10,000 unfinished games, and
//! the bytes of a finished game.
//!
//! `cargo bench --bench journal`: players on one core, the real server on another, both durabilities in turns.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark prints and may panic"
)]

mod busy;
mod counters;
mod figures;
mod finished;
mod mill;
#[path = "../support/mind.rs"]
mod mind;
mod play;
#[path = "../support/player.rs"]
#[allow(dead_code, reason = "shared with other benches")]
mod player;
mod recovery;
#[path = "../support/server.rs"]
#[allow(dead_code, reason = "shared with other benches")]
mod server;
#[path = "../support/socket.rs"]
#[allow(dead_code, reason = "shared with other benches")]
mod socket;

use std::{path::Path, time::Instant};

/// Rooms for the measurements of acknowledgements and throughput.
const BUSY_ROOMS: usize = 500;
/// Rooms of which a start brings back about 10,000: one in twenty is over when the average game is at half.
const UNFINISHED: usize = 10_500;
/// Games that are played to their end.
const FINISHED: usize = 1_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        // The bench starts itself again in these roles, each in a process of its own.
        ["busy"] => busy::run(BUSY_ROOMS),
        ["mill", folder, rooms, actions] => {
            mill::run(Path::new(folder), rooms.parse().expect("a number"), actions.parse().ok());
        }
        _ => everything(),
    }
}

fn everything() {
    let started = Instant::now();
    let players = server::own_role(&["busy"], Some(server::USERS_CORE)).status().expect("it starts");
    assert!(players.success(), "the players failed");
    let actions_per_game = finished::run(FINISHED);
    recovery::run(UNFINISHED, actions_per_game / 2.0);
    println!("\nthe whole bench took {:.0} s", started.elapsed().as_secs_f64());
}
