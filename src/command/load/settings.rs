//! What `liap-tui load` can be told.

use std::{path::PathBuf, time::Duration};

use clap::{Args, value_parser};
use clients::{
    ServerAddress,
    load::{Outcome, Plan, Spoken, Think},
};
use vocabulary::Difficulty;

/// What `liap-tui load` can be told.
#[derive(Args, Clone, Debug)]
pub(in crate::command) struct LoadSettings {
    /// Where the server is.
    #[arg(long, env = "LOAD_URL", default_value = "ws://127.0.0.1:8000")]
    pub(super) url: ServerAddress,
    /// The server's METRICS_TOKEN, for its own figures; a server on this machine needs none.
    #[arg(long, env = "METRICS_TOKEN", hide_env_values = true)]
    pub(super) metrics_token: Option<String>,
    /// Rooms that are played in at once.
    #[arg(long, default_value_t = 100, value_parser = value_parser!(u32).range(1..=100_000))]
    pub(super) rooms: u32,
    /// Simulated players in each room; the server's bots have the other seats and act at once.
    #[arg(long, default_value_t = 4, value_parser = value_parser!(u8).range(1..=4))]
    pub(super) players_per_room: u8,
    /// Addresses that the players come from, 127.1.0.1 and those after it, as a server counts by address; only for a server on this machine. 0 = the machine's own.
    #[arg(long, default_value_t = 0, value_parser = value_parser!(u32).range(0..=100_000))]
    pub(super) addresses: u32,
    /// What the players speak; mixed = every other one of a room speaks battles.
    #[arg(long, value_enum, default_value = "game")]
    pub(super) contract: Spoken,
    /// How long is measured, after the ramp: 60s, 1500ms, 5m.
    #[arg(long, default_value = "60s", value_parser = duration)]
    pub(super) duration: Duration,
    /// How long it takes until all rooms play.
    #[arg(long, default_value = "10s", value_parser = duration)]
    pub(super) ramp: Duration,
    /// How long players think: not at all, 50 to 150 ms, 1 to 3 s.
    #[arg(long, value_enum, default_value = "fast")]
    pub(super) think: Think,
    /// Actions per second in all, at fixed times, whatever the server does (open loop); instead of --think, from the end of the ramp.
    #[arg(long, value_name = "N", value_parser = rate)]
    pub(super) rate: Option<f64>,
    /// Connections that only listen to the live log, to all of it.
    #[arg(long, default_value_t = 0, value_parser = value_parser!(u32).range(0..=100_000))]
    pub(super) live_log_subscribers: u32,
    /// A part of the actions in which the player drops the connection and comes back: disconnects=1%.
    #[arg(long, value_name = "disconnects=P%", value_parser = chaos)]
    pub(super) chaos: Option<f64>,
    /// Which bot decides for the players.
    #[arg(long, default_value = "medium")]
    pub(super) level: Difficulty,
    /// Threads of the generator; 0 = one less than there are cores, but one at least.
    #[arg(long, default_value_t = 0, value_parser = value_parser!(u16).range(0..=256))]
    pub(super) threads: u16,
    /// The same seed brings the same thinking times and disconnects.
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
    /// As one JSON document.
    #[arg(long)]
    pub(super) json: bool,
    /// Write a report with plots to this file.
    #[arg(long, value_name = "FILE")]
    pub(super) html: Option<PathBuf>,
    /// Fail (exit code 1) when the 99th percentile of action to others' event is above this.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(super) max_p99: Option<Duration>,
    /// Fail when there were more errors.
    #[arg(long, value_name = "N")]
    pub(super) max_errors: Option<u64>,
    /// Fail when more events were lost or told twice.
    #[arg(long, value_name = "N")]
    pub(super) max_lost: Option<u64>,
}

impl LoadSettings {
    /// What the generator is to do.
    pub(super) fn plan(&self) -> Plan {
        Plan {
            server: self.url.clone(),
            metrics_token: self.metrics_token.clone(),
            rooms: self.rooms,
            players_per_room: self.players_per_room,
            addresses: self.addresses,
            contract: self.contract,
            duration: self.duration,
            ramp: self.ramp,
            think: self.think,
            rate: self.rate,
            live_log_subscribers: self.live_log_subscribers,
            chaos: self.chaos.unwrap_or_default(),
            level: self.level,
            threads: self.threads,
            seed: self.seed,
        }
    }

    /// The first threshold that was broken, in a sentence.
    pub(super) fn broken(&self, outcome: &Outcome) -> Option<String> {
        let (told, errors) = (outcome.meters.told.quantile_us(0.99), outcome.meters.error_count());
        let lost = outcome.meters.lost + outcome.meters.repeated;
        if let Some(most) = self.max_p99 {
            if outcome.meters.told.count() == 0 {
                return Some("nothing was measured that --max-p99 could be held against".to_owned());
            }
            if u128::from(told) > most.as_micros() {
                let (told, most) = (told as f64 / 1_000.0, most.as_secs_f64() * 1_000.0);
                return Some(format!("the p99 of action to others' event is {told:.1} ms; --max-p99 is {most} ms"));
            }
        }
        if let Some(most) = self.max_errors.filter(|most| errors > *most) {
            return Some(format!("there were {errors} errors; --max-errors is {most}"));
        }
        let most = self.max_lost.filter(|most| lost > *most)?;
        Some(format!("{lost} events were lost or told twice; --max-lost is {most}"))
    }
}

/// `60s`, `1500ms`, `5m`.
fn duration(text: &str) -> Result<Duration, String> {
    let units = [("ms", 0.001), ("s", 1.0), ("m", 60.0)];
    let seconds = units.iter().find_map(|(unit, seconds)| {
        let number: f64 = text.strip_suffix(unit)?.trim().parse().ok()?;
        Some(number * seconds)
    });
    let known = seconds.filter(|seconds| (0.0..=604_800.0).contains(seconds));
    known.map(Duration::from_secs_f64).ok_or_else(|| "a time is wanted, as in 20ms, 60s or 5m".to_owned())
}

/// `disconnects=1%` as a share of one.
fn chaos(text: &str) -> Result<f64, String> {
    let share = text.strip_prefix("disconnects=").and_then(|share| share.strip_suffix('%')?.trim().parse::<f64>().ok());
    let known = share.filter(|share| (0.0..=100.0).contains(share));
    known.map(|percent| percent / 100.0).ok_or_else(|| "a share of the actions is wanted: disconnects=1%".to_owned())
}

fn rate(text: &str) -> Result<f64, String> {
    let rate = text.parse::<f64>().ok().filter(|rate| (0.1..=10_000_000.0).contains(rate));
    rate.ok_or_else(|| "actions per second are wanted, as in 5000".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units() {
        assert_eq!(duration("1500ms"), Ok(Duration::from_millis(1500)));
        assert_eq!(duration("0.5s"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("5m"), Ok(Duration::from_secs(300)));
        for wrong in ["60", "s", "-1s", "NaNs", "1h"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn chaos_is_a_share_of_the_actions() {
        assert_eq!(chaos("disconnects=1%"), Ok(0.01));
        for wrong in ["1%", "disconnects=1", "disconnects=101%", "kill=1%"] {
            assert!(chaos(wrong).is_err(), "{wrong}");
        }
    }
}
