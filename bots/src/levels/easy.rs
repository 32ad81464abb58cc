//! Easy: plays at random, but not foolishly.

use game_rules::{Declaration, DeclarationSet, Play, RedealDecision, valid_sets};
use rand::{RngExt, rngs::ChaCha8Rng};

use super::medium;
use crate::{
    policy::Policy,
    reading::{follow, position::Position, strength},
};

/// The probability that it accepts a redeal.
const ACCEPTS: f64 = 0.85;
/// How far its estimate of the hand may be off, in piles.
const NOISE: f32 = 1.5;
/// The probability that it takes piles that it needs and can take.
const TAKES: f64 = 0.8;
/// How many pieces beyond the number to play it chooses from when it loses: it throws away something low, not the
/// lowest.
const LOOSE: usize = 3;

/// Declares roughly what its hand is worth, leads any set, and takes what it needs most of the time.
pub(crate) struct Easy;

impl Policy for Easy {
    fn redeal(&self, _position: Position<'_>, rng: &mut ChaCha8Rng) -> RedealDecision {
        if rng.random_bool(ACCEPTS) { RedealDecision::Accept } else { RedealDecision::Decline }
    }

    fn declare(&self, position: Position<'_>, legal: DeclarationSet, rng: &mut ChaCha8Rng) -> Declaration {
        let estimate = strength::singles(position.hand) + rng.random_range(-NOISE..=NOISE);
        medium::nearest(legal, estimate)
    }

    fn play(&self, position: Position<'_>, rng: &mut ChaCha8Rng) -> Play {
        let choice = match position.required() {
            None => lead(position, rng),
            Some(count) => follow(position, count, rng),
        };
        choice.unwrap_or_else(|| medium::lowest(position))
    }
}

/// Any valid set, each as likely as the others.
fn lead(position: Position<'_>, rng: &mut ChaCha8Rng) -> Option<Play> {
    pick(&valid_sets(position.hand), rng)
}

fn follow(position: Position<'_>, count: usize, rng: &mut ChaCha8Rng) -> Option<Play> {
    let sets: arrayvec::ArrayVec<_, { game_rules::MOST_VALID_SETS }> = follow::winners(position, count).collect();
    if position.need() > 0 && rng.random_bool(TAKES) && !sets.is_empty() {
        return pick(&sets, rng);
    }
    let low = position.hand.lowest(count + LOOSE);
    let number = follow::all(low, count).count();
    follow::all(low, count).nth(rng.random_range(0..number.max(1)))
}

fn pick(sets: &[Play], rng: &mut ChaCha8Rng) -> Option<Play> {
    (!sets.is_empty()).then(|| sets[rng.random_range(0..sets.len())])
}
