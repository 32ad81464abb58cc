//! The real binary as a process of its own.

use std::{path::Path, process::Stdio, sync::Arc};

use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use super::{moment, within};

/// A running `liap-tui serve`.
pub(crate) struct ServerProcess {
    child: Child,
    port: u16,
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
        let folder = data.path().to_str().expect("a plain path");
        let mut child = command(&["--api-host", "127.0.0.1", "--api-port", "0", "--data-dir", folder], flags)
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let line = within("the line with the address", lines.next_line()).await;
        let line = line.expect("text").expect("a line");
        let port = line.rsplit(':').next().and_then(|port| port.parse().ok());
        Self { child, port: port.unwrap_or_else(|| panic!("no port in {line:?}")), data }
    }

    /// Ends it with SIGKILL, and starts it again on the same data.
    pub(crate) async fn killed_and_started_again(mut self, flags: &[&str]) -> Self {
        self.child.kill().await.expect("it runs");
        Self::start_on(self.data, &[], flags).await
    }

    /// Ends it with SIGTERM, and starts it again on the same data.
    pub(crate) async fn stopped_and_started_again(mut self, flags: &[&str]) -> Self {
        self.terminate().await;
        let status = within("the end of the process", self.child.wait()).await.expect("a status");
        assert_eq!(status.code(), Some(0));
        Self::start_on(self.data, &[], flags).await
    }

    /// The folder of its data, which outlives it.
    pub(crate) fn folder(&self) -> Arc<TempDir> {
        Arc::clone(&self.data)
    }

    /// Ends it with SIGKILL.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.expect("it runs");
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
        let mut command = Command::new(env!("CARGO_BIN_EXE_liap-tui"));
        command.args(arguments).arg("--data-dir").arg(data);
        let output = within("the end of the process", command.output()).await.expect("the binary starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    }

    /// The id of the process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    /// Where it listens.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// Sends SIGTERM, as an operator's tools do.
    pub(crate) async fn terminate(&self) {
        self.signal("TERM").await;
    }

    /// Stops all its threads, as a machine does that is suspended, and waits until none runs.
    pub(crate) async fn suspend(&self) {
        self.signal("STOP").await;
        within("the process to stop", async {
            while !self.is_stopped() {
                moment().await;
            }
        })
        .await;
    }

    /// Lets it go on.
    pub(crate) async fn resume(&self) {
        self.signal("CONT").await;
    }

    fn is_stopped(&self) -> bool {
        let threads = format!("/proc/{}/task", self.id());
        let threads = std::fs::read_dir(threads).expect("its threads");
        threads.flatten().all(|thread| {
            let stat = std::fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
            stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('T'))
        })
    }

    /// Sends a signal, named as `kill` names it.
    pub(crate) async fn signal(&self, name: &str) {
        let id = self.child.id().expect("it runs").to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &id]).status().await.expect("kill is there");
        assert!(sent.success());
    }

    /// Waits for its end.
    pub(crate) async fn ended(mut self) -> Option<i32> {
        within("the end of the process", self.child.wait()).await.expect("a status").code()
    }

    /// What `--help` says.
    pub(crate) async fn help() -> String {
        let output =
            within("the end of the process", command(&[], &["--help"]).output()).await.expect("the binary starts");
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Runs it with flags that let it not start.
    pub(crate) async fn fails(flags: &[&str]) -> Ended {
        let data = TempDir::new().expect("a folder");
        Self::fails_on(data.path(), flags).await
    }

    /// Runs it with variables that let it not start.
    pub(crate) async fn fails_in(environment: &[(&str, &str)]) -> Ended {
        let data = TempDir::new().expect("a folder");
        let folder = ["--data-dir", data.path().to_str().expect("a plain path")];
        let mut command = command(&folder, &["--api-port", "0"]);
        let output = within("the end of the process", command.envs(environment.iter().copied()).output()).await;
        let output = output.expect("the binary starts");
        Ended { code: output.status.code(), errors: String::from_utf8_lossy(&output.stderr).into_owned() }
    }

    /// The same on data that is there.
    pub(crate) async fn fails_on(data: &Path, flags: &[&str]) -> Ended {
        let folder = ["--data-dir", data.to_str().expect("a plain path")];
        let output = command(&folder, flags).output();
        let output = within("the end of the process", output).await.expect("the binary starts");
        Ended { code: output.status.code(), errors: String::from_utf8_lossy(&output.stderr).into_owned() }
    }
}

fn command(first: &[&str], then: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liap-tui"));
    command.arg("serve").args(first).args(then).kill_on_drop(true);
    command
}
