//! What is counted and timed. Every thread counts by itself and hands over what it has once a second.

use std::{collections::BTreeMap, time::Duration};

use hdrhistogram::Histogram;

/// The longest time that a histogram tells apart, in microseconds: two minutes.
const LONGEST: u64 = 120_000_000;

/// Times in microseconds.
#[derive(Clone)]
pub struct Times(Option<Histogram<u64>>);

impl Times {
    pub(super) fn new() -> Self {
        // These bounds are within what the library takes; without a histogram nothing would be measured.
        Self(Histogram::new_with_bounds(1, LONGEST, 3).ok())
    }

    pub(super) fn record(&mut self, time: Duration) {
        if let Some(histogram) = &mut self.0 {
            histogram.saturating_record(u64::try_from(time.as_micros()).unwrap_or(LONGEST));
        }
    }

    fn add(&mut self, other: &Self) {
        if let (Some(own), Some(other)) = (&mut self.0, &other.0) {
            // Both have the same bounds.
            let _ = own.add(other);
        }
    }

    fn clear(&mut self) {
        self.0.iter_mut().for_each(Histogram::reset);
    }

    /// How many were recorded.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.as_ref().map_or(0, Histogram::len)
    }

    /// In microseconds; 0 when nothing was recorded.
    #[must_use]
    pub fn quantile_us(&self, quantile: f64) -> u64 {
        self.0.as_ref().filter(|times| !times.is_empty()).map_or(0, |times| times.value_at_quantile(quantile))
    }

    /// In microseconds.
    #[must_use]
    pub fn max_us(&self) -> u64 {
        self.0.as_ref().map_or(0, Histogram::max)
    }

    /// In microseconds.
    #[must_use]
    pub fn mean_us(&self) -> f64 {
        self.0.as_ref().filter(|times| !times.is_empty()).map_or(0.0, Histogram::mean)
    }

    /// How many there were in each of these steps, each given by its upper end in microseconds.
    #[must_use]
    pub fn columns(&self, ends: &[f64]) -> Vec<u64> {
        let mut counts = vec![0; ends.len()];
        for step in self.0.iter().flat_map(Histogram::iter_recorded) {
            let place = ends.iter().position(|end| step.value_iterated_to() as f64 <= *end).unwrap_or(ends.len() - 1);
            counts[place] += step.count_at_value();
        }
        counts
    }
}

/// All that is measured.
#[derive(Clone)]
pub struct Meters {
    /// From an action (open loop: from when it was due) to its own acknowledgement.
    pub acknowledged: Times,
    /// From an action (open loop: from when it was due) to the event at each other member of the room.
    pub told: Times,
    /// From when it was sent, whatever was planned.
    pub acknowledged_service: Times,
    /// From when it was sent, to each other member.
    pub told_service: Times,
    /// From the first packet to the server's first message.
    pub connected: Times,
    /// From the dropped connection to the seat.
    pub reconnected: Times,
    /// How late a timer of the generator's own rings.
    pub lag: Times,
    /// Acknowledged actions, those of the ramp too.
    pub actions: u64,
    /// Acknowledged actions, from the end of the ramp on.
    pub actions_measured: u64,
    /// Messages of the game contracts that came in.
    pub messages: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Messages of the live log that its listeners heard.
    pub live_log_messages: u64,
    /// Games that started.
    pub games_started: u64,
    /// Games that ended.
    pub games_finished: u64,
    /// How often a player lost or dropped its connection.
    pub disconnects: u64,
    /// Events that a member should have heard and did not.
    pub lost: u64,
    /// Events that a member heard twice.
    pub repeated: u64,
    /// Events whose number was checked.
    pub checked: u64,
    /// Open loop: actions that were due and had nobody to take them.
    pub unsent: u64,
    /// Players that came in, less those that went.
    pub players: i64,
    /// How often each error occurred, by its code.
    pub errors: BTreeMap<String, u64>,
}

impl Meters {
    pub(super) fn new() -> Self {
        let times = Times::new;
        Self {
            acknowledged: times(),
            told: times(),
            acknowledged_service: times(),
            told_service: times(),
            connected: times(),
            reconnected: times(),
            lag: times(),
            actions: 0,
            actions_measured: 0,
            messages: 0,
            bytes: 0,
            live_log_messages: 0,
            games_started: 0,
            games_finished: 0,
            disconnects: 0,
            lost: 0,
            repeated: 0,
            checked: 0,
            unsent: 0,
            players: 0,
            errors: BTreeMap::new(),
        }
    }

    /// Counts an error.
    pub(super) fn error(&mut self, code: impl Into<String>) {
        *self.errors.entry(code.into()).or_default() += 1;
    }

    /// How many errors occurred.
    #[must_use]
    pub fn error_count(&self) -> u64 {
        self.errors.values().sum()
    }

    fn times(&mut self) -> [&mut Times; 7] {
        [
            &mut self.acknowledged,
            &mut self.told,
            &mut self.acknowledged_service,
            &mut self.told_service,
            &mut self.connected,
            &mut self.reconnected,
            &mut self.lag,
        ]
    }

    fn counts(&mut self) -> [&mut u64; 12] {
        [
            &mut self.actions,
            &mut self.actions_measured,
            &mut self.messages,
            &mut self.bytes,
            &mut self.live_log_messages,
            &mut self.games_started,
            &mut self.games_finished,
            &mut self.disconnects,
            &mut self.lost,
            &mut self.repeated,
            &mut self.checked,
            &mut self.unsent,
        ]
    }

    /// Adds what another has, and leaves that one empty.
    pub(super) fn take_in(&mut self, other: &mut Self) {
        for (own, other) in self.times().into_iter().zip(other.times()) {
            own.add(other);
            other.clear();
        }
        for (own, other) in self.counts().into_iter().zip(other.counts()) {
            *own += std::mem::take(other);
        }
        self.players += std::mem::take(&mut other.players);
        for (code, count) in std::mem::take(&mut other.errors) {
            *self.errors.entry(code).or_default() += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_in_is_counted_once() {
        let (mut all, mut one) = (Meters::new(), Meters::new());
        one.told.record(Duration::from_millis(5));
        one.actions = 3;
        one.error("2002");
        all.take_in(&mut one);
        all.take_in(&mut one);
        assert_eq!((all.told.count(), all.actions, all.error_count()), (1, 3, 1));
        assert!((4_990..=5_010).contains(&all.told.quantile_us(0.99)));
    }

    #[test]
    fn columns_hold_every_time_and_the_last_takes_what_is_longer() {
        let mut times = Times::new();
        for micros in [5, 50, 500, 5_000_000] {
            times.record(Duration::from_micros(micros));
        }
        assert_eq!(times.columns(&[10.0, 100.0, 1000.0]), [1, 1, 2]);
    }
}
