//! The contract's own samples, word for word (`seed.json`; 0, null and `{}` stand for its `number`, `any` and `object`).

use std::collections::BTreeSet;

use contracts::{Contract, Said, iso8601, state::State};
use serde_json::{Value, json};

use crate::{ALICE, check, json as parsed, samples, say, schemas};

fn seed(side: &str) -> Vec<Value> {
    serde_json::from_value(parsed(include_str!("seed.json"))[side].take()).unwrap()
}

/// The sample with real values where it says only their types.
fn filled(mut sample: Value) -> Value {
    let real = [
        ("game_id", json!("ABCD2345")),
        ("player_id", json!(ALICE)),
        ("action", json!("declare")),
        ("value", json!(2)),
        ("timestamp", json!("2024-03-21T14:30:00.000Z")),
    ];
    for (field, value) in real {
        if sample["data"].get(field).is_some() {
            sample["data"][field] = value;
        }
    }
    sample
}

#[test]
fn every_message_of_the_contracts_client_is_understood() {
    let schemas = schemas("client");
    for sample in seed("client").into_iter().map(filled) {
        check(&schemas, &sample);
        assert!(matches!(say(&sample.to_string()).said, Said::Ask(_)), "{sample}");
    }
}

#[test]
fn every_message_of_the_contracts_server_has_its_fields_in_all_of_ours() {
    let ours = samples::messages();
    for sample in seed("server") {
        let of_type: Vec<&Value> = ours.iter().filter(|message| message["type"] == sample["type"]).collect();
        assert!(!of_type.is_empty());
        for message in of_type {
            agrees(&sample, message, "");
        }
    }
}

/// Ours has every field of the contract's sample, with the same type. Ours may say more.
fn agrees(sample: &Value, ours: &Value, place: &str) {
    match (sample, ours) {
        (Value::Object(fields), Value::Object(own)) if !place.ends_with("scores") => {
            for (field, value) in fields {
                let place = format!("{place}/{field}");
                agrees(value, own.get(field).unwrap_or_else(|| panic!("{place} is missing: {ours}")), &place);
            }
        }
        (Value::String(text), Value::String(own)) if text == "ISO8601" => {
            assert!(iso8601::parse(own).is_some(), "{place} is {own}");
        }
        (Value::String(text), Value::String(own)) if text.contains('|') => {
            assert!(text.split('|').any(|word| word == own), "{place} is {own}");
        }
        // `any`
        (Value::Null, _) => {}
        _ => assert_eq!(std::mem::discriminant(sample), std::mem::discriminant(ours), "{place} is {ours}"),
    }
}

#[test]
fn every_code_of_the_contracts_table_is_used_and_no_other() {
    let codes: BTreeSet<String> = samples::messages()
        .iter()
        .filter(|message| message["type"] == "error")
        .map(|message| message["data"]["code"].as_str().unwrap().to_owned())
        .collect();
    let table = ["ACTION_DENIED", "AUTH_FAILED", "CONNECTION_LOST", "INVALID_STATE", "SERVER_ERROR"];
    assert_eq!(codes, table.map(str::to_owned).into());
}

#[test]
fn the_limits_are_the_contracts() {
    let limits = State::LIMITS;
    assert_eq!((limits.max_message_bytes, limits.messages_per_second), (1024 * 1024, 50));
}
