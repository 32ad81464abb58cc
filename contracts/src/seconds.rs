//! Moments and times in seconds as floats.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vocabulary::Timestamp;

/// A number of seconds. It is always made from whole milliseconds, so that the same moment has the same digits whenever
/// it is sent again: `1.372`, never `1.3719999999999999`.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Seconds(f64);

impl Seconds {
    fn of_millis(millis: u64) -> Self {
        // One division of two exact numbers gives the float that is nearest to the decimal fraction.
        #[expect(clippy::cast_precision_loss, reason = "exact below 2^53 milliseconds")]
        let millis = millis as f64;
        Self(millis / 1_000.0)
    }

    /// The number, as clients read it.
    #[must_use]
    pub const fn as_f64(self) -> f64 {
        self.0
    }
}

impl From<Timestamp> for Seconds {
    /// Seconds since 1970.
    fn from(Timestamp(millis): Timestamp) -> Self {
        Self::of_millis(millis)
    }
}

impl From<Duration> for Seconds {
    /// Less than a millisecond is cut off.
    fn from(time: Duration) -> Self {
        Self::of_millis(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
    }
}

/// Whole seconds, rounded up, so that a client that waits as long has waited long enough.
pub(crate) fn rounded_up(time: Duration) -> u64 {
    u64::try_from(time.as_nanos().div_ceil(1_000_000_000)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_at_most_three_digits_behind_the_point_and_stay_so() {
        for millis in (0..5_000).chain(1_764_510_000_000..1_764_510_005_000) {
            let text = serde_json::to_string(&Seconds::from(Duration::from_millis(millis))).unwrap();
            let digits = text.split_once('.').map_or(0, |(_, digits)| digits.len());
            assert!((1..=3).contains(&digits), "{millis} ms are {text}");
            let again: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(again.to_string(), text);
        }
    }
}
