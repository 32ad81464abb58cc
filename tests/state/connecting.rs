//! How a connection begins, and which one stays.

use serde_json::{Value, json};

use crate::support::{Device, Person, Speaker, TestServer, unhurried};

/// What a refused connection hears: the error's code, and the close code.
pub(super) async fn turned_away(mut state: Speaker) -> (String, u16) {
    let error = state.next().await;
    assert_eq!(error["type"], "error", "{error}");
    let (code, _) = state.end().await;
    assert_eq!(state.seen.len(), 1, "it hears why, and nothing else");
    (error["data"]["code"].as_str().unwrap().to_owned(), code)
}

async fn knock(person: &Person, path: &str, headers: &[(&'static str, &str)]) -> Speaker {
    let bearer = format!("Bearer {}", person.token);
    let headers = [&[("authorization", bearer.as_str())], headers].concat();
    Speaker::knock(person.port(), "state", path, &headers).await.expect("an upgrade")
}

#[tokio::test]
async fn the_first_message_says_that_one_is_connected_and_names_the_device() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let mut state = Speaker::state(&ann, "kivy", Some("tablet-1")).await;
    let status = state.next().await;
    assert_eq!((&status["type"], &status["data"]["status"]), (&"connection_status".into(), &"connected".into()));
    assert_eq!(status["data"]["device_id"], "tablet-1");
    let mut state = Speaker::state(&ann, "kivy", None).await;
    assert_eq!(state.next().await["data"].get("device_id"), None, "a device without a name has none");
}

#[tokio::test]
async fn each_client_type_of_the_seed_opens_the_contract_at_ws() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for client_type in ["kivy", "observer", "player"] {
        let mut state = knock(&ann, "/ws", &[("client-type", client_type)]).await;
        assert_eq!(state.next().await["type"], "connection_status");
        assert_eq!(state.protocol(), None, "no subprotocol that was not asked for");
    }
}

#[tokio::test]
async fn ws_state_and_the_subprotocol_open_it_too_and_the_subprotocol_is_echoed() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let mut plain = knock(&ann, "/ws/state", &[]).await;
    assert_eq!(plain.next().await["type"], "connection_status");
    for path in ["/ws", "/ws/state"] {
        let protocols = [("sec-websocket-protocol", "soap, liap.state.v1")];
        let mut named = knock(&ann, path, &protocols).await;
        assert_eq!(named.protocol(), Some("liap.state.v1"));
        assert_eq!(named.next().await["type"], "connection_status");
    }
}

#[tokio::test]
async fn an_unknown_client_type_is_refused() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for client_type in ["admin", "Kivy", "kivy,player", "\u{fc}"] {
        for path in ["/ws", "/ws/state"] {
            let state = knock(&ann, path, &[("client-type", client_type)]).await;
            assert_eq!(turned_away(state).await, ("ACTION_DENIED".to_owned(), 1008), "{client_type:?} at {path}");
        }
    }
}

#[tokio::test]
async fn who_is_refused_may_send_what_he_likes_and_hears_nothing_of_games() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let game = ann.create(&json!({})).await;
    let mut state = knock(&ann, "/ws", &[("client-type", "admin")]).await;
    let request = json!({ "type": "game_state_request", "data": { "game_id": game } });
    state.send(&request).await;
    assert_eq!(state.end().await.0, 1008);
    assert!(state.seen.iter().all(|message| message["type"] == "error"), "{:?}", state.seen);
}

#[tokio::test]
async fn of_one_device_the_newer_connection_replaces_the_older() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let mut first = Device::named(&ann, "kivy", Some("phone")).await;
    let mut of_bob = Device::named(&bob, "kivy", Some("phone")).await;
    let mut second = Device::named(&ann, "player", Some("phone")).await;
    let last = first.next().await;
    assert_eq!((&last["type"], &last["data"]["status"]), (&json!("connection_status"), &json!("disconnected")));
    assert_eq!(first.speaker.end().await.0, 1000);
    let game = ann.create(&json!({})).await;
    assert_eq!(second.follow(&game).await["state"]["you"], "Ann");
    assert_eq!(of_bob.follow(&game).await["state"].get("you"), None, "another's device of that name is another device");
}

#[tokio::test]
async fn two_devices_and_those_without_a_name_live_side_by_side() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let game = ann.create(&json!({})).await;
    let mut all = Vec::new();
    for device in [Some("phone"), Some("tablet"), None, None] {
        all.push(Device::named(&ann, "player", device).await);
    }
    for device in &mut all {
        assert_eq!(device.follow(&game).await["state"]["you"], "Ann");
    }
}

#[tokio::test]
async fn a_device_keeps_its_seat_when_its_newer_connection_replaces_the_older() {
    let server = unhurried(&[]);
    let ann = server.person("Ann").await;
    let game = ann.create(&json!({ "pace": "instant", "turnTimeoutSeconds": 600 })).await;
    let mut first = Device::named(&ann, "kivy", Some("phone")).await;
    first.follow(&game).await;
    first.act("start_game", Value::Null).await;
    first.expect_that("hand_update", |_| true).await;
    let mut second = Device::named(&ann, "kivy", Some("phone")).await;
    assert_eq!(first.speaker.end().await.0, 1000);
    assert_eq!(second.follow(&game).await["state"]["you"], "Ann");
    let effects = ann.state(&game).await["players"][&second.id]["status"].to_string();
    assert!(!effects.contains("BOT") && !effects.contains("DISCONNECTED"), "{effects}");
    second.play_to_the_end().await;
}
