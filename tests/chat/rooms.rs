//! `message` at a table, and who hears it.

use serde_json::json;

use super::{Chatter, of_type, typing};
use crate::support::{Guest, TestServer};

#[tokio::test]
async fn those_with_a_seat_hear_what_is_said_at_their_table_and_nobody_else() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    let mut cem = Chatter::join(&server, "Cem").await;
    let room = ann.person.create(&json!({ "fillWithBots": false })).await;
    bob.person.join(&room).await;
    let mut guest = Guest::connect(server.port(), &room, "Gil").await;
    guest.join(&room).await;
    let mut watcher = Guest::connect(server.port(), &room, "Wim").await;
    let scope = format!("room:{room}");
    let heard = ann.chat.says("Good luck", &scope).await;
    assert_eq!(heard["payload"]["metadata"], scope);
    assert_eq!(bob.chat.expect_said("Good luck").await, heard);
    let at_table = guest.expect("chat_message").await;
    assert_eq!((&at_table["data"]["player"], &at_table["data"]["message"]), (&json!("Ann"), &json!("Good luck")));
    assert_eq!((&at_table["data"]["is_bot"], at_table.get("sequence_number")), (&json!(false), None));
    assert_eq!(heard["id"], format!("msg-{}", at_table["data"]["message_id"].as_str().unwrap()));
    let rest = cem.chat.rest().await;
    assert!(of_type(&rest, "message").is_empty(), "{rest:?}");
    watcher.send("server_time", json!({})).await;
    assert_eq!(watcher.next().await["event"], "server_time", "who has no seat hears nothing");
}

#[tokio::test]
async fn who_has_no_seat_there_is_refused_and_so_is_a_room_that_does_not_exist() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut cem = Chatter::join(&server, "Cem").await;
    let room = ann.person.create(&json!({})).await;
    for scope in [format!("room:{room}"), "room:ABCD2345".to_owned()] {
        let gesture =
            json!({ "type": "avatar_update", "payload": { "avatarId": cem.id, "action": "idle", "metadata": scope } });
        for said in [super::message("let me in", &scope), typing(&scope), gesture] {
            cem.chat.send(&said).await;
            assert_eq!(cem.chat.invalid("payload.metadata").await["scope"], scope);
        }
    }
    for wrong in ["room:", "room:short", "room:ABCD23450", "somewhere", "", "lobby "] {
        cem.chat.send_raw(&super::message("x", wrong).to_string()).await;
        cem.chat.invalid("payload.metadata").await;
    }
    let rest = ann.chat.rest().await;
    assert!(of_type(&rest, "message").is_empty() && of_type(&rest, "avatar_update").is_empty(), "{rest:?}");
}

#[tokio::test]
async fn who_gives_the_seat_up_hears_and_says_nothing_there_any_more() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    let room = ann.person.create(&json!({ "pace": "instant", "turnTimeoutSeconds": 600 })).await;
    bob.person.join(&room).await;
    ann.person.start(&room).await;
    bob.chat.says("I am off", &format!("room:{room}")).await;
    bob.person.press(&format!("/battles/{room}/forfeit")).await.expect(200);
    bob.chat.send(&super::message("still here?", &format!("room:{room}"))).await;
    bob.chat.invalid("payload.metadata").await;
    ann.chat.says("he is gone", &format!("room:{room}")).await;
    let rest = bob.chat.rest().await;
    assert!(rest.iter().all(|message| message["payload"]["content"] != "he is gone"), "{rest:?}");
}

#[tokio::test]
async fn what_a_guest_says_at_the_table_reaches_the_chats_of_the_accounts_there() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut cem = Chatter::join(&server, "Cem").await;
    let room = ann.person.create(&json!({})).await;
    let mut guest = Guest::connect(server.port(), &room, "Gil").await;
    guest.join(&room).await;
    guest.act("chat", json!({ "message": "hello, Ann" })).await;
    let own = guest.expect("chat_message").await;
    let heard = ann.chat.expect_said("hello, Ann").await;
    let payload = json!({
        "content": "hello, Ann", "type": "user", "metadata": format!("room:{room}"),
        "userId": format!("guest-{room}-1"), "username": "Gil"
    });
    assert_eq!(heard["payload"], payload);
    assert_eq!(heard["id"], format!("msg-{}", own["data"]["message_id"].as_str().unwrap()));
    let rest = cem.chat.rest().await;
    assert!(of_type(&rest, "message").is_empty(), "{rest:?}");
}
