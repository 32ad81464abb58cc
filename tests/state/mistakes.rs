//! What is refused, under which code, and that it changes nothing.

use serde_json::{Value, json};

use super::following::quick;
use crate::support::{Device, Four, TestServer};

#[tokio::test]
async fn nobody_acts_for_another() {
    let server = TestServer::start();
    let four = Four::seated(&server, quick()).await;
    let mut bob = Device::at(&four.people[1], &four.battle).await;
    for foreign in [four.ids[0].as_str(), "Ann", "", "0", &four.ids[1].to_uppercase()] {
        bob.act_with("start_game", &json!({ "player_id": foreign })).await;
        assert_eq!(bob.refused("ACTION_DENIED").await["player_id"], foreign);
    }
    assert_eq!(four.people[0].battle(&four.battle).await["status"], "WAITING");
}

#[tokio::test]
async fn who_has_no_seat_may_follow_a_public_game_and_not_act() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let eve = server.person("Eve").await;
    let mut eve = Device::at(&eve, &four.battle).await;
    for (action, value) in [("start_game", Value::Null), ("declare", json!(1)), ("play", json!(["p1"]))] {
        eve.act(action, value).await;
        assert_eq!(eve.refused("ACTION_DENIED").await["game_id"], json!(four.battle));
    }
}

#[tokio::test]
async fn an_action_of_another_phase_is_an_invalid_state_with_the_last_number() {
    let server = TestServer::start();
    let four = Four::seated(&server, quick()).await;
    let mut ann = Device::at(&four.people[0], &four.battle).await;
    let before = ann.follow(&four.battle).await["sequence"].clone();
    for (action, value) in [("declare", json!(1)), ("play", json!(["p1"])), ("accept_redeal", Value::Null)] {
        ann.act(action, value).await;
        let details = ann.refused("INVALID_STATE").await;
        assert_eq!((&details["sequence"], &details["status"]), (&before, &json!("not_started")), "{action}");
        assert_eq!(details["game_id"], json!(four.battle));
    }
    four.people[0].start(&four.battle).await;
    let state = four.reach("DECLARATION").await;
    let seat = four.current(&state);
    let mut current = Device::at(&four.people[seat], &four.battle).await;
    let now = current.follow(&four.battle).await["sequence"].clone();
    assert!(now.as_u64() > before.as_u64(), "{now} after {before}");
    for (action, value) in [("play", json!([current.hand[0]])), ("decline_redeal", Value::Null)] {
        current.act(action, value).await;
        let details = current.refused("INVALID_STATE").await;
        assert_eq!(details["sequence"], now, "{action}: {details}");
    }
    ann.act("start_game", Value::Null).await;
    assert_eq!(ann.refused("INVALID_STATE").await["sequence"], now);
    assert_eq!(current.follow(&four.battle).await["sequence"], now, "nothing has happened");
}

#[tokio::test]
async fn after_the_end_nobody_acts_any_more() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    four.finish().await;
    let mut ann = Device::at(&four.people[0], &four.battle).await;
    assert_eq!(ann.state["status"], "game_over");
    for (action, value) in [("declare", json!(1)), ("play", json!(["p1"])), ("start_game", Value::Null)] {
        ann.act(action, value).await;
        assert!(ann.refused("INVALID_STATE").await["sequence"].is_u64(), "{action}");
    }
}

#[tokio::test]
async fn only_the_host_starts_the_game() {
    let server = TestServer::start();
    let four = Four::seated(&server, quick()).await;
    let mut bob = Device::at(&four.people[1], &four.battle).await;
    bob.act("start_game", Value::Null).await;
    assert_eq!(bob.refused("ACTION_DENIED").await["host"], "Ann");
}

#[tokio::test]
async fn a_game_that_needs_more_players_does_not_start() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let game = ann.create(&json!({ "fillWithBots": false })).await;
    let mut ann = Device::at(&ann, &game).await;
    ann.act("start_game", Value::Null).await;
    let details = ann.refused("ACTION_DENIED").await;
    assert_eq!((&details["present"], &details["required"]), (&json!(1), &json!(4)));
}

#[tokio::test]
async fn a_declaration_out_of_turn_or_against_a_rule_is_denied() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    four.reach("DECLARATION").await;
    let mut devices = Vec::new();
    for person in &four.people {
        devices.push(Device::at(person, &four.battle).await);
    }
    for number in [2, 3, 3] {
        let seat = devices.iter().position(Device::is_asked).unwrap();
        let name = devices[seat].name.clone();
        let next = &mut devices[(seat + 1) % 4];
        next.act("declare", json!(1)).await;
        assert_eq!(next.refused("ACTION_DENIED").await["current_player"], name);
        devices[seat].act("declare", json!(number)).await;
        for device in &mut devices {
            device.update().await;
        }
        devices[seat].act("declare", json!(1)).await;
        devices[seat].refused("ACTION_DENIED").await;
    }
    let last = devices.iter().position(Device::is_asked).unwrap();
    devices[last].act("declare", json!(0)).await;
    let details = devices[last].refused("ACTION_DENIED").await;
    assert_eq!((&details["reason"], &details["declared"]), (&json!("forbidden_total"), &json!(0)));
    assert_eq!(details["valid_declarations"], json!([1, 2, 3, 4, 5, 6, 7, 8]));
    assert!(devices[last].is_asked(), "it is still their turn");
    devices[last].act("declare", json!(1)).await;
    assert_eq!(devices[last].action().await["value"], 1);
}

#[tokio::test]
async fn bad_pieces_are_denied_and_say_why() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let state = four.reach("TURN").await;
    let leader = four.current(&state);
    let mut device = Device::at(&four.people[leader], &four.battle).await;
    let mut idle = Device::at(&four.people[(leader + 1) % 4], &four.battle).await;
    idle.act("play", json!([idle.hand[0]])).await;
    assert_eq!(idle.refused("ACTION_DENIED").await["current_player"], json!(device.name));
    let own = device.hand.clone();
    let cases = [
        (json!([idle.hand[0]]), "not_in_hand"),
        (json!([own[0], idle.hand[0]]), "not_in_hand"),
        (json!([own[0], own[0]]), "repeated_piece"),
        (json!(["p33"]), "unknown_piece"),
        (json!(["p0"]), "unknown_piece"),
        (json!(["p01"]), "unknown_piece"),
        (json!(["GENERAL_RED"]), "unknown_piece"),
        (json!([]), "no_pieces"),
        (json!(own[..7]), "wrong_count"),
    ];
    for (value, reason) in cases {
        device.act_with("play", &json!({ "value": value })).await;
        assert_eq!(device.refused("ACTION_DENIED").await["reason"], reason, "{value}");
    }
    device.act("play", json!([own[0]])).await;
    device.action().await;
    idle.update().await;
    idle.act("play", json!([idle.hand[0], idle.hand[1]])).await;
    let details = idle.refused("ACTION_DENIED").await;
    assert_eq!((&details["required_piece_count"], &details["played"]), (&json!(1), &json!(2)));
    assert_eq!(device.follow(&four.battle).await["state"]["hand"].as_array().map(Vec::len), Some(7));
}

/// The details of the refusal of a text.
async fn malformed(device: &mut Device, text: &str) -> Value {
    device.speaker.send_raw(text).await;
    let details = device.refused("INVALID_STATE").await;
    assert!(details["issue"].as_str().is_some_and(|issue| !issue.is_empty()), "{text}: {details}");
    details
}

#[tokio::test]
async fn a_text_that_is_no_message_is_an_invalid_state_and_the_connection_stays() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let game = ann.create(&quick()).await;
    let mut device = Device::at(&ann, &game).await;
    let deep = "[".repeat(100_000);
    let texts = [
        "",
        " ",
        "x",
        "{",
        "null",
        "[]",
        "1",
        "\"game_state_request\"",
        "{}",
        "{}{}",
        &deep,
        "\u{0}",
        r#"{"type":null,"data":{}}"#,
        r#"{"type":1,"data":{}}"#,
        r#"{"type":"nothing","data":{}}"#,
        r#"{"type":"connection_status","data":{}}"#,
        r#"{"type":"game_state_update","data":{}}"#,
        r#"{"event":"ping","data":{}}"#,
        r#"{"action":"ping"}"#,
        r#"{"type":"game_state_request"}"#,
        r#"{"type":"game_state_request","data":null}"#,
        r#"{"type":"game_state_request","data":[]}"#,
        r#"{"type":"game_state_request","data":{}}"#,
        r#"{"type":"game_state_request","data":{"game_id":null}}"#,
        r#"{"type":"game_state_request","data":{"game_id":7}}"#,
    ];
    for text in texts {
        malformed(&mut device, text).await;
    }
    assert_eq!(device.follow(&game).await["state"]["status"], "not_started");
}

#[tokio::test]
async fn a_bad_field_is_named() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let state = four.reach("DECLARATION").await;
    let mut device = Device::at(&four.people[four.current(&state)], &four.battle).await;
    let before = device.follow(&four.battle).await;
    let cases = [
        ("declare", json!({ "game_id": null }), "game_id"),
        ("declare", json!({ "game_id": 1 }), "game_id"),
        ("declare", json!({ "player_id": null }), "player_id"),
        ("declare", json!({ "player_id": [] }), "player_id"),
        ("declare", json!({ "action": null }), "action"),
        ("declare", json!({ "action": "DECLARE" }), "action"),
        ("declare", json!({ "action": "leave_room" }), "action"),
        ("declare", json!({ "action": {} }), "action"),
        ("declare", json!({ "value": null }), "value"),
        ("declare", json!({ "value": "3" }), "value"),
        ("declare", json!({ "value": 2.5 }), "value"),
        ("declare", json!({ "value": -1 }), "value"),
        ("declare", json!({ "value": 9 }), "value"),
        ("declare", json!({ "value": u64::MAX }), "value"),
        ("declare", json!({ "value": [3] }), "value"),
        ("declare", json!({ "value": true }), "value"),
        ("declare", json!({ "value": 1, "timestamp": "yesterday" }), "timestamp"),
        ("declare", json!({ "value": 1, "timestamp": 1_700_000_000 }), "timestamp"),
        ("play", json!({ "value": null }), "value"),
        ("play", json!({ "value": "p1" }), "value"),
        ("play", json!({ "value": 1 }), "value"),
        ("play", json!({ "value": [1] }), "value"),
        ("play", json!({ "value": ["p1", null] }), "value"),
        ("play", json!({ "value": {} }), "value"),
    ];
    for (action, fields, field) in cases {
        device.act_with(action, &fields).await;
        let details = device.refused("INVALID_STATE").await;
        let named = details["field"].as_str().unwrap_or_else(|| panic!("{fields}: {details}"));
        assert_eq!(named.rsplit('.').next(), Some(field), "{fields}: {details}");
        assert!(details["issue"].is_string(), "{fields}: {details}");
    }
    let after = device.follow(&four.battle).await;
    assert_eq!((&after["sequence"], &after["state"]["hand"]), (&before["sequence"], &before["state"]["hand"]));
}

#[tokio::test]
async fn u_0000_in_any_text_is_refused_with_the_field_and_nothing_is_done() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let battle = ann.create(&json!({})).await;
    let mut device = Device::at(&ann, &battle).await;
    device.act_with("start_game", &json!({ "player_id": "a\0b" })).await;
    let details = device.refused("INVALID_STATE").await;
    assert!(details.to_string().contains("data.player_id"), "{details}");
    assert_eq!(ann.battle(&battle).await["status"], "WAITING");
}
