//! A load generator: many simulated players over real WebSockets, and how long they wait. Each of them plays its game by
//! the messages that it hears, with a bot that decides, and checks that no event is lost or told twice.

mod accounts;
mod context;
mod hearing;
mod ledger;
mod listener;
mod meters;
mod outcome;
mod plan;
mod player;
mod room;
mod table;
mod watch;
mod worker;

use std::{
    fmt, io,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::sync::watch::Receiver as Watch;

use self::{accounts::Accounts, context::Run, watch::ServerWatch};
pub use self::{
    meters::{Meters, Times},
    outcome::{Outcome, Second, ServerFigures},
    plan::{Plan, Spoken, Think},
    watch::Sample,
};
use crate::{HttpError, SeatError, process::cpu_seconds};

/// What a caller is told while a run goes on, and how the caller ends it.
pub struct Hooks<'a> {
    /// Called once a second, with when the run began, that second, and all that was measured up to it.
    pub on_second: &'a mut dyn FnMut(Instant, &Second, &Meters),
    /// Called once if the server limits requests, so that players wait for their accounts and rooms.
    pub on_limit: fn(),
    /// True ends the run early.
    pub stop: Watch<bool>,
}

/// Why a run has no outcome.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The accounts of the players can't be made.
    #[error("the accounts of the players can't be made: {0}")]
    Accounts(String),
    /// The caller ended it; all players have left.
    #[error("the run was ended early")]
    Stopped,
    /// The system has no place for it.
    #[error(transparent)]
    System(#[from] io::Error),
}

/// Why something did not work, as an error's code.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Broken(String);

impl From<SeatError> for Broken {
    fn from(error: SeatError) -> Self {
        Self(error.to_string())
    }
}

impl From<HttpError> for Broken {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::NoAnswer => Self("REST: no answer".to_owned()),
            HttpError::Refused { code, .. } => Self(format!("REST: {code}")),
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Lets the players play to the end of the plan; what was measured. It blocks, and uses threads of its own.
///
/// # Errors
/// If the players can't begin, or the caller ended the run.
pub fn run(plan: Plan, hooks: Hooks<'_>) -> Result<Outcome, RunError> {
    let Hooks { on_second, on_limit, stop } = hooks;
    let accounts = Accounts::new(&plan, on_limit);
    if plan.contract != Spoken::Game {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            tokio::select! {
                made = accounts.prepare() => made.map_err(|Broken(code)| RunError::Accounts(code)),
                () = context::stopped(stop.clone()) => Err(RunError::Stopped),
            }
        })?;
    }
    let watch = ServerWatch::start(&plan);
    let threads = plan.thread_count();
    let run = Arc::new(Run { plan, accounts, begin: Instant::now(), threads, stop: stop.clone() });
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
        plan: run.plan.clone(),
        threads,
        meters: Meters::new(),
        seconds: Vec::new(),
        samples: Vec::new(),
        begin: run.begin,
        most_players: 0,
        own_cpu_seconds: None,
    };
    gather(&run, &received, &mut outcome, on_second);
    for worker in workers {
        if worker.join().is_err() {
            outcome.meters.error("generator: a thread failed");
        }
    }
    if *stop.borrow() {
        return Err(RunError::Stopped);
    }
    outcome.samples = watch.samples();
    Ok(outcome)
}

/// Takes in what the threads measure, second by second, until the last of them has ended.
fn gather(
    run: &Run,
    received: &Receiver<Meters>,
    outcome: &mut Outcome,
    on_second: &mut dyn FnMut(Instant, &Second, &Meters),
) {
    let mut interval = Meters::new();
    let mut next = run.begin + Duration::from_secs(1);
    let (mut own_before, mut own_after) = (None, None);
    loop {
        let now = Instant::now();
        if now >= run.measure_from() {
            own_before = own_before.or_else(|| cpu_seconds("self"));
        }
        if now >= run.end() {
            own_after = own_after.or_else(|| cpu_seconds("self"));
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
            // After the end the players only take their leave.
            if Instant::now() <= run.end() + Duration::from_millis(500) {
                outcome.seconds.push(second);
                on_second(run.begin, &second, &outcome.meters);
            }
        }
        if is_over {
            break;
        }
    }
    outcome.own_cpu_seconds = own_before.zip(own_after).map(|(before, after)| after - before);
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
