//! Contract *game* from outside: texts in, requests out; notices in, texts out.

#![allow(clippy::unwrap_used, reason = "tests")]

mod bad_fields;
mod decode;
mod encode;
mod errors;
mod frame;
mod malformed;
mod random;
mod samples;
mod seed;
mod stages;
mod versions;

use contracts::{Contract, Incoming, Said, Speaker, game::Game};
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

/// Reads a message of someone who sits in a room as Alice.
fn seated(game: &mut Game, text: &str) -> Incoming {
    let alice = name("Alice");
    game.decode(
        text,
        &Speaker { player: Some(&alice), room: Some(room()), account: None, defaults: &samples::options(), at: NOW },
    )
}

/// Reads a message of someone in the lobby.
fn in_lobby(game: &mut Game, text: &str) -> Incoming {
    game.decode(text, &Speaker { player: None, room: None, account: None, defaults: &samples::options(), at: NOW })
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The answer that the dialect gives by itself.
fn answer(incoming: &Incoming) -> Value {
    match &incoming.said {
        Said::Answer(text) => json(text),
        other => panic!("no answer: {other:?}"),
    }
}
