//! Whole games: what the levels play is legal, and follows from seed and view.

#![allow(clippy::unwrap_used, reason = "a test may fail by it")]

mod games_of_bots;

use bots::Level;
use game_rules::{Action, RuleSet, Seat};
use games_of_bots::{play, variants};

const QUICK: [Level; 3] = [Level::Easy, Level::Medium, Level::Hard];

#[test]
fn every_quick_level_plays_only_legal_actions_under_every_variant() {
    for rules in variants() {
        for level in QUICK {
            for number in 0..25 {
                let mut brains = Seat::ALL.map(|seat| level.brain(seat.index() as u64));
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
        let others = [Level::Expert, Level::Easy, Level::Medium, Level::Hard];
        let mut brains = others.map(|level| level.brain(number as u64));
        play(rules, number as u64, &mut brains, |view, action| {
            assert!(view.legal_actions().contains(action));
        });
    }
}

#[test]
fn a_brain_asked_for_the_first_time_decides_like_one_that_saw_the_whole_game() {
    for level in QUICK {
        for number in 0..10 {
            let mut brains = Seat::ALL.map(|seat| level.brain(seat.index() as u64));
            play(RuleSet::default(), number, &mut brains, |view, action| {
                let again = level.brain(view.seat().index() as u64).decide(view);
                assert_eq!(again, action);
            });
        }
    }
}

#[test]
fn the_expert_decides_the_same_when_asked_again() {
    let rules = RuleSet::default().with_max_rounds(Some(1)).unwrap();
    let levels = [Level::Medium, Level::Expert, Level::Medium, Level::Hard];
    let mut brains = levels.map(|level| level.brain(5));
    play(rules, 3, &mut brains, |view, action| {
        if view.seat().index() == 1 {
            assert_eq!(Level::Expert.brain(5).decide(view), action);
        }
    });
}

#[test]
fn an_expert_that_is_stopped_at_once_decides_as_hard_does() {
    let mut brains = [Level::Hard; 4].map(|level| level.brain(2));
    play(RuleSet::default().with_max_rounds(Some(3)).unwrap(), 8, &mut brains, |view, _| {
        let hurried = Level::Expert.brain(2).decide_until(view, &|| true);
        assert!(view.legal_actions().contains(hurried));
        assert_eq!(hurried, Level::Hard.brain(9).decide(view));
    });
}

#[test]
fn the_expert_thinks_until_it_is_told_to_stop() {
    let rules = RuleSet::default().with_max_rounds(Some(1)).unwrap();
    let mut brains = [Level::Hard; 4].map(|level| level.brain(2));
    let mut most = 0;
    play(rules, 8, &mut brains, |view, _| {
        let asked = std::cell::Cell::new(0);
        Level::Expert.brain(2).decide_until(view, &|| {
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
        let mut brains = Seat::ALL.map(|_| Level::Easy.brain(seed));
        play(RuleSet::default(), 1, &mut brains, |_, action| {
            all.push(action);
        });
        all
    };
    assert_ne!(decisions(1), decisions(2));
}

#[test]
fn only_the_expert_thinks_deeply() {
    assert!(Level::Expert.is_deep());
    assert!(QUICK.into_iter().all(|level| !level.is_deep()));
}
