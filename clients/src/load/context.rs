//! What the players of a run share: the plan, the clock, the meters and the chance of their thread.

use std::{
    cell::{Cell, RefCell},
    future::pending,
    net::Ipv4Addr,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::sync::watch;

use super::{accounts::Accounts, meters::Meters, plan::Plan};
use crate::Dial;

/// How long the server may take to open a connection.
const CONNECT: Duration = Duration::from_secs(30);

/// Waits until the caller ends the run early.
pub(super) async fn stopped(mut stop: watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        // The caller can't end it any more.
        pending::<()>().await;
    }
}

/// What all threads know.
pub(super) struct Run {
    pub(super) plan: Plan,
    pub(super) accounts: Accounts,
    pub(super) begin: Instant,
    pub(super) threads: usize,
    /// True ends the run early.
    pub(super) stop: watch::Receiver<bool>,
}

impl Run {
    /// When the ramp is over and the measurement begins.
    pub(super) fn measure_from(&self) -> Instant {
        self.begin + self.plan.ramp
    }

    /// When nobody acts any more.
    pub(super) fn end(&self) -> Instant {
        self.measure_from() + self.plan.duration
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

impl Worker {
    pub(super) fn new(run: Arc<Run>, stop: watch::Receiver<bool>, seed: u64) -> Self {
        Self { run, meters: RefCell::new(Meters::new()), stop, taken: Cell::new(0), chance: Cell::new(seed) }
    }

    /// How to connect, from this address.
    pub(super) fn dial(&self, from: Option<Ipv4Addr>) -> Dial {
        Dial::to(self.run.plan.server.clone()).from(from).patience(CONNECT).silence(None)
    }

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
                let (least, more) = self.run.plan.think.micros();
                now + Duration::from_micros(least + self.chance() % (more + 1))
            }
        }
    }

    /// Open loop: the time from one action of this thread to its next.
    fn spacing(&self) -> Option<Duration> {
        let rate = self.run.plan.rate? / self.run.threads as f64;
        Some(Duration::from_secs_f64(1.0 / rate))
    }

    /// Whether times are counted from a plan.
    pub(super) fn is_open_loop(&self) -> bool {
        self.run.plan.rate.is_some()
    }

    /// Counts the actions of the plan that nobody took.
    pub(super) fn count_unsent(&self) {
        if let Some(spacing) = self.spacing() {
            let planned = (self.run.plan.duration.as_secs_f64() / spacing.as_secs_f64()) as u64;
            self.meters.borrow_mut().unsent += planned.saturating_sub(self.taken.get());
        }
    }
}
