//! Neither a view, nor a table, nor debug output reveals another hand.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod walk;

use std::{collections::BTreeSet, fmt::Debug, sync::Arc};

use game_rules::{
    Action, BySeat, DeckSeed, Game, Phase, Piece, PieceSet, RedealDecision, RuleSet, Seat, Table, is_weak,
};
use proptest::prelude::*;
use walk::{Choices, dealt, hands, rule_sets, seeds, walk};

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_view_is_the_same_whatever_the_others_hold(
        rules in rule_sets(), seed in seeds(), choices: u64, steps in 0_usize..40, viewer in 0_usize..4,
    ) {
        let viewer = Seat::new(viewer).unwrap();
        let mut choices = Choices(choices);
        let deal = seed.deal(0);
        let (actions, game) = play_one_round(rules, deal, &mut choices, steps);
        let Some(other) = another_deal(&game, deal, viewer, &mut choices) else {
            return Err(TestCaseError::reject("everything that differs would be seen"));
        };
        prop_assert_eq!(other[viewer], deal[viewer]);
        let (views, same) = (views(rules, deal, &actions, viewer), views(rules, other, &actions, viewer));
        prop_assert_eq!(views, same);
    }

    #[test]
    fn unseen_is_just_what_the_others_hold(rules in rule_sets(), seed in seeds(), choices: u64) {
        walk(rules, seed, &mut Choices(choices), 300, |game, _| {
            for seat in Seat::ALL {
                let [_, others @ ..] = seat.order();
                let held = others.map(|other| game.view(other).hand());
                assert_eq!(game.view(seat).unseen(), held.into_iter().fold(PieceSet::EMPTY, |all, hand| all | hand));
            }
        });
    }

    #[test]
    fn no_debug_print_shows_a_piece_that_was_not_played(rules in rule_sets(), seed in seeds(), choices: u64) {
        walk(rules, seed.clone(), &mut Choices(choices), 80, |game, events| {
            let secret = hands(game).values().fold(PieceSet::EMPTY, |all, hand| all | *hand);
            let shown = |value: &dyn Debug| assert_shows_none_of(secret, &format!("{value:?} {value:#?}"));
            shown(game);
            shown(game.table());
            shown(events);
            for seat in Seat::ALL {
                shown(&game.view(seat));
                shown(&game.legal_actions(seat));
            }
            assert!(!format!("{game:?}").contains(&seed.to_hex()));
        });
    }
}

fn assert_shows_none_of(secret: PieceSet, text: &str) {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let shown: PieceSet = words.filter_map(|word| word.parse::<Piece>().ok()).collect();
    assert!(shown.is_disjoint(secret), "{:?} in {text}", shown & secret);
}

/// Plays at most this many steps of the first round, and declines all redeals.
fn play_one_round(
    rules: RuleSet,
    deal: BySeat<PieceSet>,
    choices: &mut Choices,
    steps: usize,
) -> (Vec<(Seat, Action)>, Game) {
    let (mut game, _) = Game::stacked(rules, Arc::new([deal])).unwrap();
    let mut actions = Vec::new();
    for _ in 0..steps {
        let Some((seat, action)) = choices.action(&game) else {
            break;
        };
        let action = match action {
            Action::Redeal(_) => Action::Redeal(RedealDecision::Decline),
            Action::Declare(_) | Action::Play(_) => action,
        };
        let legal = game.check(seat, action).unwrap();
        let ends_the_round = game.table().played().len() == 31;
        if ends_the_round {
            break;
        }
        game.apply(legal);
        actions.push((seat, action));
    }
    (actions, game)
}

/// A deal that this seat can't tell from the real one: the pieces that it has not seen are dealt differently.
fn another_deal(game: &Game, deal: BySeat<PieceSet>, viewer: Seat, choices: &mut Choices) -> Option<BySeat<PieceSet>> {
    let opener = |deal: &BySeat<PieceSet>| Seat::ALL.into_iter().find(|seat| deal[*seat].contains(Piece::GENERAL_RED));
    let public = |deal: &BySeat<PieceSet>| (opener(deal), deal.map(is_weak));
    (0..300)
        .map(|_| redistribute(game, deal, viewer, choices))
        .find(|other| *other != deal && public(other) == public(&deal))
}

fn redistribute(game: &Game, deal: BySeat<PieceSet>, viewer: Seat, choices: &mut Choices) -> BySeat<PieceSet> {
    let mut unseen: Vec<Piece> = game.view(viewer).unseen().iter().collect();
    let mut other = deal;
    for seat in &viewer.order()[1..] {
        let held = game.view(*seat).hand();
        other[*seat] = deal[*seat] - held;
        for _ in 0..held.len() {
            other[*seat].insert(unseen.swap_remove(choices.below(unseen.len())));
        }
    }
    other
}

/// What the seat sees after each of these actions, as values and as debug output.
fn views(
    rules: RuleSet,
    deal: BySeat<PieceSet>,
    actions: &[(Seat, Action)],
    viewer: Seat,
) -> Vec<(game_rules::View, String)> {
    let (mut game, _) = Game::stacked(rules, Arc::new([deal])).unwrap();
    let mut views = Vec::new();
    for &(seat, action) in actions {
        game.apply(game.check(seat, action).unwrap());
        let view = game.view(viewer);
        let print = format!("{view:?}");
        views.push((view, print));
    }
    views
}

#[test]
fn seeds_are_not_printed() {
    let seed = DeckSeed::from_bytes([0xAB; 32]);
    assert_eq!(format!("{seed:?}"), "DeckSeed(…)");
    let (game, events) = Game::new(RuleSet::default(), seed.clone());
    assert_eq!(dealt(&events), Some(hands(&game)));
    let record = game_rules::Record { rules: RuleSet::default(), seed, actions: Vec::new() };
    assert!(!format!("{game:?} {events:?} {record:?}").to_lowercase().contains("abab"));
}

#[test]
fn a_view_can_be_sent_to_another_thread() {
    fn is_send<T: Send + 'static>() {}
    is_send::<game_rules::View>();
    is_send::<Table>();
}

#[test]
fn other_deals_are_found_for_most_seats() {
    // Otherwise the property above would reject every input, and test nothing.
    let mut choices = Choices(1);
    let mut found = BTreeSet::new();
    for number in 0..20 {
        let deal = DeckSeed::from_bytes([9; 32]).deal(number);
        let (_, game) = play_one_round(RuleSet::default(), deal, &mut choices, 12);
        if matches!(game.table().phase, Phase::Turn(_))
            && another_deal(&game, deal, Seat::ALL[0], &mut choices).is_some()
        {
            found.insert(number);
        }
    }
    assert!(found.len() >= 15, "{found:?}");
}
