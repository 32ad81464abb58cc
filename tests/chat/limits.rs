//! How much anybody may say.

use std::time::Instant;

use serde_json::{Value, json};

use super::{Chatter, open};
use crate::support::{Guest, TestServer};

fn is_told_in_full(details: &Value, limit: u64, interval: &str) {
    assert_eq!((&details["limit"], &details["interval"]), (&json!(limit), &json!(interval)), "{details}");
    assert!(details["resetTime"].as_str().is_some_and(|time| time.ends_with('Z')), "{details}");
    assert_eq!(details.as_object().map(serde_json::Map::len), Some(3), "{details}");
}

#[tokio::test]
async fn of_a_flood_the_burst_passes_and_the_rest_is_refused() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let began = Instant::now();
    for number in 0..40 {
        ann.chat.send_raw(&super::message(&format!("flood {number}"), "lobby").to_string()).await;
    }
    let mut passed = 0;
    for _ in 0..40 {
        let heard = ann.chat.next_of(&["message", "error"]).await;
        if heard["type"] == "message" {
            passed += 1;
        } else {
            assert_eq!(heard["payload"]["code"], "RATE_LIMIT");
            is_told_in_full(&heard["payload"]["details"], 10, "second");
        }
    }
    // Ten more come in with every second that the flood takes.
    let more = began.elapsed().as_millis() / 100 + 1;
    assert!((20..=20 + more).contains(&passed), "{passed} in {:?}", began.elapsed());
}

#[tokio::test]
async fn each_connection_has_a_burst_of_its_own() {
    let server = TestServer::unlimited(&["--chat-messages-per-second", "1", "--chat-burst", "2"]);
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut phone = open(&ann.person).await;
    for text in ["1", "2", "3"] {
        ann.chat.send(&super::message(text, "lobby")).await;
    }
    is_told_in_full(&ann.chat.refused("RATE_LIMIT").await, 1, "second");
    phone.says("4", "lobby").await;
}

#[tokio::test]
async fn the_minutes_limit_is_the_users_over_all_connections_and_all_contracts() {
    let server = TestServer::unlimited(&["--chat-messages-per-minute", "3"]);
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    let mut phone = open(&ann.person).await;
    ann.chat.says("one", "lobby").await;
    phone.says("two", "lobby").await;
    ann.chat.send(&json!({ "type": "avatar_update", "payload": { "avatarId": ann.id, "action": "idle" } })).await;
    ann.chat.expect("avatar_update").await;
    for chat in [&mut phone, &mut ann.chat] {
        for said in [super::message("more", "lobby"), super::typing("lobby")] {
            chat.send(&said).await;
            is_told_in_full(&chat.refused("RATE_LIMIT").await, 3, "minute");
        }
    }
    bob.chat.says("mine", "lobby").await;
    assert!(bob.chat.seen.iter().all(|message| message["payload"]["content"] != "more"));
}

#[tokio::test]
async fn what_a_guest_may_say_is_counted_by_the_seat_over_all_connections() {
    let server = TestServer::unlimited(&["--chat-messages-per-minute", "2"]);
    let ann = server.person("Ann").await;
    let room = ann.create(&json!({})).await;
    let mut gil = Guest::connect(server.port(), &room, "Gil").await;
    gil.join(&room).await;
    let mut hal = Guest::connect(server.port(), &room, "Hal").await;
    hal.join(&room).await;
    for _ in 0..2 {
        gil.act("chat", json!({ "message": "x" })).await;
        gil.expect("chat_message").await;
    }
    gil.act("chat", json!({ "message": "x" })).await;
    gil.refused("4001").await;
    hal.act("chat", json!({ "message": "y" })).await;
    hal.expect("chat_message").await;
    let mut again = gil.again().await;
    again.come_back(None).await;
    again.act("chat", json!({ "message": "x" })).await;
    again.refused("4001").await;
}
