//! A policy: what to declare and what to play in a position.

use game_rules::{Action, Declaration, DeclarationSet, LegalActions, Play, RedealDecision};
use rand::rngs::ChaCha8Rng;

use crate::reading::position::Position;

/// Returns whether it is time to answer.
pub(crate) type Enough<'a> = &'a (dyn Fn() -> bool + 'a);

/// Decides from positions rather than views, so that it plays real games and simulated rounds alike.
pub(crate) trait Policy {
    /// Whether to accept a redeal of a weak hand; by default, yes.
    fn redeal(&self, _position: Position<'_>, _rng: &mut ChaCha8Rng) -> RedealDecision {
        RedealDecision::Accept
    }

    /// One of the legal declarations; there is at least one.
    fn declare(&self, position: Position<'_>, legal: DeclarationSet, rng: &mut ChaCha8Rng) -> Declaration;

    /// A legal play; the hand is not empty.
    fn play(&self, position: Position<'_>, rng: &mut ChaCha8Rng) -> Play;

    /// One of the legal actions; `None` if there is none.
    fn decide(&self, position: Position<'_>, legal: &LegalActions, rng: &mut ChaCha8Rng) -> Option<Action> {
        match legal {
            LegalActions::Declare(set) => Some(Action::Declare(self.declare(position, *set, rng))),
            LegalActions::Lead(_) | LegalActions::Follow { .. } => Some(Action::Play(self.play(position, rng))),
            LegalActions::Redeal => Some(Action::Redeal(self.redeal(position, rng))),
            LegalActions::None => None,
        }
    }

    /// The same, searching until `enough` returns true. A policy that does not search ignores it.
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
