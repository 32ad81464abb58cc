//! `message` to everybody.

use serde_json::{Value, json};

use super::{Chatter, of_type, open};
use crate::support::TestServer;

fn is_moment(text: &Value) -> bool {
    let shape = "0000-00-00T00:00:00.000Z".bytes();
    let text = text.as_str().unwrap().bytes();
    text.len() == shape.len()
        && text.zip(shape).all(|(sign, like)| sign == like || (like == b'0' && sign.is_ascii_digit()))
}

#[tokio::test]
async fn everybody_hears_what_is_said_with_the_servers_id_and_time() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    let mut phone = open(&bob.person).await;
    let said = json!({
        "type": "message", "payload": { "content": "  Hello, Liap!\n", "type": "user" },
        "timestamp": "1999-01-01T00:00:00Z", "id": "msg-123"
    });
    ann.chat.send(&said).await;
    let heard = ann.chat.expect("message").await;
    assert_eq!(
        heard["payload"],
        json!({ "content": "Hello, Liap!", "type": "user", "userId": ann.id, "username": "Ann" })
    );
    let id = heard["id"].as_str().unwrap();
    assert!(id.starts_with("msg-") && id != "msg-123", "{id}");
    assert!(is_moment(&heard["timestamp"]) && !heard["timestamp"].as_str().unwrap().starts_with("1999"), "{heard}");
    assert_eq!(bob.chat.expect("message").await, heard, "one message, the same for all");
    assert_eq!(phone.expect("message").await, heard);
}

#[tokio::test]
async fn messages_have_ids_of_their_own_and_come_in_the_same_order_to_everybody() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    for number in 0..8 {
        ann.chat.send(&super::message(&format!("a{number}"), "lobby")).await;
        bob.chat.send(&super::message(&format!("b{number}"), "lobby")).await;
    }
    let mut heard = Vec::new();
    for chat in [&mut ann.chat, &mut bob.chat] {
        let mut messages = Vec::new();
        while messages.len() < 16 {
            messages.push(chat.expect("message").await);
        }
        heard.push(messages);
    }
    assert_eq!(heard[0], heard[1]);
    let mut ids: Vec<&str> = heard[0].iter().map(|message| message["id"].as_str().unwrap()).collect();
    ids.dedup();
    assert!(ids.len() == 16 && ids.is_sorted(), "ids sort by time: {ids:?}");
}

#[tokio::test]
async fn the_lobby_may_be_named_and_a_name_is_the_one_that_the_account_shows() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    assert_eq!(ann.chat.says("one", "lobby").await["payload"].get("metadata"), None);
    ann.chat
        .send(&json!({ "type": "message", "payload": { "content": "two", "metadata": null, "type": "user" } }))
        .await;
    assert_eq!(ann.chat.expect_said("two").await["payload"]["username"], "Ann");
}

#[tokio::test]
async fn a_message_has_1_to_2000_characters_and_no_control_characters() {
    let server = TestServer::unlimited(&["--chat-messages-per-second", "1000"]);
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    for bad in ["", "   ", "\n\t\r\n", &"x".repeat(2_001), "a\u{0}b", "\u{1b}[2J", "a\u{85}b", "a\u{7f}b"] {
        ann.chat.send_raw(&super::message(bad, "lobby").to_string()).await;
        ann.chat.invalid("payload.content").await;
    }
    let longest = "\u{1f004}".repeat(2_000);
    for good in [longest.as_str(), "x", "two\nlines\tand a tab", "<script>alert(1)</script>", "\\u0000 \"quoted\""] {
        ann.chat.says(good, "lobby").await;
        bob.chat.expect_said(good).await;
    }
    ann.chat.send_raw(&super::message(&format!("  {longest} \n"), "lobby").to_string()).await;
    ann.chat.expect_said(&longest).await;
    bob.chat.expect_said(&longest).await;
    assert_eq!(of_type(&bob.chat.seen, "message").len(), 6, "nothing of what was refused");
}
