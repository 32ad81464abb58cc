//! Contract *battles* from outside: texts in, requests out; notices in, texts out; bodies both ways.

#![allow(clippy::unwrap_used, reason = "tests")]

mod bodies;
mod decode;
mod encode;
mod errors;
mod hidden;
mod moments;
mod requests;
/// The game's samples: one of everything that the engine can say.
#[allow(dead_code, reason = "shared with the tests of contract game")]
#[path = "../game/samples/mod.rs"]
mod samples;
#[path = "../game/stages.rs"]
mod stages;
mod state;

use std::collections::BTreeMap;

use contracts::{Contract, Incoming, Speaker, battles::Battles, documents};
use jsonschema::Validator;
use serde_json::Value;
use vocabulary::{Name, RoomId, Timestamp};

/// When every message of these tests comes.
const NOW: Timestamp = Timestamp(1_673_890_270_050);

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn room() -> RoomId {
    "ABCD2345".parse().unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Reads a message of someone who sits in a room as Alice.
fn say(text: &str) -> Incoming {
    let alice = name("Alice");
    let defaults = samples::options();
    Battles.decode(
        text,
        &Speaker { player: Some(&alice), room: Some(room()), account: None, defaults: &defaults, at: NOW },
    )
}

/// The schemas of one folder of the contract, by file name.
fn schemas(folder: &str) -> BTreeMap<String, Validator> {
    let folder = format!("schemas/battles/{folder}/");
    let documents = documents();
    let found = documents.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix(&folder)?.strip_suffix(".json")?;
        Some((name.to_owned(), jsonschema::validator_for(&json(text)).unwrap()))
    });
    found.collect()
}

fn check(schemas: &BTreeMap<String, Validator>, name: &str, value: &Value) {
    let schema = schemas.get(name).unwrap_or_else(|| panic!("no schema for {name}"));
    if let Some(wrong) = schema.iter_errors(value).next() {
        panic!("{name} at {}: {wrong}\n{value}", wrong.instance_path());
    }
}
