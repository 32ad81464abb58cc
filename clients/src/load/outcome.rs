//! What was measured in a run, second by second and in all.

use std::time::{Duration, Instant};

use super::{meters::Meters, plan::Plan, watch::Sample};

/// The generator was the bottleneck when its timers ring later than this, in microseconds, at the 99th percentile.
const LATE_US: u64 = 5_000;
/// Or when it used more than this share of its threads.
const BUSY: f64 = 0.85;

/// One second of a run.
#[derive(Clone, Copy, Default, Debug)]
pub struct Second {
    /// Acknowledged actions.
    pub actions: u64,
    /// Messages that came in.
    pub messages: u64,
    /// Players who are connected.
    pub players: i64,
    /// Action to others' event in microseconds; `None` if nothing was measured.
    pub told_p99_us: Option<u64>,
}

/// The server between the end of the ramp and the end of the run.
#[derive(Clone, Copy, Debug)]
pub struct ServerFigures {
    /// One is a whole core.
    pub cpu_cores: f64,
    /// User and system time, in seconds.
    pub cpu_seconds: f64,
    /// Messages to clients, each listener counted.
    pub delivered: f64,
    /// Memory in use at the end, in bytes.
    pub resident_bytes: f64,
}

/// What was measured in a run.
pub struct Outcome {
    /// What was to be done.
    pub plan: Plan,
    /// Threads of the generator.
    pub threads: usize,
    /// All counts and times.
    pub meters: Meters,
    /// Second by second, from the beginning of the ramp.
    pub seconds: Vec<Second>,
    /// What the server reported of itself, once a second.
    pub samples: Vec<Sample>,
    /// When the run began.
    pub begin: Instant,
    /// The most players who were connected at once.
    pub most_players: i64,
    /// User and system time of the generator in the measured time; `None` if the system has no `/proc`.
    pub own_cpu_seconds: Option<f64>,
}

impl Outcome {
    /// How long was measured, in seconds.
    #[must_use]
    pub fn measured_seconds(&self) -> f64 {
        self.plan.duration.as_secs_f64().max(0.001)
    }

    /// Acknowledged actions per second of the measured time.
    #[must_use]
    pub fn actions_per_second(&self) -> f64 {
        self.meters.actions_measured as f64 / self.measured_seconds()
    }

    /// Cores that the generator used; one is a whole core.
    #[must_use]
    pub fn own_cores(&self) -> Option<f64> {
        self.own_cpu_seconds.map(|seconds| seconds / self.measured_seconds())
    }

    /// The server's figures over the measured time; `None` if there are fewer than two samples.
    #[must_use]
    pub fn server(&self) -> Option<ServerFigures> {
        let from = self.begin + self.plan.ramp;
        let to = from + self.plan.duration + Duration::from_millis(500);
        let mut within = self.samples.iter().filter(|sample| sample.at >= from && sample.at <= to);
        let first = within.next()?;
        let last = within.next_back()?;
        let cpu_seconds = last.cpu_seconds - first.cpu_seconds;
        Some(ServerFigures {
            cpu_cores: cpu_seconds / (last.at - first.at).as_secs_f64().max(0.001),
            cpu_seconds,
            delivered: last.delivered - first.delivered,
            resident_bytes: last.resident_bytes,
        })
    }

    /// Why the generator itself may have been what was slow; empty when it was not.
    #[must_use]
    pub fn bottlenecks(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        let late = self.meters.lag.quantile_us(0.99);
        let share = self.own_cores().map(|cores| cores / self.threads as f64);
        if late > LATE_US {
            let of_others = share.is_some_and(|share| share < BUSY / 2.0);
            let why = if of_others { ", as others use its cores too" } else { "" };
            reasons.push(format!("its timers rang {:.1} ms late (p99){why}", late as f64 / 1_000.0));
        }
        if let Some(share) = share.filter(|share| *share > BUSY) {
            reasons.push(format!("it used {:.0} % of its {} threads", 100.0 * share, self.threads));
        }
        reasons
    }
}
