//! A brain: decides for one seat from what that seat may know.

use game_rules::{Action, LegalActions, RedealDecision, View};
use rand::{SeedableRng, rngs::ChaCha8Rng};

use crate::{
    policy::Policy,
    reading::position::{Facts, Position},
};

/// Decides for one seat.
pub trait Brain: Send {
    /// The seat's next action; it is asked only when the seat has to act. It is legal whenever a legal one exists.
    fn decide(&mut self, view: &View) -> Action;

    /// The same for a live table: a deep brain thinks until `enough` says that it is time to answer, which it asks often.
    fn decide_until(&mut self, view: &View, enough: &dyn Fn() -> bool) -> Action {
        let _ = enough;
        self.decide(view)
    }
}

/// The brain that asks this policy.
pub(crate) fn asking<P: Policy + Send + 'static>(policy: P, seed: u64) -> Box<dyn Brain + Send> {
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
