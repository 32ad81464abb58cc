//! The strength of a hand before the first turn: about how many piles it wins.

use game_rules::{Piece, PieceSet, Play};

use super::{
    need::planned_set,
    position::{Facts, Position},
};

/// The probability that a single piece wins a pile, by its points.
const WEIGHTS: [f32; 15] = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.06, 0.12, 0.25, 0.4, 0.6, 0.75, 0.95, 1.0];
/// The share of a set's piles that counts if the seat starts the round.
const SET_OF_STARTER: f32 = 0.75;
/// The same if the seat has to win the lead first.
const SET_OF_OTHERS: f32 = 0.5;
/// The fewest points of a piece that is trusted to win the lead.
const ENTRY: u8 = 13;

/// The piles that a seat declares on average.
const FAIR_SHARE: f32 = 1.7;
/// How many piles an estimate drops for each pile of the surplus.
const PRESSURE: f32 = 0.1;

/// About how many piles these pieces win if each is played alone.
pub(crate) fn singles(pieces: PieceSet) -> f32 {
    pieces.iter().map(weight).sum()
}

/// About how many piles a hand wins.
pub(crate) fn estimate(hand: PieceSet, starts: bool) -> f32 {
    let plain = singles(hand);
    let enters = hand.iter().any(|piece| piece.points() >= ENTRY);
    let Some(set) = planned_set(hand, Play::MAX).filter(|_| starts || enters) else {
        return plain;
    };
    let share = if starts { SET_OF_STARTER } else { SET_OF_OTHERS };
    let with_set = singles(hand - set.pieces()) + share * set.len() as f32;
    plain.max(with_set)
}

/// About how many piles a seat that has not declared yet will win, given what the others have declared.
pub(crate) fn estimate_at(position: Position<'_>) -> f32 {
    let starts = position.facts.starter == Some(position.seat);
    estimate(position.hand, starts) - PRESSURE * surplus(position.facts)
}

/// How many piles more than average the declarations so far add up to. There are eight piles in all, so a seat that
/// follows high declarations finds fewer left, and one that follows low declarations finds more.
pub(crate) fn surplus(facts: &Facts) -> f32 {
    f32::from(facts.total_declared()) - FAIR_SHARE * f32::from(facts.declarations_made())
}

fn weight(piece: Piece) -> f32 {
    WEIGHTS[usize::from(piece.points())]
}
