//! Determinization: a full deal of the pieces that a seat can't see, one that fits what the others declared.

use arrayvec::ArrayVec;
use game_rules::{BySeat, Piece, PieceSet};
use rand::{rngs::ChaCha8Rng, seq::SliceRandom};

use crate::reading::{position::Position, strength};

/// How many random deals are drawn, of which the best fit is taken.
const DRAWS: usize = 4;

/// All hands, as they may be: the seat's own, and the unseen pieces dealt to the others.
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

/// The sum of the squared differences, in piles, between what the other seats declared and what they would have been
/// dealt.
fn misfit(position: Position<'_>, hands: &BySeat<PieceSet>) -> f32 {
    let facts = position.facts;
    hands
        .iter()
        .filter(|(seat, _)| *seat != position.seat)
        .filter_map(|(seat, hand)| {
            let declared = f32::from(facts.declared[seat]?.value());
            // A seat declares for the whole hand, so the pieces that it has played since belong to it.
            let dealt = *hand | facts.played[seat];
            let worth = strength::estimate(dealt, facts.starter == Some(seat));
            Some((worth - declared).powi(2))
        })
        .sum()
}
