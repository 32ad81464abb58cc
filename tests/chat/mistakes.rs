//! What is refused, under which code; the connection stays open and nothing has changed.

use serde_json::json;

use super::{Chatter, of_type};
use crate::support::TestServer;

#[tokio::test]
async fn an_invalid_message_is_refused_and_the_connection_stays_open() {
    let server = TestServer::unlimited(&["--chat-messages-per-second", "1000"]);
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    for text in ["", "hello", "[]", "7", "null", "{", "\"message\"", "{\"type\":\"message\",}"] {
        ann.chat.send_raw(text).await;
        ann.chat.refused("INVALID_MESSAGE").await;
    }
    let deep = format!("{}{}", "{\"type\":".repeat(200), "}".repeat(200));
    ann.chat.send_raw(&deep).await;
    ann.chat.refused("INVALID_MESSAGE").await;
    let flawed = [
        (json!({}), "type"),
        (json!({ "type": null }), "type"),
        (json!({ "type": 7 }), "type"),
        (json!({ "type": "MESSAGE" }), "type"),
        (json!({ "type": "connection" }), "type"),
        (json!({ "type": "broadcast", "payload": { "message": "x", "severity": "info" } }), "type"),
        (json!({ "type": "system", "payload": { "event": "shutdown" } }), "type"),
        (json!({ "type": "message" }), "payload"),
        (json!({ "type": "message", "payload": null }), "payload"),
        (json!({ "type": "message", "payload": "x" }), "payload"),
        (json!({ "type": "message", "payload": [] }), "payload"),
        (json!({ "type": "message", "payload": {} }), "payload.content"),
        (json!({ "type": "message", "payload": { "content": null, "type": "user" } }), "payload.content"),
        (json!({ "type": "message", "payload": { "content": 7, "type": "user" } }), "payload.content"),
        (json!({ "type": "message", "payload": { "content": "x", "type": 7 } }), "payload.type"),
        (json!({ "type": "message", "payload": { "content": "x" } }), "payload.type"),
        (json!({ "type": "message", "payload": { "content": "x", "type": null } }), "payload.type"),
        (
            json!({ "type": "message", "payload": { "content": "x", "type": "user", "metadata": 7 } }),
            "payload.metadata",
        ),
        (json!({ "type": "message", "payload": { "content": "x", "type": "user" }, "timestamp": 7 }), "timestamp"),
        (json!({ "type": "message", "payload": { "content": "x", "type": "user" }, "id": {} }), "id"),
        (json!({ "type": "status", "payload": {} }), "payload.status"),
        (json!({ "type": "status", "payload": { "status": [] } }), "payload.status"),
    ];
    for (message, field) in flawed {
        ann.chat.send_raw(&message.to_string()).await;
        ann.chat.invalid(field).await;
    }
    ann.chat.send_binary(b"{\"type\":\"message\",\"payload\":{\"content\":\"x\"}}").await;
    ann.chat.refused("INVALID_MESSAGE").await;
    ann.chat.says("still here", "lobby").await;
    bob.chat.expect_said("still here").await;
    assert_eq!(of_type(&bob.chat.seen, "message").len(), 1, "{:?}", bob.chat.seen);
}

#[tokio::test]
async fn only_bots_say_what_an_ai_says() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    for kind in ["ai", "system", ""] {
        let payload = json!({ "content": "I am a bot", "type": kind });
        ann.chat.send_raw(&json!({ "type": "message", "payload": payload }).to_string()).await;
        ann.chat.invalid("payload.type").await;
    }
}

#[tokio::test]
async fn nobody_gives_themself_another_name_or_id() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let payload =
        json!({ "content": "x", "type": "user", "userId": "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10", "username": "Root" });
    ann.chat.send_raw(&json!({ "type": "message", "payload": payload }).to_string()).await;
    let heard = ann.chat.expect_said("x").await;
    assert_eq!((&heard["payload"]["userId"], &heard["payload"]["username"]), (&json!(ann.id), &json!("Ann")));
}

#[tokio::test]
async fn a_message_beyond_the_largest_closes_the_connection_with_1009() {
    let server = TestServer::unlimited(&["--chat-max-message-bytes", "1024"]);
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    ann.chat.says(&"x".repeat(900), "lobby").await;
    ann.chat.send_raw(&super::message(&"y".repeat(1_024), "lobby").to_string()).await;
    ann.chat.refused("INVALID_MESSAGE").await;
    assert_eq!(ann.chat.end().await, (1009, "message too big".to_owned()));
    bob.chat.expect_status(&ann.id, "offline").await;
}

#[tokio::test]
async fn u_0000_in_any_text_is_an_invalid_message_and_nothing_is_said() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    for (message, field) in [
        (json!({ "type": "message", "payload": { "content": "a\0b" } }), "payload.content"),
        (json!({ "type": "message", "payload": { "content": "a", "metadata": "room:\0" } }), "payload.metadata"),
        (json!({ "type": "message", "payload": { "content": "a" }, "more": ["\0"] }), "more.0"),
    ] {
        ann.chat.send_raw(&message.to_string()).await;
        ann.chat.invalid(field).await;
    }
}
