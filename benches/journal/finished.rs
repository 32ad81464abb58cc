//! What a finished game takes on the disk.

use std::{process::Stdio, time::Instant};

use store::Store;
use tempfile::TempDir;

use crate::{figures::verdict, mill, server};

/// Plays games of bots to their end, each action on the disk before the next, and prints; how many actions a game has.
pub(crate) fn run(games: usize) -> f64 {
    let folder = TempDir::new().expect("a folder");
    let place = folder.path().to_str().expect("a plain path");
    let started = Instant::now();
    let output = server::own_role(&["mill", place, &games.to_string(), "all"], None)
        .stderr(Stdio::inherit())
        .output()
        .expect("the mill runs");
    assert!(output.status.success(), "the mill failed");
    let seconds = started.elapsed().as_secs_f64();
    let actions: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number");
    let bytes = mill::bytes(folder.path());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (found, records, results) = runtime.block_on(sizes(&mill::location(folder.path()), games));
    let kept = bytes / found;
    println!("\nfinished games: {found} games of four bots, {:.0} actions each, durability full", actions / found);
    println!("  played in {seconds:.1} s, {:.0} durable actions/s", actions / seconds);
    println!("  {:.1} KB of database per game (goal: below 16 KB, {})", kept / 1e3, verdict(kept < 16_000.0));
    println!("  {:.1} KB of it the record, {:.1} KB the result", records / found / 1e3, results / found / 1e3);
    actions / found
}

/// Games, bytes of their records, bytes of their results.
async fn sizes(location: &store::Location, games: usize) -> (f64, f64, f64) {
    let store = Store::open(location).await.expect("a store");
    let list = store.finished_list(0, u64::try_from(games + 1).expect("a count")).await.expect("a list");
    assert_eq!(list.len(), games, "every game is kept");
    let (mut records, mut results) = (0, 0);
    for game in &list {
        let game = store.finished(&game.room).await.expect("an answer").expect("a game");
        records += game.record.len();
        results += game.result.len();
    }
    store.close().await;
    (list.len() as f64, records as f64, results as f64)
}
