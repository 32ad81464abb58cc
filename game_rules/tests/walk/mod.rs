//! Random walks through games, and strategies that generate them.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, reason = "tests, each of which uses a part of this")]

use game_rules::{Action, BySeat, CompetingTypes, DeckSeed, Event, Events, Game, Legal, PieceSet, RuleSet, Seat};
use proptest::prelude::*;

/// Any rules at all.
pub(crate) fn rule_sets() -> impl Strategy<Value = RuleSet> {
    let competing = prop_oneof![Just(CompetingTypes::LeaderType), Just(CompetingTypes::AnyType)];
    let limit = |range| proptest::option::of(range);
    (10_u16..=200, limit(1_u8..=100), competing, limit(1_u8..=10), limit(1_u8..=32)).prop_map(
        |(target, rounds, competing, zeros, forbidden)| {
            RuleSet::default()
                .with_target_score(target)
                .and_then(|rules| rules.with_max_rounds(rounds))
                .and_then(|rules| rules.with_zero_streak_limit(zeros))
                .and_then(|rules| rules.with_forbid_total(forbidden))
                .unwrap()
                .with_competing_types(competing)
        },
    )
}

/// Any deck.
pub(crate) fn seeds() -> impl Strategy<Value = DeckSeed> {
    any::<[u8; 32]>().prop_map(DeckSeed::from_bytes)
}

/// Numbers that decide what happens: SplitMix64.
pub(crate) struct Choices(pub(crate) u64);

impl Choices {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((u128::from(word ^ (word >> 31)) * bound as u128) >> 64) as usize
    }

    /// A random seat of those that have to act, with a random legal action.
    pub(crate) fn action(&mut self, game: &Game) -> Option<(Seat, Action)> {
        let pending = game.table().pending();
        let seat = pending.iter().nth(self.below(pending.len().max(1)))?;
        let actions = game.legal_actions(seat);
        Some((seat, actions.nth(self.below(actions.len())).unwrap()))
    }

    /// A random step, checked; `None` if the game is over.
    pub(crate) fn step(&mut self, game: &Game) -> Option<Legal> {
        match self.action(game) {
            Some((seat, action)) => Some(game.check(seat, action).unwrap()),
            None => game.next_round(),
        }
    }
}

/// Walks through a game for at most this many steps, and calls back with each state and the events before it.
pub(crate) fn walk(
    rules: RuleSet,
    seed: DeckSeed,
    choices: &mut Choices,
    steps: usize,
    mut visit: impl FnMut(&Game, &Events),
) -> Game {
    let (mut game, mut events) = Game::new(rules, seed);
    for _ in 0..steps {
        visit(&game, &events);
        let Some(step) = choices.step(&game) else {
            return game;
        };
        events = game.apply(step);
    }
    visit(&game, &events);
    game
}

/// The hands of all seats.
pub(crate) fn hands(game: &Game) -> BySeat<PieceSet> {
    BySeat::from_fn(|seat| game.view(seat).hand())
}

/// The hands of the last deal among these events.
pub(crate) fn dealt(events: &[Event]) -> Option<BySeat<PieceSet>> {
    events.iter().rev().find_map(|event| match event {
        Event::Dealt { hands, .. } => Some(*hands),
        _ => None,
    })
}
