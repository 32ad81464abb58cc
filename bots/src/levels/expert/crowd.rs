//! What the others may be like: not everybody plays well.

use game_rules::{BySeat, Declaration, Play};
use rand::{RngExt, rngs::ChaCha8Rng};

use crate::{
    levels::{easy::Easy, hard, medium},
    policy::Policy,
    reading::position::Position,
};

/// What there is to expect of a seat: how often it occurs, how many points it makes in a round.
const MANNERS: [(Manner, f32, f32); 3] =
    [(Manner::Counting, 0.5, 5.6), (Manner::Plain, 0.2, 3.6), (Manner::Whim, 0.3, 0.0)];
/// How far the points of a round are from what is expected.
const SPREAD: f32 = 4.5;

/// How one seat plays in a simulated round.
#[derive(Clone, Copy)]
enum Manner {
    Counting,
    Plain,
    Whim,
}

/// How all four seats play in a simulated round.
#[derive(Clone, Copy)]
pub(crate) struct Crowd(BySeat<Manner>);

impl Crowd {
    /// Anybody around a seat that counts; the likelier the better it fits the points of the rounds before.
    pub(crate) fn around(position: Position<'_>, rng: &mut ChaCha8Rng) -> Self {
        let facts = position.facts;
        let rounds = f32::from(facts.round.saturating_sub(1));
        Self(BySeat::from_fn(|seat| {
            if seat == position.seat {
                return Manner::Counting;
            }
            let total = facts.totals[seat] as f32;
            let weights = MANNERS.map(|(_, often, points)| {
                let off = (total - points * rounds) / SPREAD;
                // Of so many rounds' points, each as far off as the others.
                often * (-off * off / (2.0 * rounds.max(1.0))).exp().max(1e-6)
            });
            let mut left = rng.random::<f32>() * weights.iter().sum::<f32>();
            let drawn = MANNERS.iter().zip(weights).find(|(_, weight)| {
                left -= weight;
                left < 0.0
            });
            drawn.map_or(Manner::Counting, |((manner, ..), _)| *manner)
        }))
    }

    pub(crate) fn declare(self, position: Position<'_>, rng: &mut ChaCha8Rng) -> Declaration {
        let legal = position.facts.legal_declarations(position.seat);
        match self.0[position.seat] {
            Manner::Counting => hard::sketch_declaration(position, legal),
            Manner::Plain => medium::declare(position, legal),
            Manner::Whim => Easy.declare(position, legal, rng),
        }
    }

    pub(crate) fn play(self, position: Position<'_>, rng: &mut ChaCha8Rng) -> Play {
        match self.0[position.seat] {
            Manner::Counting => hard::sketch(position),
            Manner::Plain => medium::play(position),
            Manner::Whim => Easy.play(position, rng),
        }
    }
}
