//! `status`: who is there, and who writes.

use serde_json::json;

use super::{Chatter, message, of_type, open, typing};
use crate::support::{Speaker, TestServer};

#[tokio::test]
async fn the_first_connection_of_an_account_is_online_and_its_last_offline() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let bob = server.person("Bob").await;
    let id = bob.id().await;
    let mut state = Speaker::state(&bob, "kivy", None).await;
    let online = ann.chat.expect_status(&id, "online").await;
    assert_eq!(online["payload"], json!({ "status": "online", "userId": id, "username": "Bob" }));
    assert!(online["id"].as_str().unwrap().starts_with("status-"));
    let mut chat = open(&bob).await;
    chat.says("one", "lobby").await;
    state.next().await;
    drop(state);
    chat.says("two", "lobby").await;
    drop(chat);
    ann.chat.expect_status(&id, "offline").await;
    let told = of_type(&ann.chat.seen, "status").into_iter().filter(|status| status["payload"]["userId"] == *id);
    assert_eq!(told.count(), 2, "{:?}", ann.chat.seen);
    open(&bob).await.cut().await;
    ann.chat.expect_status(&id, "online").await;
    ann.chat.expect_status(&id, "offline").await;
}

#[tokio::test]
async fn a_newcomer_hears_who_is_there() {
    let server = TestServer::start();
    let mut ids: Vec<String> = Vec::new();
    let mut people = Vec::new();
    for name in ["Ann", "Bob", "Cem"] {
        let mut chatter = Chatter::join(&server, name).await;
        let rest = chatter.chat.rest().await;
        assert_eq!(of_type(&rest, "status").len(), ids.len() + 1, "the others and oneself: {rest:?}");
        ids.push(chatter.id.clone());
        people.push(chatter);
    }
    let gone = people.remove(0);
    drop(gone.chat);
    people[0].chat.expect_status(&gone.id, "offline").await;
    let mut dee = Chatter::join(&server, "Dee").await;
    let rest = dee.chat.rest().await;
    let mut there: Vec<&str> =
        of_type(&rest, "status").iter().map(|status| status["payload"]["userId"].as_str().unwrap()).collect();
    there.sort_unstable();
    let mut expected = [ids[1].as_str(), ids[2].as_str(), dee.id.as_str()];
    expected.sort_unstable();
    assert_eq!(there, expected, "everybody once, and nobody who has left: {rest:?}");
}

#[tokio::test]
async fn who_writes_is_told_once_and_it_fades_by_itself() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    bob.chat.rest().await;
    ann.chat.send(&json!({ "type": "status", "payload": { "status": "typing" } })).await;
    ann.chat.send(&json!({ "type": "status", "payload": { "status": "typing", "userId": ann.id } })).await;
    let from = bob.chat.seen.len();
    bob.chat.expect_status(&ann.id, "online").await;
    let told: Vec<&str> = of_type(&bob.chat.seen[from..], "status")
        .iter()
        .map(|status| status["payload"]["status"].as_str().unwrap())
        .collect();
    assert_eq!(told, ["typing", "online"]);
}

#[tokio::test]
async fn a_message_ends_the_writing_at_once_where_it_was_seen() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    let mut cem = Chatter::join(&server, "Cem").await;
    let scope = format!("dm:{}", bob.id);
    ann.chat.send(&typing(&scope)).await;
    assert_eq!(bob.chat.expect_status(&ann.id, "typing").await["payload"]["metadata"], scope);
    ann.chat.send(&message("done", "lobby")).await;
    assert_eq!(bob.chat.expect_status(&ann.id, "online").await["payload"]["metadata"], scope);
    bob.chat.expect_said("done").await;
    cem.chat.expect_said("done").await;
    assert!(cem.chat.seen.iter().all(|message| message["payload"]["status"] != "typing"), "{:?}", cem.chat.seen);
}

#[tokio::test]
async fn who_writes_somewhere_else_no_longer_writes_here() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    ann.chat.send(&typing("lobby")).await;
    bob.chat.expect_status(&ann.id, "typing").await;
    ann.chat.send(&typing(&format!("dm:{}", ann.id))).await;
    bob.chat.expect_status(&ann.id, "online").await;
}

#[tokio::test]
async fn who_leaves_the_table_while_writing_writes_there_no_longer() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    let room = ann.person.create(&json!({ "pace": "instant", "turnTimeoutSeconds": 600 })).await;
    bob.person.join(&room).await;
    ann.person.start(&room).await;
    bob.chat.send(&typing(&format!("room:{room}"))).await;
    ann.chat.expect_status(&bob.id, "typing").await;
    bob.person.press(&format!("/battles/{room}/forfeit")).await.expect(200);
    bob.chat.send(&message("gone", "lobby")).await;
    ann.chat.expect_status(&bob.id, "online").await;
    ann.chat.expect_said("gone").await;
}

#[tokio::test]
async fn only_the_server_says_online_and_nobody_speaks_for_another() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let bob = server.person("Bob").await.id().await;
    for status in ["online", "offline", "away", ""] {
        ann.chat.send_raw(&json!({ "type": "status", "payload": { "status": status } }).to_string()).await;
        ann.chat.invalid("payload.status").await;
    }
    ann.chat.send(&json!({ "type": "status", "payload": { "status": "typing", "userId": bob } })).await;
    ann.chat.invalid("payload.userId").await;
}
