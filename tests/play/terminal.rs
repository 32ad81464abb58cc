//! A server and a terminal that is a pipe, as processes of the real binary.

use std::{process::Stdio, time::Duration};

use clients::process::{ServerProcess, serve};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

const BINARY: &str = env!("CARGO_BIN_EXE_liap-tui");

async fn within<T>(what: &str, wait: impl Future<Output = T>) -> T {
    let waited = tokio::time::timeout(Duration::from_secs(120), wait).await;
    waited.unwrap_or_else(|_| panic!("waited too long for {what}"))
}

/// A running server.
pub(crate) struct Server {
    _process: ServerProcess,
    _data: tempfile::TempDir,
    /// Where it listens.
    pub(crate) port: u16,
}

impl Server {
    /// On a free port.
    pub(crate) fn start() -> Self {
        let data = tempfile::TempDir::new().expect("a folder");
        let process = ServerProcess::start(&mut serve(BINARY, data.path(), &["--workers=1"])).expect("it listens");
        Self { port: process.port(), _process: process, _data: data }
    }
}

/// A player at a terminal that is a pipe.
pub(crate) struct Terminal {
    process: Child,
    /// Where one types; without it the input ends.
    pub(crate) input: Option<ChildStdin>,
    output: Lines<BufReader<ChildStdout>>,
    /// All that was printed.
    pub(crate) seen: Vec<String>,
}

impl Terminal {
    /// Somebody who plays with these flags.
    pub(crate) fn open(port: u16, name: &str, flags: &[&str]) -> Self {
        let url = format!("ws://127.0.0.1:{port}");
        let mut process = Command::new(BINARY)
            .args(["play", "--url", &url, "--name", name, "--pace", "instant", "--level", "easy"])
            .args(flags)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the binary starts");
        let input = process.stdin.take();
        let output = BufReader::new(process.stdout.take().expect("piped")).lines();
        Self { process, input, output, seen: Vec::new() }
    }

    /// The next line; `None` at the end.
    pub(crate) async fn line(&mut self) -> Option<String> {
        let line = within("a line", self.output.next_line()).await.expect("text")?;
        self.seen.push(line.clone());
        Some(line)
    }

    /// Reads on to a line that holds this.
    pub(crate) async fn until(&mut self, part: &str) -> String {
        while let Some(line) = self.line().await {
            if line.contains(part) {
                return line;
            }
        }
        panic!("no {part:?} in\n{}", self.seen.join("\n"));
    }

    /// The same, and answers every question on the way.
    pub(crate) async fn play_until(&mut self, part: &str) {
        while let Some(line) = self.line().await {
            if line.contains(part) {
                return;
            }
            if let Some(answer) = answer(&line) {
                self.type_in(&answer).await;
            }
        }
        panic!("no {part:?} in\n{}", self.seen.join("\n"));
    }

    /// Reads on to a question.
    pub(crate) async fn question(&mut self) -> String {
        while let Some(line) = self.line().await {
            if answer(&line).is_some() {
                return line;
            }
        }
        panic!("no question in\n{}", self.seen.join("\n"));
    }

    /// Types a line.
    pub(crate) async fn type_in(&mut self, line: &str) {
        let input = self.input.as_mut().expect("open");
        input.write_all(format!("{line}\n").as_bytes()).await.expect("it reads");
    }

    /// Answers every question until the end.
    pub(crate) async fn finish(&mut self) {
        while let Some(line) = self.line().await {
            if let Some(answer) = answer(&line) {
                self.type_in(&answer).await;
            }
        }
        assert_eq!(self.ended().await, (Some(0), String::new()));
    }

    /// The exit code and what stood on standard error.
    pub(crate) async fn ended(&mut self) -> (Option<i32>, String) {
        let status = within("the end", self.process.wait()).await.expect("a status");
        let mut errors = String::new();
        let mut stream = self.process.stderr.take().expect("piped");
        stream.read_to_string(&mut errors).await.expect("text");
        (status.code(), errors)
    }

    /// How many lines hold this.
    pub(crate) fn count(&self, part: &str) -> usize {
        self.seen.iter().filter(|line| line.contains(part)).count()
    }

    /// Checks the end of a whole game.
    pub(crate) fn assert_result(&self) {
        let text = self.seen.join("\n");
        let result = self.seen.iter().position(|line| line.starts_with("The game is over after"));
        let result = &self.seen[result.unwrap_or_else(|| panic!("no result in\n{text}"))..];
        assert!(result[1].starts_with("  1. "), "{text}");
        assert_eq!(result[1..5].iter().filter(|line| line.contains("(you)")).count(), 1, "{text}");
        assert!(result[5].starts_with("The deck was fair"), "{text}");
        assert!(!text.contains('\x1b'), "no escape codes where there is no terminal");
    }
}

/// What to type when this line is a question, decided by the line alone.
pub(crate) fn answer(line: &str) -> Option<String> {
    if let Some(allowed) = line.strip_prefix("How many piles will you take? (") {
        return allowed.split([' ', ';']).next().map(str::to_owned);
    }
    if let Some(count) = line.strip_prefix("Play ").filter(|line| line.contains("which?")) {
        let count: u8 = count.split(' ').next()?.parse().ok()?;
        return Some((1..=count).map(|number| number.to_string()).collect::<Vec<_>>().join(","));
    }
    let fixed = [("(y/n)", "y"), ("You lead, with any single piece", "1")];
    let known = fixed.iter().find(|(question, _)| line.contains(question));
    known.map(|(_, answer)| (*answer).to_owned())
}
