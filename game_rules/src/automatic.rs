//! The action of a seat that does not decide in time (the rules: Automatic actions).

use crate::{Action, Phase, PieceSet, Play, RedealDecision, Seat, Table};

/// Declines a redeal, declares the smallest legal number, leads the lowest single, follows with the lowest pieces;
/// `None` if the seat has nothing to decide.
pub(crate) fn automatic(table: &Table, seat: Seat, hand: PieceSet) -> Option<Action> {
    if !table.pending().contains(seat) {
        return None;
    }
    match &table.phase {
        Phase::Preparation(_) => Some(Action::Redeal(RedealDecision::Decline)),
        Phase::Declaration(declaring) => declaring.legal.min().map(Action::Declare),
        Phase::Turn(turning) => {
            let count = turning.required.unwrap_or(1);
            Play::new(hand.lowest(usize::from(count))).map(Action::Play)
        }
        Phase::Scoring(_) | Phase::Over(_) => None,
    }
}
