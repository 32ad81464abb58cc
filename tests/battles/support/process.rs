//! The real binary as a process of its own, and all that it logs.

use std::{path::Path, process::Stdio};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, ChildStderr, Command},
};

use super::{server::patience, within};

/// A running `liap-tui serve` that logs everything.
pub(crate) struct Process {
    child: Child,
    errors: BufReader<ChildStderr>,
    /// Where it listens.
    pub(crate) port: u16,
}

impl Process {
    /// Starts it on a free port and waits until it listens.
    pub(crate) async fn start(data: &Path, flags: &[&str]) -> Self {
        Self::start_in(data, flags, &[]).await
    }

    /// The same with variables of the environment.
    pub(crate) async fn start_in(data: &Path, flags: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = command("127.0.0.1", data, flags);
        let mut child = command
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let errors = BufReader::new(child.stderr.take().expect("piped"));
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let line = within("the line with the address", lines.next_line()).await.expect("text").expect("a line");
        let port = line.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        Self { child, errors, port }
    }

    /// Sends it a signal, named as `kill` names it.
    pub(crate) async fn signal(&self, name: &str) {
        let id = self.child.id().expect("it runs").to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &id]).status().await.expect("kill is there");
        assert!(sent.success());
    }

    /// Waits for the next line of its log with these words in it.
    pub(crate) async fn logged(&mut self, words: &str) -> String {
        within(words, async {
            let mut line = String::new();
            while !line.contains(words) {
                line.clear();
                assert!(self.errors.read_line(&mut line).await.expect("text") > 0, "it ended without {words:?}");
            }
            line
        })
        .await
    }

    /// Stops it: all that it logged since the last line that was waited for.
    pub(crate) async fn stopped(self) -> String {
        self.ended_by("TERM").await
    }

    /// The same by another signal that ends it in good order.
    pub(crate) async fn ended_by(mut self, signal: &str) -> String {
        self.signal(signal).await;
        let mut log = String::new();
        within("the end of the log", self.errors.read_to_string(&mut log)).await.expect("text");
        assert_eq!(within("the end of the process", self.child.wait()).await.expect("a status").code(), Some(0));
        log
    }

    /// Ends it with SIGKILL.
    pub(crate) async fn killed(mut self) {
        within("the end of the process", self.child.kill()).await.expect("it runs");
    }

    /// Runs it with flags that let it not start: its exit code and what it complains of.
    pub(crate) async fn fails(data: &Path, flags: &[&str]) -> (Option<i32>, String) {
        Self::fails_on("127.0.0.1", data, flags).await
    }

    /// The same on another host.
    pub(crate) async fn fails_on(host: &str, data: &Path, flags: &[&str]) -> (Option<i32>, String) {
        let output = within("the end of the process", command(host, data, flags).output()).await.expect("it starts");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn command(host: &str, data: &Path, flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liap-tui"));
    command.args(["serve", "--api-port", "0", "--data-dir"]).arg(data);
    if !flags.contains(&"--api-host") {
        command.args(["--api-host", host]);
    }
    command.args(flags).args(patience(flags)).kill_on_drop(true);
    command
}
