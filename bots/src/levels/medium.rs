//! Medium: declares what its hand is worth and plays to its declaration.

use game_rules::{Declaration, DeclarationSet, Play};
use rand::rngs::ChaCha8Rng;

use crate::{
    policy::Policy,
    reading::{follow, lead, need, position::Position, strength},
};

/// Knows what a hand is worth and its own target, but not which pieces have been played.
pub(crate) struct Medium;

impl Policy for Medium {
    fn declare(&self, position: Position<'_>, legal: DeclarationSet, _rng: &mut ChaCha8Rng) -> Declaration {
        declare(position, legal)
    }

    fn play(&self, position: Position<'_>, _rng: &mut ChaCha8Rng) -> Play {
        play(position)
    }
}

/// The legal declaration nearest to an estimate; the lower one on a tie.
pub(crate) fn nearest(legal: DeclarationSet, estimate: f32) -> Declaration {
    let distance = |declaration: &Declaration| (f32::from(declaration.value()) - estimate).abs();
    legal.iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(Declaration::ZERO)
}

/// What Medium declares; nothing about it is random.
pub(crate) fn declare(position: Position<'_>, legal: DeclarationSet) -> Declaration {
    nearest(legal, strength::estimate_at(position))
}

/// What Medium plays; nothing about it is random.
pub(crate) fn play(position: Position<'_>) -> Play {
    let choice = match position.required() {
        None => lead(position),
        Some(count) => follow(position, count),
    };
    choice.unwrap_or_else(|| lowest(position))
}

/// The lowest pieces of the hand: what the server plays after a time-out.
pub(crate) fn lowest(position: Position<'_>) -> Play {
    let count = position.required().unwrap_or(1);
    Play::new(position.hand.lowest(count)).unwrap_or_else(|| {
        debug_assert!(false, "a seat plays while it has pieces");
        game_rules::Piece::GENERAL_RED.into()
    })
}

fn lead(position: Position<'_>) -> Option<Play> {
    match usize::try_from(position.need()) {
        Ok(need) if need > 0 => lead::for_piles(position.hand, need),
        _ => lead::for_none(position.hand),
    }
}

fn follow(position: Position<'_>, count: usize) -> Option<Play> {
    let need = position.need();
    if need >= count as i8
        && let Some(play) = winner(position, count)
    {
        return Some(play);
    }
    let lost = match usize::try_from(need) {
        Ok(need) if need > 0 => follow::lowest_loser(position, count, need::kept(position.hand, need)),
        _ => follow::highest_loser(position, count),
    };
    lost.or_else(|| follow::winners(position, count).min_by_key(follow::price))
}

/// The strongest winning set, or the cheapest one if the seat plays last, where any winner will do.
fn winner(position: Position<'_>, count: usize) -> Option<Play> {
    let sets = follow::winners(position, count);
    if position.is_last() { sets.min_by_key(follow::price) } else { sets.max_by_key(follow::price) }
}
