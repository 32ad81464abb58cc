//! The sets that a leader may play: every valid set in a hand (the rules: Turns).

use arrayvec::ArrayVec;

use crate::{
    HAND_SIZE, PieceSet, Play,
    play::{GROUPS, PAIR_FLOORS, SOLDIERS},
    subsets,
};

/// The largest number of valid sets in one hand: two chariots, horses and cannons of one colour form 36, and a further
/// pair adds 3. `tests/sets.rs` checks it over all kinds of hands.
pub const MOST_VALID_SETS: usize = 39;

/// The valid sets of one hand, without allocation.
pub type ValidSets = ArrayVec<Play, MOST_VALID_SETS>;

/// Every valid set in a hand, in a fixed order, by size first. Equal sets of different pieces are listed separately.
///
/// A hand has at most eight pieces; of a larger set, only the eight strongest pieces are considered.
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

/// The pairs of all ranks except soldiers.
fn pairs(bits: u32, sets: &mut ValidSets) {
    let mut floors = bits & (bits >> 1) & PAIR_FLOORS;
    while floors != 0 {
        let floor = floors & floors.wrapping_neg();
        sets.push(Play::of(floor | floor << 1));
        floors ^= floor;
    }
}

/// The pieces of a straight's three kinds in a hand that holds all three.
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
