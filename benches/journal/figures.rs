//! Figures of one durability: what was heard and what it cost, turn by turn. Medians over the turns are told, for one turn
//! may have met something else on the machine.

use crate::counters::Counters;

/// What one durability has shown.
#[derive(Default)]
pub(crate) struct Figures(Vec<Turn>);

struct Turn {
    /// Every acknowledgement, in seconds, sorted.
    heard: Vec<f64>,
    seconds: f64,
    counted: Counters,
}

impl Figures {
    /// Adds one turn.
    pub(crate) fn add(&mut self, mut heard: Vec<f64>, seconds: f64, before: Counters, after: Counters) {
        heard.sort_unstable_by(f64::total_cmp);
        let counted = Counters {
            cpu: after.cpu - before.cpu,
            actions: after.actions - before.actions,
            writes: after.writes - before.writes,
            write_seconds: after.write_seconds - before.write_seconds,
        };
        self.0.push(Turn { heard, seconds, counted });
    }

    /// Acknowledgements per second.
    pub(crate) fn rate(&self) -> f64 {
        self.median(|turn| turn.heard.len() as f64 / turn.seconds)
    }

    /// The server's share of a core.
    pub(crate) fn cpu_share(&self) -> f64 {
        self.median(|turn| turn.counted.cpu / turn.seconds)
    }

    /// CPU seconds of the server for 100,000 acknowledgements.
    pub(crate) fn cpu_per_100_000(&self) -> f64 {
        self.median(|turn| turn.counted.cpu * 1e5 / turn.heard.len() as f64)
    }

    /// The time below which this part of the acknowledgements stays, in milliseconds.
    pub(crate) fn percentile(&self, part: f64) -> f64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
        let place = |turn: &Turn| (turn.heard.len() as f64 * part) as usize;
        self.median(|turn| 1e3 * turn.heard.get(place(turn)).copied().unwrap_or(f64::NAN))
    }

    /// How the journal wrote; nothing when it did not.
    pub(crate) fn writes(&self) -> Option<String> {
        let writes = self.median(|turn| turn.counted.writes / turn.seconds);
        let milliseconds = self.median(|turn| 1e3 * turn.counted.write_seconds / turn.counted.writes);
        let actions = self.median(|turn| turn.counted.actions / turn.counted.writes);
        (writes > 0.0).then(|| format!("{writes:.0} writes/s of {milliseconds:.2} ms and {actions:.1} actions each"))
    }

    fn median(&self, figure: impl Fn(&Turn) -> f64) -> f64 {
        median(self.0.iter().map(figure).collect())
    }
}

/// The median.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Whether a goal is met.
pub(crate) fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "MISSED" }
}
