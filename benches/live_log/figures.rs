//! What a measurement has shown: times.

use std::{fmt, time::Duration};

pub(crate) struct Times {
    /// Sorted.
    took: Vec<Duration>,
}

impl Times {
    pub(crate) fn new(mut took: Vec<Duration>) -> Self {
        took.sort_unstable();
        Self { took }
    }

    /// Those of several measurements together.
    pub(crate) fn all<'a>(measured: impl IntoIterator<Item = &'a Self>) -> Self {
        Self::new(measured.into_iter().flat_map(|times| times.took.iter().copied()).collect())
    }

    /// The time below which this percentage stays, in milliseconds.
    fn percentile(&self, percent: usize) -> f64 {
        let place = (self.took.len() * percent / 100).min(self.took.len().saturating_sub(1));
        self.took.get(place).map_or(f64::NAN, |took| 1e3 * took.as_secs_f64())
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [p50, p95, p99] = [50, 95, 99].map(|percent| self.percentile(percent));
        write!(f, "p50 {p50:.2} ms, p95 {p95:.2} ms, p99 {p99:.2} ms")
    }
}
