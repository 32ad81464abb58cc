//! Every message of a client, and every way in which one can be wrong.

use contracts::{Contract, Malformed, Said, state::State};
use game_rules::RedealDecision;
use serde_json::{Value, json};
use vocabulary::{Choice, Denial, InvalidPlay, Occupant, Pieces, Request, RoomRequest};

use crate::{ALICE, check, json as parsed, room, samples, say, schemas};

/// Alice's action, with these fields beside the ones that every action has.
fn action(fields: &Value) -> Value {
    let mut message =
        json!({ "type": "player_action", "data": { "game_id": "ABCD2345", "player_id": ALICE, "action": "declare" } });
    for (field, value) in fields.as_object().unwrap() {
        message["data"][field] = value.clone();
    }
    message
}

fn asked(message: &Value) -> RoomRequest {
    match say(&message.to_string()).said {
        Said::Ask(Request::At(game, request)) => {
            assert_eq!(game, room());
            request
        }
        other => panic!("{message}: {other:?}"),
    }
}

fn denied(message: &Value) -> Denial {
    match say(&message.to_string()).said {
        Said::Denied(denial) => denial,
        other => panic!("{message}: {other:?}"),
    }
}

/// What is told of a text that is no request: `field`, and `issue`.
fn flaw(text: &str) -> (String, String) {
    let malformed: Malformed = match say(text).said {
        Said::Malformed(malformed) => malformed,
        other => panic!("{text}: {other:?}"),
    };
    let error = parsed(&State::malformed(&malformed, &samples::nowhere()));
    check(&schemas("server"), &error);
    assert_eq!((&error["type"], &error["data"]["code"]), (&json!("error"), &json!("INVALID_STATE")));
    let fact = |name: &str| error["data"]["details"][name].as_str().unwrap_or_default().to_owned();
    (fact("field"), fact("issue"))
}

#[test]
fn a_request_of_the_state_follows_the_game() {
    let message = json!({ "type": "game_state_request", "data": { "game_id": "ABCD2345" } });
    check(&schemas("client"), &message);
    assert!(matches!(say(&message.to_string()).said, Said::Ask(Request::Follow(game)) if game == room()));
}

#[test]
fn every_action_is_understood_and_holds_to_the_schema() {
    let schemas = schemas("client");
    let requests = [
        json!({ "action": "declare", "value": 3 }),
        json!({ "action": "play", "value": ["p3", "p4"], "timestamp": "2024-03-21T14:30:00Z" }),
        json!({ "action": "accept_redeal", "value": null }),
        json!({ "action": "decline_redeal" }),
        json!({ "action": "start_game", "value": "now", "timestamp": null }),
        json!({ "action": "remove_player", "value": "Bob" }),
    ]
    .map(|fields| {
        check(&schemas, &action(&fields));
        asked(&action(&fields))
    });
    let [declare, play, accept, decline, start, remove] = requests;
    assert!(matches!(declare, RoomRequest::Act(Choice::Declare(number)) if number.value() == 3));
    let RoomRequest::Act(Choice::Play(Pieces::Named(pieces))) = play else { panic!("{play:?}") };
    assert_eq!(pieces.iter().map(|piece| piece.to_string()).collect::<Vec<_>>(), ["p3", "p4"]);
    assert!(matches!(accept, RoomRequest::Act(Choice::Redeal(RedealDecision::Accept))));
    assert!(matches!(decline, RoomRequest::Act(Choice::Redeal(RedealDecision::Decline))));
    assert!(matches!(start, RoomRequest::Start));
    assert!(matches!(remove, RoomRequest::RemovePlayer(Occupant::Named(name)) if name == "Bob"));
    assert_eq!(schemas.len(), 2, "no message without a test");
}

#[test]
fn a_message_that_is_no_request_names_the_field_that_is_wrong() {
    let cases = [
        ("{", "", "is no JSON object"),
        ("[]", "", "is no JSON object"),
        ("{}", "type", "is missing or no text"),
        (r#"{"type":7,"data":{}}"#, "type", "is missing or no text"),
        (r#"{"type":"fly","data":{}}"#, "type", "is \"fly\", which nobody knows"),
        (r#"{"type":"error","data":{}}"#, "type", "is \"error\", which nobody knows"),
        (r#"{"type":"game_state_request"}"#, "data", "is missing"),
        (r#"{"type":"game_state_request","data":[]}"#, "data", "must be of type object and is of type array"),
        (r#"{"type":"game_state_request","data":{}}"#, "data.game_id", "is missing"),
        (
            r#"{"type":"game_state_request","data":{"game_id":7}}"#,
            "data.game_id",
            "must be of type string and is of type number",
        ),
        (r#"{"type":"player_action","data":{"game_id":"ABCD2345"}}"#, "data.player_id, data.action", "are missing"),
    ];
    for (text, field, issue) in cases {
        assert_eq!(flaw(text), (field.to_owned(), issue.to_owned()), "{text}");
    }
}

#[test]
fn a_field_of_an_action_that_is_wrong_is_named() {
    let string = |kind| format!("must be of type string and is of type {kind}");
    let clock = "is no date and time of ISO 8601 with a zone".to_owned();
    let integer = |kind| format!("must be of type integer and is of type {kind}");
    let cases = [
        (json!({ "game_id": 1 }), "data.game_id", string("number")),
        (json!({ "player_id": [] }), "data.player_id", string("array")),
        (json!({ "action": 1 }), "data.action", string("number")),
        (json!({ "action": "surrender" }), "data.action", "is none of the known words".to_owned()),
        (json!({ "timestamp": 1 }), "data.timestamp", string("number")),
        (json!({ "timestamp": "yesterday" }), "data.timestamp", clock.clone()),
        (json!({ "action": "start_game", "timestamp": "2024-03-21T14:30:00" }), "data.timestamp", clock),
        (json!({}), "data.value", "is missing".to_owned()),
        (json!({ "value": null }), "data.value", "is missing".to_owned()),
        (json!({ "value": "3" }), "data.value", integer("string")),
        (json!({ "value": 2.5 }), "data.value", integer("number")),
        (json!({ "value": 9 }), "data.value", "is not between 0 and 8".to_owned()),
        (json!({ "value": -1 }), "data.value", "is not between 0 and 8".to_owned()),
        (json!({ "action": "play" }), "data.value", "is missing".to_owned()),
        (json!({ "action": "remove_player" }), "data.value", "is missing".to_owned()),
        (json!({ "action": "remove_player", "value": 1 }), "data.value", string("number")),
        (
            json!({ "action": "play", "value": "p1" }),
            "data.value",
            "must be of type array and is of type string".to_owned(),
        ),
        (
            json!({ "action": "play", "value": [1] }),
            "data.value",
            "must be of type array of strings and is of type number".to_owned(),
        ),
    ];
    for (fields, field, issue) in cases {
        assert_eq!(flaw(&action(&fields).to_string()), (field.to_owned(), issue), "{fields}");
    }
}

#[test]
fn an_id_that_no_game_can_have_is_an_unknown_game() {
    for id in ["", "abcd2345", "ABCD234", &"x".repeat(10_000)] {
        let room: String = id.chars().take(64).collect();
        let request = json!({ "type": "game_state_request", "data": { "game_id": id } });
        assert_eq!(denied(&request), Denial::RoomNotFound { room: room.clone() });
        assert_eq!(denied(&action(&json!({ "game_id": id, "value": 1 }))), Denial::RoomNotFound { room });
    }
}

#[test]
fn nobody_acts_for_another_player() {
    for player in ["", "Alice", "guest-ABCD2345-0", "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a11"] {
        let denial = denied(&action(&json!({ "player_id": player, "value": 1 })));
        assert_eq!(denial, Denial::ForeignPlayer { player: player.to_owned() });
        assert_eq!(State::code(&denial), "ACTION_DENIED");
    }
}

#[test]
fn pieces_that_can_be_no_play_are_refused_by_the_rules() {
    let cases = [
        (json!([]), Denial::NoPiecesSelected),
        (json!(["p33"]), Denial::InvalidPlay(InvalidPlay::UnknownPiece { id: "p33".to_owned() })),
        (json!(["p1", "p1"]), Denial::InvalidPlay(InvalidPlay::RepeatedPiece { piece: "p1".parse().unwrap() })),
    ];
    for (value, expected) in cases {
        assert_eq!(denied(&action(&json!({ "action": "play", "value": value }))), expected);
    }
}
