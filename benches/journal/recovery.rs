//! How long a start takes that brings unfinished games back.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::Stdio,
    time::Instant,
};

use store::{JournalSize, Store};
use tempfile::TempDir;

use crate::{figures::verdict, mill, server};

/// Kills a process in the middle of so many games, with so many actions each, then measures two starts on what it left: one
/// after the crash, one after the database was closed properly.
pub(crate) fn run(rooms: usize, actions_per_room: f64) {
    let (crashed, closed) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let started = Instant::now();
    let actions = play_and_kill(crashed.path(), rooms, actions_per_room * rooms as f64);
    println!("\nrecovery: {rooms} games of four bots, {:.0} actions each, then SIGKILL", actions / rooms as f64);
    println!("  played in {:.1} s, durability full", started.elapsed().as_secs_f64());
    for file in std::fs::read_dir(crashed.path()).expect("a folder").map(|file| file.expect("a file")) {
        std::fs::copy(file.path(), closed.path().join(file.file_name())).expect("a copy");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let size = runtime.block_on(size(closed.path()));
    println!(
        "  {} unfinished rooms, {} facts, {:.1} bytes each, {:.0} MB of database",
        size.rooms,
        size.entries,
        size.bytes as f64 / size.entries as f64,
        mill::bytes(closed.path()) / 1e6
    );
    for (folder, how) in [(crashed.path(), "a crash"), (closed.path(), "a clean stop")] {
        let seconds = start(folder, size.rooms);
        println!("  from start to all rooms after {how}: {seconds:.2} s (goal: below 3 s, {})", verdict(seconds < 3.0));
    }
}

/// How many actions there were when it was killed, or somewhat more.
fn play_and_kill(folder: &Path, rooms: usize, actions: f64) -> f64 {
    let place = folder.to_str().expect("a plain path");
    let mut mill = server::own_role(&["mill", place, &rooms.to_string(), &actions.to_string()], None)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the mill runs");
    let mut line = String::new();
    BufReader::new(mill.stdout.take().expect("piped")).read_line(&mut line).expect("text");
    mill.kill().expect("it runs");
    mill.wait().expect("it ends");
    line.trim().parse().expect("a number")
}

async fn size(folder: &Path) -> JournalSize {
    let store = Store::open(&mill::location(folder)).await.expect("a store");
    let size = store.size_of_journal().await.expect("an answer");
    store.close().await;
    size
}

/// Seconds until the server listens, with all rooms.
fn start(folder: &Path, rooms: u64) -> f64 {
    let log = folder.join("log");
    let started = Instant::now();
    let server = server::Server::start(folder, &[], None, &log);
    let seconds = started.elapsed().as_secs_f64();
    drop(server);
    let said = std::fs::read_to_string(log).expect("a log");
    assert!(said.contains(&format!("restored {rooms} rooms, quarantined 0")), "not all rooms are back: {said}");
    seconds
}
