//! A server as a process of this machine, for tests and measurements.

use std::{
    ffi::OsStr,
    fmt::Display,
    fs,
    io::{self, BufRead, BufReader},
    path::Path,
    process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio},
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

pub use rustix::process::Signal;
use rustix::process::{Pid, kill_process};

use crate::ServerAddress;

/// How long a server may take to listen: restoring many unfinished games takes a while.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two looks at whether a process has ended.
const LOOK: Duration = Duration::from_millis(10);

/// A running server. It is killed when this is dropped.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    port: u16,
}

/// Flags that turn off the limits on rooms and seats per address, for tests and measurements from one address.
pub const UNLIMITED_ROOMS: [&str; 7] = [
    "--rooms-per-minute-per-connection=0",
    "--rooms-per-minute-per-address=0",
    "--open-rooms-per-address=0",
    "--open-rooms-per-account=0",
    "--bot-games-per-address=0",
    "--bot-games-percent=100",
    "--waiting-seats-per-address=0",
];

/// Flags that turn off the limits on plain requests per address.
pub const UNLIMITED_REQUESTS: [&str; 7] = [
    "--battles-auth-per-minute=0",
    "--login-failures-per-minute=0",
    "--battles-create-per-minute=0",
    "--battles-actions-per-minute=0",
    "--battles-state-per-minute=0",
    "--rate-limit-requests=0",
    "--all-requests-per-minute=0",
];

/// Those of some flags that other flags do not set.
pub fn unless_set<'a>(flags: &'a [&'a str], others: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    fn name(flag: &str) -> Option<&str> {
        flag.split('=').next()
    }
    flags.iter().copied().filter(|flag| !others.iter().any(|other| name(flag) == name(other)))
}

/// The command that runs a server: `PROGRAM serve` on a free port, on this machine's own address unless the flags say
/// otherwise, with its data in this folder. It says nothing on standard error; add flags, variables and another standard
/// error as you like.
pub fn serve(program: impl AsRef<OsStr>, data: impl AsRef<Path>, flags: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(["serve", "--api-port", "0", "--data-dir"]).arg(data.as_ref());
    command.args(unless_set(&["--api-host=127.0.0.1"], flags)).args(flags).stderr(Stdio::null());
    command
}

impl ServerProcess {
    /// Starts a server and waits until it listens: its first line on standard output ends with `:` and the port.
    ///
    /// # Errors
    /// If it can't be started, ends, or does not listen within two minutes.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        Self::listening(command.stdout(Stdio::piped()).spawn()?)
    }

    /// Waits until a server listens that was started with a pipe as its standard output.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn listening(mut child: Child) -> io::Result<Self> {
        let line = match child.stdout.take() {
            Some(output) => first_line(output),
            None => Err(io::Error::other("standard output is not a pipe")),
        };
        let mut process = Self { child, port: 0 };
        let line = line?;
        let port = line.trim().rsplit(':').next().and_then(|port| port.parse().ok());
        process.port = port.ok_or_else(|| io::Error::other(format!("the first line has no port: {line:?}")))?;
        Ok(process)
    }

    /// The port that it listens on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> ServerAddress {
        ServerAddress::local(self.port)
    }

    /// The id of the process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its standard error, once, if that is a pipe.
    pub const fn take_errors(&mut self) -> Option<ChildStderr> {
        self.child.stderr.take()
    }

    /// Sends a signal.
    ///
    /// # Errors
    /// If there is no such process any more.
    pub fn signal(&self, signal: Signal) -> io::Result<()> {
        kill_process(Pid::from_child(&self.child), signal).map_err(io::Error::from)
    }

    /// Ends it at once, as SIGKILL does, and waits for its end.
    ///
    /// # Errors
    /// If the system can't.
    pub fn kill(&mut self) -> io::Result<ExitStatus> {
        self.child.kill()?;
        self.child.wait()
    }

    /// Waits for its end, this long at most.
    ///
    /// # Errors
    /// [`TimedOut`](io::ErrorKind::TimedOut) if it still runs then.
    pub async fn ended(&mut self, patience: Duration) -> io::Result<ExitStatus> {
        let end = Instant::now() + patience;
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            if Instant::now() >= end {
                return Err(io::ErrorKind::TimedOut.into());
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn first_line(output: ChildStdout) -> io::Result<String> {
    let (tell, told) = channel();
    thread::spawn(move || {
        let mut line = String::new();
        let read = BufReader::new(output).read_line(&mut line);
        // Nobody waits any longer if it took too long.
        let _ = tell.send(read.map(|_| line));
    });
    match told.recv_timeout(PATIENCE) {
        Ok(Ok(line)) if line.is_empty() => Err(io::Error::other("the server ended before it listened")),
        Ok(line) => line,
        Err(RecvTimeoutError::Timeout) => Err(io::ErrorKind::TimedOut.into()),
        Err(RecvTimeoutError::Disconnected) => Err(io::ErrorKind::BrokenPipe.into()),
    }
}

/// The user and system time that a process has used, in seconds; `self` is this one. `None` if the system has no `/proc`.
pub fn cpu_seconds(process: impl Display) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // Its name may hold anything, so the fields are counted behind it.
    let (_, after_name) = stat.rsplit_once(')')?;
    // Fields 14 and 15, in ticks of 10 ms.
    let mut times = after_name.split_whitespace().skip(11).map_while(|field| field.parse::<f64>().ok());
    Some((times.next()? + times.next()?) / 100.0)
}
