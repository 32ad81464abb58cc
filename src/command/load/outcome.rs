//! What came of a run: everything measured, second by second and in all, and what it is held against.

use std::time::{Duration, Instant};

use super::{meters::Meters, server::Sample, settings::LoadSettings};

/// The generator was the bottleneck when its timers ring later than this, in microseconds, at the 99th percentile.
const LATE_US: u64 = 5_000;
/// Or when it used more than this share of its threads.
const BUSY: f64 = 0.85;

/// One second of a run.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Second {
    pub(super) actions: u64,
    pub(super) messages: u64,
    pub(super) players: i64,
    /// Action to others' event in microseconds; none when nothing was measured.
    pub(super) told_p99_us: Option<u64>,
}

/// The server between the end of the ramp and the end of the run.
#[derive(Clone, Copy, Debug)]
pub(super) struct ServerFigures {
    /// One is a whole core.
    pub(super) cpu_cores: f64,
    pub(super) cpu_seconds: f64,
    pub(super) delivered: f64,
    pub(super) resident_bytes: f64,
}

/// What came of a run.
pub(super) struct Outcome {
    pub(super) settings: LoadSettings,
    pub(super) threads: usize,
    pub(super) meters: Meters,
    pub(super) seconds: Vec<Second>,
    pub(super) samples: Vec<Sample>,
    pub(super) begin: Instant,
    pub(super) most_players: i64,
    /// User and system time of the generator in the measured time; none where the system does not tell.
    pub(super) own_cpu_seconds: Option<f64>,
}

impl Outcome {
    pub(super) fn measured_seconds(&self) -> f64 {
        self.settings.duration.as_secs_f64().max(0.001)
    }

    pub(super) fn actions_per_second(&self) -> f64 {
        self.meters.actions_measured as f64 / self.measured_seconds()
    }

    /// Cores that the generator used; one is a whole core.
    pub(super) fn own_cores(&self) -> Option<f64> {
        self.own_cpu_seconds.map(|seconds| seconds / self.measured_seconds())
    }

    /// The server's figures over the measured time; none when it told fewer than two samples.
    pub(super) fn server(&self) -> Option<ServerFigures> {
        let from = self.begin + self.settings.ramp;
        let to = from + self.settings.duration + Duration::from_millis(500);
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
    pub(super) fn bottlenecks(&self) -> Vec<String> {
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

    /// The first threshold that was broken, in a sentence.
    pub(super) fn broken(&self) -> Option<String> {
        let settings = &self.settings;
        let (told, errors) = (self.meters.told.quantile_us(0.99), self.meters.error_count());
        let lost = self.meters.lost + self.meters.repeated;
        if let Some(most) = settings.max_p99 {
            if self.meters.told.count() == 0 {
                return Some("nothing was measured that --max-p99 could be held against".to_owned());
            }
            if u128::from(told) > most.as_micros() {
                let (told, most) = (told as f64 / 1_000.0, most.as_secs_f64() * 1_000.0);
                return Some(format!("the p99 of action to others' event is {told:.1} ms; --max-p99 is {most} ms"));
            }
        }
        if let Some(most) = settings.max_errors.filter(|most| errors > *most) {
            return Some(format!("there were {errors} errors; --max-errors is {most}"));
        }
        let most = settings.max_lost.filter(|most| lost > *most)?;
        Some(format!("{lost} events were lost or told twice; --max-lost is {most}"))
    }
}
