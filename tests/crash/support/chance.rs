//! Random moments that can be had again: the seed is printed, and `CRASH_SEED` sets it.

use std::{
    env,
    hash::{BuildHasher, RandomState},
    time::Duration,
};

/// A small generator (splitmix64).
pub(crate) struct Chance(u64);

impl Chance {
    /// From `CRASH_SEED`, or new.
    pub(crate) fn seeded() -> Self {
        let given = env::var("CRASH_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| RandomState::new().hash_one("crash"));
        eprintln!("CRASH_SEED={seed}");
        Self(seed)
    }

    /// A number below `end`.
    pub(crate) const fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (bits ^ (bits >> 31)) % end
    }

    /// Some milliseconds of a range.
    pub(crate) const fn milliseconds(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.below(to - from))
    }
}
