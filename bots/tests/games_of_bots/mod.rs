//! Whole games between brains.

#![allow(clippy::unwrap_used, reason = "a test may fail by it")]

use bots::Brain;
use game_rules::{Action, CompetingTypes, DeckSeed, Game, RuleSet, View};

/// The seed of the deck of a game.
pub(crate) fn deck(number: u64) -> DeckSeed {
    let mut bytes = [17; 32];
    bytes[..8].copy_from_slice(&number.to_le_bytes());
    DeckSeed::from_bytes(bytes)
}

/// Plays a game to its end. `seen` receives every decision before the rules check it.
pub(crate) fn play(
    rules: RuleSet,
    number: u64,
    brains: &mut [Box<dyn Brain + Send>; 4],
    mut seen: impl FnMut(&View, Action),
) -> Game {
    let (mut game, _) = Game::new(rules, deck(number));
    loop {
        while let Some(seat) = game.table().pending().iter().next() {
            let view = game.view(seat);
            let action = brains[seat.index()].decide(&view);
            seen(&view, action);
            let legal =
                game.check(seat, action).unwrap_or_else(|refusal| panic!("{action:?} of {view:?}: {refusal:?}"));
            game.apply(legal);
        }
        match game.next_round() {
            Some(next) => game.apply(next),
            None => return game,
        };
    }
}

/// Rule sets that differ from the default: any number of zeros, any total, types that beat other types.
pub(crate) fn variants() -> [RuleSet; 3] {
    let usual = RuleSet::default().with_max_rounds(Some(2)).unwrap();
    let free = usual
        .with_competing_types(CompetingTypes::AnyType)
        .with_zero_streak_limit(None)
        .and_then(|rules| rules.with_forbid_total(None))
        .unwrap();
    let strict = usual.with_zero_streak_limit(Some(1)).and_then(|rules| rules.with_forbid_total(Some(1))).unwrap();
    [usual, free, strict]
}
