//! Room options that an earlier version wrote load forever: they are part of every founding and of every record.
#![allow(clippy::unwrap_used, reason = "tests")]

use game_rules::{CompetingTypes, RuleSet};
use serde_json::{Map, Value};
use vocabulary::{Difficulty, Pace, RoomOptions};

/// The bytes that version 0.1.0 wrote. Never change them: add a file for each version that writes others.
const WRITTEN_BY_0_1_0: &str = include_str!("stored/room_options-0.1.0.json");

/// The same as a value; no field has its default.
fn unusual() -> RoomOptions {
    let rules = RuleSet::default().with_target_score(30).unwrap().with_max_rounds(Some(5)).unwrap();
    let rules = rules.with_zero_streak_limit(None).unwrap().with_forbid_total(Some(12)).unwrap();
    RoomOptions {
        public: false,
        fill_with_bots: false,
        difficulty: Difficulty::Expert,
        turn_timeout_seconds: 45,
        pace: Pace::Instant,
        rules: rules.with_competing_types(CompetingTypes::AnyType),
    }
}

#[test]
fn options_written_by_an_earlier_version_load_as_they_were() {
    assert_eq!(serde_json::from_str::<RoomOptions>(WRITTEN_BY_0_1_0).unwrap(), unusual());
}

#[test]
fn the_frozen_bytes_are_what_this_version_writes() {
    assert_eq!(serde_json::to_string(&unusual()).unwrap(), WRITTEN_BY_0_1_0);
}

#[test]
fn an_option_that_an_earlier_version_did_not_write_has_its_default() {
    let all: Map<String, Value> = serde_json::from_str(WRITTEN_BY_0_1_0).unwrap();
    let default = serde_json::to_value(RoomOptions::default()).unwrap();
    for option in all.keys() {
        let mut older = all.clone();
        older.remove(option);
        let loaded = serde_json::from_value::<RoomOptions>(Value::Object(older)).unwrap();
        assert_eq!(serde_json::to_value(loaded).unwrap()[option], default[option], "{option}");
    }
}
