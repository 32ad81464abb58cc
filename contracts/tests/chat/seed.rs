//! The contract's own samples, word for word (`seed.json`; 0 stands for its `number`, words with bars for its choices).

use std::{collections::BTreeSet, time::Duration};

use contracts::{Contract, Said, chat::Chat, iso8601};
use serde_json::{Value, json};

use crate::{ALICE, check, json as parsed, samples, say, schemas};

fn seed(side: &str) -> Vec<Value> {
    serde_json::from_value(parsed(include_str!("seed.json"))[side].take()).unwrap()
}

#[test]
fn every_message_of_the_contracts_client_is_understood() {
    let schemas = schemas("client");
    for mut sample in seed("client") {
        // The sample says only that it is a text.
        if sample["payload"].get("avatarId").is_some() {
            sample["payload"]["avatarId"] = json!(ALICE);
        }
        check(&schemas, &sample);
        assert!(matches!(say(&sample.to_string()).said, Said::Ask(_)), "{sample}");
    }
}

#[test]
fn every_message_of_the_contracts_server_has_its_fields_in_ours() {
    let ours = samples::messages();
    for sample in seed("server") {
        let of_type: Vec<&Value> = ours.iter().filter(|message| message["type"] == sample["type"]).collect();
        let agreeing = of_type.iter().filter(|message| agrees(&sample, message)).count();
        assert!(agreeing > 0, "{sample}");
        let mut bare = sample.clone();
        let payload = bare["payload"].as_object_mut().unwrap();
        // These may be left out, and other errors have other codes and facts.
        payload.remove("metadata");
        payload.remove("details");
        payload.remove("code");
        assert!(of_type.iter().all(|message| agrees(&bare, message)), "{sample}");
    }
}

/// Whether ours has every field of the contract's sample, with the same type and form. Ours may say more.
fn agrees(sample: &Value, ours: &Value) -> bool {
    match (sample, ours) {
        (Value::Object(fields), Value::Object(own)) => {
            fields.iter().all(|(field, value)| own.get(field).is_some_and(|own| agrees(value, own)))
        }
        (Value::String(text), Value::String(own)) if text.contains('|') => text.split('|').any(|word| word == own),
        (Value::String(text), Value::String(own)) if iso8601::parse(text).is_some() => iso8601::parse(own).is_some(),
        (Value::String(text), Value::String(own)) if text.ends_with("-123") => {
            text.split('-').next() == own.split('-').next()
        }
        (Value::String(text), Value::String(own)) if ["RATE_LIMIT", "second"].contains(&text.as_str()) => text == own,
        _ => std::mem::discriminant(sample) == std::mem::discriminant(ours),
    }
}

#[test]
fn every_code_of_the_contracts_table_is_used_and_no_other() {
    let codes: BTreeSet<String> = samples::messages()
        .iter()
        .filter(|message| message["type"] == "error")
        .map(|message| message["payload"]["code"].as_str().unwrap().to_owned())
        .collect();
    let table = ["AUTH_FAILED", "INVALID_MESSAGE", "RATE_LIMIT", "SERVER_ERROR"];
    assert_eq!(codes, table.map(str::to_owned).into());
}

#[test]
fn the_limits_are_the_contracts() {
    let limits = Chat::LIMITS;
    assert_eq!((limits.messages_per_second, limits.burst), (10, 20));
    assert_eq!((limits.heartbeat, limits.pong_within), (Duration::from_secs(30), Duration::from_secs(10)));
}
