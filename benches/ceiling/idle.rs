//! What a connection takes that does nothing: in the lobby, at a table that waits, in a game.

use std::time::Duration;

use futures_util::future::join_all;
use tempfile::TempDir;
use tokio::time::{sleep, timeout};

use crate::{server::Server, socket::Socket, tables};

const SESSIONS: usize = 10_000;
const AT_ONCE: usize = 50;
/// A session that is not there after this time has failed, and those after it are not tried.
const PATIENCE: Duration = Duration::from_secs(5);
/// Until the server has sent what it had to send.
const SETTLE: Duration = Duration::from_secs(2);

/// Measures and prints.
pub(crate) async fn run() {
    println!("\n{SESSIONS} idle sessions, each in a fresh server: its memory in RAM, before and after");
    lobby().await;
    for started in [false, true] {
        let folder = TempDir::new().expect("a folder");
        let server = tables::serve(folder.path(), "full", &[]);
        let before = server.resident_kib();
        let mut tables = tables::seat(server.port, tables::possible(SESSIONS / 4)).await;
        let sessions = tables.len() * 4;
        if started {
            for players in &mut tables {
                players[0].start().await;
            }
        }
        print(if started { "in a game" } else { "at a table that waits" }, sessions, 0, before, &server).await;
    }
}

async fn lobby() {
    let folder = TempDir::new().expect("a folder");
    let server = tables::serve(folder.path(), "full", &[]);
    let before = server.resident_kib();
    let mut sockets = Vec::with_capacity(SESSIONS);
    for _ in 0..SESSIONS / AT_ONCE {
        sockets.extend(join_all((0..AT_ONCE).map(|_| timeout(PATIENCE, Socket::connect(server.port, "lobby")))).await);
        if sockets.last().is_some_and(Result::is_err) {
            break;
        }
    }
    let sessions = sockets.iter().filter(|socket| matches!(socket, Ok(Ok(_)))).count();
    print("in the lobby", sessions, SESSIONS - sessions, before, &server).await;
}

async fn print(place: &str, sessions: usize, failures: usize, before: f64, server: &Server) {
    sleep(SETTLE).await;
    let after = server.resident_kib();
    let each = (after - before) / sessions as f64;
    println!(
        "    {place:<22} {sessions:>6} sessions, {failures} failures, {:>6.1} → {:>6.1} MiB, {each:.1} KiB each (goal: 12)",
        before / 1024.0,
        after / 1024.0
    );
}
