//! Fields of a wrong type, 3003, or out of range, 3004: each error names the field and what it should be.

use serde_json::{Value, json};

use crate::malformed::{event, validation_error};

#[test]
fn a_wrong_type_is_3003_with_both_types() {
    let alice = |field: &str, value: Value| json!({ "player_name": "Alice", field: value });
    let cases = [
        ("declare", alice("declaration", json!("3")), "declaration", "integer", "string"),
        ("declare", alice("declaration", json!(1.5)), "declaration", "integer", "number"),
        ("declare", json!({ "player_name": 1, "declaration": 1 }), "player_name", "string", "number"),
        ("play", alice("piece_ids", json!("p1")), "piece_ids", "array", "string"),
        ("play", alice("piece_ids", json!([1])), "piece_ids", "array of strings", "number"),
        ("play", alice("piece_ids", json!([null])), "piece_ids", "array of strings", "null"),
        ("join_room", alice("session_token", json!(5)), "session_token", "string", "number"),
        ("add_bot", json!({ "position": "1" }), "position", "integer", "string"),
        ("ping", json!({ "client_time": [] }), "client_time", "number", "array"),
        ("sync_request", json!({ "last_sequence": {} }), "last_sequence", "integer", "object"),
        ("version_info", json!({ "supported_versions": [1] }), "supported_versions", "array of strings", "number"),
    ];
    for (name, data, field, expected, received) in cases {
        let details = validation_error(&event(name, data), "3003");
        assert_eq!(details, json!({ "field": field, "expected": expected, "received": received }), "{name}");
    }
    for data in ["[]", "1", "\"x\"", "false"] {
        let text = format!("{{\"event\":\"ping\",\"data\":{data}}}");
        assert_eq!(validation_error(&text, "3003")["field"], "data");
    }
    for (field, value) in [("timestamp", "\"x\""), ("version", "1"), ("client_id", "{}"), ("sequence", "true")] {
        let text = format!("{{\"event\":\"ping\",\"{field}\":{value},\"data\":{{\"client_time\":1}}}}");
        assert_eq!(validation_error(&text, "3003")["field"], field);
    }
}

#[test]
fn a_value_out_of_range_is_3004_with_what_is_allowed() {
    let room = |options: Value| json!({ "room_name": "x", "player_name": "x", "options": options });
    let alice = |declaration: Value| json!({ "player_name": "Alice", "declaration": declaration });
    let cases = [
        ("declare", alice(json!(9)), "declaration", json!({ "min": 0, "max": 8 })),
        ("declare", alice(json!(-1)), "declaration", json!({ "min": 0, "max": 8 })),
        ("declare", alice(json!(-1.0)), "declaration", json!({ "min": 0, "max": 8 })),
        ("declare", alice(json!(1e5)), "declaration", json!({ "min": 0, "max": 8 })),
        ("declare", alice(json!(1e300)), "declaration", json!({ "min": 0, "max": 8 })),
        ("declare", alice(json!(u64::MAX)), "declaration", json!({ "min": 0, "max": 8 })),
        ("declare", json!({ "player_name": "Bob", "declaration": 1 }), "player_name", json!(["Alice"])),
        ("add_bot", json!({ "position": 4 }), "position", json!({ "min": 0, "max": 3 })),
        ("add_bot", json!({ "difficulty": "god" }), "difficulty", json!(["easy", "medium", "hard", "expert"])),
        ("room_list", json!({ "limit": 201 }), "limit", json!({ "min": 1, "max": 200 })),
        ("join_room", json!({ "player_name": "Bob", "room_id": "WXYZ2345" }), "room_id", json!(["ABCD2345"])),
        ("create_room", room(json!({ "pace": "" })), "options.pace", json!(["normal", "fast", "instant"])),
        (
            "create_room",
            room(json!({ "turn_timeout_seconds": 0 })),
            "options.turn_timeout_seconds",
            json!({ "min": 1, "max": 3600 }),
        ),
        (
            "create_room",
            room(json!({ "rules": { "target_score": 9 } })),
            "options.rules.target_score",
            json!({ "min": 10, "max": 200 }),
        ),
    ];
    for (name, data, field, allowed) in cases {
        let details = validation_error(&event(name, data.clone()), "3004");
        assert_eq!(details, json!({ "field": field, "allowed": allowed }), "{name} {data}");
    }
}

#[test]
fn names_are_1_to_50_characters_without_control_characters() {
    let long = "x".repeat(51);
    for bad in ["", "  \t ", &long, "a\u{0}b", "a\nb", "\u{202e}ecilA"] {
        for field in ["room_name", "player_name"] {
            let mut data = json!({ "room_name": "x", "player_name": "x" });
            data[field] = json!(bad);
            assert_eq!(validation_error(&event("create_room", data), "3004")["field"], field, "{bad:?}");
        }
    }
}

#[test]
fn a_number_that_json_parsers_can_not_hold_is_3004() {
    for number in ["1e400", "-1e400", "1e999999999999"] {
        let text = format!("{{\"event\":\"ping\",\"data\":{{\"client_time\":{number}}}}}");
        assert_eq!(validation_error(&text, "3004")["field"], "message", "{number}");
    }
    // A whole number of any length is out of the field's own range.
    let text = r#"{"event":"sync_request","data":{"last_sequence":123456789012345678901234567890}}"#;
    assert_eq!(validation_error(text, "3004")["field"], "last_sequence");
}
