//! Single decisions that each level has to get right.

#![allow(clippy::unwrap_used, reason = "a test may fail by it")]

use std::sync::Arc;

use bots::brain;
use game_rules::{Action, BySeat, Declaration, Game, Phase, Piece, PieceSet, Play, RuleSet};
use vocabulary::Difficulty;

fn pieces(numbers: &[u8]) -> PieceSet {
    numbers.iter().map(|number| Piece::new(*number).unwrap()).collect()
}

/// Seat 0 leads in round 1: it holds the red general. Seat 1 holds nothing that wins; all hold some of everything else.
const DEAL: [[u8; 8]; 4] = [
    [1, 3, 9, 13, 15, 19, 23, 28],
    [17, 18, 20, 21, 24, 25, 29, 30],
    [2, 4, 7, 10, 14, 16, 26, 31],
    [5, 6, 8, 11, 12, 22, 27, 32],
];

/// A game before its first declaration; weak hands declined a redeal.
fn dealt() -> Game {
    let deal = BySeat::new(DEAL.map(|hand| pieces(&hand)));
    let (mut game, _) = Game::stacked(RuleSet::default(), Arc::new([deal])).unwrap();
    while matches!(game.table().phase, Phase::Preparation(_)) {
        let seat = game.table().pending().iter().next().unwrap();
        let decline = game.automatic(seat).unwrap();
        act(&mut game, decline);
    }
    game
}

fn act(game: &mut Game, action: Action) {
    let seat = game.table().pending().iter().next().unwrap();
    let legal = game.check(seat, action).unwrap();
    game.apply(legal);
}

/// The game after these declarations and plays, in order from seat 0.
fn after(declared: [u8; 4], plays: &[&[u8]]) -> Game {
    let mut game = dealt();
    for number in declared {
        act(&mut game, Action::Declare(Declaration::new(number).unwrap()));
    }
    for play in plays {
        act(&mut game, Action::Play(Play::new(pieces(play)).unwrap()));
    }
    game
}

/// The decision of the seat whose turn it is.
fn decision(game: &Game, level: Difficulty, seed: u64) -> Action {
    let seat = game.table().pending().iter().next().unwrap();
    brain(level, seed).decide(&game.view(seat))
}

fn played(game: &Game, level: Difficulty) -> PieceSet {
    match decision(game, level, 1) {
        Action::Play(play) => play.pieces(),
        other => panic!("{other:?} is not a play"),
    }
}

#[test]
fn a_hopeless_hand_declares_zero() {
    let mut game = dealt();
    act(&mut game, Action::Declare(Declaration::new(3).unwrap()));
    for level in [Difficulty::Medium, Difficulty::Hard, Difficulty::Expert] {
        let zero = Action::Declare(Declaration::ZERO);
        assert_eq!(decision(&game, level, 1), zero, "{level:?}");
    }
}

#[test]
fn a_strong_hand_declares_some_piles() {
    let game = dealt();
    for level in [Difficulty::Medium, Difficulty::Hard, Difficulty::Expert] {
        let Action::Declare(declared) = decision(&game, level, 1) else {
            panic!("seat 0 declares");
        };
        assert!((1..=4).contains(&declared.value()), "{level:?}: {declared}");
    }
}

#[test]
fn a_player_who_needs_none_throws_its_highest_losing_piece() {
    let game = after([3, 0, 0, 2], &[&[1], &[29]]);
    for level in [Difficulty::Medium, Difficulty::Hard] {
        assert_eq!(played(&game, level), pieces(&[2]), "{level:?}");
    }
}

#[test]
fn a_player_who_needs_none_loses_a_turn_if_it_can() {
    let game = after([3, 0, 0, 2], &[&[9], &[29]]);
    for level in [Difficulty::Medium, Difficulty::Hard, Difficulty::Expert] {
        let play = Play::new(played(&game, level)).unwrap();
        assert!(play.core() <= 9, "{level:?}: {play:?}");
    }
}

#[test]
fn the_last_to_play_wins_with_its_weakest_winner() {
    let game = after([1, 0, 1, 3], &[&[15], &[29], &[31]]);
    let weakest = [pieces(&[11]), pieces(&[12])];
    for level in [Difficulty::Medium, Difficulty::Hard] {
        let play = played(&game, level);
        assert!(weakest.contains(&play), "{level:?}: {play:?}");
    }
}

#[test]
fn a_leader_who_needs_one_pile_plays_its_unbeatable_piece() {
    let game = after([1, 0, 1, 3], &[]);
    assert_eq!(played(&game, Difficulty::Medium), pieces(&[1]));
}

#[test]
fn easy_does_not_throw_an_advisor_away_while_it_has_soldiers() {
    let game = after([3, 0, 0, 2], &[&[1], &[29], &[31]]);
    for seed in 0..50 {
        let Action::Play(play) = decision(&game, Difficulty::Easy, seed) else {
            panic!("seat 3 plays");
        };
        assert!(play.core() < 10, "{seed}: {play:?}");
    }
}
