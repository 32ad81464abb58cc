//! What the others may be like: not everybody plays well.

use game_rules::{BySeat, Declaration, Play, Seat};
use rand::{RngExt, rngs::ChaCha8Rng};

use crate::{easy::Easy, hard, medium, policy::Policy, position::Position};

/// How often another seat is taken for one that counts.
const COUNTING: f32 = 0.5;
/// How often for one that plays to its target; the others play by whim.
const PLAIN: f32 = 0.2;

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
    /// Anybody around a seat that counts.
    pub(crate) fn around(own: Seat, rng: &mut ChaCha8Rng) -> Self {
        Self(BySeat::from_fn(|seat| {
            let chance: f32 = rng.random();
            if seat == own || chance < COUNTING {
                Manner::Counting
            } else if chance < COUNTING + PLAIN {
                Manner::Plain
            } else {
                Manner::Whim
            }
        }))
    }

    pub(crate) fn declare(self, position: Position<'_>, rng: &mut ChaCha8Rng) -> Declaration {
        let legal = position.facts.legal_declarations(position.seat);
        match self.0[position.seat] {
            Manner::Counting => hard::declare(position, legal),
            Manner::Plain => medium::declare(position, legal),
            Manner::Whim => Easy.declare(position, legal, rng),
        }
    }

    pub(crate) fn play(self, position: Position<'_>, rng: &mut ChaCha8Rng) -> Play {
        match self.0[position.seat] {
            Manner::Counting => hard::play(position),
            Manner::Plain => medium::play(position),
            Manner::Whim => Easy.play(position, rng),
        }
    }
}
