//! The real application on a free port, in a thread of its own; dropping it stops it.

use std::{sync::mpsc, thread::JoinHandle};

use clap::Parser;
use liap_tui::{settings::ServeSettings, startup::Application};
use tokio::sync::oneshot;

use super::{Guest, Table, get, moment, within};
use serde_json::{Value, json};
use tempfile::TempDir;

/// No limit on rooms and seats: all people of a test come from one address.
const WIDE: [&str; 7] = [
    "--rooms-per-minute-per-connection=0",
    "--rooms-per-minute-per-address=0",
    "--open-rooms-per-address=0",
    "--open-rooms-per-account=0",
    "--bot-games-per-address=0",
    "--bot-games-percent=100",
    "--waiting-seats-per-address=0",
];

/// Those of them that the test does not set itself.
fn wide<'a>(flags: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    let name = |flag: &'a str| flag.split('=').next();
    WIDE.into_iter().filter(move |own| !flags.iter().any(|flag| name(flag) == name(own)))
}

#[derive(Parser)]
struct CommandLine {
    #[command(flatten)]
    settings: ServeSettings,
}

/// A running server.
pub(crate) struct TestServer {
    port: u16,
    _data: TempDir,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl TestServer {
    /// With the settings as they come.
    pub(crate) fn start() -> Self {
        Self::with(&[])
    }

    /// With flags as on the command line, and limits on rooms and seats only where they set some.
    pub(crate) fn with(flags: &[&str]) -> Self {
        let fixed = ["serve", "--api-host", "127.0.0.1", "--api-port", "0", "--workers", "1"];
        let data = TempDir::new().expect("a folder");
        let folder = ["--data-dir", data.path().to_str().expect("a plain path")];
        let line = CommandLine::try_parse_from(
            fixed.into_iter().chain(folder).chain(flags.iter().copied()).chain(wide(flags)),
        )
        .expect("flags that exist");
        let (tell_port, port) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async {
                let application = Application::build(&line.settings).await.expect("a free port");
                tell_port.send(application.port()).expect("the test waits");
                let stop = async {
                    let _ = stopped.await;
                };
                application.run_until(stop).await.expect("an orderly end");
            });
        });
        Self { _data: data, port: port.recv().expect("the server starts"), stop: Some(stop), thread: Some(thread) }
    }

    /// Where it listens.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// Tells it to stop; it does so while the test goes on.
    pub(crate) fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }

    /// A person in the lobby.
    pub(crate) async fn guest(&self, name: &str) -> Guest {
        Guest::connect(self.port, "lobby", name).await
    }

    /// A person in the lobby who comes from this address of the machine's own, 127.0.0.0/8.
    pub(crate) async fn guest_from(&self, address: [u8; 4], name: &str) -> Guest {
        Guest::from_address(self.port, address, name).await
    }

    /// A person at a room's door.
    pub(crate) async fn guest_at(&self, room: &str, name: &str) -> Guest {
        Guest::connect(self.port, room, name).await
    }

    /// How many connections are open, as `/health` tells.
    pub(crate) async fn sessions(&self) -> usize {
        let health: Value = serde_json::from_str(&get(self.port, "/health").await.body).expect("JSON");
        health["connections"].as_u64().and_then(|count| usize::try_from(count).ok()).expect("a number")
    }

    /// Waits until this many connections are open.
    pub(crate) async fn wait_for_sessions(&self, count: usize) {
        within("connections to come or go", async {
            while self.sessions().await != count {
                moment().await;
            }
        })
        .await;
    }

    /// Four people in a room, its host first, before the start.
    pub(crate) async fn table(&self, options: Value) -> Table {
        let mut host = self.guest("Ann").await;
        host.create_room(options).await;
        let room = host.room().to_owned();
        let mut guests = vec![host];
        for name in ["Bob", "Cid", "Dee"] {
            let mut guest = self.guest_at(&room, name).await;
            guest.join(&room).await;
            guests.push(guest);
        }
        let mut table = Table::new(guests);
        table.catch_up().await;
        table
    }

    /// Four people in a game at full speed, all of whom kept their hands, and the first of whom is to declare.
    pub(crate) async fn declaring_table(&self) -> Table {
        let mut table = self.table(json!({ "pace": "instant" })).await;
        table.start().await;
        table.reach_declaration().await;
        table
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.stop();
        let ended = self.thread.take().map(JoinHandle::join);
        if !std::thread::panicking() {
            ended.expect("stopped once").expect("the server did not panic");
        }
    }
}
