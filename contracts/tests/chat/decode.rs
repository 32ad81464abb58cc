//! Every message of a client, and every way in which one can be wrong.

use contracts::{Contract, Malformed, Said, chat::Chat};
use serde_json::{Value, json};
use vocabulary::{ChatRequest, Gesture, Request, Scope};

use crate::{ALICE, BOB, account, check, json as parsed, room, samples, say, schemas};

fn message(kind: &str, payload: &Value) -> Value {
    json!({ "type": kind, "payload": payload })
}

fn asked(message: &Value) -> ChatRequest {
    match say(&message.to_string()).said {
        Said::Ask(Request::Chat(request)) => request,
        other => panic!("{message}: {other:?}"),
    }
}

/// What is told of a text that is no request: the details.
fn flaw(text: &str) -> Value {
    let malformed: Malformed = match say(text).said {
        Said::Malformed(malformed) => malformed,
        other => panic!("{text}: {other:?}"),
    };
    let error = parsed(&Chat::malformed(&malformed, &samples::stamp()));
    check(&schemas("server"), &error);
    assert_eq!((&error["type"], &error["payload"]["code"]), (&json!("error"), &json!("INVALID_MESSAGE")));
    error["payload"]["details"].clone()
}

/// The field that is wrong, and the issue with it.
fn field_and_issue(text: &str) -> (String, String) {
    let details = flaw(text);
    let fact = |name: &str| details[name].as_str().unwrap_or_default().to_owned();
    (fact("field"), fact("issue"))
}

#[test]
fn a_message_says_something_to_the_lobby_a_room_or_one_account() {
    let client = schemas("client");
    let scopes = [
        (json!({}), Scope::Lobby),
        (json!({ "metadata": null }), Scope::Lobby),
        (json!({ "metadata": "lobby" }), Scope::Lobby),
        (json!({ "metadata": "room:ABCD2345" }), Scope::Room(room())),
        (json!({ "metadata": format!("dm:{BOB}") }), Scope::Direct(account(BOB))),
    ];
    for (mut payload, scope) in scopes {
        payload["content"] = json!("  Hello!\n ");
        payload["type"] = json!("user");
        let message = message("message", &payload);
        check(&client, &message);
        assert_eq!(asked(&message), ChatRequest::Say { scope, content: "Hello!".to_owned() });
    }
    assert_eq!(client.len(), 3, "no message without a test");
}

#[test]
fn a_status_tells_of_typing_and_an_avatar_moves() {
    let client = schemas("client");
    let typing = message("status", &json!({ "status": "typing", "userId": ALICE, "metadata": "room:ABCD2345" }));
    check(&client, &typing);
    assert_eq!(asked(&typing), ChatRequest::Typing { scope: Scope::Room(room()) });
    let cases = [
        (json!({ "action": "speaking", "avatarId": ALICE }), Scope::Lobby, Gesture::Speaking, None),
        (
            json!({ "action": "idle", "avatarId": ALICE, "metadata": "smiles" }),
            Scope::Lobby,
            Gesture::Idle,
            Some("smiles"),
        ),
        (
            json!({ "action": "thinking", "avatarId": ALICE, "metadata": "room:ABCD2345" }),
            Scope::Room(room()),
            Gesture::Thinking,
            Some("room:ABCD2345"),
        ),
    ];
    for (payload, scope, gesture, metadata) in cases {
        let update = message("avatar_update", &payload);
        check(&client, &update);
        let metadata = metadata.map(str::to_owned);
        assert_eq!(asked(&update), ChatRequest::Gesture { scope, gesture, metadata });
    }
}

#[test]
fn time_and_id_of_a_client_are_its_own_affair_but_must_be_texts() {
    let with = |timestamp: Value, id: Value| {
        let payload = json!({ "content": "Hi", "type": "user" });
        json!({ "type": "message", "payload": payload, "timestamp": timestamp, "id": id })
    };
    for message in [with(json!("whenever"), json!("msg-1")), with(Value::Null, Value::Null)] {
        check(&schemas("client"), &message);
        assert!(matches!(asked(&message), ChatRequest::Say { .. }));
    }
    assert_eq!(flaw(&with(json!(7), Value::Null).to_string())["field"], "timestamp");
    assert_eq!(flaw(&with(Value::Null, json!({})).to_string())["field"], "id");
}

#[test]
fn a_text_that_is_no_message_is_told_what_is_wrong() {
    let cases = [
        ("{", "", "is no JSON object"),
        ("7", "", "is no JSON object"),
        ("{}", "type", "is missing or no text"),
        (r#"{"type":{},"payload":{}}"#, "type", "is missing or no text"),
        (r#"{"type":"broadcast","payload":{}}"#, "type", "is \"broadcast\", which nobody knows"),
        (r#"{"type":"message"}"#, "payload", "is missing"),
        (r#"{"type":"status","payload":null}"#, "payload", "is missing"),
        (r#"{"type":"message","payload":"Hi"}"#, "payload", "must be of type object and is of type string"),
    ];
    for (text, field, issue) in cases {
        assert_eq!(field_and_issue(text), (field.to_owned(), issue.to_owned()), "{text}");
    }
}

#[test]
fn a_field_of_a_payload_that_is_wrong_is_named() {
    let string = |kind| format!("must be of type string and is of type {kind}");
    let known = "is none of the known words".to_owned();
    let servers = "is the server's to say".to_owned();
    let cases = [
        ("message", json!({}), "content", "is missing".to_owned()),
        ("message", json!({ "content": 7 }), "content", string("number")),
        ("message", json!({ "content": " \n " }), "content", "has 0 characters, not 1 to 2000".to_owned()),
        (
            "message",
            json!({ "content": "ü".repeat(2_001) }),
            "content",
            "has 2001 characters, not 1 to 2000".to_owned(),
        ),
        ("message", json!({ "content": "a\u{7}b" }), "content", "holds a control character".to_owned()),
        ("message", json!({ "content": "Hi" }), "type", "is missing".to_owned()),
        ("message", json!({ "content": "Hi", "type": null }), "type", "is missing".to_owned()),
        ("message", json!({ "content": "Hi", "type": "ai" }), "type", servers.clone()),
        ("message", json!({ "content": "Hi", "type": "god" }), "type", known.clone()),
        ("message", json!({ "content": "Hi", "type": "user", "metadata": 1 }), "metadata", string("number")),
        ("message", json!({ "content": "Hi", "type": "user", "metadata": "" }), "metadata", "is no scope".to_owned()),
        (
            "message",
            json!({ "content": "Hi", "type": "user", "metadata": "room:nowhere" }),
            "metadata",
            "is no scope".to_owned(),
        ),
        (
            "message",
            json!({ "content": "Hi", "type": "user", "metadata": "dm:ann" }),
            "metadata",
            "is no scope".to_owned(),
        ),
        ("status", json!({}), "status", "is missing".to_owned()),
        ("status", json!({ "status": true }), "status", string("boolean")),
        ("status", json!({ "status": "online" }), "status", servers.clone()),
        ("status", json!({ "status": "offline" }), "status", servers),
        ("status", json!({ "status": "asleep" }), "status", known),
        ("status", json!({ "status": "typing", "userId": BOB }), "userId", "is not your own id".to_owned()),
        ("status", json!({ "status": "typing", "metadata": "here" }), "metadata", "is no scope".to_owned()),
    ];
    for (kind, payload, field, issue) in cases {
        let text = message(kind, &payload).to_string();
        assert_eq!(field_and_issue(&text), (format!("payload.{field}"), issue), "{text}");
    }
}

#[test]
fn a_field_of_an_avatar_update_that_is_wrong_is_named() {
    let string = |kind| format!("must be of type string and is of type {kind}");
    let known = "is none of the known words".to_owned();
    let cases = [
        ("avatar_update", json!({}), "action", "is missing".to_owned()),
        ("avatar_update", json!({ "action": "fly" }), "action", known),
        ("avatar_update", json!({ "action": "idle", "avatarId": 1 }), "avatarId", string("number")),
        ("avatar_update", json!({ "action": "idle", "avatarId": BOB }), "avatarId", "is not your own id".to_owned()),
        ("avatar_update", json!({ "action": "idle" }), "avatarId", "is missing".to_owned()),
        ("avatar_update", json!({ "action": "idle", "avatarId": null }), "avatarId", "is missing".to_owned()),
        ("avatar_update", json!({ "action": "idle", "avatarId": ALICE, "metadata": [] }), "metadata", string("array")),
        (
            "avatar_update",
            json!({ "action": "idle", "avatarId": ALICE, "metadata": "\u{1b}[2J" }),
            "metadata",
            "holds a control character".to_owned(),
        ),
        (
            "avatar_update",
            json!({ "action": "idle", "avatarId": ALICE, "metadata": "x".repeat(501) }),
            "metadata",
            "has more than 500 characters".to_owned(),
        ),
    ];
    for (kind, payload, field, issue) in cases {
        let text = message(kind, &payload).to_string();
        assert_eq!(field_and_issue(&text), (format!("payload.{field}"), issue), "{text}");
    }
}

#[test]
fn what_is_just_within_the_limits_is_taken() {
    let longest = "ü".repeat(2_000);
    let said = asked(&message("message", &json!({ "content": format!(" {longest} "), "type": "user" })));
    assert_eq!(said, ChatRequest::Say { scope: Scope::Lobby, content: longest });
    let moved =
        asked(&message("avatar_update", &json!({ "action": "idle", "avatarId": ALICE, "metadata": "ü".repeat(500) })));
    assert!(matches!(moved, ChatRequest::Gesture { metadata: Some(_), .. }));
}

#[test]
fn a_word_that_is_not_allowed_is_answered_with_those_that_are() {
    let allowed = |kind, payload: Value| flaw(&message(kind, &payload).to_string())["allowed"].take();
    assert_eq!(allowed("status", json!({ "status": "online" })), json!(["typing"]));
    assert_eq!(allowed("message", json!({ "content": "Hi", "type": "ai" })), json!(["user"]));
    assert_eq!(allowed("avatar_update", json!({ "action": "fly" })), json!(["speaking", "idle", "thinking"]));
}
