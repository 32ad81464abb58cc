//! The contract's own samples, word for word (`seed.json`; `[]` stands for its `[...]`, and of several reasons it has one).

use contracts::live_log::message::Message;
use serde_json::Value;

use crate::{check, json, schemas};

fn seed(part: &str) -> Vec<Value> {
    serde_json::from_value(json(include_str!("seed.json"))[part].take()).unwrap()
}

/// What the seed's client sends.
pub(crate) fn commands() -> Vec<Value> {
    seed("client")
}

#[test]
fn every_message_of_the_seed_is_one_of_ours_with_exactly_its_fields() {
    let samples = seed("messages");
    assert_eq!(samples.len(), 6);
    let schemas = schemas("server");
    for sample in samples {
        let message: Message = serde_json::from_value(sample.clone()).unwrap();
        assert_eq!(serde_json::to_value(&message).unwrap(), sample);
        check(&schemas, &sample);
    }
}

#[test]
fn every_answer_of_the_seed_has_its_fields_in_our_schemas() {
    let schemas = schemas("server");
    for mut sample in seed("server") {
        // What this server adds.
        if sample["action"] == "search_results" {
            sample["count_exact"] = Value::from(true);
        }
        check(&schemas, &sample);
    }
}

#[test]
fn every_event_status_and_severity_of_the_seed_is_known() {
    let words = json(include_str!("seed.json"))["words"].take();
    for (kind, field, sample) in
        [("system", "event", 1), ("raid", "status", 3), ("party", "event", 4), ("guild", "event", 5)]
    {
        let listed = words[kind].as_array().unwrap();
        assert!(listed.len() > 3);
        for word in listed {
            let mut message = seed("messages")[sample].clone();
            message[field] = word.clone();
            assert!(serde_json::from_value::<Message>(message).is_ok(), "{kind}: {word}");
        }
        let mut message = seed("messages")[sample].clone();
        message[field] = Value::from("of_no_meaning");
        assert!(serde_json::from_value::<Message>(message).is_err());
    }
}
