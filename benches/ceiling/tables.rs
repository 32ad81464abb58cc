//! Tables of four people on a running server.

use std::{rc::Rc, time::Duration};

use futures_util::future::join_all;
use tokio::task::spawn_local;

use crate::{
    player::{Player, sit_down},
    server::{SERVER_CORE, Server, open_files},
    tally::Tally,
};

/// So many sit down at once: one after the other they would wait for the disk ten thousand times.
const AT_ONCE: usize = 50;

/// So many rooms of four, or as many as the server may have descriptors for.
pub(crate) fn possible(rooms: usize) -> usize {
    rooms.min((open_files() - 200) / 4)
}

/// A server with one thread, on its core; it keeps nothing or all.
pub(crate) fn serve(folder: &std::path::Path, durability: &str, more: &[&str]) -> Server {
    let flags = [["--durability", durability, "--workers", "1", "--log", "warn"].as_slice(), more].concat();
    Server::start(folder, &flags, Some(SERVER_CORE), &folder.join("log"))
}

/// People at so many tables of this server; nobody has started.
pub(crate) async fn seat(port: u16, rooms: usize) -> Vec<Vec<Player>> {
    let mut tables = Vec::with_capacity(rooms);
    while tables.len() < rooms {
        let next = (rooms - tables.len()).min(AT_ONCE);
        tables.extend(join_all((0..next).map(|_| sit_down(port, 4))).await);
    }
    tables
}

/// All of them play, and begin a new game at a new table when theirs is over, until they are stopped.
pub(crate) fn start(port: u16, tables: Vec<Vec<Player>>, tally: &Rc<Tally>) {
    for players in tables {
        spawn_local(play(port, players, tally.clone()));
    }
}

/// The same, with the starts of the first games spread over this time.
pub(crate) async fn start_over(time: Duration, port: u16, tables: Vec<Vec<Player>>, tally: &Rc<Tally>) {
    let began = tokio::time::Instant::now();
    let all = tables.len();
    for (number, players) in tables.into_iter().enumerate() {
        tokio::time::sleep_until(began + time.mul_f64(number as f64 / all as f64)).await;
        spawn_local(play(port, players, tally.clone()));
    }
}

async fn play(port: u16, mut players: Vec<Player>, tally: Rc<Tally>) {
    loop {
        players[0].start().await;
        let table = tally.table();
        let playing = players.into_iter().map(|player| spawn_local(player.play(Rc::clone(&table), tally.clone())));
        let over = join_all(playing).await;
        if !over.into_iter().all(|over| over.expect("a player")) {
            return;
        }
        players = sit_down(port, 4).await;
    }
}
