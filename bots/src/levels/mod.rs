//! The levels of the rooms, a module each.

pub(crate) mod easy;
pub(crate) mod expert;
pub(crate) mod hard;
pub(crate) mod medium;

use crate::brain::{self, Brain};

/// How well a bot plays.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Level {
    /// Plays by whim, but not foolishly.
    Easy,
    /// Knows what a hand is worth and plays to its declaration.
    Medium,
    /// Counts pieces and weighs chances, and spoils a little.
    Hard,
    /// Plays every choice out against many deals that the others may hold.
    Expert,
}

impl Level {
    /// A brain. The same seed and the same views bring the same decisions.
    pub fn brain(self, seed: u64) -> Box<dyn Brain + Send> {
        match self {
            Self::Easy => brain::following(easy::Easy, seed),
            Self::Medium => brain::following(medium::Medium, seed),
            Self::Hard => brain::following(hard::Hard, seed),
            Self::Expert => brain::following(expert::Expert, seed),
        }
    }

    /// Whether a decision may take longer than a millisecond.
    pub fn is_deep(self) -> bool {
        matches!(self, Self::Expert)
    }
}
