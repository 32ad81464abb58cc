//! Whole games: every level plays legally, and its decisions depend on seed and view alone.

#![allow(clippy::unwrap_used, reason = "a test may fail by it")]

mod games_of_bots;

use bots::{brain, is_deep};
use game_rules::{Action, RuleSet, Seat};
use games_of_bots::{play, variants};
use vocabulary::Difficulty;

const QUICK: [Difficulty; 3] = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];

#[test]
fn every_quick_level_plays_only_legal_actions_under_every_variant() {
    for rules in variants() {
        for level in QUICK {
            for number in 0..25 {
                let mut brains = Seat::ALL.map(|seat| brain(level, seat.index() as u64));
                play(rules, number, &mut brains, |view, action| {
                    assert!(view.legal_actions().contains(action));
                });
            }
        }
    }
}

#[test]
fn the_expert_plays_only_legal_actions_under_every_variant() {
    for (number, rules) in variants().into_iter().enumerate() {
        let rules = rules.with_max_rounds(Some(1)).unwrap();
        let others = [Difficulty::Expert, Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];
        let mut brains = others.map(|level| brain(level, number as u64));
        play(rules, number as u64, &mut brains, |view, action| {
            assert!(view.legal_actions().contains(action));
        });
    }
}

#[test]
fn a_new_brain_decides_like_one_that_saw_the_whole_game() {
    for level in QUICK {
        for number in 0..10 {
            let mut brains = Seat::ALL.map(|seat| brain(level, seat.index() as u64));
            play(RuleSet::default(), number, &mut brains, |view, action| {
                let again = brain(level, view.seat().index() as u64).decide(view);
                assert_eq!(again, action);
            });
        }
    }
}

#[test]
fn the_expert_decides_the_same_when_asked_again() {
    let rules = RuleSet::default().with_max_rounds(Some(1)).unwrap();
    let levels = [Difficulty::Medium, Difficulty::Expert, Difficulty::Medium, Difficulty::Hard];
    let mut brains = levels.map(|level| brain(level, 5));
    play(rules, 3, &mut brains, |view, action| {
        if view.seat().index() == 1 {
            assert_eq!(brain(Difficulty::Expert, 5).decide(view), action);
        }
    });
}

#[test]
fn an_expert_that_is_stopped_at_once_decides_as_hard_does() {
    let mut brains = [Difficulty::Hard; 4].map(|level| brain(level, 2));
    play(RuleSet::default().with_max_rounds(Some(3)).unwrap(), 8, &mut brains, |view, _| {
        let hurried = brain(Difficulty::Expert, 2).decide_until(view, &|| true);
        assert!(view.legal_actions().contains(hurried));
        assert_eq!(hurried, brain(Difficulty::Hard, 9).decide(view));
    });
}

#[test]
fn the_expert_thinks_until_it_is_told_to_stop() {
    let rules = RuleSet::default().with_max_rounds(Some(1)).unwrap();
    let mut brains = [Difficulty::Hard; 4].map(|level| brain(level, 2));
    let mut most = 0;
    play(rules, 8, &mut brains, |view, _| {
        let asked = std::cell::Cell::new(0);
        brain(Difficulty::Expert, 2).decide_until(view, &|| {
            asked.set(asked.get() + 1);
            asked.get() > 20
        });
        assert!(asked.get() <= 21, "{}", asked.get());
        most = most.max(asked.get());
    });
    assert_eq!(most, 21);
}

#[test]
fn easy_bots_of_other_seeds_play_other_games() {
    let decisions = |seed| {
        let mut all = Vec::<Action>::new();
        let mut brains = Seat::ALL.map(|_| brain(Difficulty::Easy, seed));
        play(RuleSet::default(), 1, &mut brains, |_, action| {
            all.push(action);
        });
        all
    };
    assert_ne!(decisions(1), decisions(2));
}

#[test]
fn only_the_expert_thinks_deeply() {
    assert!(is_deep(Difficulty::Expert));
    assert!(QUICK.into_iter().all(|level| !is_deep(level)));
}
