//! Clairvoyant: sees all hands. It decides from a whole game, which rooms never give to a bot.

use game_rules::{Action, BySeat, Game, PieceSet, Seat};

/// Searches the true deal.
pub(crate) struct Clairvoyant {
    seed: u64,
}

impl Clairvoyant {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed }
    }

    pub(crate) fn decide(&mut self, game: &Game, seat: Seat) -> Option<Action> {
        let _hands: BySeat<PieceSet> = BySeat::from_fn(|seat| game.view(seat).hand());
        let _ = self.seed;
        game.automatic(seat)
    }
}
