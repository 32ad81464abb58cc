//! How often one may connect, how long one may be silent, and how it all ends.

use serde_json::json;
use tempfile::TempDir;

use super::{Chatter, open};
use crate::support::{PASSWORD, Person, Process, Request, Speaker, TestServer};

/// Connects once too often.
async fn one_more_is_refused(person: &Person, limit: u64) {
    let mut chat = Speaker::chat(person).await;
    let details = chat.refused("RATE_LIMIT").await;
    assert_eq!((&details["limit"], &details["interval"]), (&json!(limit), &json!("minute")), "{details}");
    assert!(details["resetTime"].as_str().is_some_and(|time| time.ends_with('Z')), "{details}");
    assert_eq!(chat.end().await, (1008, "too many attempts".to_owned()));
    assert_eq!(chat.seen.len(), 1, "{:?}", chat.seen);
}

#[tokio::test]
async fn after_five_reconnections_in_a_minute_the_next_is_refused_with_1008() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    for _ in 0..6 {
        open(&ann).await.close().await;
    }
    one_more_is_refused(&ann, 5).await;
    open(&bob).await;
}

#[tokio::test]
async fn how_often_one_may_come_back_is_a_setting_and_those_who_are_there_stay() {
    let server = TestServer::unlimited(&["--chat-reconnections-per-minute", "1"]);
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut phone = open(&ann.person).await;
    one_more_is_refused(&ann.person, 1).await;
    ann.chat.says("still here", "lobby").await;
    phone.expect_said("still here").await;
    Speaker::state(&ann.person, "kivy", None).await.expect("connection_status").await;
}

#[tokio::test]
async fn who_answers_no_ping_is_closed_and_who_does_stays() {
    let server = TestServer::unlimited(&["--chat-heartbeat-seconds", "1", "--chat-pong-seconds", "1"]);
    let mut bob = Chatter::join(&server, "Bob").await;
    // The library answers pings only while somebody reads.
    let silent = Chatter::join(&server, "Ann").await;
    bob.chat.expect_status(&silent.id, "offline").await;
    bob.chat.says("still here", "lobby").await;
}

#[tokio::test]
async fn a_server_that_stops_says_so_and_closes_with_1001() {
    let data = TempDir::new().unwrap();
    let process = Process::start(data.path(), &[]).await;
    let body = json!({ "username": "Ann", "password": PASSWORD });
    let tokens = Request::new("POST", "/auth/register").json(&body).send(process.port).await.expect(201);
    let mut chat = open(&Person::new(process.port, &tokens)).await;
    let stopping = tokio::spawn(process.stopped());
    let system = chat.expect("system").await;
    assert_eq!((&system["payload"]["event"], &system["payload"]["duration"]), (&json!("shutdown"), &json!(0)));
    assert_eq!(system["payload"]["scheduledTime"], system["timestamp"]);
    assert_eq!(chat.end().await, (1001, "server stopping".to_owned()));
    stopping.await.unwrap();
}
