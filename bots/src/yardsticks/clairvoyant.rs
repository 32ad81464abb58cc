//! Clairvoyant: sees all hands, as an upper bound. It decides from a whole game, which no bot in a room is given.

use game_rules::{Action, BySeat, Game, Seat};
use rand::{SeedableRng, rngs::ChaCha8Rng};

use crate::{
    levels::expert::{self, Depth},
    reading::position::{Facts, Position},
    search::Budget,
};

/// How many rounds are simulated for one decision. With the true hands fewer do, and each costs more.
const TRIALS: usize = 150;

/// Expert's search with the true hands instead of possible ones. How the others play is a guess, as for Expert.
pub(crate) struct Clairvoyant {
    pub(crate) seed: u64,
}

impl Clairvoyant {
    /// Returns the seat's next action; `None` if it has nothing to decide.
    pub(crate) fn decide(&self, game: &Game, seat: Seat) -> Option<Action> {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(game.table().ply.into());
        let facts = Facts::of(game.table());
        let hands = BySeat::from_fn(|seat| game.view(seat).hand());
        let position = Position { seat, hand: hands[seat], facts: &facts };
        let depth = Depth { hands: Some(hands), budget: Budget::Trials(TRIALS) };
        expert::decide(position, &game.legal_actions(seat), depth, &mut rng)
    }
}
