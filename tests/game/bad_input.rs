//! The 3xxx codes and what else people may send: each gets its error, changes nothing, and the connection lives on.

use serde_json::{Value, json};

use crate::support::{Guest, TestServer};

/// Sends a text that is no good: the error. The connection and the room are as before.
async fn reject(guest: &mut Guest, text: &str, code: &str) -> Value {
    let before = guest.snapshot().await;
    guest.send_raw(text).await;
    let error = guest.refused(code).await;
    assert_eq!(error["recoverable"], true);
    assert_eq!(guest.snapshot().await, before, "{text}");
    error
}

async fn host(server: &TestServer) -> Guest {
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    host
}

#[tokio::test]
async fn what_is_not_a_json_object_is_3001() {
    let server = TestServer::for_guests(&[]);
    let mut guest = host(&server).await;
    let no_json =
        ["", " ", "{", "hello", "{\"event\":}", "nul", "[]", "3", "\"ping\"", "null", "{\"event\":\"ping\"}}", "\u{0}"];
    for text in no_json {
        reject(&mut guest, text, "3001").await;
    }
}

#[tokio::test]
async fn deep_nesting_is_3001_and_no_stack_overflows() {
    let server = TestServer::for_guests(&[]);
    let mut guest = host(&server).await;
    for open in ["[", "{\"a\":"] {
        let depth = 12_000 / open.len();
        reject(&mut guest, &open.repeat(depth), "3001").await;
    }
    let nested = format!("{{\"event\":\"ping\",\"data\":{}1{}}}", "[".repeat(4_000), "]".repeat(4_000));
    reject(&mut guest, &nested, "3001").await;
}

#[tokio::test]
async fn no_event_or_an_unknown_one_is_3001() {
    let server = TestServer::for_guests(&[]);
    let mut guest = host(&server).await;
    for text in ["{}", r#"{"event":null}"#, r#"{"event":7,"data":{}}"#, r#"{"data":{"event":"ping"}}"#] {
        reject(&mut guest, text, "3001").await;
    }
    for event in ["fly", "", "PING", "phase_change", "room_joined"] {
        let error = reject(&mut guest, &json!({ "event": event, "data": {} }).to_string(), "3001").await;
        assert_eq!(error["details"]["event"], event);
        assert!(error["details"]["known"].as_array().unwrap().contains(&json!("declare")));
    }
}

#[tokio::test]
async fn a_binary_frame_is_3001_and_the_connection_lives() {
    let server = TestServer::for_guests(&[]);
    let mut guest = host(&server).await;
    guest.send_binary(b"{\"event\":\"ping\"}").await;
    assert_eq!(guest.refused("3001").await["details"]["received"], "binary");
    guest.send("server_time", json!({})).await;
    guest.expect("server_time").await;
}

#[tokio::test]
async fn missing_and_null_fields_are_3002_with_their_names_and_what_came() {
    let server = TestServer::for_guests(&[]);
    let mut guest = host(&server).await;
    let cases = [
        ("declare", json!({ "declaration": 3 }), json!(["player_name"])),
        ("declare", json!({ "player_name": "Ann" }), json!(["declaration"])),
        ("declare", json!({ "player_name": null, "declaration": null }), json!(["player_name", "declaration"])),
        ("play", json!({}), json!(["player_name", "piece_ids"])),
        ("start_game", json!({}), json!(["player_name"])),
        ("leave_room", json!({}), json!(["player_name"])),
        ("accept_redeal", json!({}), json!(["player_name"])),
        ("decline_redeal", json!({}), json!(["player_name"])),
        ("create_room", json!({}), json!(["room_name", "player_name"])),
        ("join_room", json!({}), json!(["player_name"])),
        ("remove_bot", json!({}), json!(["position"])),
        ("sync_request", json!({}), json!(["last_sequence"])),
        ("ping", json!({}), json!(["client_time"])),
    ];
    for (event, data, missing) in cases {
        let error = reject(&mut guest, &json!({ "event": event, "data": data }).to_string(), "3002").await;
        assert_eq!(error["details"]["missing_fields"], missing, "{event}");
        assert_eq!(error["details"]["received_data"], data, "{event}");
    }
    let error = reject(&mut guest, r#"{"event":"declare"}"#, "3002").await;
    assert_eq!(error["details"]["missing_fields"], json!(["player_name", "declaration"]));
}

#[tokio::test]
async fn what_came_is_not_told_back_where_it_is_a_secret() {
    let server = TestServer::for_guests(&[]);
    let mut guest = host(&server).await;
    let text = r#"{"event":"join_room","data":{"session_token":"a-secret-of-somebody"}}"#;
    let error = reject(&mut guest, text, "3002").await;
    assert!(!error.to_string().contains("a-secret-of-somebody"), "{error}");
}

#[tokio::test]
async fn wrong_types_are_3003_with_both_types() {
    let server = TestServer::for_guests(&[]);
    let mut guest = host(&server).await;
    let cases = [
        ("declare", json!({ "player_name": "Ann", "declaration": "three" }), "declaration"),
        ("declare", json!({ "player_name": "Ann", "declaration": 1.5 }), "declaration"),
        ("declare", json!({ "player_name": "Ann", "declaration": true }), "declaration"),
        ("declare", json!({ "player_name": 7, "declaration": 1 }), "player_name"),
        ("play", json!({ "player_name": "Ann", "piece_ids": "p1" }), "piece_ids"),
        ("play", json!({ "player_name": "Ann", "piece_ids": [1] }), "piece_ids"),
        ("play", json!({ "player_name": "Ann", "piece_ids": { "0": "p1" } }), "piece_ids"),
        ("create_room", json!({ "room_name": [], "player_name": "x" }), "room_name"),
        ("create_room", json!({ "room_name": "x", "player_name": "x", "is_public": "yes" }), "is_public"),
        ("create_room", json!({ "room_name": "x", "player_name": "x", "options": [] }), "options"),
        ("create_room", json!({ "room_name": "x", "player_name": "x", "options": { "pace": 1 } }), "options.pace"),
        ("create_room", json!({ "room_name": "x", "player_name": "x", "options": { "rules": 1 } }), "options.rules"),
        ("join_room", json!({ "player_name": "x", "session_token": 5 }), "session_token"),
        ("sync_request", json!({ "last_sequence": "1" }), "last_sequence"),
        ("sync_request", json!({ "last_sequence": 1, "client_state_hash": 1 }), "client_state_hash"),
        ("add_bot", json!({ "position": "1" }), "position"),
        ("add_bot", json!({ "difficulty": 1 }), "difficulty"),
        ("ping", json!({ "client_time": "now" }), "client_time"),
        ("room_list", json!({ "limit": "all" }), "limit"),
    ];
    for (event, data, field) in cases {
        let error = reject(&mut guest, &json!({ "event": event, "data": data }).to_string(), "3003").await;
        assert_eq!(error["details"]["field"], field, "{event} {data}");
        assert!(error["details"]["expected"].is_string() && error["details"]["received"].is_string());
    }
    for data in ["[]", "1", "\"x\"", "true"] {
        let text = format!("{{\"event\":\"ping\",\"data\":{data}}}");
        assert_eq!(reject(&mut guest, &text, "3003").await["details"]["field"], "data");
    }
    for (field, value) in [("timestamp", "\"x\""), ("version", "1"), ("client_id", "{}"), ("sequence", "\"1\"")] {
        let text = format!("{{\"event\":\"server_time\",\"{field}\":{value},\"data\":{{}}}}");
        assert_eq!(reject(&mut guest, &text, "3003").await["details"]["field"], field);
    }
}

#[tokio::test]
async fn values_out_of_range_are_3004_with_what_is_allowed() {
    let server = TestServer::for_guests(&[]);
    let mut guest = host(&server).await;
    let room = |options: Value| json!({ "room_name": "x", "player_name": "x", "options": options });
    let cases = [
        ("declare", json!({ "player_name": "Ann", "declaration": 9 }), "declaration"),
        ("declare", json!({ "player_name": "Ann", "declaration": -1 }), "declaration"),
        ("declare", json!({ "player_name": "Ann", "declaration": 18_446_744_073_709_551_615_u64 }), "declaration"),
        ("add_bot", json!({ "position": 4 }), "position"),
        ("add_bot", json!({ "difficulty": "godlike" }), "difficulty"),
        ("remove_bot", json!({ "position": 250 }), "position"),
        ("sync_request", json!({ "last_sequence": -1 }), "last_sequence"),
        ("create_room", room(json!({ "turn_timeout_seconds": 0 })), "options.turn_timeout_seconds"),
        ("create_room", room(json!({ "turn_timeout_seconds": 3601 })), "options.turn_timeout_seconds"),
        ("create_room", room(json!({ "pace": "slow" })), "options.pace"),
        ("create_room", room(json!({ "bot_difficulty": "" })), "options.bot_difficulty"),
        ("create_room", room(json!({ "rules": { "target_score": 9 } })), "options.rules.target_score"),
        ("create_room", room(json!({ "rules": { "target_score": 201 } })), "options.rules.target_score"),
        ("create_room", room(json!({ "rules": { "max_rounds": 0 } })), "options.rules.max_rounds"),
        ("create_room", room(json!({ "rules": { "competing_types": "none" } })), "options.rules.competing_types"),
        ("create_room", room(json!({ "rules": { "zero_streak_limit": 0 } })), "options.rules.zero_streak_limit"),
    ];
    for (event, data, field) in cases {
        let error = reject(&mut guest, &json!({ "event": event, "data": data }).to_string(), "3004").await;
        assert_eq!(error["details"]["field"], field, "{event} {data}");
        assert!(!error["details"]["allowed"].is_null());
    }
}

#[tokio::test]
async fn huge_numbers_are_3004() {
    let server = TestServer::for_guests(&[]);
    let mut guest = host(&server).await;
    for number in ["1e400", "-1e999", "123456789012345678901234567890", "1e30"] {
        let text = format!(r#"{{"event":"declare","data":{{"player_name":"Ann","declaration":{number}}}}}"#);
        reject(&mut guest, &text, "3004").await;
    }
}

#[tokio::test]
async fn names_too_long_empty_or_with_control_characters_are_3004() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    let long = "x".repeat(51);
    for name in ["", "   ", &long, "a\u{0}b", "a\nb", "\u{1b}[2J", "a\u{202e}b", "\u{200b}"] {
        for data in [json!({ "room_name": "x", "player_name": name }), json!({ "room_name": name, "player_name": "x" })]
        {
            guest.send_loose("create_room", data.clone()).await;
            let error = guest.refused("3004").await;
            let field = if data["player_name"] == "x" { "room_name" } else { "player_name" };
            assert_eq!(error["details"]["field"], field, "{name:?}");
        }
    }
    let fifty = "ก".repeat(50);
    guest.send("create_room", json!({ "room_name": fifty, "player_name": fifty })).await;
    assert_eq!(guest.expect("room_created").await["data"]["creator"], fifty, "50 characters, not bytes");
}

#[tokio::test]
async fn someone_elses_name_is_3004() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let current = table.current();
    let other = table[(current + 1) % 4].name().to_owned();
    let before = table[current].snapshot().await;
    for (event, data) in [
        ("declare", json!({ "player_name": other, "declaration": 1 })),
        ("play", json!({ "player_name": other, "piece_ids": ["p1"] })),
        ("leave_room", json!({ "player_name": other })),
        ("start_game", json!({ "player_name": other })),
        ("accept_redeal", json!({ "player_name": other })),
        ("decline_redeal", json!({ "player_name": other })),
    ] {
        table[current].send(event, data).await;
        let error = table[current].refused("3004").await;
        assert_eq!(error["details"]["field"], "player_name", "{event}");
    }
    assert_eq!(table[current].snapshot().await, before);
}

#[tokio::test]
async fn a_field_given_twice_counts_as_its_last_value_and_breaks_nothing() {
    let server = TestServer::for_guests(&[]);
    let mut guest = host(&server).await;
    guest.send_raw(r#"{"event":"fly","event":"server_time","data":{}}"#).await;
    guest.expect("server_time").await;
}

#[tokio::test]
async fn an_error_answers_with_the_number_of_the_message() {
    let server = TestServer::for_guests(&[]);
    let mut guest = host(&server).await;
    guest.send_raw(r#"{"event":"fly","sequence":77,"data":{}}"#).await;
    let error = guest.next().await;
    assert_eq!(error["event"], "validation_error");
    assert_eq!(error["client_sequence"], 77);
}

#[tokio::test]
async fn unknown_fields_are_passed_over() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    let data = json!({ "room_name": "x", "player_name": "Ann", "colour": "red", "options": { "more": 1, "rules": { "more": 1 } } });
    guest.send_loose("create_room", data).await;
    guest.expect("room_created").await;
}

#[tokio::test]
async fn u_0000_in_any_text_is_3004_with_the_field_and_the_message_number() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    for (data, field) in [
        (json!({ "room_name": "x", "player_name": "A\0" }), "player_name"),
        (json!({ "room_name": "x", "player_name": "Ann", "more": { "\0": 1 } }), "more."),
    ] {
        let message = json!({ "event": "create_room", "sequence": 77, "data": data });
        guest.send_raw(&message.to_string()).await;
        let answer = guest.next().await;
        assert_eq!((&answer["error"]["code"], &answer["client_sequence"]), (&json!("3004"), &json!(77)), "{answer}");
        assert_eq!(answer["error"]["details"]["field"], field);
    }
}
