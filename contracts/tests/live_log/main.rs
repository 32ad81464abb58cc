//! Contract *live log* from outside: texts in, requests out; answers and the server's own events in, texts out.

#![allow(clippy::unwrap_used, reason = "tests")]

mod decode;
mod encode;
mod errors;
mod ingest;
mod people;
mod privacy;
mod random;
mod rooms;
/// The game's samples: one of everything that the engine can say.
#[allow(dead_code, reason = "shared with the tests of contract game")]
#[path = "../game/samples/mod.rs"]
mod samples;
mod seed;
#[path = "../game/stages.rs"]
mod stages;

use std::collections::BTreeMap;

use contracts::{Contract, Said, Speaker, documents, live_log::LiveLog};
use jsonschema::Validator;
use serde_json::Value;
use vocabulary::{LogMessage, LogRequest, Name, Request, RoomId, Timestamp};

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

fn body(message: &LogMessage) -> Value {
    json(&message.body)
}

/// Reads a message of a dashboard.
fn say(text: &str) -> Said {
    let defaults = samples::options();
    LiveLog.decode(text, &Speaker { player: None, room: None, account: None, defaults: &defaults, at: NOW }).said
}

fn asked(message: &Value) -> LogRequest {
    match say(&message.to_string()) {
        Said::Ask(Request::Log(request)) => request,
        other => panic!("{message}: {other:?}"),
    }
}

/// The schemas of one folder of the contract, by file name.
fn schemas(folder: &str) -> BTreeMap<String, Validator> {
    let folder = format!("schemas/live_log/{folder}/");
    let documents = documents();
    let found = documents.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix(&folder)?.strip_suffix(".json")?;
        Some((name.to_owned(), jsonschema::validator_for(&json(text)).unwrap()))
    });
    found.collect()
}

/// What kind of message it is.
fn kind(message: &Value) -> &str {
    message.get("action").or_else(|| message.get("type")).and_then(Value::as_str).unwrap()
}

fn check(schemas: &BTreeMap<String, Validator>, message: &Value) {
    let schema = schemas.get(kind(message)).unwrap_or_else(|| panic!("no schema for {message}"));
    if let Some(wrong) = schema.iter_errors(message).next() {
        panic!("{} at {}: {wrong}\n{message}", kind(message), wrong.instance_path());
    }
}
