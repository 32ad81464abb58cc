//! Messages that are no requests, or lack something: their codes and the facts that come with them.

use contracts::{Contract, Malformed, Said, game::Game};
use serde_json::{Value, json};

use crate::{in_lobby, samples, seated};

fn malformed(text: &str) -> Malformed {
    match seated(&mut Game::default(), text).said {
        Said::Malformed(malformed) => malformed,
        other => panic!("{text}: {other:?}"),
    }
}

/// The error that this text gets.
fn error(text: &str) -> Value {
    let malformed = malformed(text);
    let error = crate::json(&Game::malformed(&malformed, &samples::answering()));
    assert_eq!(error["error"]["code"], Game::malformed_code(&malformed));
    error
}

/// The same for one of the 3xxx codes.
pub(crate) fn validation_error(text: &str, code: &str) -> Value {
    let mut error = error(text);
    assert_eq!(error["event"], "validation_error", "{text}");
    assert_eq!(error["error"]["code"], code, "{text}");
    assert_eq!(error["error"]["recoverable"], true, "{text}");
    error["error"]["details"].take()
}

pub(crate) fn event(event: &str, data: Value) -> String {
    json!({ "event": event, "data": data }).to_string()
}

#[test]
fn what_is_no_json_object_or_has_no_event_is_3001() {
    for text in ["", " ", "x", "null", "5", "[]", "\"ping\"", "{", "{\"event\":\"ping\"} x", "{\"event\"}"] {
        assert!(validation_error(text, "3001")["reason"].is_string(), "{text}");
    }
    for text in ["{}", "{\"event\":null}", "{\"event\":7}", "{\"event\":[\"ping\"]}"] {
        assert_eq!(validation_error(text, "3001")["missing_fields"], json!(["event"]), "{text}");
    }
}

#[test]
fn an_unknown_event_is_3001_with_those_that_are_known() {
    for name in ["fly", "", "PING", "phase_change"] {
        let details = validation_error(&event(name, json!({})), "3001");
        assert_eq!(details["event"], name);
        assert_eq!(details["known"].as_array().map(Vec::len), Some(19));
    }
    let long = validation_error(&event(&"x".repeat(10_000), json!({})), "3001");
    assert_eq!(long["event"].as_str().map(str::len), Some(64));
}

#[test]
fn binary_is_3001() {
    let error = crate::json(&Game::malformed(&Malformed::Binary, &samples::answering()));
    assert_eq!(error["error"]["code"], "3001");
}

#[test]
fn what_is_nested_too_deeply_is_3001_and_says_so() {
    let nested =
        |levels: usize| format!("{{\"event\":\"ping\",\"data\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
    for levels in [127, 128, 8_000] {
        assert_eq!(error(&nested(levels))["error"]["message"], "The message is nested too deeply");
        assert_eq!(validation_error(&nested(levels), "3001")["max_depth"], 127);
    }
    // As deep as may be: now the type is what is wrong.
    validation_error(&nested(126), "3003");
}

#[test]
fn missing_and_null_fields_are_3002_with_their_names_and_what_came() {
    let details = validation_error(&event("declare", json!({ "declaration": 3 })), "3002");
    assert_eq!(details["missing_fields"], json!(["player_name"]));
    assert_eq!(details["received_data"], json!({ "declaration": 3 }));
    let cases = [
        ("declare", json!({}), json!(["player_name", "declaration"])),
        ("declare", json!({ "player_name": "Alice", "declaration": null }), json!(["declaration"])),
        ("play", json!({}), json!(["player_name", "piece_ids"])),
        ("create_room", json!({}), json!(["room_name", "player_name"])),
        ("join_room", json!({}), json!(["player_name"])),
        ("leave_room", json!({}), json!(["player_name"])),
        ("start_game", json!({}), json!(["player_name"])),
        ("accept_redeal", json!({}), json!(["player_name"])),
        ("decline_redeal", json!({}), json!(["player_name"])),
        ("remove_bot", json!({}), json!(["position"])),
        ("remove_player", json!({}), json!(["position"])),
        ("sync_request", json!({}), json!(["last_sequence"])),
        ("ping", json!({}), json!(["client_time"])),
    ];
    for (name, data, missing) in cases {
        let details = validation_error(&event(name, data.clone()), "3002");
        assert_eq!(details["missing_fields"], missing, "{name}");
        assert_eq!(details["received_data"], data, "{name}");
    }
    let without_data = validation_error("{\"event\":\"declare\"}", "3002");
    assert_eq!(without_data["received_data"], json!({}));
}

#[test]
fn in_the_lobby_join_room_must_name_the_room() {
    let text = event("join_room", json!({ "player_name": "Bob" }));
    match in_lobby(&mut Game::default(), &text).said {
        Said::Malformed(Malformed::MissingFields { fields, .. }) => assert_eq!(fields, ["room_id"]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_came_is_told_back_without_the_seats_secret() {
    let secret = "f00d".repeat(16);
    let places = [
        json!({ "session_token": secret }),
        json!({ "session_token": secret, "player_name": null }),
        json!({ "options": { "session_token": secret } }),
        json!({ "list": [{ "deeper": [{ "session_token": [secret] }] }] }),
        json!({ "session_token": { "in": secret } }),
    ];
    for data in places {
        let text = event("join_room", data);
        let error = error(&text);
        assert_eq!(error["error"]["code"], "3002");
        assert!(!error.to_string().contains(&secret), "{error}");
        assert!(!format!("{:?}", malformed(&text)).contains(&secret));
    }
}
