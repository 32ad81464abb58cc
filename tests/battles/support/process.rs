//! The real binary as a process of its own, and all that it logs.

use std::{path::Path, process::Stdio};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, ChildStderr, Command},
};

use super::within;

/// A running `liap-tui serve` that logs everything.
pub(crate) struct Process {
    child: Child,
    errors: ChildStderr,
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
        let mut command = command(data, flags);
        let mut child = command
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let errors = child.stderr.take().expect("piped");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let line = within("the line with the address", lines.next_line()).await.expect("text").expect("a line");
        let port = line.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        Self { child, errors, port }
    }

    /// Stops it: all that it logged.
    pub(crate) async fn stopped(mut self) -> String {
        let id = self.child.id().expect("it runs").to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.expect("kill is there").success());
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
        let output = within("the end of the process", command(data, flags).output()).await.expect("it starts");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn command(data: &Path, flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liap-tui"));
    command.args(["serve", "--api-port", "0", "--data-dir"]).arg(data);
    if !flags.contains(&"--api-host") {
        command.args(["--api-host", "127.0.0.1"]);
    }
    command.args(flags).kill_on_drop(true);
    command
}
