//! The real application on a free port, in a thread of its own; dropping it stops it.

use std::{sync::mpsc, thread::JoinHandle};

use clap::Parser;
use liap_tui::{settings::ServeSettings, startup::Application};
use serde_json::{Value, json};
use store::{Location, Store};
use tempfile::TempDir;
use tokio::sync::oneshot;

use super::{Answer, PASSWORD, Person, Request};

/// The key that the servers of the tests sign with.
pub(crate) const KEY: &str = "a key of the tests, long enough for everybody";

/// Every limit on requests turned off.
const UNLIMITED: [&str; 14] = [
    "--battles-auth-per-minute=0",
    "--login-failures-per-minute=0",
    "--battles-create-per-minute=0",
    "--battles-actions-per-minute=0",
    "--battles-state-per-minute=0",
    "--rate-limit-requests=0",
    "--all-requests-per-minute=0",
    "--rooms-per-minute-per-connection=0",
    "--rooms-per-minute-per-address=0",
    "--open-rooms-per-address=0",
    "--open-rooms-per-account=0",
    "--bot-games-per-address=0",
    "--bot-games-percent=100",
    "--waiting-seats-per-address=0",
];

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
        let name = |flag: &str| flag.split('=').next().map(str::to_owned);
        let others = UNLIMITED.into_iter().filter(|own| !flags.iter().any(|flag| name(flag) == name(own)));
        Self::with(&others.chain(flags.iter().copied()).collect::<Vec<_>>())
    }

    /// With flags as on the command line.
    pub(crate) fn with(flags: &[&str]) -> Self {
        let data = TempDir::new().expect("a folder");
        let folder = data.path().to_str().expect("a plain path");
        let fixed = ["serve", "--api-host", "127.0.0.1", "--api-port", "0", "--workers", "1", "--data-dir", folder];
        let key = ["--auth-secret-key", KEY];
        let own = fixed.iter().chain(&key).chain(flags).copied();
        let line = CommandLine::try_parse_from(own.chain(patience(flags))).expect("flags that exist");
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

    /// Its database, opened once more, to do what no request can.
    pub(crate) async fn store(&self) -> Store {
        Store::open(&Location::Sqlite(self.data.path().join("liap-tui.db"))).await.expect("the server's database")
    }

    /// Sends a request.
    pub(crate) async fn send(&self, request: Request) -> Answer {
        request.send(self.port).await
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
        Person::new(self.port, &answer.expect(201))
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let ended = self.thread.take().map(JoinHandle::join);
        if !std::thread::panicking() {
            ended.expect("stopped once").expect("the server did not panic");
        }
    }
}
