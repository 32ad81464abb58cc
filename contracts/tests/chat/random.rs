//! Whatever comes, `decode` answers, and what it answers holds to the schema.

use std::{collections::BTreeMap, sync::LazyLock};

use contracts::{Contract, Said, chat::Chat};
use jsonschema::Validator;
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Map, Value, json};
use vocabulary::{ChatRequest, Request};

use crate::{ALICE, check, json as parsed, samples, say, schemas};

static SERVER: LazyLock<BTreeMap<String, Validator>> = LazyLock::new(|| schemas("server"));

/// Reads the text; a refusal of it can be worded, and what is taken is within its limits.
fn read(text: &str) {
    let incoming = say(text);
    assert_eq!((incoming.client_sequence, incoming.warnings.len()), (None, 0));
    match incoming.said {
        Said::Ask(Request::Chat(ChatRequest::Say { content, .. })) => {
            assert!((1..=ChatRequest::MAX_CHARS).contains(&content.chars().count()));
        }
        Said::Ask(Request::Chat(ChatRequest::Typing { .. } | ChatRequest::Gesture { .. })) => {}
        Said::Malformed(malformed) => check(&SERVER, &parsed(&Chat::malformed(&malformed, &samples::stamp()))),
        other => panic!("{text}: {other:?}"),
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,60}".prop_map(Value::from),
        select(vec!["room:ABCD2345", "lobby", ALICE, "typing", "user", "idle"]).prop_map(Value::from),
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
    let known = ["content", "type", "metadata", "status", "userId", "avatarId", "action", "payload", "timestamp", "id"];
    prop_oneof![6 => select(known.to_vec()).prop_map(str::to_owned), 1 => ".{0,8}"]
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
    fn any_fields_of_a_known_message_are_answered(
        kind in select(vec!["message", "status", "avatar_update"]),
        payload in vec((field(), any_json()), 0..8),
    ) {
        let payload: Map<String, Value> = payload.into_iter().collect();
        read(&json!({ "type": kind, "payload": payload }).to_string());
    }
}
