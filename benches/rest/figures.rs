//! What a measurement has shown.

use std::fmt;

pub(crate) struct Figures {
    /// In seconds, sorted.
    took: Vec<f64>,
    bytes: f64,
    seconds: f64,
    cpu: f64,
}

impl Figures {
    /// From the time and the size of each answer, how long it all took, and what the server used for it.
    pub(crate) fn new(answers: Vec<(f64, usize)>, seconds: f64, cpu: f64) -> Self {
        let bytes = answers.iter().map(|(_, bytes)| *bytes as f64).sum::<f64>() / answers.len() as f64;
        let mut took: Vec<f64> = answers.into_iter().map(|(took, _)| took).collect();
        took.sort_unstable_by(f64::total_cmp);
        Self { took, bytes, seconds, cpu }
    }

    /// The time below which this part of the answers stays, in milliseconds.
    fn percentile(&self, part: f64) -> f64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
        let place = (self.took.len() as f64 * part) as usize;
        1e3 * self.took.get(place).copied().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answers = self.took.len() as f64;
        write!(
            f,
            "{:>6.0} requests/s, p50 {:.2} ms, p99 {:.2} ms, {:.2} ms of CPU and {:.1} KB each",
            answers / self.seconds,
            self.percentile(0.5),
            self.percentile(0.99),
            1e3 * self.cpu / answers,
            self.bytes / 1e3
        )
    }
}
