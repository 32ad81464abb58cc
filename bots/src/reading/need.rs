//! Which pieces a seat holds back for the piles that it still needs.

use game_rules::{PieceSet, Play, valid_sets};

/// The set of three or more pieces to plan a round around: of those that win at most `need` piles, the one with the
/// most pieces, then with the highest sum. `None` if no set qualifies.
pub(crate) fn planned_set(hand: PieceSet, need: usize) -> Option<Play> {
    if need < 3 || hand.len() < 3 {
        return None;
    }
    valid_sets(hand)
        .into_iter()
        .filter(|play| (3..=need).contains(&play.len()))
        .max_by_key(|play| (play.len(), play.core()))
}

/// The pieces to hold back for `need` piles: the planned set, and of the rest the strongest, one for each pile left.
pub(crate) fn kept(hand: PieceSet, need: usize) -> PieceSet {
    let set = planned_set(hand, need).map_or(PieceSet::EMPTY, Play::pieces);
    set | (hand - set).highest(need.saturating_sub(set.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_larger_than_the_need_is_not_planned() {
        let soldiers = PieceSet::from_bits(0xF << 28);
        assert_eq!(planned_set(soldiers, 2), None);
        assert_eq!(planned_set(soldiers, 3).map(Play::len), Some(3));
    }

    #[test]
    fn beside_the_planned_set_the_strongest_pieces_are_kept() {
        let soldiers = PieceSet::from_bits(0b111 << 28);
        let hand = soldiers | PieceSet::from_bits(0b1_0000_0001);
        assert_eq!(kept(hand, 4), soldiers | PieceSet::from_bits(1));
    }
}
