//! Clairvoyant: sees all hands. It decides from a whole game, which rooms never give to a bot.

use game_rules::{Action, BySeat, Game, LegalActions, Seat};
use rand::{SeedableRng, rngs::ChaCha8Rng};

use crate::{
    levels::expert::{self, Depth},
    policy::Policy,
    reading::position::{Facts, Position},
    search::Budget,
};

/// How many rounds are played out for one decision.
const TRIALS: usize = 150;

/// Expert's search with the true hands in place of guesses. How the others play it has to guess, as Expert does.
pub(crate) struct Clairvoyant {
    pub(crate) seed: u64,
}

impl Clairvoyant {
    /// What the seat does; none when it has nothing to decide.
    pub(crate) fn decide(&self, game: &Game, seat: Seat) -> Option<Action> {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(game.table().ply.into());
        let facts = Facts::of(game.table());
        let hands = BySeat::from_fn(|seat| game.view(seat).hand());
        let position = Position { seat, hand: hands[seat], facts: &facts };
        let depth = Depth { hands: Some(hands), budget: Budget::Trials(TRIALS) };
        match game.legal_actions(seat) {
            LegalActions::Declare(legal) => Some(Action::Declare(expert::declare(position, legal, depth, &mut rng))),
            LegalActions::Lead(_) | LegalActions::Follow { .. } => {
                Some(Action::Play(expert::play(position, depth, &mut rng)))
            }
            legal @ (LegalActions::Redeal | LegalActions::None) => expert::Expert.decide(position, &legal, &mut rng),
        }
    }
}
