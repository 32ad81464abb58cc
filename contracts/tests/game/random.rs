//! Whatever comes, `decode` answers, and what it answers holds together.

use contracts::{Contract, Incoming, Said, game::Game};
use proptest::{collection::vec, prelude::*};
use serde_json::{Map, Value, json};

use crate::{in_lobby, json as parsed, samples, seated};

/// Both dialects read the text, in a room and in the lobby; a refusal of it can be worded.
fn read(text: &str) {
    let mut games = [Game::default(), Game::default()];
    in_lobby(&mut games[1], r#"{"event":"connect","version":"0.9.0"}"#);
    for game in &mut games {
        word(&seated(game, text));
        word(&in_lobby(game, text));
    }
}

fn word(incoming: &Incoming) {
    let stamp = samples::answering().answering(incoming.client_sequence);
    let message = match &incoming.said {
        Said::Ask(_) => return,
        Said::Answer(text) => parsed(text),
        Said::Denied(denial) => parsed(&Game::deny(denial, &stamp)),
        Said::Malformed(malformed) => parsed(&Game::malformed(malformed, &stamp)),
    };
    assert!(message["event"].is_string());
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,60}".prop_map(Value::from),
        Just(json!("Alice")),
        Just(json!("p1")),
    ];
    leaf.prop_recursive(4, 32, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Value::from),
            vec((field(), inner), 0..8).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Often a field that the contract knows.
fn field() -> impl Strategy<Value = String> {
    let known = [
        "player_name",
        "room_name",
        "declaration",
        "value",
        "piece_ids",
        "indices",
        "session_token",
        "room_id",
        "last_sequence",
        "client_state_hash",
        "client_time",
        "sequence",
        "position",
        "difficulty",
        "offset",
        "limit",
        "options",
        "rules",
        "pace",
        "max_rounds",
        "forbid_total",
        "target_score",
        "turn_timeout_seconds",
        "supported_versions",
        "client_version",
        "is_public",
    ];
    prop_oneof![4 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => ".{0,8}"]
}

fn event() -> impl Strategy<Value = String> {
    let known = parsed(include_str!("seed.json"));
    let mut names: Vec<String> = known["client"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| message["event"].as_str().unwrap().to_owned())
        .collect();
    names.extend(
        ["room_list", "add_bot", "remove_bot", "remove_player", "get_room_state", "server_time"].map(str::to_owned),
    );
    prop_oneof![9 => proptest::sample::select(names), 1 => ".{0,20}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        read(&text);
    }

    #[test]
    fn any_json_is_answered(value in any_json()) {
        read(&value.to_string());
    }

    #[test]
    fn any_fields_of_a_known_event_are_answered(
        event in event(),
        data in vec((field(), any_json()), 0..8),
        envelope in vec((field(), any_json()), 0..3),
    ) {
        let mut message: Map<String, Value> = envelope.into_iter().collect();
        message.insert("event".to_owned(), Value::from(event));
        message.insert("data".to_owned(), Value::Object(data.into_iter().collect()));
        read(&Value::Object(message).to_string());
    }
}
