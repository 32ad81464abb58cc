//! The real binary as a process of its own.

use std::process::Stdio;

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use super::within;

/// A running `liap-tui serve`.
pub(crate) struct ServerProcess {
    child: Child,
    port: u16,
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
        let mut child = command(&["--api-host", "127.0.0.1", "--api-port", "0"], flags)
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let line = within("the line with the address", lines.next_line()).await;
        let line = line.expect("text").expect("a line");
        let port = line.rsplit(':').next().and_then(|port| port.parse().ok());
        Self { child, port: port.unwrap_or_else(|| panic!("no port in {line:?}")) }
    }

    /// Where it listens.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// Sends SIGTERM, as an operator's tools do.
    pub(crate) async fn terminate(&self) {
        let id = self.child.id().expect("it runs").to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().await.expect("kill is there");
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
        let output = within("the end of the process", command(&[], flags).output()).await.expect("the binary starts");
        Ended { code: output.status.code(), errors: String::from_utf8_lossy(&output.stderr).into_owned() }
    }
}

fn command(first: &[&str], then: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liap-tui"));
    command.arg("serve").args(first).args(then).kill_on_drop(true);
    command
}
