//! The real binary as a process of its own, and all that it logs.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    thread,
};

use clients::process::{ServerProcess, Signal, serve};
use tokio::{
    process,
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
};

use super::{DEADLINE, moment, server::patience, within};

/// The binary.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_liap-tui");

/// A running `liap-tui serve` and its log.
pub(crate) struct Process {
    server: ServerProcess,
    log: UnboundedReceiver<String>,
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
        let mut command = serve(BINARY, data, flags);
        command.args(patience(flags)).envs(variables.iter().copied());
        Self::launch(command)
    }

    /// Runs it with flags that let it not start: its exit code and what it complains of.
    pub(crate) async fn fails(data: &Path, flags: &[&str]) -> (Option<i32>, String) {
        Self::fails_on("127.0.0.1", data, flags).await
    }

    /// The same on another host.
    pub(crate) async fn fails_on(host: &str, data: &Path, flags: &[&str]) -> (Option<i32>, String) {
        let mut command = serve(BINARY, data, &[&["--api-host", host], flags].concat());
        command.args(patience(flags));
        let (code, _, errors) = Self::output(command).await;
        (code, errors)
    }

    /// The same with any command.
    pub(crate) fn launch(mut command: Command) -> Self {
        let mut server = ServerProcess::start(command.stderr(Stdio::piped())).expect("it starts");
        let mut errors = BufReader::new(server.take_errors().expect("piped"));
        let (tell, log) = unbounded_channel();
        thread::spawn(move || {
            let mut line = String::new();
            while errors.read_line(&mut line).is_ok_and(|read| read > 0) {
                // The test may not want to know.
                let _ = tell.send(std::mem::take(&mut line));
            }
        });
        let port = server.port();
        Self { server, log, port }
    }

    /// Runs a command that ends by itself: its exit code, what it says, what it complains of.
    pub(crate) async fn output(command: Command) -> (Option<i32>, String, String) {
        let mut command = process::Command::from(command);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let output = within("the end of the process", command.output()).await.expect("the binary starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    }

    /// The id of the process.
    pub(crate) fn id(&self) -> u32 {
        self.server.id()
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        self.server.signal(signal).expect("it runs");
    }

    /// Stops all its threads, as a machine does that is suspended, and waits until none runs.
    pub(crate) async fn suspend(&self) {
        self.signal(Signal::STOP);
        let is_stopped = || {
            let threads = std::fs::read_dir(format!("/proc/{}/task", self.id())).expect("its threads");
            threads.flatten().all(|thread| {
                let stat = std::fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
                stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('T'))
            })
        };
        within("the process to stop", async {
            while !is_stopped() {
                moment().await;
            }
        })
        .await;
    }

    /// Lets it go on.
    pub(crate) fn resume(&self) {
        self.signal(Signal::CONT);
    }

    /// Waits for the next line of its log with these words in it.
    pub(crate) async fn logged(&mut self, words: &str) -> String {
        within(words, async {
            loop {
                let line = self.log.recv().await.unwrap_or_else(|| panic!("it ended without {words:?}"));
                if line.contains(words) {
                    return line;
                }
            }
        })
        .await
    }

    /// Stops it: all that it logged since the last line that was waited for.
    pub(crate) async fn stopped(self) -> String {
        self.ended_by(Signal::TERM).await
    }

    /// The same by another signal that ends it in good order.
    pub(crate) async fn ended_by(mut self, signal: Signal) -> String {
        self.signal(signal);
        assert_eq!(self.ended().await, Some(0));
        let mut log = String::new();
        while let Some(line) = within("the end of the log", self.log.recv()).await {
            log += &line;
        }
        log
    }

    /// Waits for its end: its exit code.
    pub(crate) async fn ended(&mut self) -> Option<i32> {
        self.server.ended(DEADLINE).await.expect("the end of the process").code()
    }

    /// Ends it with SIGKILL.
    pub(crate) async fn killed(mut self) {
        self.server.kill().expect("it runs");
    }
}
