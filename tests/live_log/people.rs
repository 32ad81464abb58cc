//! What people do: they say things, come and go, and rise.

use serde_json::{Value, json};

use super::listener::{Listener, play_out, serve};
use crate::support::{PASSWORD, Person, Speaker};

/// Says something in the chat and waits until it has come back.
pub(super) async fn say(chat: &mut Speaker, content: &str, scope: Option<&str>) {
    let mut payload = json!({ "content": content, "type": "user" });
    if let Some(scope) = scope {
        payload["metadata"] = json!(scope);
    }
    chat.send(&json!({ "type": "message", "payload": payload })).await;
    chat.expect_that("message", |message| message["payload"]["content"] == content).await;
}

#[tokio::test]
async fn what_is_said_in_the_lobby_is_a_user_message_with_who_and_where() {
    let server = serve(&[]);
    let ann = server.person("Ann").await;
    let picture = "https://a.example/ann.png";
    ann.patch(&json!({ "avatarUrl": picture })).await.expect(200);
    let mut log = Listener::to(server.port(), &["user"]).await;
    let mut chat = Speaker::chat(&ann).await;
    say(&mut chat, "good luck", None).await;
    let said = log.next().await;
    let expected = json!({
        "type": "user", "id": said["id"], "timestamp": said["timestamp"], "user_id": ann.id().await, "username": "Ann",
        "user_avatar": picture, "user_badge": "member", "content": "good luck",
        "metadata": { "server": "main", "channel": "lobby", "level": 1 },
    });
    assert_eq!(said, expected);
    let listed = log.listed(json!({ "channel": "lobby", "user_id": ann.id().await })).await;
    assert_eq!(listed, std::slice::from_ref(&said));
    assert_eq!(log.found("\"good luck\" ann").await, [said]);
}

#[tokio::test]
async fn an_operator_has_the_badge_admin() {
    let server = serve(&["--admin-username=Root", "--admin-password", PASSWORD]);
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    let mut log = Listener::to(server.port(), &["user"]).await;
    say(&mut Speaker::chat(&root).await, "welcome", None).await;
    assert_eq!(log.next().await["user_badge"], "admin");
}

#[tokio::test]
async fn who_comes_and_goes_is_told_with_how_many_are_online() {
    let server = serve(&[]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let mut log = Listener::to(server.port(), &["system"]).await;
    let mut of_ann = Speaker::chat(&ann).await;
    let joined = log.next().await;
    let expected = json!({
        "type": "system", "id": joined["id"], "timestamp": joined["timestamp"], "event": "user_joined",
        "severity": "info", "data": { "user_id": ann.id().await, "username": "Ann", "count_online": 1 },
    });
    assert_eq!(joined, expected);
    let mut of_bob = Speaker::state(&bob, "player", None).await;
    let joined = log.next().await;
    assert_eq!((&joined["data"]["username"], &joined["data"]["count_online"]), (&json!("Bob"), &json!(2)));
    of_ann.close().await;
    let left = log.next().await;
    assert_eq!((&left["event"], &left["data"]["username"]), (&json!("user_left"), &json!("Ann")));
    assert_eq!(left["data"]["count_online"], 1);
    of_bob.cut().await;
    let left = log.next().await;
    assert_eq!((&left["data"]["username"], &left["data"]["count_online"]), (&json!("Bob"), &json!(0)));
    assert_eq!(log.listed(json!({ "user_id": ann.id().await })).await.len(), 2);
}

#[tokio::test]
async fn a_second_connection_is_no_second_person() {
    let server = serve(&[]);
    let ann = server.person("Ann").await;
    let mut log = Listener::to(server.port(), &["system"]).await;
    let mut first = Speaker::chat(&ann).await;
    log.next().await;
    let mut second = Listener::of(&ann, &["user"]).await;
    first.cut().await;
    second.cut().await;
    let left = log.next().await;
    assert_eq!((&left["event"], &left["data"]["count_online"]), (&json!("user_left"), &json!(0)));
}

#[tokio::test]
async fn a_rated_game_that_lifts_somebody_by_100_points_tells_of_their_level() {
    let server = serve(&[]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let mut log = Listener::to(server.port(), &["system"]).await;
    let battle = ann.create(&json!({ "pace": "instant", "botDifficulty": "hard", "turnTimeoutSeconds": 600 })).await;
    bob.join(&battle).await;
    ann.start(&battle).await;
    // Who gives up ranks below everybody.
    bob.press(&format!("/battles/{battle}/forfeit")).await.expect(200);
    // Who reads also answers the server's pings.
    let rises = log.expect_that("system", |message| message["event"] == "user_leveled_up");
    let (risen, ()) = tokio::join!(rises, play_out(&ann, &battle));
    assert_eq!((&risen["data"]["username"], &risen["data"]["level"]), (&json!("Ann"), &json!(2)));
    assert_eq!((&risen["data"]["user_id"], &risen["severity"]), (&json!(ann.id().await), &json!("info")));
    let rating = ann.get(&format!("/users/{}/stats", ann.id().await)).await.expect(200)["rating"].as_f64().unwrap();
    assert_eq!(risen["data"]["rating"], json!(rating.round() as i64));

    let mut lobby = Listener::to(server.port(), &["user"]).await;
    say(&mut Speaker::chat(&ann).await, "a level!", None).await;
    assert_eq!(lobby.next().await["metadata"]["level"], 2);
    say(&mut Speaker::chat(&bob).await, "well", None).await;
    assert_eq!(lobby.next().await["metadata"]["level"], 1);
}

#[tokio::test]
async fn a_planned_pause_and_its_end_are_told_and_only_operators_plan_them() {
    let server = serve(&["--admin-username=Root", "--admin-password", PASSWORD]);
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    let mut log = Listener::to(server.port(), &["system"]).await;
    let at = "2999-01-11T12:00:00.000Z";
    let plan = json!({ "event": "restart", "scheduledTime": at, "duration": 600 });
    server.person("Ann").await.post("/api/v1/admin/maintenance", &plan).await.refused(403, "FORBIDDEN");
    root.post("/api/v1/admin/maintenance", &plan).await.expect(200);
    let told = log.expect_that("system", |_| true).await;
    assert_eq!((&told["event"], &told["severity"]), (&json!("server_maintenance"), &json!("warning")));
    assert_eq!(told["data"], json!({ "event": "restart", "scheduled_time": at, "duration": 600, "ended": false }));
    let end = crate::support::Request::new("DELETE", "/api/v1/admin/maintenance");
    root.send(end).await.expect(200);
    let over = log.expect_that("system", |_| true).await;
    assert_eq!((&over["event"], &over["severity"]), (&json!("server_maintenance"), &json!("info")));
    assert_eq!(over["data"]["ended"], true);
}

#[tokio::test]
async fn a_word_of_an_operators_is_no_event_of_the_log() {
    let server = serve(&["--admin-username=Root", "--admin-password", PASSWORD]);
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    let mut log = Listener::to(server.port(), &["system", "user"]).await;
    root.post("/api/v1/admin/broadcast", &json!({ "message": "hello", "severity": "info" })).await.expect(200);
    // It is sent to the connection itself and is not a message of the log.
    log.expect("announcement").await;
    assert_eq!(log.listed(json!({})).await, [Value::Null; 0]);
    let mut chat = Speaker::chat(&root).await;
    let next = log.next().await;
    assert_eq!(next["event"], "user_joined", "{next}");
    say(&mut chat, "hello", None).await;
    assert_eq!(log.next().await["content"], "hello");
}
