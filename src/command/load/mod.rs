//! `liap-tui load`: many simulated players over real WebSockets, and how long they wait.

mod figures;
mod hearing;
mod html;
mod ledger;
mod link;
mod listener;
mod meters;
mod mind;
mod outcome;
mod player;
mod progress;
mod rest;
mod room;
mod seat;
mod server;
mod settings;
mod wire;
mod worker;

use std::{
    fs,
    io::Write,
    sync::{
        Arc, OnceLock,
        mpsc::{Receiver, RecvTimeoutError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};

pub(super) use self::settings::LoadSettings;
use self::{
    meters::Meters,
    outcome::{Outcome, Second},
    progress::Progress,
    rest::Rest,
    server::ServerWatch,
    settings::Spoken,
    worker::Run,
};
use super::output::output;
use crate::process::Consumption;

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
    check(settings)?;
    if let Some(file) = &settings.html {
        // Before the run, so that a mistake is told at once.
        fs::write(file, "").with_context(|| format!("the report {} can't be written", file.display()))?;
    }
    let outcome = run(settings)?;
    if let Some(file) = &settings.html {
        let page = html::page(&outcome);
        fs::write(file, page).with_context(|| format!("the report {} can't be written", file.display()))?;
    }
    let text = if settings.json { figures::document(&outcome).to_string() } else { figures::table(&outcome) };
    let written = writeln!(output(), "{}", text.trim_end());
    match outcome.broken() {
        Some(broken) => Err(Broken(broken).into()),
        None => Ok(written?),
    }
}

/// Whether the run can begin.
fn check(settings: &LoadSettings) -> anyhow::Result<()> {
    ensure!(!settings.duration.is_zero(), "--duration is longer than 0 s");
    ensure!(
        !settings.url.is_secure(),
        "{} can't be used: load speaks no TLS; it should look like ws://127.0.0.1:8000",
        settings.url
    );
    let needed = settings.players() + u64::from(settings.live_log_subscribers) + OTHER_FILES;
    if let Some(allowed) = open_files().filter(|allowed| *allowed < needed) {
        bail!("{needed} files would be open and {allowed} may be; `ulimit -n {needed}` in this shell allows them");
    }
    if rest::get(&format!("{}/health", settings.http()), None, Duration::from_secs(5)).is_none() {
        bail!("no server at {}; start one with `make run`", settings.url);
    }
    Ok(())
}

/// How many files this process may open; none where the system does not tell.
fn open_files() -> Option<u64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn run(settings: &LoadSettings) -> anyhow::Result<Outcome> {
    let rest = Rest::new(settings.http(), settings.rooms, settings.players_per_room);
    if settings.contract != Spoken::Game {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        if let Err(link::Broken(code)) = runtime.block_on(rest.prepare()) {
            bail!("the accounts of the players can't be made: {code}");
        }
    }
    let watch = ServerWatch::start(&settings.http(), settings.metrics_token.clone());
    let threads = settings.thread_count();
    let run =
        Arc::new(Run { settings: settings.clone(), rest, begin: Instant::now(), threads, stopped_by: OnceLock::new() });
    // A second's reports of all threads; more than two seconds behind, they wait.
    let (reports, received) = sync_channel(2 * threads);
    let workers: Vec<_> = (0..threads)
        .map(|number| {
            let (run, reports) = (run.clone(), reports.clone());
            thread::spawn(move || worker::work(run, number, &reports))
        })
        .collect();
    drop(reports);
    let mut outcome = Outcome {
        settings: settings.clone(),
        threads,
        meters: Meters::new(),
        seconds: Vec::new(),
        samples: Vec::new(),
        begin: run.begin,
        most_players: 0,
        own_cpu_seconds: None,
    };
    gather(&run, &received, &mut outcome);
    for worker in workers {
        if worker.join().is_err() {
            outcome.meters.error("generator: a thread failed");
        }
    }
    if let Some(signal) = run.stopped_by.get() {
        bail!("{signal} ended the run before its time; the players left, and nothing is reported");
    }
    outcome.samples = watch.samples();
    Ok(outcome)
}

/// Takes in what the threads measure, second by second, until the last of them has ended.
fn gather(run: &Run, received: &Receiver<Meters>, outcome: &mut Outcome) {
    let mut progress = Progress::new(run.begin, run.settings.ramp + run.settings.duration);
    let mut interval = Meters::new();
    let mut next = run.begin + Duration::from_secs(1);
    let (mut own_before, mut own_after) = (None, None);
    loop {
        let now = Instant::now();
        if now >= run.measure_from() {
            own_before = own_before.or_else(Consumption::now);
        }
        if now >= run.end() {
            own_after = own_after.or_else(Consumption::now);
        }
        let wake = [next, run.measure_from(), run.end()].into_iter().filter(|at| *at > now).min().unwrap_or(next);
        let is_over = match received.recv_timeout(wake.saturating_duration_since(now)) {
            Ok(mut meters) => {
                interval.take_in(&mut meters);
                false
            }
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => true,
        };
        if is_over || Instant::now() >= next {
            next += Duration::from_secs(1);
            let second = second(&interval, outcome);
            outcome.meters.take_in(&mut interval);
            // What comes after the end is the good-bye.
            if Instant::now() <= run.end() + Duration::from_millis(500) {
                outcome.seconds.push(second);
                progress.tell(&second, outcome.meters.games_finished, outcome.meters.error_count());
            }
        }
        if is_over {
            break;
        }
    }
    progress.done();
    outcome.own_cpu_seconds = own_before.zip(own_after).map(|(before, after)| after.cpu_seconds - before.cpu_seconds);
}

fn second(interval: &Meters, outcome: &mut Outcome) -> Second {
    let players = outcome.meters.players + interval.players;
    outcome.most_players = outcome.most_players.max(players);
    Second {
        actions: interval.actions,
        messages: interval.messages,
        players,
        told_p99_us: (interval.told.count() > 0).then(|| interval.told.quantile_us(0.99)),
    }
}
