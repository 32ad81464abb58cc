//! Moments in time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A moment in whole milliseconds since the Unix epoch, the default.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub u64);

impl Timestamp {
    /// The moment with these milliseconds, the form of databases and of JSON; a negative number is the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(if millis < 0 { 0 } else { millis.cast_unsigned() })
    }

    /// The milliseconds, at most [`i64::MAX`].
    pub const fn millis(self) -> i64 {
        if self.0 > i64::MAX.cast_unsigned() { i64::MAX } else { self.0.cast_signed() }
    }

    /// The current time of the system's clock.
    pub fn now() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX))
    }

    /// The time from `earlier` to this moment; zero if the clock went backwards.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

impl std::ops::Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, later: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(later.as_millis()).unwrap_or(u64::MAX)))
    }
}

/// Saturates at the Unix epoch.
impl std::ops::Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, earlier: Duration) -> Self {
        Self(self.0.saturating_sub(u64::try_from(earlier.as_millis()).unwrap_or(u64::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_and_arithmetic_saturate() {
        assert_eq!([-1, 0, 7].map(|millis| Timestamp::from_millis(millis).0), [0, 0, 7]);
        assert_eq!([7, u64::MAX].map(|millis| Timestamp(millis).millis()), [7, i64::MAX]);
        assert_eq!(Timestamp(5) - Duration::from_millis(3), Timestamp(2));
        assert_eq!(Timestamp(5) - Duration::from_secs(1), Timestamp(0));
        assert_eq!(Timestamp(u64::MAX) + Duration::from_secs(1), Timestamp(u64::MAX));
    }
}
