//! What was stored once can be read forever. The files in `frozen/` are bytes of version 0.1.0 as of 2026-11-30; they
//! never change. A new fact, option or record format adds a file or a line.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use chronicle::{Fact, Kept, codec, replay};
use game_rules::Seat;
use vocabulary::{AccountId, Page, RoomStatus};

const FACTS: &str = include_str!("frozen/facts.txt");
const FOUNDINGS: &str = include_str!("frozen/foundings.jsonl");
const RECORD: &[u8] = include_bytes!("frozen/game.record");
const RESULT: &str = include_str!("frozen/game.json");

/// The frozen facts: what each line says, and its bytes.
fn facts() -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    FACTS.lines().map(|line| {
        let (what, hex) = line.split_once(": ").unwrap();
        let digits: Vec<char> = hex.chars().collect();
        (what, digits.chunks(2).map(|pair| u8::from_str_radix(&String::from_iter(pair), 16).unwrap()).collect())
    })
}

/// The words that every line for this fact begins with. A new fact needs a line of its own in `frozen/facts.txt`.
fn described(fact: &Fact) -> &'static str {
    match fact {
        Fact::Joined(_) => "joined",
        Fact::BotPlaced { .. } => "bot placed",
        Fact::BotRemoved { .. } => "bot removed",
        Fact::Left { .. } => "left",
        Fact::Started(_) => "started",
        Fact::Acted { .. } => "acted",
        Fact::NextRound => "next round",
        Fact::TakenOver { .. } => "taken over",
        Fact::Returned { .. } => "returned",
        Fact::Resumed => "resumed",
        Fact::AccountJoined(_) => "account joined",
        Fact::Removed { .. } => "removed",
    }
}

#[test]
fn every_frozen_fact_is_read_and_written_again_the_same() {
    let mut kinds = std::collections::BTreeSet::new();
    for (what, bytes) in facts() {
        let entries = codec::read_entries([&bytes]).unwrap_or_else(|error| panic!("{what}: {error}"));
        let kind = described(&entries[0].fact);
        assert!(what.starts_with(kind), "{what} was read as {kind}");
        assert_eq!(codec::entry(&entries[0]), bytes, "{what}");
        kinds.insert(kind);
    }
    assert_eq!(kinds.len(), 12, "every fact has a frozen line");
}

#[test]
fn every_frozen_founding_is_read() {
    let foundings: Vec<_> = FOUNDINGS.lines().map(|line| codec::read_founding(line.as_bytes()).unwrap()).collect();
    assert_eq!(foundings.len(), 4);
    for founding in &foundings {
        assert_eq!(founding.room.as_str(), "FRZN2345");
        assert_eq!(founding.room_name.as_str(), "Ann's \"table\" 安");
        assert_eq!(founding.options.turn_timeout_seconds, 3_600);
    }
    assert_eq!(foundings[0].options.rules.max_rounds(), Some(20));
    assert_eq!(foundings[1].options.rules.max_rounds(), None);
    assert_eq!(foundings[1].options.rules.target_score(), 120);
}

#[test]
fn a_frozen_record_proves_its_frozen_result() {
    let replay = replay::replay("FRZN2345", RESULT, RECORD).unwrap();
    assert_eq!(replay.result.winners, ["Ann"]);
    assert_eq!((replay.rounds.len(), replay.result.redeals), (2, 1));
    let view = replay::ended(RECORD).unwrap();
    assert_eq!(view.situation.roster.status, RoomStatus::Finished);
}

#[test]
fn a_frozen_record_is_a_room_that_can_be_kept_and_looked_back_on() {
    let (founding, entries) = codec::read_record(RECORD).unwrap();
    assert_eq!(codec::record(&founding, &entries), RECORD, "not a byte is different");
    let total = entries.len();
    let kept = Kept::fold(founding, entries).unwrap();
    let ann: AccountId = kept.creator().unwrap();
    assert_eq!(kept.history.len(), total);
    assert!(kept.answers[Seat::ALL[0]].highest().is_some());
    let past = replay::past(RECORD, ann, Page { offset: 0, limit: usize::MAX }).unwrap();
    assert_eq!((past.moments.len(), past.total, past.seat), (total, total, Some(Seat::ALL[0])));
}
