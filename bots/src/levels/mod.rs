//! The levels of the rooms, a module each.

pub(crate) mod easy;
pub(crate) mod expert;
pub(crate) mod hard;
pub(crate) mod medium;

use vocabulary::Difficulty;

use crate::brain::{Brain, following};

/// A brain of this level. The same seed and the same view bring the same decision.
pub fn brain(level: Difficulty, seed: u64) -> Box<dyn Brain + Send> {
    match level {
        Difficulty::Easy => following(easy::Easy, seed),
        Difficulty::Medium => following(medium::Medium, seed),
        Difficulty::Hard => following(hard::Hard, seed),
        Difficulty::Expert => following(expert::Expert, seed),
    }
}

/// Whether a decision of this level may take longer than a millisecond.
pub fn is_deep(level: Difficulty) -> bool {
    matches!(level, Difficulty::Expert)
}
