//! The real application on a free port, in a thread of its own; dropping it stops it.

use std::{sync::mpsc, thread::JoinHandle};

use clap::Parser;
use clients::process::unless_set;
use liap_tui::{settings::ServeSettings, startup::Application};
use store::{Location, Store};
use tempfile::TempDir;
use tokio::sync::oneshot;

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
    /// With flags as on the command line, and with those of other flags that they do not set.
    pub(crate) fn launch(flags: &[&str], others: &[&str]) -> Self {
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

impl Drop for TestServer {
    fn drop(&mut self) {
        self.stop();
        let ended = self.thread.take().map(JoinHandle::join);
        if !std::thread::panicking() {
            ended.expect("stopped once").expect("the server did not panic");
        }
    }
}
