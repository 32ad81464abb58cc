//! A brain decides for one seat, from what that seat may know.

use game_rules::{Action, LegalActions, RedealDecision, View};
use rand::{SeedableRng, rngs::ChaCha8Rng};

use crate::{
    policy::Policy,
    reading::position::{Facts, Position},
};

/// Decides for one seat.
pub trait Brain: Send {
    /// Returns the seat's next action. It is legal if the seat has any legal action; otherwise the game rejects it.
    fn decide(&mut self, view: &View) -> Action;

    /// The same in a live game: a brain that searches goes on until `enough` returns true, which it calls between any
    /// two simulated rounds. The other brains answer at once.
    fn decide_until(&mut self, view: &View, enough: &dyn Fn() -> bool) -> Action {
        let _ = enough;
        self.decide(view)
    }
}

/// A brain that follows this policy.
pub(crate) fn following<P: Policy + Send + 'static>(policy: P, seed: u64) -> Box<dyn Brain + Send> {
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
        // Randomness depends on the seed and the ply, never on earlier questions: a search runs on whichever thread is
        // free, with a new brain of the same seed.
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
