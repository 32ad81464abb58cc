//! Connections that go and come: what the others hear, and what was missed.

use serde_json::{Value, json};

use crate::support::{Attendant, Four, Person, TestServer};

fn told(messages: &[Value]) -> Vec<(u64, Value)> {
    let numbered = messages.iter().filter_map(|message| Some((message["data"]["sequence"].as_u64()?, message.clone())));
    numbered.collect()
}

async fn here(person: &Person, battle: &str, event: &str) -> (Attendant, Value) {
    let mut connection = person.attend(battle).await;
    let mut first = connection.next().await;
    assert_eq!(first["event"], event, "{first}");
    let data = first["data"].take();
    (connection, data)
}

#[tokio::test]
async fn the_others_hear_who_comes_and_goes() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let id = ann.create(&json!({})).await;
    let (mut watching, _) = here(&ann, &id, "connect").await;
    bob.join(&id).await;
    let player = json!({ "id": bob.id().await, "name": "Bob", "seat": 1, "isBot": false });
    let joined = watching.expect_that("connect", |data| data["reason"] == "joined").await;
    assert_eq!(joined["player"], player);
    assert!(joined["sequence"].is_u64());
    let (mut connection, _) = here(&bob, &id, "connect").await;
    let connected = watching.expect_that("connect", |data| data["reason"] == "connected").await;
    assert_eq!((&connected["player"], connected.get("sequence")), (&player, None));
    assert_eq!(bob.battle(&id).await["players"][1]["connected"], true);
    connection.cut().await;
    let gone = watching.expect("disconnect").await;
    assert_eq!((&gone["playerId"], &gone["reason"]), (&player["id"], &json!("connection lost")));
    assert_eq!(bob.battle(&id).await["players"][1]["connected"], false);
    bob.press(&format!("/battles/{id}/leave")).await.expect(200);
    let left = watching.expect("disconnect").await;
    assert_eq!((&left["reason"], &left["hostName"]), (&json!("left"), &json!("Ann")));
}

#[tokio::test]
async fn who_comes_back_is_told_in_order_what_was_missed() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    four.reach("DECLARATION").await;
    let (mut bob, _) = here(&four.people[1], &four.battle, "connect").await;
    let (mut cem, _) = here(&four.people[2], &four.battle, "connect").await;
    bob.cut().await;
    cem.expect_that("disconnect", |data| data["playerId"] == four.ids[1]).await;
    four.reach("TURN").await;
    cem.state().await;
    let (mut again, back) = here(&four.people[1], &four.battle, "reconnect").await;
    assert_eq!((&back["playerId"], &back["seat"], &back["truncated"]), (&json!(four.ids[1]), &json!(1), &json!(false)));
    assert_eq!(back["state"]["status"], "TURN");
    assert_eq!(back["state"]["hand"].as_array().map(Vec::len), Some(8));
    again.state().await;
    cem.expect_that("reconnect", |data| data["player"]["id"] == four.ids[1]).await;
    let missed = told(&again.seen);
    assert!(missed.len() >= 8 && back["missedEvents"].as_u64().is_some_and(|missed| missed >= 8), "{back}");
    let public = |messages: &[Value]| -> Vec<Value> {
        let others = told(messages).into_iter().filter(|(_, message)| message["data"].get("hand").is_none());
        others.map(|(_, message)| message).collect()
    };
    let (of_bob, of_cem) = (public(&again.seen), public(&cem.seen));
    let declared = |events: &[Value]| -> Vec<Value> {
        events
            .iter()
            .filter(|event| event["event"] == "game:action")
            .map(|event| event["data"]["action"].clone())
            .collect()
    };
    assert_eq!(declared(&of_bob).len(), 4);
    assert_eq!(declared(&of_bob), declared(&of_cem));
}

#[tokio::test]
async fn what_was_sent_into_a_dead_connection_is_sent_again() {
    let server = TestServer::unlimited(&["--battles-heartbeat-seconds", "1", "--battles-pong-seconds", "600"]);
    let four = Four::playing(&server).await;
    four.reach("DECLARATION").await;
    let (mut cem, _) = here(&four.people[2], &four.battle, "connect").await;
    let (mut bob, _) = here(&four.people[1], &four.battle, "connect").await;
    // Two pings: the first may have been sent before Bob sat down.
    bob.answer_pings(2).await;
    let dead = bob.into_socket();
    cem.expect_that("connect", |data| data["player"]["id"] == four.ids[1]).await;
    let before = cem.seen.len();
    four.reach("TURN").await;
    cem.state().await;
    // The server does not know yet that the connection is dead.
    let (mut again, back) = here(&four.people[1], &four.battle, "reconnect").await;
    again.state().await;
    let actions = |events: &[Value]| -> Vec<Value> {
        let told = told(events).into_iter().filter(|(_, event)| event["event"] == "game:action");
        told.map(|(_, event)| event["data"]["action"].clone()).collect()
    };
    assert_eq!(actions(&again.seen), actions(&cem.seen[before..]), "{back}");
    drop(dead);
}

#[tokio::test]
async fn a_newer_connection_of_the_account_takes_the_seat() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({})).await;
    let (mut older, _) = here(&ann, &id, "connect").await;
    let (mut newer, _) = here(&ann, &id, "connect").await;
    let last = older.expect_that("disconnect", |data| data["code"].is_u64()).await;
    assert_eq!((&last["code"], &last["reason"]), (&json!(1000), &json!("replaced")));
    assert_eq!(older.closed().await, (1000, "replaced".to_owned()));
    newer.act(&json!({ "type": "start" })).await;
    newer.expect("game:start").await;
    assert_eq!(ann.battle(&id).await["players"][0]["connected"], true);
}

#[tokio::test]
async fn a_bot_stands_in_for_a_lost_connection_until_the_player_is_back() {
    let server = TestServer::unlimited(&["--disconnect-grace-seconds", "0"]);
    let four = Four::playing(&server).await;
    let (mut bob, _) = here(&four.people[1], &four.battle, "connect").await;
    let (mut cem, _) = here(&four.people[2], &four.battle, "connect").await;
    bob.cut().await;
    let ready = cem.expect("ai:ready").await;
    assert_eq!((&ready["playerId"], &ready["reason"]), (&json!(four.ids[1]), &json!("disconnected")));
    here(&four.people[1], &four.battle, "reconnect").await;
    let back = cem.expect("reconnect").await;
    assert_eq!(back["player"]["id"], four.ids[1]);
}
