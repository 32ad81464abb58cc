//! Contract *state* from outside: texts in, requests out; notices in, texts out.

#![allow(clippy::unwrap_used, reason = "tests")]

mod decode;
mod denials;
mod encode;
mod errors;
mod hidden;
mod random;
mod samples;
mod seed;
#[path = "../game/stages.rs"]
mod stages;

use std::collections::BTreeMap;

use contracts::{Contract, Incoming, Speaker, documents, state::State};
use jsonschema::Validator;
use serde_json::Value;
use vocabulary::{AccountId, Name, RoomId, Timestamp};

/// When every message of these tests comes: 2024-03-21T14:30:00Z.
const NOW: Timestamp = Timestamp(1_711_031_400_000);
const ALICE: &str = "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10";

fn alice() -> AccountId {
    ALICE.parse().unwrap()
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn room() -> RoomId {
    "ABCD2345".parse().unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Reads a message of Alice.
fn say(text: &str) -> Incoming {
    let defaults = samples::options();
    let speaker = Speaker { player: None, room: None, account: Some(alice()), defaults: &defaults, at: NOW };
    State.decode(text, &speaker)
}

/// The schemas of one side, by type.
fn schemas(side: &str) -> BTreeMap<String, Validator> {
    let folder = format!("schemas/state/{side}/");
    let documents = documents();
    let found = documents.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix(&folder)?.strip_suffix(".json")?;
        Some((name.to_owned(), jsonschema::validator_for(&json(text)).unwrap()))
    });
    found.collect()
}

/// Holds a message to the schema of its type.
fn check(schemas: &BTreeMap<String, Validator>, message: &Value) {
    let kind = message["type"].as_str().unwrap();
    let schema = schemas.get(kind).unwrap_or_else(|| panic!("no schema for {kind}"));
    if let Some(wrong) = schema.iter_errors(message).next() {
        panic!("{kind} at {}: {wrong}\n{message}", wrong.instance_path());
    }
}
