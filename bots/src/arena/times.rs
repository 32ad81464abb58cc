//! How long decisions took: a histogram that is precise to about five per cent and can be added up.

/// The number of steps per doubling.
const STEPS: f64 = 16.0;
/// The number of steps: 42 doublings of a nanosecond are more than an hour.
const SIZE: usize = 16 * 42;

/// A histogram of durations with logarithmic steps.
#[derive(Clone, Debug)]
pub struct Times(Vec<u64>);

impl Default for Times {
    fn default() -> Self {
        Self(vec![0; SIZE])
    }
}

impl Times {
    pub(crate) fn note(&mut self, nanoseconds: u64) {
        let step = (nanoseconds.max(1) as f64).log2() * STEPS;
        self.0[(step as usize).min(SIZE - 1)] += 1;
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (sum, more) in self.0.iter_mut().zip(&other.0) {
            *sum += more;
        }
    }

    /// The number of durations.
    pub fn count(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The duration, in microseconds, that this share of all durations (0 to 1) does not exceed; 0 if there are none.
    pub fn quantile_us(&self, share: f64) -> f64 {
        let wanted = (self.count() as f64 * share).ceil().max(1.0) as u64;
        let mut sum = 0;
        let reaches = |number: &u64| {
            sum += number;
            sum >= wanted
        };
        self.0.iter().position(reaches).map_or(0.0, upper_us)
    }

    /// One bar per doubling: its upper end in microseconds, and how many durations fall between the bar before and it.
    pub fn bars(&self) -> Vec<(f64, u64)> {
        let bars = self.0.chunks(STEPS as usize).enumerate();
        bars.map(|(number, steps)| (2_f64.powi(number as i32 + 1) / 1_000.0, steps.iter().sum())).collect()
    }
}

/// The upper end of a step, in microseconds.
fn upper_us(step: usize) -> f64 {
    2_f64.powf((step as f64 + 1.0) / STEPS) / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_within_a_step_of_the_middle() {
        let mut times = Times::default();
        (1..=999).for_each(|number| times.note(number * 1_000));
        assert!((450.0..550.0).contains(&times.quantile_us(0.5)), "{}", times.quantile_us(0.5));
        assert!((940.0..1100.0).contains(&times.quantile_us(0.99)), "{}", times.quantile_us(0.99));
    }
}
