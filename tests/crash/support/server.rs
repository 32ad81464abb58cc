//! The real binary as a process that can be killed, and the place where its data outlives it.

use std::{
    fs::{self, File},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use clients::process::{ServerProcess, Signal, UNLIMITED_ROOMS, serve};
use tempfile::TempDir;

use super::get;
use crate::shared::{DEADLINE, Process, process::BINARY};

/// Nothing but the test may end a game: no clock, no bot for someone who is away; all people come from one address, and come
/// back at once, again and again.
const FLAGS: [&str; 9] = [
    "--workers=2",
    "--turn-timeout-seconds=3600",
    "--disconnect-grace-seconds=3600",
    "--waiting-grace-seconds=3600",
    "--room-idle-seconds=86400",
    "--room-history-events=1000000",
    "--durability=full",
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

    fn serve(&self) -> Command {
        let mut command = serve(BINARY, self.data(), &[&FLAGS[..], &UNLIMITED_ROOMS].concat());
        command.args(self.elsewhere());
        command
    }

    fn elsewhere(&self) -> impl Iterator<Item = &str> {
        self.database.iter().flat_map(|database| ["--database-url", database])
    }

    /// Runs `liap-tui replay ID --json`: its exit code, what it shows, what it complains of.
    pub(crate) async fn replay(&self, room: &str) -> (Option<i32>, String, String) {
        let mut command = Command::new(BINARY);
        command.args(["replay", room, "--json", "--data-dir"]).arg(self.data()).args(self.elsewhere());
        Process::output(command).await
    }

    /// Starts a server and waits until it listens.
    pub(crate) async fn start(&self) -> Server {
        self.listening(self.spawn()).await
    }

    /// Starts a server that may make no file larger than so many kilobytes.
    pub(crate) async fn start_within(&self, kilobytes: u64) -> Server {
        let script = format!("trap '' XFSZ; ulimit -S -f {kilobytes}; exec \"$0\" \"$@\"");
        let mut command = Command::new("bash");
        command.args(["-c", &script, BINARY]).args(self.serve().get_args());
        self.listening(self.spawned(command)).await
    }

    /// Starts a server and does not wait for it.
    pub(crate) fn spawn(&self) -> Child {
        self.spawned(self.serve())
    }

    fn spawned(&self, mut command: Command) -> Child {
        let log = File::options().create(true).append(true).open(self.log_file()).expect("a log");
        command.stdout(Stdio::piped()).stderr(log).spawn().expect("the binary starts")
    }

    /// Runs a server that can't start: its exit code and what it complains of.
    pub(crate) async fn fails(&self) -> (Option<i32>, String) {
        let (code, _, errors) = Process::output(self.serve()).await;
        (code, errors)
    }

    /// Waits until a server that was started listens.
    pub(crate) async fn listening(&self, child: Child) -> Server {
        let started = tokio::task::spawn_blocking(|| ServerProcess::listening(child)).await.expect("no panic");
        Server(started.unwrap_or_else(|error| panic!("{error}:\n{}", self.log())))
    }
}

/// A running `liap-tui serve`.
pub(crate) struct Server(ServerProcess);

impl Server {
    /// Where it listens.
    pub(crate) const fn port(&self) -> u16 {
        self.0.port()
    }

    /// Ends it with SIGKILL.
    pub(crate) async fn kill(mut self) {
        self.0.kill().expect("it ran until now");
    }

    /// Sends SIGTERM.
    pub(crate) fn terminate(&self) {
        self.0.signal(Signal::TERM).expect("it runs");
    }

    /// Waits for its end: its exit code.
    pub(crate) async fn ended(mut self) -> Option<i32> {
        self.0.ended(DEADLINE).await.expect("the end of the process").code()
    }

    /// Sets how far it may write into a file, in bytes or `unlimited`.
    pub(crate) async fn limit_files(&self, bytes: &str) {
        let mut command = Command::new("prlimit");
        command.arg(format!("--fsize={bytes}:unlimited")).args(["--pid", &self.0.id().to_string()]);
        assert!(command.status().expect("prlimit is there").success());
    }

    /// The value of a metric without labels; 0 while it was never set.
    pub(crate) async fn metric(&self, name: &str) -> f64 {
        let page = get(self.port(), "/metrics").await.body;
        let line = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.map_or(0.0, |value| value.trim().parse().expect("a number"))
    }
}
