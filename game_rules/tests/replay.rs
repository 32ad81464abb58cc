//! A record replays to the same game, event by event.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod walk;

use game_rules::{
    Action, DeckSeed, Declaration, Event, Game, Phase, PhaseKind, Play, Record, RedealDecision, Refusal, RuleSet, Seat,
};
use proptest::prelude::*;
use walk::{Choices, hands, rule_sets, seeds};

/// Plays at random and records the actions; starts each next round at once.
fn record(rules: RuleSet, seed: DeckSeed, choices: &mut Choices, steps: usize) -> (Record, Game, Vec<Event>) {
    let (mut game, first) = Game::new(rules, seed.clone());
    let (mut events, mut actions) = (first.to_vec(), Vec::new());
    while let Some((seat, action)) = choices.action(&game).filter(|_| actions.len() < steps) {
        events.extend(game.apply(game.check(seat, action).unwrap()));
        actions.push((seat, action));
        if let Some(next) = game.next_round() {
            events.extend(game.apply(next));
        }
    }
    (Record { rules, seed, actions }, game, events)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn a_replayed_record_gives_the_same_events(
        rules in rule_sets(), seed in seeds(), choices: u64, steps in 0_usize..1_500,
    ) {
        let (record, game, events) = record(rules, seed, &mut Choices(choices), steps);
        let (again, same) = record.replay().unwrap();
        prop_assert_eq!(same, events);
        prop_assert_eq!(again.table(), game.table());
        prop_assert_eq!(hands(&again), hands(&game));
    }

    #[test]
    fn a_record_survives_being_written_down(rules in rule_sets(), seed in seeds(), choices: u64) {
        let (record, _, _) = record(rules, seed, &mut Choices(choices), 100);
        let text = serde_json::to_string(&record).unwrap();
        prop_assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
    }
}

#[test]
fn a_record_is_short_and_stays_as_it_is() {
    let seat = Seat::ALL[2];
    let actions = vec![
        (seat, Action::Redeal(RedealDecision::Accept)),
        (seat, Action::Redeal(RedealDecision::Decline)),
        (seat, Action::Declare(Declaration::new(3).unwrap())),
        (seat, Action::Play(Play::new(game_rules::PieceSet::from_bits(5)).unwrap())),
    ];
    let record = Record { rules: RuleSet::default(), seed: DeckSeed::from_bytes([0x0A; 32]), actions };
    let text = concat!(
        r#"{"rules":{"target_score":50,"max_rounds":20,"competing_types":"leader_type","zero_streak_limit":2,"#,
        r#""forbid_total":8},"seed":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","#,
        r#""actions":[[2,"accept"],[2,"decline"],[2,{"declare":3}],[2,{"play":5}]]}"#,
    );
    assert_eq!(serde_json::to_string(&record).unwrap(), text);
    assert_eq!(serde_json::from_str::<Record>(text).unwrap(), record);
}

#[test]
fn a_record_with_an_impossible_value_is_not_read() {
    for action in
        [r#"[4,"accept"]"#, r#"[0,{"declare":9}]"#, r#"[0,{"play":0}]"#, r#"[0,{"play":127}]"#, r#"[0,"pass"]"#]
    {
        assert!(serde_json::from_str::<(Seat, Action)>(action).is_err(), "{action}");
    }
    for seed in ["\"\"", "\"0\"", &format!("\"{}\"", "g".repeat(64)), &format!("\"{}\"", "0".repeat(66))] {
        assert!(serde_json::from_str::<DeckSeed>(seed).is_err(), "{seed}");
    }
}

#[test]
fn an_illegal_action_in_a_record_is_found_with_its_number_and_reason() {
    let (mut record, _, _) = record(RuleSet::default(), DeckSeed::from_bytes([1; 32]), &mut Choices(1), 10);
    record.actions[7] = record.actions[0];
    let error = record.replay().unwrap_err();
    assert_eq!(error.index, 7);
    assert!(!error.to_string().is_empty());
}

#[test]
fn nothing_can_be_done_after_the_end() {
    let rules = RuleSet::default().with_max_rounds(Some(1)).unwrap();
    let (mut record, game, _) = record(rules, DeckSeed::from_bytes([1; 32]), &mut Choices(1), usize::MAX);
    assert!(matches!(game.table().phase, Phase::Over(_)));
    assert!(game.next_round().is_none());
    let index = record.actions.len();
    record.actions.push(record.actions[index - 1]);
    let error = record.replay().unwrap_err();
    assert_eq!((error.index, error.refusal), (index, Refusal::WrongPhase { phase: PhaseKind::Over }));
}
