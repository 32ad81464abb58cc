//! Every message is stored before it is delivered, and kept as long as the settings say.

use serde_json::{Value, json};
use store::{Location, NewMessage, Store};
use tempfile::TempDir;
use vocabulary::Timestamp;

use super::listener::{GENEROUS, Listener, direct, one_of_each, post, saying};
use crate::support::{PASSWORD, Person, Process, Request, Speaker, within};

async fn start(data: &TempDir, flags: &[&str]) -> Process {
    Process::start(data.path(), &[&GENEROUS[..], flags].concat()).await
}

async fn register(server: &Process, name: &str) -> Person {
    let account = json!({ "username": name, "password": PASSWORD });
    let answer = Request::new("POST", "/auth/register").json(&account).send(server.port).await;
    Person::new(server.port, &answer.expect(201))
}

/// Asks until so many are left.
async fn left(log: &mut Listener, count: usize) -> Vec<Value> {
    within("the sweep", async {
        loop {
            // The sweep may come between the count and the list.
            let history = log.history(json!({ "limit": 500 })).await;
            assert!(history["total_count"].as_u64().is_some_and(|total| total >= count as u64), "{history}");
            if history["total_count"] == count {
                return history["messages"].as_array().expect("a list").clone();
            }
        }
    })
    .await
}

#[tokio::test]
async fn what_a_subscriber_has_heard_is_there_after_a_kill() {
    let data = TempDir::new().unwrap();
    let server = start(&data, &[]).await;
    let ann = register(&server, "Ann").await;
    let id = ann.id().await;
    let mut log = Listener::of(&ann, &["user", "party", "dm"]).await;
    let mut heard = Vec::new();
    let mut chat = Speaker::chat(&ann).await;
    chat.send(&json!({ "type": "message", "payload": { "content": "said aloud", "type": "user" } })).await;
    heard.push(log.next().await);
    ann.create(&json!({})).await;
    heard.push(log.next().await);
    let whispered = json!({ "content": "whispered", "type": "user", "metadata": format!("dm:{id}") });
    chat.send(&json!({ "type": "message", "payload": whispered })).await;
    heard.push(log.next().await);
    let port = server.port;
    let posting = tokio::spawn(async move { post(port, &saying("the last words")).await });
    heard.push(log.next().await);
    server.killed().await;
    drop(posting);

    let server = start(&data, &[]).await;
    let mut log = Listener::of(&ann.moved_to(server.port), &["user"]).await;
    heard.reverse();
    let listed = log.listed(json!({})).await;
    let listed: Vec<&Value> = listed.iter().filter(|message| heard.contains(message)).collect();
    assert_eq!(listed, heard.iter().collect::<Vec<_>>());
    assert_eq!(log.found("\"last words\"").await.len(), 1);
    let mut nobody = Listener::at(server.port, "").await;
    assert_eq!(nobody.found("whispered").await, [Value::Null; 0], "it is as private as it was");
    server.stopped().await;
}

#[tokio::test]
async fn a_message_that_was_answered_with_201_is_there_after_a_kill() {
    let data = TempDir::new().unwrap();
    let server = start(&data, &[]).await;
    let mut stored = Vec::new();
    for number in 0..20 {
        stored.push(post(server.port, &saying(&format!("number {number}"))).await);
    }
    server.killed().await;
    let server = start(&data, &[]).await;
    stored.reverse();
    assert_eq!(Listener::at(server.port, "").await.listed(json!({})).await, stored);
    server.stopped().await;
}

#[tokio::test]
async fn only_the_newest_are_kept_when_there_are_too_many() {
    let data = TempDir::new().unwrap();
    let server = start(&data, &[]).await;
    let mut stored = Vec::new();
    for number in 0..120 {
        stored.push(post(server.port, &saying(&format!("number {number}"))).await);
    }
    server.stopped().await;
    // Of ten messages the share of what people say is four.
    let server = start(&data, &["--live-log-keep-messages=10"]).await;
    let mut log = Listener::at(server.port, "").await;
    stored.reverse();
    assert_eq!(left(&mut log, 4).await, stored[..4]);
    assert_eq!(log.found("number").await.len(), 4, "the others are not found any more");
    assert_eq!(log.found("\"number 5\"").await, [Value::Null; 0]);
    server.stopped().await;
}

#[tokio::test]
async fn a_flood_of_one_type_leaves_the_other_types_and_direct_messages_alone() {
    let data = TempDir::new().unwrap();
    let server = start(&data, &[]).await;
    let ann = register(&server, "Ann").await;
    let id = ann.id().await;
    let said = post(server.port, &saying("before the flood")).await;
    for number in 0..3 {
        post(server.port, &direct(&id, &id, &format!("letter {number}"))).await;
    }
    let [.., raid, party, _] = one_of_each(&id, &id);
    for _ in 0..60 {
        post(server.port, &raid).await;
        post(server.port, &party).await;
    }
    server.stopped().await;
    let flags = ["--live-log-keep-messages=20", "--live-log-keep-direct-messages=2"];
    let server = start(&data, &flags).await;
    let mut log = Listener::of(&ann.moved_to(server.port), &["user"]).await;
    // Raids and parties have 15 % each; the letters have a number of their own. Ann's arrival is a message too.
    let left = left(&mut log, 3 + 3 + 1 + 2 + 1).await;
    let of = |kind: &str| left.iter().filter(|message| message["type"] == kind).collect::<Vec<_>>();
    assert_eq!((of("raid").len(), of("party").len()), (3, 3));
    assert_eq!(of("user"), [&said]);
    let letters: Vec<&Value> = of("dm").into_iter().map(|letter| &letter["content"]).collect();
    assert_eq!(letters, ["letter 2", "letter 1"]);
    server.stopped().await;
}

#[tokio::test]
async fn messages_that_are_too_old_go() {
    let data = TempDir::new().unwrap();
    let server = start(&data, &[]).await;
    let young = post(server.port, &saying("young")).await;
    let id = "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10";
    post(server.port, &direct(id, id, "young and private")).await;
    server.stopped().await;
    let store = Store::open(&Location::Sqlite(data.path().join("liap-tui.db"))).await.unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let old = |number: i64| {
        let mut body = saying("old");
        (body["id"], body["timestamp"]) = (json!(format!("msg_{number}")), json!("2025-12-03T12:00:00.000Z"));
        (body["user_avatar"], body["user_badge"], body["metadata"]) = (Value::Null, Value::Null, json!({}));
        NewMessage {
            id: format!("msg_{number}"),
            kind: 0,
            at: Timestamp::from_millis(i64::try_from(now).unwrap() - 25 * 60 * 60 * 1_000 + number),
            users: Vec::new(),
            channel: String::new(),
            names: String::new(),
            content: "old".to_owned(),
            audience: Vec::new(),
            body: body.to_string(),
        }
    };
    store.store_messages(&(0..5).map(old).collect::<Vec<_>>()).await.unwrap();
    store.close().await;
    let server = start(&data, &["--live-log-keep-days=1"]).await;
    let mut log = Listener::at(server.port, "").await;
    assert_eq!(left(&mut log, 1).await, [young]);
    assert_eq!(log.found("old").await, [Value::Null; 0]);
    server.stopped().await;
}
