//! A policy: what to declare and what to play from a position.

use game_rules::{Action, Declaration, DeclarationSet, LegalActions, Play, RedealDecision};
use rand::rngs::ChaCha8Rng;

use crate::reading::position::Position;

/// Tells whether it is time to answer.
pub(crate) type Enough<'a> = &'a (dyn Fn() -> bool + 'a);

/// Decides from positions, so that it plays at real tables and in simulated rounds alike.
pub(crate) trait Policy {
    /// Whether a weak hand wants a new deal.
    fn redeal(&self, _position: Position<'_>, _rng: &mut ChaCha8Rng) -> RedealDecision {
        RedealDecision::Accept
    }

    /// One of the legal declarations, of which there is at least one.
    fn declare(&self, position: Position<'_>, legal: DeclarationSet, rng: &mut ChaCha8Rng) -> Declaration;

    /// A legal play; the hand is not empty.
    fn play(&self, position: Position<'_>, rng: &mut ChaCha8Rng) -> Play;

    /// One of the legal actions; none when there is none.
    fn decide(&self, position: Position<'_>, legal: &LegalActions, rng: &mut ChaCha8Rng) -> Option<Action> {
        match legal {
            LegalActions::Declare(set) => Some(Action::Declare(self.declare(position, *set, rng))),
            LegalActions::Lead(_) | LegalActions::Follow { .. } => Some(Action::Play(self.play(position, rng))),
            LegalActions::Redeal => Some(Action::Redeal(self.redeal(position, rng))),
            LegalActions::None => None,
        }
    }

    /// The same with as much thought as there is time for.
    fn decide_until(
        &self,
        position: Position<'_>,
        legal: &LegalActions,
        rng: &mut ChaCha8Rng,
        _enough: Enough<'_>,
    ) -> Option<Action> {
        self.decide(position, legal, rng)
    }
}
