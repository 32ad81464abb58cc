//! Laws that hold in every state of every game under every rule set, tested on random walks.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod walk;

use game_rules::{Action, Declaration, Event, Game, Phase, PieceSet, Play, PlayType, RedealDecision, Seat, SeatSet};
use proptest::prelude::*;
use walk::{Choices, hands, rule_sets, seeds, walk};

/// Long enough for several rounds.
const STEPS: usize = 400;

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn pieces_are_conserved(rules in rule_sets(), seed in seeds(), choices: u64) {
        walk(rules, seed, &mut Choices(choices), STEPS, |game, _| {
            let hands = hands(game);
            let table = game.table();
            let held = hands.values().fold(PieceSet::EMPTY, |all, hand| all | *hand);
            let one_by_one: usize = hands.values().map(|hand| hand.len()).sum();
            assert_eq!(held.len(), one_by_one, "a piece is in two hands");
            assert!(held.is_disjoint(table.played()), "a played piece is in a hand");
            assert_eq!(held | table.played(), PieceSet::FULL, "a piece is lost");
            assert_eq!(hands.map(|hand| hand.len() as u8), table.hand_counts);
        });
    }

    #[test]
    fn every_round_hands_out_eight_piles(rules in rule_sets(), seed in seeds(), choices: u64) {
        let mut piles = 0;
        walk(rules, seed, &mut Choices(choices), STEPS, |game, events| {
            for event in events {
                match event {
                    Event::RoundStarted { .. } => piles = 0,
                    Event::TurnWon { piles: won, .. } => piles += won,
                    Event::RoundScored { scores } => {
                        assert_eq!(piles, 8);
                        assert_eq!(scores.values().map(|score| score.captured).sum::<u8>(), 8);
                    }
                    _ => {}
                }
            }
            assert_eq!(game.table().captured.values().sum::<u8>(), piles);
        });
    }

    #[test]
    fn a_seat_may_do_just_what_is_listed(rules in rule_sets(), seed in seeds(), choices: u64) {
        walk(rules, seed, &mut Choices(choices), 120, |game, _| {
            for seat in Seat::ALL {
                assert_list_is_exact(game, seat);
            }
        });
    }

    #[test]
    fn whoever_has_to_act_can_and_nobody_else(rules in rule_sets(), seed in seeds(), choices: u64) {
        walk(rules, seed, &mut Choices(choices), STEPS, |game, _| {
            let can: SeatSet = Seat::ALL.into_iter().filter(|seat| !game.legal_actions(*seat).is_empty()).collect();
            assert_eq!(can, game.table().pending());
            let goes_on = !can.is_empty() || game.next_round().is_some();
            assert_eq!(goes_on, !matches!(game.table().phase, Phase::Over(_)));
            assert!(can.is_empty() || game.next_round().is_none());
        });
    }

    #[test]
    fn what_the_server_does_for_a_silent_seat_is_legal(rules in rule_sets(), seed in seeds(), choices: u64) {
        walk(rules, seed, &mut Choices(choices), STEPS, |game, _| {
            for seat in Seat::ALL {
                let automatic = game.automatic(seat);
                assert_eq!(automatic.is_some(), game.table().pending().contains(seat));
                assert!(automatic.is_none_or(|action| game.check(seat, action).is_ok()));
                assert_eq!(automatic, game.view(seat).automatic());
            }
        });
    }

    #[test]
    fn a_refused_action_changes_nothing(rules in rule_sets(), seed in seeds(), choices: u64) {
        walk(rules, seed, &mut Choices(choices), 120, |game, _| {
            let before = (game.table().clone(), hands(game));
            let refused = Seat::ALL.into_iter().flat_map(|seat| all_actions(game, seat).map(move |action| (seat, action)));
            let refusals = refused.filter(|(seat, action)| game.check(*seat, *action).is_err()).count();
            assert!(refusals > 0);
            assert_eq!((game.table().clone(), hands(game)), before);
        });
    }

    #[test]
    fn a_game_ends_by_its_rules_and_the_best_win(rules in rule_sets(), seed in seeds(), choices: u64) {
        walk(rules, seed, &mut Choices(choices), 4 * STEPS, |game, events| {
            let table = game.table();
            let reached = table.totals.values().any(|total| *total >= i32::from(rules.target_score()));
            let last = rules.max_rounds().is_some_and(|last| table.round >= u16::from(last));
            match &table.phase {
                Phase::Scoring(_) => assert!(!reached && !last),
                Phase::Over(result) => {
                    assert!(reached || last);
                    let best = table.totals.values().max();
                    let winners: SeatSet = Seat::ALL.into_iter().filter(|seat| Some(&table.totals[*seat]) == best).collect();
                    assert_eq!(result.winners, winners);
                    assert_eq!(events.last(), Some(&Event::GameOver { winners, totals: table.totals }));
                }
                _ => assert!(table.round == 1 || !reached),
            }
        });
    }
}

/// The legal actions of a seat are distinct, numbered, and exactly those that pass the check.
fn assert_list_is_exact(game: &Game, seat: Seat) {
    let legal = game.legal_actions(seat);
    assert_eq!(legal, game.view(seat).legal_actions());
    let listed: Vec<Action> = legal.iter().collect();
    assert_eq!(listed.len(), legal.len());
    assert_eq!(legal.nth(legal.len()), None);
    for (index, action) in listed.iter().enumerate() {
        assert!(!listed[..index].contains(action), "{action:?} is listed twice");
        assert!(legal.contains(*action));
        assert!(game.check(seat, *action).is_ok(), "{action:?} is listed and refused");
    }
    for action in all_actions(game, seat) {
        let accepted = game.check(seat, action).is_ok();
        assert_eq!(accepted, legal.contains(action), "{action:?}");
        assert_eq!(accepted, listed.contains(&action), "{action:?}");
    }
}

/// Every decision, every declaration, every play from the seat's hand, and some plays with pieces of the others.
fn all_actions(game: &Game, seat: Seat) -> impl Iterator<Item = Action> + use<> {
    let redeals = [RedealDecision::Accept, RedealDecision::Decline].map(Action::Redeal);
    let declarations = (0..=8).filter_map(Declaration::new).map(Action::Declare);
    let hand: Vec<_> = game.view(seat).hand().iter().collect();
    let subset =
        move |bits: u32| (0..hand.len()).filter(|place| bits >> place & 1 == 1).map(|place| hand[place]).collect();
    let own = (1..256).map(subset).collect::<std::collections::BTreeSet<PieceSetBits>>();
    let foreign = game.view(seat.next()).hand();
    let mixed: Vec<PieceSet> =
        own.iter().map(|set| set.0).filter(|set| set.len() < 3).map(|set| set | foreign.lowest(1)).collect();
    let plays = own.into_iter().map(|set| set.0).chain(mixed).filter_map(Play::new).map(Action::Play);
    redeals.into_iter().chain(declarations).chain(plays)
}

/// A set of pieces that can be sorted, to drop repeats.
#[derive(PartialEq, Eq)]
struct PieceSetBits(PieceSet);

impl Ord for PieceSetBits {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.bits().cmp(&other.0.bits())
    }
}

impl PartialOrd for PieceSetBits {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl FromIterator<game_rules::Piece> for PieceSetBits {
    fn from_iter<I: IntoIterator<Item = game_rules::Piece>>(pieces: I) -> Self {
        Self(pieces.into_iter().collect())
    }
}

#[test]
fn an_invalid_set_never_wins_by_any_rules() {
    let mut choices = Choices(3);
    let mut invalid = 0;
    for number in 0..20 {
        let seed = game_rules::DeckSeed::from_bytes([number; 32]);
        walk(game_rules::RuleSet::default(), seed, &mut choices, 2_000, |game, _| {
            let Some(turn) = game.table().turns.last() else {
                return;
            };
            let won = turn.plays.iter().find(|(seat, _)| *seat == turn.winner).unwrap().1;
            assert_ne!(won.play_type(), PlayType::Invalid);
            invalid += turn.plays.iter().filter(|(_, play)| play.play_type() == PlayType::Invalid).count();
        });
    }
    assert!(invalid > 0);
}
