//! A game lives on the stack: no step of it allocates.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod walk;

use game_rules::{DeckSeed, Game, Phase, RuleSet};
use walk::Choices;

#[test]
fn a_whole_game_allocates_nothing() {
    let mut steps = 0;
    let measured = allocation_counter::measure(|| {
        let (mut game, _) = Game::new(RuleSet::default(), DeckSeed::from_bytes([3; 32]));
        let mut choices = Choices(3);
        while let Some(step) = choices.step(&game) {
            game.apply(step);
        }
        assert!(matches!(game.table().phase, Phase::Over(_)));
        steps = game.table().ply;
    });
    assert!(steps > 100, "{steps} steps are no whole game");
    assert_eq!(measured.count_total, 0);
}

#[test]
fn looking_at_a_game_allocates_nothing() {
    let (game, _) = Game::new(RuleSet::default(), DeckSeed::from_bytes([3; 32]));
    let measured = allocation_counter::measure(|| {
        for seat in game_rules::Seat::ALL {
            let view = game.view(seat);
            assert_eq!(view.legal_actions().len(), view.legal_actions().iter().count());
            assert_eq!(view.hand().len(), 8);
            assert!(game_rules::valid_sets(view.hand()).len() >= 8);
        }
    });
    assert_eq!(measured.count_total, 0);
}

#[test]
fn the_counter_counts() {
    let measured = allocation_counter::measure(|| drop(std::hint::black_box(vec![1])));
    assert_eq!(measured.count_total, 1);
}
