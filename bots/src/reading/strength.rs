//! What a hand is worth before the first turn: about how many piles it takes.

use game_rules::{Piece, PieceSet, Play};

use super::{
    need::planned_set,
    position::{Facts, Position},
};

/// How likely a piece of these points takes a pile on its own.
const WEIGHTS: [f32; 15] = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.06, 0.12, 0.25, 0.4, 0.6, 0.75, 0.95, 1.0];
/// How much of a set's piles is counted when the seat starts the round.
const SET_OF_STARTER: f32 = 0.75;
/// The same when it has to win the lead first.
const SET_OF_OTHERS: f32 = 0.5;
/// From these points on a piece is trusted to win the lead.
const ENTRY: u8 = 13;

/// What a seat declares on average.
const FAIR_SHARE: f32 = 1.7;
/// How much an estimate yields to each pile of the surplus.
const PRESSURE: f32 = 0.1;

/// About how many piles the singles of these pieces take.
pub(crate) fn singles(pieces: PieceSet) -> f32 {
    pieces.iter().map(weight).sum()
}

/// About how many piles a hand takes.
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

/// About how many piles a seat takes that has yet to declare, given what the others have declared.
pub(crate) fn estimate_at(position: Position<'_>) -> f32 {
    let starts = position.facts.starter == Some(position.seat);
    estimate(position.hand, starts) - PRESSURE * surplus(position.facts)
}

/// How many piles more the others have declared than seats do on average. There are eight piles: who follows high
/// declarations finds fewer left, and who follows low ones more.
pub(crate) fn surplus(facts: &Facts) -> f32 {
    f32::from(facts.total_declared()) - FAIR_SHARE * f32::from(facts.declarations_made())
}

fn weight(piece: Piece) -> f32 {
    WEIGHTS[usize::from(piece.points())]
}
