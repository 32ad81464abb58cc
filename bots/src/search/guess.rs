//! What the others may hold: deals of the unseen pieces, the likelier the better they fit what was declared.

use arrayvec::ArrayVec;
use game_rules::{BySeat, Piece, PieceSet};
use rand::{rngs::ChaCha8Rng, seq::SliceRandom};

use crate::reading::{position::Position, strength};

/// Of how many deals the one is taken that fits the declarations best.
const DRAWS: usize = 4;

/// A deal of all hands that this position allows.
pub(crate) fn hands(position: Position<'_>, rng: &mut ChaCha8Rng) -> BySeat<PieceSet> {
    let mut best = deal(position, rng);
    let mut least = misfit(position, &best);
    for _ in 1..DRAWS {
        let other = deal(position, rng);
        let misfit = misfit(position, &other);
        if misfit < least {
            (best, least) = (other, misfit);
        }
    }
    best
}

fn deal(position: Position<'_>, rng: &mut ChaCha8Rng) -> BySeat<PieceSet> {
    let mut pieces: ArrayVec<Piece, 32> = position.unseen().iter().collect();
    pieces.shuffle(rng);
    let mut pieces = pieces.into_iter();
    BySeat::from_fn(|seat| {
        if seat == position.seat {
            return position.hand;
        }
        let count = usize::from(position.facts.counts[seat]);
        pieces.by_ref().take(count).collect()
    })
}

/// How far the hands, with what was played from them, are from what their seats declared.
fn misfit(position: Position<'_>, hands: &BySeat<PieceSet>) -> f32 {
    let facts = position.facts;
    hands
        .iter()
        .filter(|(seat, _)| *seat != position.seat)
        .filter_map(|(seat, hand)| {
            let declared = f32::from(facts.declared[seat]?.value());
            let dealt = *hand | facts.played[seat];
            let worth = strength::estimate(dealt, facts.starter == Some(seat));
            Some((worth - declared).powi(2))
        })
        .sum()
}
