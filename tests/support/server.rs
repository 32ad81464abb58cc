//! The real application on a free port, in a thread of its own; dropping it stops it.

use std::{sync::mpsc, thread::JoinHandle};

use clap::Parser;
use clients::process::{UNLIMITED_REQUESTS, UNLIMITED_ROOMS, unless_set};
use liap_tui::{settings::ServeSettings, startup::Application};
use serde_json::{Value, json};
use store::{Location, Store};
use tempfile::TempDir;
use tokio::sync::oneshot;

use super::{Answer, Guest, PASSWORD, Person, Request, Table, get, moment, within};

/// The key that the servers of the tests sign with.
pub(crate) const KEY: &str = "a key of the tests, long enough for everybody";

/// People who play over HTTP have no connection. On a busy machine they may take longer for two requests than the grace
/// by default, and bots are to play for nobody but in tests that say so.
pub(super) fn patience(flags: &[&str]) -> Option<&'static str> {
    let is_set = flags.iter().any(|flag| flag.starts_with("--disconnect-grace-seconds"));
    (!is_set).then_some("--disconnect-grace-seconds=3600")
}

#[derive(Parser)]
struct CommandLine {
    #[command(flatten)]
    settings: ServeSettings,
}

/// A running server.
pub(crate) struct TestServer {
    port: u16,
    data: TempDir,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl TestServer {
    /// Without limits on requests, so that no test meets one by accident.
    pub(crate) fn start() -> Self {
        Self::unlimited(&[])
    }

    /// The same with more flags.
    pub(crate) fn unlimited(flags: &[&str]) -> Self {
        let unlimited = [UNLIMITED_REQUESTS, UNLIMITED_ROOMS].concat();
        Self::with(&unless_set(&unlimited, flags).chain(flags.iter().copied()).collect::<Vec<_>>())
    }

    /// With flags as on the command line.
    pub(crate) fn with(flags: &[&str]) -> Self {
        let key = ["--auth-secret-key", KEY];
        Self::launch(flags, &key.into_iter().chain(patience(flags)).collect::<Vec<_>>())
    }

    /// The same for people with names alone: limits on rooms and seats only where the flags set some, as all people of a
    /// test come from one address.
    pub(crate) fn for_guests(flags: &[&str]) -> Self {
        Self::launch(flags, &UNLIMITED_ROOMS)
    }

    /// With flags as on the command line, and with those of other flags that they do not set.
    fn launch(flags: &[&str], others: &[&str]) -> Self {
        let data = TempDir::new().expect("a folder");
        let folder = data.path().to_str().expect("a plain path");
        let fixed = ["serve", "--api-host", "127.0.0.1", "--api-port", "0", "--workers", "1", "--data-dir", folder];
        let all = fixed.into_iter().chain(flags.iter().copied()).chain(unless_set(others, flags));
        let line = CommandLine::try_parse_from(all).expect("flags that exist");
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
        Self { data, port: port.recv().expect("the server starts"), stop: Some(stop), thread: Some(thread) }
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

    /// Its database, opened once more, to do what no request can.
    pub(crate) async fn store(&self) -> Store {
        Store::open(&Location::Sqlite(self.data.path().join("liap-tui.db"))).await.expect("the server's database")
    }
}

impl TestServer {
    /// Sends a request.
    pub(crate) async fn send(&self, request: Request) -> Answer {
        request.send(self.port()).await
    }

    /// Sends a JSON body.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Request::new("POST", path).json(body)).await
    }

    /// Sends username and password.
    pub(crate) async fn login(&self, username: &str, password: &str) -> Answer {
        self.post("/auth/login", &json!({ "username": username, "password": password })).await
    }

    /// Sends a refresh token.
    pub(crate) async fn refresh(&self, token: &str) -> Answer {
        self.post("/auth/refresh", &json!({ "refreshToken": token })).await
    }

    /// Somebody with a new account.
    pub(crate) async fn person(&self, username: &str) -> Person {
        let answer = self.post("/auth/register", &json!({ "username": username, "password": PASSWORD })).await;
        Person::new(self.port(), &answer.expect(201))
    }

    /// A person in the lobby.
    pub(crate) async fn guest(&self, name: &str) -> Guest {
        Guest::connect(self.port(), "lobby", name).await
    }

    /// A person in the lobby who comes from this address of the machine's own, 127.0.0.0/8.
    pub(crate) async fn guest_from(&self, address: [u8; 4], name: &str) -> Guest {
        Guest::from_address(self.port(), address, name).await
    }

    /// A person at a room's door.
    pub(crate) async fn guest_at(&self, room: &str, name: &str) -> Guest {
        Guest::connect(self.port(), room, name).await
    }

    /// How many connections are open, as `/health` tells.
    pub(crate) async fn sessions(&self) -> usize {
        let health: Value = get(self.port(), "/health").await.json();
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
