//! Baseline: a few rules that know their target. Its constants are its own, so that tuning a level does not move the
//! yardstick.

use game_rules::{Declaration, DeclarationSet, PieceSet, Play, valid_sets};
use rand::rngs::ChaCha8Rng;

use crate::{
    levels::medium,
    policy::Policy,
    reading::{follow, lead, position::Position, strength},
};

/// The share of a set's piles that counts for the seat that declares first.
const SET_OF_FIRST: f32 = 0.75;
/// The same for the other seats.
const SET_OF_OTHERS: f32 = 0.5;
/// The fewest points of a piece that is trusted to win the lead.
const ENTRY: u8 = 13;

/// Declares what its pieces are worth, leads its sets, and throws away high pieces that it does not need.
pub(crate) struct Baseline;

impl Policy for Baseline {
    fn declare(&self, position: Position<'_>, legal: DeclarationSet, _rng: &mut ChaCha8Rng) -> Declaration {
        let first = position.facts.declarations_made() == 0;
        medium::nearest(legal, estimate(position.hand, first))
    }

    fn play(&self, position: Position<'_>, _rng: &mut ChaCha8Rng) -> Play {
        let need = usize::try_from(position.need()).unwrap_or(0);
        let choice = match position.required() {
            None if need == 0 => lead::for_none(position.hand),
            None => lead::for_piles(position.hand, need),
            Some(count) => follow(position, count, need),
        };
        choice.unwrap_or_else(|| medium::lowest(position))
    }
}

fn estimate(hand: PieceSet, first: bool) -> f32 {
    let plain = strength::singles(hand);
    let enters = hand.iter().any(|piece| piece.points() >= ENTRY);
    let sets = valid_sets(hand).into_iter().filter(|set| set.len() >= 3 && (first || enters));
    sets.max_by_key(|set| (set.len(), set.pieces().points())).map_or(plain, |set| {
        let share = if first { SET_OF_FIRST } else { SET_OF_OTHERS };
        plain.max(strength::singles(hand - set.pieces()) + share * set.len() as f32)
    })
}

fn follow(position: Position<'_>, count: usize, need: usize) -> Option<Play> {
    let cheapest = || follow::winners(position, count).min_by_key(follow::price);
    let winner = match () {
        () if need < count => None,
        () if position.is_last() => cheapest(),
        () => follow::winners(position, count).max_by_key(follow::price),
    };
    let loser = || match need {
        0 => follow::highest_loser(position, count),
        _ => follow::lowest_loser(position, count, PieceSet::EMPTY),
    };
    winner.or_else(loser).or_else(cheapest)
}
