//! Processes of benches: the real server, or the bench itself in another role, each pinned to a core where the system can
//! do that.

use std::{
    ffi::OsStr,
    fs::File,
    path::Path,
    process::{Command, Stdio},
};

use clients::process::{ServerProcess, UNLIMITED_REQUESTS, UNLIMITED_ROOMS, cpu_seconds, serve};

/// Where those are who use the server.
pub(crate) const USERS_CORE: usize = 0;
/// Where the server is, when it has to make do with one.
pub(crate) const SERVER_CORE: usize = 1;

/// What else is there for strangers; here everybody comes from one address.
const UNLIMITED_WORK: [&str; 3] =
    ["--max-connections-per-address=0", "--work-kib-per-second=0", "--address-work-kib-per-second=0"];

/// A running `liap-tui serve`; it is killed when this is dropped.
pub(crate) struct Server {
    process: ServerProcess,
    pub(crate) port: u16,
}

impl Server {
    /// Starts it without limits, and waits until it listens. Its log goes to the file.
    pub(crate) fn start(folder: &Path, flags: &[&str], core: Option<usize>, log: &Path) -> Self {
        let unlimited = [&UNLIMITED_REQUESTS[..], &UNLIMITED_ROOMS, &UNLIMITED_WORK, flags].concat();
        Self::limited(folder, &unlimited, core, log)
    }

    /// The same with the limits as they come.
    pub(crate) fn limited(folder: &Path, flags: &[&str], core: Option<usize>, log: &Path) -> Self {
        let serve = serve(env!("CARGO_BIN_EXE_liap-tui"), folder, flags);
        let mut pinned = command(serve.get_program(), core);
        pinned.args(serve.get_args()).stderr(File::create(log).expect("a log"));
        Self::other(pinned)
    }

    /// Another program that serves, and says where in the first line of its output.
    pub(crate) fn other(mut serve: Command) -> Self {
        let process = ServerProcess::start(&mut serve).expect("the server starts");
        Self { port: process.port(), process }
    }

    /// The user and system time that it has used, in seconds.
    pub(crate) fn cpu(&self) -> f64 {
        cpu_seconds(self.process.id()).expect("Linux")
    }

    /// Its threads.
    pub(crate) fn threads(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/task", self.process.id())).map_or(0, Iterator::count)
    }

    /// The time that its threads have run, in seconds: all of them, and those whose names begin like this.
    pub(crate) fn thread_seconds(&self, names: &str) -> (f64, f64) {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.process.id())).expect("Linux");
        let (mut all, mut named) = (0.0, 0.0);
        for thread in threads.flatten() {
            let read = |file: &str| std::fs::read_to_string(thread.path().join(file)).unwrap_or_default();
            let ran = read("schedstat").split(' ').next().and_then(|ran| ran.parse::<f64>().ok()).unwrap_or_default();
            all += ran / 1e9;
            named += if read("comm").starts_with(names) { ran / 1e9 } else { 0.0 };
        }
        (all, named)
    }

    /// The memory that it has in RAM, in KiB.
    pub(crate) fn resident_kib(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("Linux");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a size");
        line.split_whitespace().next().and_then(|size| size.parse().ok()).expect("a number")
    }
}

/// This program in another role.
pub(crate) fn own_role(arguments: &[&str], core: Option<usize>) -> Command {
    let own = std::env::current_exe().expect("a program");
    let mut command = command(own.as_os_str(), core);
    command.args(arguments);
    command
}

/// A program with enough open files for all players, on one core if there are several.
fn command(program: &OsStr, core: Option<usize>) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -n 60000 2>/dev/null || ulimit -n 20000 2>/dev/null; exec \"$@\"", "sh"]);
    if let Some(core) = core.filter(|_| can_pin()) {
        command.args(["taskset", "-c", &core.to_string()]);
    }
    command.arg(program);
    command
}

/// Whether players and server can have a core each.
pub(crate) fn can_pin() -> bool {
    let tried = Command::new("taskset").args(["-c", &SERVER_CORE.to_string(), "true"]).stderr(Stdio::null()).status();
    tried.is_ok_and(|ended| ended.success())
}

/// How many files this process may have open, as the servers that it starts.
pub(crate) fn open_files() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").expect("Linux");
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).expect("a limit");
    line.split_whitespace().next().and_then(|limit| limit.parse().ok()).unwrap_or(usize::MAX)
}

/// The user and system time of this process, in seconds.
pub(crate) fn own_cpu() -> f64 {
    cpu_seconds("self").expect("Linux")
}
