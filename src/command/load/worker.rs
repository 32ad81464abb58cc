//! A thread of the generator: its part of the rooms, their players, and what they measure.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::{Arc, OnceLock, mpsc::SyncSender},
    time::{Duration, Instant},
};

use tokio::{
    sync::watch,
    task::{LocalSet, spawn_local},
    time::{interval, sleep_until},
};

use super::{listener, meters::Meters, rest::Rest, room, settings::LoadSettings};
use crate::command::signals::Stops;

/// How often the generator looks whether its own timers ring in time.
const PULSE: Duration = Duration::from_millis(10);

/// What all threads know.
pub(super) struct Run {
    pub(super) settings: LoadSettings,
    pub(super) rest: Rest,
    pub(super) begin: Instant,
    pub(super) threads: usize,
    /// The signal that ended the run early, if one did.
    pub(super) stopped_by: OnceLock<&'static str>,
}

impl Run {
    /// When the ramp is over and the measurement begins.
    pub(super) fn measure_from(&self) -> Instant {
        self.begin + self.settings.ramp
    }

    /// When nobody acts any more.
    pub(super) fn end(&self) -> Instant {
        self.measure_from() + self.settings.duration
    }
}

/// One thread's own.
pub(super) struct Worker {
    pub(super) run: Arc<Run>,
    pub(super) meters: RefCell<Meters>,
    /// True from the end on.
    pub(super) stop: watch::Receiver<bool>,
    /// How many actions the plan of the open loop has handed out.
    taken: Cell<u64>,
    chance: Cell<u64>,
}

/// Runs this thread's part until all its players have gone; what is measured goes out once a second.
pub(super) fn work(run: Arc<Run>, number: usize, reports: &SyncSender<Meters>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(16).build()
    else {
        return;
    };
    LocalSet::new().block_on(&runtime, live(run, number, reports.clone()));
    runtime.shutdown_background();
}

async fn live(run: Arc<Run>, number: usize, reports: SyncSender<Meters>) {
    let (end, stop) = watch::channel(false);
    let seed = run.settings.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number as u64;
    let (taken, chance) = (Cell::new(0), Cell::new(seed));
    let worker = Rc::new(Worker { run: run.clone(), meters: RefCell::new(Meters::new()), stop, taken, chance });
    let pulse = spawn_local(pulse(worker.clone()));
    let reporting = spawn_local(report(worker.clone(), reports.clone()));
    let share = |all: u32| (0..all).filter(|index| *index as usize % run.threads == number).collect::<Vec<_>>();
    for _ in share(run.settings.live_log_subscribers) {
        spawn_local(listener::listen(worker.clone()));
    }
    let rooms: Vec<_> =
        share(run.settings.rooms).into_iter().map(|index| spawn_local(room::keep(worker.clone(), index))).collect();
    // Without signals it is only not to be ended early in good order.
    let stops = Stops::with_hangup().ok();
    let stopped = async {
        match stops {
            Some(mut stops) => stops.next().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = sleep_until(run.end().into()) => worker.count_unsent(),
        signal = stopped => {
            let _ = run.stopped_by.set(signal);
        }
    }
    // The receivers live as long as the worker.
    let _ = end.send(true);
    for room in rooms {
        let _ = room.await;
    }
    pulse.abort();
    reporting.abort();
    let mut last = Meters::new();
    last.take_in(&mut worker.meters.borrow_mut());
    let _ = reports.send(last);
}

/// Hands over what was measured. The receiver is always faster than a second.
async fn report(worker: Rc<Worker>, reports: SyncSender<Meters>) {
    let mut every = interval(Duration::from_secs(1));
    loop {
        every.tick().await;
        let mut last = Meters::new();
        last.take_in(&mut worker.meters.borrow_mut());
        if reports.send(last).is_err() {
            return;
        }
    }
}

/// A task that only wakes up: how late it does is how late every player's own events are.
async fn pulse(worker: Rc<Worker>) {
    loop {
        let due = Instant::now() + PULSE;
        sleep_until(due.into()).await;
        if worker.is_measuring() {
            worker.meters.borrow_mut().lag.record(due.elapsed());
        }
    }
}

impl Worker {
    /// Whether times count: not in the ramp, and not after the end.
    pub(super) fn is_measuring(&self) -> bool {
        let now = Instant::now();
        now >= self.run.measure_from() && now < self.run.end()
    }

    pub(super) fn is_over(&self) -> bool {
        *self.stop.borrow()
    }

    pub(super) fn error(&self, code: impl Into<String>) {
        self.meters.borrow_mut().error(code);
    }

    /// The next of a row of numbers that the seed brings (SplitMix64).
    pub(super) fn chance(&self) -> u64 {
        let state = self.chance.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
        self.chance.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Whether something of this share of one happens now.
    pub(super) fn happens(&self, share: f64) -> bool {
        ((self.chance() >> 11) as f64) < share * (1_u64 << 53) as f64
    }

    /// When the player who is asked now is to act. In an open loop it takes the next time of the plan, which may be past.
    pub(super) fn due(&self) -> Instant {
        let now = Instant::now();
        match self.spacing() {
            Some(spacing) if now >= self.run.measure_from() => {
                let number = self.taken.replace(self.taken.get() + 1);
                self.run.measure_from() + spacing.mul_f64(number as f64)
            }
            _ => {
                let (least, more) = self.run.settings.think.micros();
                now + Duration::from_micros(least + self.chance() % (more + 1))
            }
        }
    }

    /// Open loop: the time from one action of this thread to its next.
    fn spacing(&self) -> Option<Duration> {
        let rate = self.run.settings.rate? / self.run.threads as f64;
        Some(Duration::from_secs_f64(1.0 / rate))
    }

    /// Whether times are counted from a plan.
    pub(super) fn is_open_loop(&self) -> bool {
        self.run.settings.rate.is_some()
    }

    fn count_unsent(&self) {
        if let Some(spacing) = self.spacing() {
            let planned = (self.run.settings.duration.as_secs_f64() / spacing.as_secs_f64()) as u64;
            self.meters.borrow_mut().unsent += planned.saturating_sub(self.taken.get());
        }
    }
}
