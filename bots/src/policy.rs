//! A policy: what to declare and what to play from a position; and the brain that asks it.

use game_rules::{Action, Declaration, DeclarationSet, LegalActions, Play, RedealDecision, View};
use rand::{SeedableRng, rngs::ChaCha8Rng};

use crate::{
    Brain,
    position::{Facts, Position},
};

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

/// The brain that asks this policy.
pub(crate) fn brain<P: Policy + Send + 'static>(policy: P, seed: u64) -> Box<dyn Brain + Send> {
    Box::new(Seated { policy, seed })
}

struct Seated<P> {
    policy: P,
    seed: u64,
}

impl<P: Policy + Send> Brain for Seated<P> {
    fn decide(&mut self, view: &View) -> Action {
        self.ask(view, |policy, position, legal, rng| policy.decide(position, legal, rng))
    }

    fn decide_until(&mut self, view: &View, enough: &dyn Fn() -> bool) -> Action {
        self.ask(view, |policy, position, legal, rng| policy.decide_until(position, legal, rng, enough))
    }
}

impl<P: Policy> Seated<P> {
    fn ask(
        &self,
        view: &View,
        decide: impl FnOnce(&P, Position<'_>, &LegalActions, &mut ChaCha8Rng) -> Option<Action>,
    ) -> Action {
        // Chance is a function of the seed and the ply: nothing depends on what was asked before.
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(view.table().ply.into());
        let facts = Facts::of(view.table());
        let position = Position { seat: view.seat(), hand: view.hand(), facts: &facts };
        let legal = view.legal_actions();
        decide(&self.policy, position, &legal, &mut rng)
            .filter(|action| {
                let fits = legal.contains(*action);
                debug_assert!(fits, "a policy chose an illegal action");
                fits
            })
            .or_else(|| view.automatic())
            .unwrap_or(Action::Redeal(RedealDecision::Decline))
    }
}
