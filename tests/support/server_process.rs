//! The real binary as a process of its own, and its data.

use std::{
    ops::{Deref, DerefMut},
    path::Path,
    process::Command,
    sync::Arc,
};

use clients::process::{Signal, serve};
use tempfile::TempDir;

use super::process::{BINARY, Process};

/// A running `liap-tui serve`.
pub(crate) struct ServerProcess {
    process: Process,
    data: Arc<TempDir>,
}

/// How a process ended: its exit code and what it said to the operator.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code.
    pub(crate) code: Option<i32>,
    /// Standard error.
    pub(crate) errors: String,
}

impl Deref for ServerProcess {
    type Target = Process;

    fn deref(&self) -> &Process {
        &self.process
    }
}

impl DerefMut for ServerProcess {
    fn deref_mut(&mut self) -> &mut Process {
        &mut self.process
    }
}

impl ServerProcess {
    /// Starts it on a free port and waits until it listens.
    pub(crate) async fn start(flags: &[&str]) -> Self {
        Self::start_in(&[], flags).await
    }

    /// The same with environment variables.
    pub(crate) async fn start_in(environment: &[(&str, &str)], flags: &[&str]) -> Self {
        Self::start_on(Arc::new(TempDir::new().expect("a folder")), environment, flags).await
    }

    /// The same on data that is there.
    pub(crate) async fn start_on(data: Arc<TempDir>, environment: &[(&str, &str)], flags: &[&str]) -> Self {
        let mut command = serve(BINARY, data.path(), flags);
        command.envs(environment.iter().copied());
        Self { process: Process::launch(command), data }
    }

    /// Ends it with SIGKILL, and starts it again on the same data.
    pub(crate) async fn killed_and_started_again(self, flags: &[&str]) -> Self {
        self.process.killed().await;
        Self::start_on(self.data, &[], flags).await
    }

    /// Ends it with SIGTERM, and starts it again on the same data.
    pub(crate) async fn stopped_and_started_again(self, flags: &[&str]) -> Self {
        self.process.stopped().await;
        Self::start_on(self.data, &[], flags).await
    }

    /// The folder of its data, which outlives it.
    pub(crate) fn folder(&self) -> Arc<TempDir> {
        Arc::clone(&self.data)
    }

    /// Ends it with SIGKILL.
    pub(crate) async fn kill(self) {
        self.process.killed().await;
    }

    /// The folder of its data.
    pub(crate) fn data(&self) -> &Path {
        self.data.path()
    }

    /// Runs another command of the binary on the same data: its exit code, what it says, what it complains of.
    pub(crate) async fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        Self::run_in(self.data(), arguments).await
    }

    /// The same on other data.
    pub(crate) async fn run_in(data: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
        let mut command = Command::new(BINARY);
        command.args(arguments).arg("--data-dir").arg(data);
        Process::output(command).await
    }

    /// Where it listens.
    pub(crate) const fn port(&self) -> u16 {
        self.process.port
    }

    /// Sends SIGTERM, as an operator's tools do.
    pub(crate) fn terminate(&self) {
        self.signal(Signal::TERM);
    }

    /// Waits for its end.
    pub(crate) async fn ended(mut self) -> Option<i32> {
        self.process.ended().await
    }

    /// What `--help` says.
    pub(crate) async fn help() -> String {
        let mut command = Command::new(BINARY);
        command.args(["serve", "--help"]);
        let (code, help, _) = Process::output(command).await;
        assert_eq!(code, Some(0));
        help
    }

    /// Runs it with flags that let it not start.
    pub(crate) async fn fails(flags: &[&str]) -> Ended {
        Self::fails_in(&[], flags).await
    }

    /// Runs it with variables that let it not start.
    pub(crate) async fn fails_in(environment: &[(&str, &str)], flags: &[&str]) -> Ended {
        let data = TempDir::new().expect("a folder");
        Self::failing(data.path(), environment, flags).await
    }

    /// The same on data that is there.
    pub(crate) async fn fails_on(data: &Path, flags: &[&str]) -> Ended {
        Self::failing(data, &[], flags).await
    }

    async fn failing(data: &Path, environment: &[(&str, &str)], flags: &[&str]) -> Ended {
        let mut command = Command::new(BINARY);
        command.arg("serve").arg("--data-dir").arg(data).args(flags).envs(environment.iter().copied());
        let (code, _, errors) = Process::output(command).await;
        Ended { code, errors }
    }
}
