//! What a connection takes that does nothing: in the lobby, at a table that waits, in a game.

use std::time::Duration;

use futures_util::future::join_all;
use tempfile::TempDir;
use tokio::time::sleep;

use crate::{server::Server, socket::Socket, tables};

const SESSIONS: usize = 10_000;
const AT_ONCE: usize = 50;
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
        let mut tables = tables::seat(server.port, SESSIONS / 4).await;
        if started {
            for players in &mut tables {
                players[0].start().await;
            }
        }
        print(if started { "in a game" } else { "at a table that waits" }, 0, before, &server).await;
    }
}

async fn lobby() {
    let folder = TempDir::new().expect("a folder");
    let server = tables::serve(folder.path(), "full", &[]);
    let before = server.resident_kib();
    let mut sockets = Vec::with_capacity(SESSIONS);
    for _ in 0..SESSIONS / AT_ONCE {
        sockets.extend(join_all((0..AT_ONCE).map(|_| Socket::connect(server.port, "lobby"))).await);
    }
    print("in the lobby", sockets.iter().filter(|socket| socket.is_err()).count(), before, &server).await;
}

async fn print(place: &str, failures: usize, before: f64, server: &Server) {
    sleep(SETTLE).await;
    let after = server.resident_kib();
    let each = (after - before) / SESSIONS as f64;
    println!(
        "    {place:<22} {failures} failures, {:>6.1} → {:>6.1} MiB, {each:.1} KiB each (goal: 12)",
        before / 1024.0,
        after / 1024.0
    );
}
