//! Texts → requests of the WebSocket.

use std::{collections::BTreeMap, sync::LazyLock};

use contracts::{Contract, Malformed, Said, battles::Battles};
use game_rules::RedealDecision;
use jsonschema::Validator;
use proptest::{collection::vec, prelude::*};
use serde_json::{Map, Value, json};
use vocabulary::{Choice, Pieces, Request, RoomRequest, Sequence};

use crate::{check, json as parsed, samples, say, schemas};

static SERVER: LazyLock<BTreeMap<String, Validator>> = LazyLock::new(|| schemas("server"));

fn action(action: &Value) -> Value {
    json!({ "event": "game:action", "data": { "action": action } })
}

fn asked(message: &Value) -> RoomRequest {
    match say(&message.to_string()).said {
        Said::Ask(Request::Room(request)) => request,
        other => panic!("{message}: {other:?}"),
    }
}

/// The error that a text gets.
fn error(text: &str) -> Value {
    let incoming = say(text);
    let stamp = samples::answering().answering(incoming.client_sequence);
    let error = match incoming.said {
        Said::Malformed(malformed) => parsed(&Battles::malformed(&malformed, &stamp)),
        Said::Answer(answer) => parsed(&answer),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(error["event"], "error");
    check(&SERVER, "error", &error);
    error
}

#[test]
fn every_action_is_understood_and_holds_to_the_schema() {
    let schemas = schemas("client");
    let actions = [
        json!({ "type": "declare", "value": 3 }),
        json!({ "type": "play", "pieceIds": ["p3", "p4"] }),
        json!({ "type": "accept_redeal" }),
        json!({ "type": "decline_redeal" }),
        json!({ "type": "start" }),
    ];
    let requests = actions.map(|form| {
        check(&schemas, "game_action", &action(&form));
        asked(&action(&form))
    });
    let [declare, play, accept, decline, start] = requests;
    assert!(matches!(declare, RoomRequest::Act(Choice::Declare(number)) if number.value() == 3));
    let pieces = samples::pair().pieces();
    assert!(matches!(play, RoomRequest::Act(Choice::Play(Pieces::Named(named))) if named == pieces));
    assert!(matches!(accept, RoomRequest::Act(Choice::Redeal(RedealDecision::Accept))));
    assert!(matches!(decline, RoomRequest::Act(Choice::Redeal(RedealDecision::Decline))));
    assert!(matches!(start, RoomRequest::Start));
}

#[test]
fn game_update_asks_for_the_state_and_for_nothing_that_was_missed() {
    let schemas = schemas("client");
    for message in [json!({ "event": "game:update" }), json!({ "event": "game:update", "data": { "requestId": 1 } })] {
        check(&schemas, "game_update", &message);
        match asked(&message) {
            RoomRequest::Synchronise { since, state_hash: None } => assert_eq!(since, Sequence(u64::MAX)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(schemas.len(), 2, "no event without a test");
}

#[test]
fn the_battle_may_be_named_and_must_be_the_own_one() {
    let with = |battle: Value| {
        json!({ "event": "game:action", "data": { "battleId": battle, "action": { "type": "start" } } }).to_string()
    };
    assert!(matches!(say(&with(json!("ABCD2345"))).said, Said::Ask(_)));
    let other = error(&with(json!("WXYZ2345")));
    assert_eq!(other["data"]["details"]["field"], "battleId");
    assert_eq!(other["data"]["details"]["allowed"], json!(["ABCD2345"]));
}

#[test]
fn the_clients_number_comes_back_even_on_errors_and_marks_a_repeat() {
    let text = |number: u64, value: u64| {
        let data = json!({ "requestId": number, "action": { "type": "declare", "value": value } });
        json!({ "event": "game:action", "data": data }).to_string()
    };
    let first = say(&text(7, 3));
    assert_eq!(first.client_sequence, Some(7));
    assert_eq!(first.digest, say(&text(7, 3)).digest);
    assert_ne!(first.digest, say(&text(7, 4)).digest);
    assert_eq!(error(&text(8, 9))["data"]["requestId"], 8);
    assert_eq!(error(r#"{"event":"fly","data":{"requestId":9}}"#)["data"]["requestId"], 9);
    for number in ["-1", "0.5", "\"1\""] {
        let text = format!("{{\"event\":\"game:update\",\"data\":{{\"requestId\":{number}}}}}");
        assert_eq!(error(&text)["data"]["details"]["field"], "requestId", "{number}");
    }
}

#[test]
fn a_bad_field_is_named() {
    let table = [
        (json!({}), "action.type"),
        (json!({ "type": null }), "action.type"),
        (json!({ "type": 5 }), "action.type"),
        (json!({ "type": "fly" }), "action.type"),
        (json!({ "type": "declare" }), "action.value"),
        (json!({ "type": "declare", "value": "3" }), "action.value"),
        (json!({ "type": "declare", "value": 9 }), "action.value"),
        (json!({ "type": "declare", "value": -1 }), "action.value"),
        (json!({ "type": "declare", "value": 2.5 }), "action.value"),
        (json!({ "type": "play" }), "action.pieceIds"),
        (json!({ "type": "play", "pieceIds": "p1" }), "action.pieceIds"),
        (json!({ "type": "play", "pieceIds": [] }), "action.pieceIds"),
        (json!({ "type": "play", "pieceIds": [1] }), "action.pieceIds"),
        (json!({ "type": "play", "pieceIds": ["p33"] }), "action.pieceIds"),
        (json!({ "type": "play", "pieceIds": ["p1", "p1"] }), "action.pieceIds"),
        (json!("start"), "action"),
        (Value::Null, "action"),
    ];
    for (form, field) in table {
        let error = error(&action(&form).to_string());
        assert_eq!(error["data"]["code"], "VALIDATION_FAILED", "{form}");
        assert_eq!(error["data"]["details"]["field"], field, "{form}");
    }
    let no_data = error(r#"{"event":"game:action"}"#);
    assert_eq!(no_data["data"]["details"]["field"], "action");
    let wrong_data = error(r#"{"event":"game:action","data":[]}"#);
    assert_eq!(wrong_data["data"]["details"]["field"], "data");
}

#[test]
fn state_can_not_be_set_over_the_socket_either() {
    let declare = json!({ "type": "declare", "value": 3 });
    for field in ["state", "players", "round", "currentTurn", "hand", "scores", "status"] {
        let mut message = action(&declare);
        message["data"][field] = json!({});
        let error = error(&message.to_string());
        assert_eq!(error["data"]["code"], "STATE_NOT_WRITABLE");
        assert_eq!(error["data"]["details"]["fields"], json!([field]));
    }
    let mut inside = action(&declare);
    inside["data"]["action"]["hand"] = json!(["p1"]);
    assert_eq!(error(&inside.to_string())["data"]["details"]["fields"], json!(["action.hand"]));
}

#[test]
fn what_is_no_message_or_an_unknown_event_has_its_code() {
    for text in ["", "x", "null", "5", "[]", "{", "{\"event\"}"] {
        assert_eq!(error(text)["data"]["code"], "MALFORMED_JSON", "{text}");
    }
    for text in ["{}", r#"{"event":null}"#, r#"{"event":7}"#] {
        assert_eq!(error(text)["data"]["details"]["field"], "event", "{text}");
    }
    for event in ["fly", "", "game:start", "connect", "GAME:ACTION"] {
        let error = error(&json!({ "event": event }).to_string());
        assert_eq!(error["data"]["code"], "UNKNOWN_EVENT");
        assert_eq!(error["data"]["details"]["known"], json!(["game:action", "game:update"]));
    }
    let deep = format!("{{\"event\":\"game:action\",\"data\":{}{}}}", "[".repeat(200), "]".repeat(200));
    assert_eq!(error(&deep)["data"]["message"], "the JSON is nested too deeply");
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        Just(json!("declare")),
        Just(json!("play")),
        Just(json!("p1")),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((field(), inner), 0..6).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn field() -> impl Strategy<Value = String> {
    let known = ["action", "type", "value", "pieceIds", "battleId", "requestId", "timestamp", "state"];
    prop_oneof![4 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => ".{0,8}"]
}

fn answered(text: &str) {
    match say(text).said {
        Said::Ask(Request::Room(_)) => {}
        Said::Malformed(malformed) => assert!(!matches!(malformed, Malformed::Binary)),
        Said::Answer(answer) => assert_eq!(parsed(&answer)["event"], "error"),
        other => panic!("{text}: {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        answered(&text);
    }

    #[test]
    fn any_data_of_a_known_event_is_answered(
        event in proptest::sample::select(vec!["game:action", "game:update"]),
        data in vec((field(), any_json()), 0..6),
    ) {
        let data: Map<String, Value> = data.into_iter().collect();
        answered(&json!({ "event": event, "data": data }).to_string());
    }
}
