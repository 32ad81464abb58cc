//! What a leader may play: every valid set in a hand (the rules: Turns).

use arrayvec::ArrayVec;

use crate::{
    HAND_SIZE, PieceSet, Play,
    play::{GROUPS, PAIR_FLOORS, SOLDIERS},
    subsets,
};

/// The most valid sets of one hand: two chariots, horses and cannons of one colour hold 36, two more pieces that pair 3.
/// `tests/sets.rs` goes through all hands of kinds.
pub const MOST_VALID_SETS: usize = 39;

/// The valid sets of one hand, on the stack.
pub type ValidSets = ArrayVec<Play, MOST_VALID_SETS>;

/// Every valid set in a hand, by its physical pieces: first by size, then in an order that is always the same.
///
/// A hand has at most eight pieces; of a larger set only its eight strongest pieces are looked at.
pub fn valid_sets(hand: PieceSet) -> ValidSets {
    let hand = if hand.len() > HAND_SIZE { hand.highest(HAND_SIZE) } else { hand };
    let mut sets = ValidSets::new();
    hand.iter().for_each(|piece| sets.push(piece.into()));
    let bits = hand.bits();
    pairs(bits, &mut sets);
    let soldiers = SOLDIERS.map(|color| bits & color);
    let groups = GROUPS.map(|group| Group::held(group, bits));
    for count in 2..=Play::MAX {
        for held in soldiers {
            subsets::of_count(held, count).for_each(|set| sets.push(Play::of(set)));
        }
        for group in groups.iter().flatten() {
            group.sets(count, &mut sets);
        }
    }
    sets
}

/// The pairs of all ranks but soldiers.
fn pairs(bits: u32, sets: &mut ValidSets) {
    let mut floors = bits & (bits >> 1) & PAIR_FLOORS;
    while floors != 0 {
        let floor = floors & floors.wrapping_neg();
        sets.push(Play::of(floor | floor << 1));
        floors ^= floor;
    }
}

/// What a hand holds of a straight's group when it holds all three kinds.
struct Group([u32; 3]);

impl Group {
    fn held(group: [u32; 3], bits: u32) -> Option<Self> {
        let kinds = group.map(|kind| bits & kind);
        (!kinds.contains(&0)).then_some(Self(kinds))
    }

    fn sets(&self, count: usize, sets: &mut ValidSets) {
        let [first, second, third] = self.0;
        subsets::of_count(first | second | third, count)
            .filter(|set| self.0.iter().all(|kind| set & kind != 0))
            .for_each(|set| sets.push(Play::of(set)));
    }
}
