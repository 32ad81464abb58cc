//! What only some may see: direct messages, and what happens in private rooms.

use serde_json::{Value, json};

use super::{
    listener::{Listener, direct, play_out, post, saying, serve},
    people::say,
};
use crate::support::Speaker;

const ALL: [&str; 6] = ["user", "system", "dm", "raid", "party", "guild"];
const KEY_IN_ADDRESS: &str = "?api_key=the%20key%20of%20a%20service";

/// All questions that could show such a message to somebody who must not see it.
async fn sees_nothing(log: &mut Listener, word: &str, accounts: &[&str]) {
    assert!(!json!(log.seen).to_string().contains(word), "{:?}", log.seen);
    let mut filters = vec![json!({}), json!({ "date_from": "2025-01-01T00:00:00Z" })];
    filters.extend(ALL.map(|kind| json!({ "type": kind })));
    filters.extend(accounts.iter().map(|account| json!({ "user_id": account })));
    for filter in filters {
        let messages = log.listed(filter.clone()).await;
        assert!(!json!(messages).to_string().contains(word), "{filter}: {messages:?}");
        for query in [word, &format!("{word}*"), &format!("\"{word}\""), &format!("nobody OR {word}")] {
            let found = log.search(query, filter.clone()).await;
            assert_eq!((&found["count"], &found["results"]), (&json!(0), &json!([])), "{filter}");
        }
    }
}

#[tokio::test]
async fn a_direct_message_is_read_if_the_other_is_in_the_chat_else_unread() {
    let server = serve(&["--live-log-auth=on"]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let (scope, mut of_ann) = (format!("dm:{}", bob.id().await), Listener::of(&ann, &["dm"]).await);
    let mut chat = Speaker::chat(&ann).await;
    say(&mut chat, "are you there?", Some(&scope)).await;
    assert_eq!(of_ann.next().await["read"], false);
    let mut there = Speaker::chat(&bob).await;
    there.expect("connection").await;
    chat.expect_that("status", |status| status["payload"]["username"] == "Bob").await;
    say(&mut chat, "now you are", Some(&scope)).await;
    assert_eq!(of_ann.next().await["read"], true);
}

#[tokio::test]
async fn a_direct_message_reaches_and_is_found_by_its_two_accounts_alone() {
    let server = serve(&["--live-log-auth=on"]);
    let (ann, bob, eve) = (server.person("Ann").await, server.person("Bob").await, server.person("Eve").await);
    let (a, b) = (ann.id().await, bob.id().await);
    let (mut of_ann, mut of_bob) = (Listener::of(&ann, &["dm"]).await, Listener::of(&bob, &["dm"]).await);
    let mut of_eve = Listener::of(&eve, &ALL).await;
    let mut of_service = Listener::at(server.port(), KEY_IN_ADDRESS).await;
    of_service.subscribe(&ALL).await;

    let mut chat = Speaker::chat(&ann).await;
    say(&mut chat, "meet me at xyzzy", Some(&format!("dm:{b}"))).await;
    let sent = of_ann.next().await;
    let expected = json!({
        "type": "dm", "id": sent["id"], "timestamp": sent["timestamp"], "from_user_id": a, "from_username": "Ann",
        "to_user_id": b, "content": "meet me at xyzzy", "read": false,
    });
    assert_eq!(sent, expected);
    assert_eq!(of_bob.next().await, sent);
    for log in [&mut of_ann, &mut of_bob] {
        assert_eq!(log.listed(json!({ "type": "dm" })).await, std::slice::from_ref(&sent));
        assert_eq!(log.found("xyzzy").await, std::slice::from_ref(&sent));
    }
    // What comes after it on the same channel has come, so it would have, too.
    let e = eve.id().await;
    let marker = post(server.port(), &direct(&e, &e, "a note")).await;
    of_eve.expect_that("dm", |message| *message == marker).await;
    let marker = post(server.port(), &saying("for all")).await;
    of_service.expect_that("user", |message| *message == marker).await;
    sees_nothing(&mut of_eve, "xyzzy", &[&a, &b]).await;
    sees_nothing(&mut of_service, "xyzzy", &[&a, &b]).await;
}

#[tokio::test]
async fn nobody_in_particular_sees_no_direct_message() {
    let server = serve(&[]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let (a, b) = (ann.id().await, bob.id().await);
    let mut nobody = Listener::to(server.port(), &ALL).await;
    let mut of_bob = Listener::of(&bob, &["dm"]).await;
    let mut chat = Speaker::chat(&ann).await;
    say(&mut chat, "meet me at xyzzy", Some(&format!("dm:{b}"))).await;
    of_bob.next().await;
    say(&mut chat, "hello everybody", None).await;
    nobody.expect("user").await;
    sees_nothing(&mut nobody, "xyzzy", &[&a, &b]).await;
    assert_eq!(nobody.listed(json!({ "type": "dm" })).await, [Value::Null; 0]);
}

#[tokio::test]
async fn what_is_said_in_a_room_is_for_those_who_sit_there() {
    let server = serve(&[]);
    let (ann, bob, eve) = (server.person("Ann").await, server.person("Bob").await, server.person("Eve").await);
    let battle = ann.create(&json!({ "name": "open to all" })).await;
    bob.join(&battle).await;
    let mut of_bob = Listener::of(&bob, &["user"]).await;
    let (mut of_eve, mut nobody) = (Listener::of(&eve, &ALL).await, Listener::to(server.port(), &ALL).await);
    let mut chat = Speaker::chat(&ann).await;
    let room = format!("room:{battle}");
    say(&mut chat, "my plan is xyzzy", Some(&room)).await;
    let said = of_bob.next().await;
    assert_eq!((&said["content"], &said["metadata"]["channel"]), (&json!("my plan is xyzzy"), &json!(room)));
    assert_eq!(of_bob.listed(json!({ "channel": room })).await, std::slice::from_ref(&said));
    say(&mut chat, "hello everybody", None).await;
    for log in [&mut of_eve, &mut nobody] {
        log.expect("user").await;
        assert_eq!(log.listed(json!({ "channel": room })).await, [Value::Null; 0]);
        sees_nothing(log, "xyzzy", &[&ann.id().await]).await;
    }
}

#[tokio::test]
async fn who_sits_down_later_does_not_see_what_was_said_before() {
    let server = serve(&[]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let battle = ann.create(&json!({})).await;
    let mut of_ann = Listener::of(&ann, &["user"]).await;
    let mut chat = Speaker::chat(&ann).await;
    say(&mut chat, "alone with xyzzy", Some(&format!("room:{battle}"))).await;
    of_ann.next().await;
    bob.join(&battle).await;
    let mut of_bob = Listener::of(&bob, &ALL).await;
    sees_nothing(&mut of_bob, "xyzzy", &[&ann.id().await]).await;
}

#[tokio::test]
async fn who_has_given_a_game_up_neither_hears_nor_says_anything_at_its_table() {
    let server = serve(&[]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let battle = ann.create(&json!({ "turnTimeoutSeconds": 600 })).await;
    bob.join(&battle).await;
    ann.start(&battle).await;
    bob.press(&format!("/battles/{battle}/forfeit")).await.expect(200);
    let (mut of_ann, mut of_bob) = (Listener::of(&ann, &["user"]).await, Listener::of(&bob, &["user"]).await);
    let (mut chat, mut other) = (Speaker::chat(&ann).await, Speaker::chat(&bob).await);
    let room = format!("room:{battle}");
    say(&mut chat, "now that he is gone: xyzzy", Some(&room)).await;
    of_ann.expect_that("user", |message| message["content"] == "now that he is gone: xyzzy").await;
    let words = json!({ "content": "I heard that", "type": "user", "metadata": room });
    other.send(&json!({ "type": "message", "payload": words })).await;
    other.expect("error").await;
    say(&mut other, "hello everybody", None).await;
    of_bob.expect_that("user", |message| message["content"] == "hello everybody").await;
    sees_nothing(&mut of_bob, "xyzzy", &[&ann.id().await]).await;
    assert!(!json!(other.seen).to_string().contains("xyzzy"), "{:?}", other.seen);
}

#[tokio::test]
async fn the_last_who_leaves_a_private_room_sees_its_end_and_nobody_else_does() {
    let server = serve(&[]);
    let (ann, eve) = (server.person("Ann").await, server.person("Eve").await);
    let (mut of_ann, mut of_eve) = (Listener::of(&ann, &["party"]).await, Listener::of(&eve, &["party"]).await);
    let battle = ann.create(&json!({ "name": "xyzzy", "isPublic": false })).await;
    ann.press(&format!("/battles/{battle}/leave")).await.expect(200);
    for event in ["member_joined", "member_left", "disbanded"] {
        assert_eq!(of_ann.next().await["event"], event);
    }
    let open = eve.create(&json!({})).await;
    assert_eq!(of_eve.next().await["party_id"], open);
    sees_nothing(&mut of_eve, &battle, &[&ann.id().await]).await;
}

#[tokio::test]
async fn a_private_room_is_a_party_and_a_raid_for_its_people_alone() {
    let server = serve(&[]);
    let (ann, eve) = (server.person("Ann").await, server.person("Eve").await);
    let mut of_ann = Listener::of(&ann, &["party", "raid", "system"]).await;
    let mut of_eve = Listener::of(&eve, &ALL).await;
    let mut nobody = Listener::to(server.port(), &ALL).await;
    let wanted = json!({ "name": "xyzzy", "isPublic": false, "pace": "instant", "rules": { "maxRounds": 1 } });
    let battle = ann.create(&wanted).await;
    of_ann.expect_that("party", |message| message["party_id"] == battle).await;
    ann.start(&battle).await;
    play_out(&ann, &battle).await;
    of_ann.expect_that("system", |message| message["event"] == "raid_started").await;
    of_ann.expect_that("raid", |message| ["victory", "wipe"].iter().any(|status| message["status"] == *status)).await;
    let raid = of_ann.listed(json!({ "type": "raid" })).await;
    assert!(raid.iter().all(|message| message["raid_name"] == "xyzzy") && raid.len() >= 3, "{raid:?}");

    let open = eve.create(&json!({ "name": "open" })).await;
    for log in [&mut of_eve, &mut nobody] {
        log.expect_that("party", |message| message["party_id"] == open).await;
        assert!(!json!(log.seen).to_string().contains(&battle), "{:?}", log.seen);
        sees_nothing(log, "xyzzy", &[]).await;
        sees_nothing(log, &battle, &[&ann.id().await]).await;
    }
}

#[tokio::test]
async fn no_hand_is_ever_in_the_log() {
    let server = serve(&[]);
    let ann = server.person("Ann").await;
    let mut log = Listener::of(&ann, &ALL).await;
    let battle = ann.create(&json!({ "pace": "instant", "rules": { "maxRounds": 2 } })).await;
    ann.start(&battle).await;
    play_out(&ann, &battle).await;
    let over = |message: &Value| ["victory", "wipe"].iter().any(|status| message["status"] == *status);
    log.expect_that("raid", over).await;
    let all = json!(log.listed(json!({})).await).to_string();
    for word in ["hand", "piece", "p12", "deck"] {
        assert!(!all.contains(&format!("\"{word}")), "{word} is in {all}");
    }
}
