//! Whole games between brains, and what came of them.

#![allow(clippy::unwrap_used, reason = "a test may fail by it")]
#![allow(dead_code, reason = "not every test file uses all of it")]

use bots::{Brain, Level};
use game_rules::{Action, CompetingTypes, DeckSeed, Game, Phase, RuleSet, Seat, View};

/// What one level did over many games.
#[derive(Default, Debug, Clone, Copy)]
pub(crate) struct Standing {
    /// Games won; a shared win counts in part.
    pub(crate) wins: f64,
    /// Rounds played.
    pub(crate) rounds: u32,
    /// Points made.
    pub(crate) points: i64,
    /// Declarations met exactly.
    pub(crate) exact: u32,
}

/// The seed of the deck of a game.
pub(crate) fn deck(number: u64) -> DeckSeed {
    let mut bytes = [17; 32];
    bytes[..8].copy_from_slice(&number.to_le_bytes());
    DeckSeed::from_bytes(bytes)
}

/// Plays a game to its end. Every decision is told to `seen` before the rules check it.
pub(crate) fn play(
    rules: RuleSet,
    number: u64,
    brains: &mut [Box<dyn Brain + Send>; 4],
    mut seen: impl FnMut(&View, Action),
) -> (Game, [Standing; 4]) {
    let (mut game, _) = Game::new(rules, deck(number));
    let mut standings = [Standing::default(); 4];
    loop {
        while let Some(seat) = game.table().pending().iter().next() {
            let view = game.view(seat);
            let action = brains[seat.index()].decide(&view);
            seen(&view, action);
            let legal =
                game.check(seat, action).unwrap_or_else(|refusal| panic!("{action:?} of {view:?}: {refusal:?}"));
            game.apply(legal);
        }
        let scores = match &game.table().phase {
            Phase::Scoring(result) => result.scores,
            Phase::Over(result) => result.scores,
            _ => unreachable!("somebody has to act in every other phase"),
        };
        for (seat, score) in scores.iter() {
            let standing = &mut standings[seat.index()];
            standing.rounds += 1;
            standing.points += i64::from(score.score);
            standing.exact += u32::from(score.captured == score.declared.value());
        }
        match game.next_round() {
            Some(next) => game.apply(next),
            None => break,
        };
    }
    if let Phase::Over(result) = &game.table().phase {
        for seat in result.winners.iter() {
            standings[seat.index()].wins += 1.0 / result.winners.len() as f64;
        }
    }
    (game, standings)
}

/// What the rules do not have by default: zeros without end, any total, types that beat types.
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

/// One of `one` against three of `three` over so many games, its seat going round.
pub(crate) fn duel(one: Level, three: Level, games: u64) -> Standing {
    let mut sum = Standing::default();
    for number in 0..games {
        let own = Seat::ALL[number as usize % 4];
        let mut brains = Seat::ALL.map(|seat| {
            let level = if seat == own { one } else { three };
            level.brain(number * 4 + seat.index() as u64)
        });
        let (_, standings) = play(RuleSet::default(), number / 4, &mut brains, |_, _| {});
        let standing = standings[own.index()];
        sum.wins += standing.wins;
        sum.rounds += standing.rounds;
        sum.points += standing.points;
        sum.exact += standing.exact;
    }
    sum
}
