//! The real binary as a process that can be killed, and the place where its data outlives it.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use super::{get, within};

const BINARY: &str = env!("CARGO_BIN_EXE_liap-tui");
/// Nothing but the test may end a game: no clock, no bot for someone who is away; all people come from one address, and come
/// back at once, again and again.
const FLAGS: [&str; 27] = [
    "serve",
    "--api-host",
    "127.0.0.1",
    "--api-port",
    "0",
    "--workers",
    "2",
    "--turn-timeout-seconds",
    "3600",
    "--disconnect-grace-seconds",
    "3600",
    "--waiting-grace-seconds",
    "3600",
    "--room-idle-seconds",
    "86400",
    "--room-history-events",
    "1000000",
    "--durability=full",
    "--rooms-per-minute-per-connection=0",
    "--rooms-per-minute-per-address=0",
    "--open-rooms-per-address=0",
    "--open-rooms-per-account=0",
    "--bot-games-per-address=0",
    "--bot-games-percent=100",
    "--waiting-seats-per-address=0",
    "--work-kib-per-second=0",
    "--address-work-kib-per-second=0",
];

/// Data that stays while servers come and go, and their log.
pub(crate) struct Place {
    folder: TempDir,
    database: Option<String>,
}

impl Place {
    /// With the embedded database.
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder"), database: None }
    }

    /// With PostgreSQL.
    pub(crate) fn on(database: &str) -> Self {
        Self { database: Some(database.to_owned()), ..Self::new() }
    }

    /// The folder of the data.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The file of the embedded database, or one that stands beside it: `""`, `"-wal"`.
    pub(crate) fn database_file(&self, suffix: &str) -> PathBuf {
        self.data().join(format!("liap-tui.db{suffix}"))
    }

    /// All that servers have logged here.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    fn command(&self, program: &Path, first: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(first).arg("--data-dir").arg(self.data()).kill_on_drop(true);
        if let Some(database) = &self.database {
            command.args(["--database-url", database]);
        }
        command
    }

    /// Runs `liap-tui replay ID --json`.
    pub(crate) async fn replay(&self, room: &str) -> Output {
        let mut command = self.command(Path::new(BINARY), &["replay", room, "--json"]);
        within("the end of the replay", command.output()).await.expect("the binary starts")
    }

    /// Starts a server and waits until it listens.
    pub(crate) async fn start(&self) -> Server {
        let child = self.spawn();
        self.listening(child).await
    }

    /// Starts a server that may make no file larger than so many kilobytes.
    pub(crate) async fn start_within(&self, kilobytes: u64) -> Server {
        let script = format!("trap '' XFSZ; ulimit -S -f {kilobytes}; exec \"$0\" \"$@\"");
        let mut first = vec!["-c", &script, BINARY];
        first.extend(FLAGS);
        let child = self.spawned(self.command(Path::new("bash"), &first));
        self.listening(child).await
    }

    /// Starts a server and does not wait for it.
    pub(crate) fn spawn(&self) -> Child {
        self.spawned(self.command(Path::new(BINARY), &FLAGS))
    }

    fn spawned(&self, mut command: Command) -> Child {
        let log = File::options().create(true).append(true).open(self.log_file()).expect("a log");
        command.stdout(Stdio::piped()).stderr(log).spawn().expect("the binary starts")
    }

    /// Runs a server that can't start: its exit code and what it complains of.
    pub(crate) async fn fails(&self) -> (Option<i32>, String) {
        let output = self.command(Path::new(BINARY), &FLAGS).output();
        let output = within("the end of the process", output).await.expect("the binary starts");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// Waits until a server that was started listens.
    pub(crate) async fn listening(&self, mut child: Child) -> Server {
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let line = within("the line with the address", lines.next_line()).await.expect("text");
        let Some(line) = line else { panic!("the server did not start:\n{}", self.log()) };
        let port = line.rsplit(':').next().and_then(|port| port.parse().ok());
        Server { child, port: port.unwrap_or_else(|| panic!("no port in {line:?}")) }
    }
}

/// A running `liap-tui serve`.
pub(crate) struct Server {
    child: Child,
    port: u16,
}

impl Server {
    /// Where it listens.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// Ends it with SIGKILL.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.expect("it ran until now");
    }

    /// Sends SIGTERM.
    pub(crate) async fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.id()]).status().await.expect("kill is there");
        assert!(sent.success());
    }

    /// Waits for its end: its exit code.
    pub(crate) async fn ended(mut self) -> Option<i32> {
        within("the end of the process", self.child.wait()).await.expect("a status").code()
    }

    /// Sets how far it may write into a file, in bytes or `unlimited`.
    pub(crate) async fn limit_files(&self, bytes: &str) {
        let mut command = Command::new("prlimit");
        command.arg(format!("--fsize={bytes}:unlimited")).args(["--pid", &self.id()]);
        assert!(command.status().await.expect("prlimit is there").success());
    }

    /// The value of a metric without labels; 0 while it was never set.
    pub(crate) async fn metric(&self, name: &str) -> f64 {
        let page = get(self.port, "/metrics").await.body;
        let line = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.map_or(0.0, |value| value.trim().parse().expect("a number"))
    }

    fn id(&self) -> String {
        self.child.id().expect("it runs").to_string()
    }
}
