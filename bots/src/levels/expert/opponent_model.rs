//! A model of the opponents: not all of them play well, and their points so far show how well.

use game_rules::{BySeat, Declaration, Play};
use rand::{RngExt, rngs::ChaCha8Rng};

use crate::{
    levels::{easy::Easy, hard, medium},
    policy::Policy,
    reading::position::Position,
};

/// Each style with its share of all players and the points that it makes per round.
const STYLES: [(Style, f32, f32); 3] = [(Style::Hard, 0.5, 5.6), (Style::Medium, 0.2, 3.6), (Style::Easy, 0.3, 0.0)];
/// The standard deviation of a round's points.
const SPREAD: f32 = 4.5;

/// The level that one seat plays like in a simulated round.
#[derive(Clone, Copy)]
enum Style {
    Hard,
    Medium,
    Easy,
}

/// How all four seats play in a simulated round.
#[derive(Clone, Copy)]
pub(crate) struct OpponentModel(BySeat<Style>);

impl OpponentModel {
    /// Draws a style for every other seat, the likelier the better it explains the seat's points; the seat itself plays
    /// like Hard.
    pub(crate) fn draw(position: Position<'_>, rng: &mut ChaCha8Rng) -> Self {
        let facts = position.facts;
        let rounds = f32::from(facts.round.saturating_sub(1));
        Self(BySeat::from_fn(|seat| {
            if seat == position.seat {
                return Style::Hard;
            }
            let total = facts.totals[seat] as f32;
            let weights = STYLES.map(|(_, share, points)| {
                let off = (total - points * rounds) / SPREAD;
                // Bayes with a normal distribution, whose variance grows with the number of rounds. The lower bound
                // keeps every style possible, however lucky a seat was.
                share * (-off * off / (2.0 * rounds.max(1.0))).exp().max(1e-6)
            });
            let mut left = rng.random::<f32>() * weights.iter().sum::<f32>();
            let drawn = STYLES.iter().zip(weights).find(|(_, weight)| {
                left -= weight;
                left < 0.0
            });
            drawn.map_or(Style::Hard, |((style, ..), _)| *style)
        }))
    }

    pub(crate) fn declare(self, position: Position<'_>, rng: &mut ChaCha8Rng) -> Declaration {
        let legal = position.facts.legal_declarations(position.seat);
        match self.0[position.seat] {
            Style::Hard => hard::sketch_declaration(position, legal),
            Style::Medium => medium::declare(position, legal),
            Style::Easy => Easy.declare(position, legal, rng),
        }
    }

    pub(crate) fn play(self, position: Position<'_>, rng: &mut ChaCha8Rng) -> Play {
        match self.0[position.seat] {
            Style::Hard => hard::sketch(position),
            Style::Medium => medium::play(position),
            Style::Easy => Easy.play(position, rng),
        }
    }
}
