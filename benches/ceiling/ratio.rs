//! The server beside the ceiling: the same rooms, the same bytes, the same players, by turns.

use std::{path::Path, time::Duration};

use futures_util::future::join_all;
use tempfile::TempDir;
use tokio::time::sleep;

use crate::{
    player::{NAMES, Player},
    report::{Turn, print},
    script,
    server::{SERVER_CORE, Server, own_cpu, own_role},
    tables,
    tally::Tally,
};

/// How often each side has its turn.
const TURNS: usize = 3;
/// How long a turn is measured, after it has settled.
const TURN: Duration = Duration::from_secs(2);
const SETTLE: Duration = Duration::from_millis(400);

/// Who serves.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Side {
    /// A WebSocket library, a write for each message.
    Ceiling,
    /// No library, a write for each person and action.
    Joined,
    Off,
    Full,
}

impl Side {
    pub(crate) const ALL: [Self; 4] = [Self::Ceiling, Self::Joined, Self::Off, Self::Full];

    /// The role in which this bench serves.
    const fn role(self) -> Option<&'static str> {
        match self {
            Self::Ceiling => Some("plain"),
            Self::Joined => Some("bare"),
            Self::Off | Self::Full => None,
        }
    }
}

/// Measures and prints.
pub(crate) async fn run() {
    let folder = TempDir::new().expect("a folder");
    let record = folder.path().join("record.json");
    let steps = script::record().await;
    script::save(&steps, &record);
    println!("the server beside the ceiling: rooms of four people who act as soon as they are asked");
    println!(
        "  ceiling: one thread of tokio and fastwebsockets that sends a recorded game's messages, and does nothing else"
    );
    println!("  joined: the same bytes without a library, one write for all messages of a person after an action");
    script::describe(&steps);
    for rooms in [50, 500] {
        let mut turns: [Vec<Turn>; 4] = Default::default();
        for _ in 0..TURNS {
            for (place, side) in Side::ALL.into_iter().enumerate() {
                turns[place].push(turn(side, rooms, &record).await);
            }
        }
        print(rooms, &turns);
    }
}

/// One side from its start to its end.
async fn turn(side: Side, rooms: usize, record: &Path) -> Turn {
    let folder = TempDir::new().expect("a folder");
    let server = start(side, folder.path(), record);
    let tally = Tally::thinking(Duration::ZERO);
    let seated = match side {
        Side::Ceiling | Side::Joined => join_all((0..rooms).map(|room| at_ceiling(server.port, room))).await,
        Side::Off | Side::Full => tables::seat(server.port, rooms).await,
    };
    tables::start(server.port, seated, &tally);
    sleep(SETTLE).await;
    let (began, cpu, own) = (tally.begin(), server.cpu(), own_cpu());
    sleep(TURN).await;
    let (count, cpu, own) = (tally.take(began), server.cpu() - cpu, own_cpu() - own);
    let lost = tally.stop().await;
    // The record begins anew at its end, and its numbers with it.
    assert!(count.errors == 0 && (lost == 0 || side.role().is_some()), "{} errors, {lost} lost", count.errors);
    Turn { count, cpu, own }
}

fn start(side: Side, folder: &Path, record: &Path) -> Server {
    if let Some(role) = side.role() {
        return Server::other(own_role(&[role, record.to_str().expect("a plain path")], Some(SERVER_CORE)));
    }
    tables::serve(folder, if side == Side::Full { "full" } else { "off" }, &[])
}

async fn at_ceiling(port: u16, room: usize) -> Vec<Player> {
    let mut players = Vec::new();
    for (seat, name) in NAMES.iter().enumerate() {
        players.push(Player::connect(port, &format!("{room}/{seat}"), name).await);
    }
    players
}
