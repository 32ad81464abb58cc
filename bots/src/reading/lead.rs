//! What to lead with.

use game_rules::{PieceSet, Play, valid_sets};

use super::need::planned_set;

/// A pair is led before a single if its points add up to at least this.
const STRONG_PAIR: u16 = 14;

/// The lead of a player who still needs `need` piles: the largest set, else a strong pair, else the highest single.
pub(crate) fn for_piles(hand: PieceSet, need: usize) -> Option<Play> {
    planned_set(hand, need).or_else(|| strong_pair(hand, need)).or_else(|| Play::new(hand.highest(1)))
}

/// The lead of a player who wants no piles: the lowest single.
pub(crate) fn for_none(hand: PieceSet) -> Option<Play> {
    Play::new(hand.lowest(1))
}

fn strong_pair(hand: PieceSet, need: usize) -> Option<Play> {
    valid_sets(hand)
        .into_iter()
        .filter(|play| play.len() == 2 && need >= 2 && play.core() >= STRONG_PAIR)
        .max_by_key(|play| play.core())
}
