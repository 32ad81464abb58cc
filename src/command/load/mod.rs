//! `liap-tui load`: many simulated players over real WebSockets, and how long they wait.

mod figures;
mod html;
mod progress;
mod settings;

use std::{
    fs,
    io::{self, Write},
    sync::{Arc, OnceLock},
    thread,
    time::Duration,
};

use anyhow::{Context, anyhow, bail, ensure};
use clients::{
    Http,
    load::{self, Hooks, Outcome, Plan, RunError},
};
use tokio::sync::watch;

use self::progress::Progress;
pub(super) use self::settings::LoadSettings;
use super::{output::output, signals::Stops};

/// Open files beside those of the players.
const OTHER_FILES: u64 = 64;

/// A threshold was broken: the sentence says which.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Broken(String);

/// Lets the players play, and prints what was measured.
///
/// # Errors
/// A sentence for the operator; [`Broken`] when a threshold was.
pub(super) fn load(settings: &LoadSettings) -> anyhow::Result<()> {
    let plan = settings.plan();
    check(&plan)?;
    if let Some(file) = &settings.html {
        // Before the run, so that a mistake is told at once.
        fs::write(file, "").with_context(|| format!("the report {} can't be written", file.display()))?;
    }
    let outcome = run(plan)?;
    let broken = settings.broken(&outcome);
    if let Some(file) = &settings.html {
        let page = html::page(&outcome, broken.as_deref());
        fs::write(file, page).with_context(|| format!("the report {} can't be written", file.display()))?;
    }
    let text = if settings.json {
        figures::document(&outcome, broken.as_deref()).to_string()
    } else {
        figures::table(&outcome)
    };
    let written = writeln!(output(), "{}", text.trim_end());
    match broken {
        Some(broken) => Err(Broken(broken).into()),
        None => Ok(written?),
    }
}

/// Whether the run can begin.
fn check(plan: &Plan) -> anyhow::Result<()> {
    ensure!(!plan.duration.is_zero(), "--duration is longer than 0 s");
    ensure!(
        !plan.server.is_secure(),
        "{} can't be used: load speaks no TLS; it should look like ws://127.0.0.1:8000",
        plan.server
    );
    let needed = plan.players() + u64::from(plan.live_log_subscribers) + OTHER_FILES;
    if let Some(allowed) = open_files().filter(|allowed| *allowed < needed) {
        bail!("{needed} files would be open and {allowed} may be; `ulimit -n {needed}` in this shell allows them");
    }
    let http = Http::new(&plan.server, Duration::from_secs(5));
    let healthy = http.get("/health").and_then(clients::Answer::success);
    ensure!(healthy.is_ok(), "no server at {}; start one with `make run`", plan.server);
    Ok(())
}

/// How many files this process may open; none where the system does not tell.
fn open_files() -> Option<u64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn run(plan: Plan) -> anyhow::Result<Outcome> {
    let (end, stop) = watch::channel(false);
    let stopped_by = Arc::new(OnceLock::new());
    let noted = stopped_by.clone();
    // It goes on to wait when the run is over, and ends with the process.
    thread::spawn(move || end_at_signal(&end, &noted));
    let mut progress: Option<Progress> = None;
    let whole = plan.ramp + plan.duration;
    let outcome = load::run(
        plan,
        Hooks {
            on_second: &mut |begin, second, meters| {
                let progress = progress.get_or_insert_with(|| Progress::new(begin, whole));
                progress.tell(second, meters.games_finished, meters.error_count());
            },
            on_limit: || {
                // Who closed the terminal does not miss it.
                let _ = writeln!(
                    io::stderr().lock(),
                    "the server limits requests: waiting; see docs/load.md for its settings"
                );
            },
            stop,
        },
    );
    progress.iter().for_each(Progress::done);
    outcome.map_err(|error| match (error, stopped_by.get()) {
        (RunError::Stopped, Some(signal)) => {
            anyhow!("{signal} ended the run before its time; the players left, and nothing is reported")
        }
        (error, _) => error.into(),
    })
}

/// Ends the run at the first signal. Without signals it is only not to be ended early in good order.
fn end_at_signal(end: &watch::Sender<bool>, signal: &OnceLock<&'static str>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    runtime.block_on(async {
        if let Ok(mut stops) = Stops::with_hangup() {
            let _ = signal.set(stops.next().await);
            let _ = end.send(true);
        }
    });
}
