//! Whatever comes, `decode` answers, and what it answers holds to the schema.

use std::{collections::BTreeMap, sync::LazyLock};

use contracts::{Contract, Said, state::State};
use jsonschema::Validator;
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Map, Value, json};

use crate::{ALICE, check, json as parsed, samples, say, schemas};

static SERVER: LazyLock<BTreeMap<String, Validator>> = LazyLock::new(|| schemas("server"));

/// Reads the text; a refusal of it can be worded.
fn read(text: &str) {
    let incoming = say(text);
    assert_eq!((incoming.client_sequence, incoming.warnings.len()), (None, 0));
    let error = match &incoming.said {
        Said::Ask(_) => return,
        Said::Answer(text) => panic!("{text}"),
        Said::Denied(denial) => State::deny(denial, &samples::nowhere()),
        Said::Malformed(malformed) => State::malformed(malformed, &samples::nowhere()),
    };
    check(&SERVER, &parsed(&error));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,60}".prop_map(Value::from),
        select(vec!["ABCD2345", ALICE, "declare", "play", "start_game", "p1", "2024-03-21T14:30:00Z"])
            .prop_map(Value::from),
        (0..9_u8).prop_map(Value::from),
        Just(json!(["p1", "p2"])),
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
    let known = ["game_id", "player_id", "action", "value", "timestamp", "type", "data"];
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
        kind in select(vec!["game_state_request", "player_action"]),
        data in vec((field(), any_json()), 0..8),
    ) {
        let data: Map<String, Value> = data.into_iter().collect();
        read(&json!({ "type": kind, "data": data }).to_string());
    }
}
