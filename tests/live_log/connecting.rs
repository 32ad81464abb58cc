//! How a connection begins, lives and ends.

use futures_util::StreamExt;
use serde_json::json;
use tempfile::TempDir;
use tokio_tungstenite::tungstenite::{
    Message,
    protocol::{CloseFrame, frame::coding::CloseCode},
};

use super::listener::{Listener, serve};
use crate::support::{PASSWORD, Person, Process, Speaker, TestServer, within};

#[tokio::test]
async fn the_first_message_says_that_one_is_connected() {
    let server = TestServer::start();
    let mut log = Speaker::live_log(server.port(), "").await;
    let connected = log.next().await;
    assert_eq!(connected["action"], "connected");
    assert_eq!(connected["message"], "Successfully connected to live log");
    assert!(connected["connection_id"].as_str().is_some_and(|id| id.len() > 20), "{connected}");
    let mut other = Speaker::live_log(server.port(), "").await;
    assert_ne!(other.next().await["connection_id"], connected["connection_id"]);
}

#[tokio::test]
async fn a_ping_is_answered_with_the_servers_time() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    log.send(&json!({ "action": "ping" })).await;
    let pong = log.next().await;
    assert_eq!(pong["action"], "pong");
    assert!(pong["timestamp"].as_str().is_some_and(|at| at.ends_with('Z') && at.len() == 24), "{pong}");
}

#[tokio::test]
async fn a_client_that_closes_is_answered_with_its_own_code() {
    let server = serve(&[]);
    let url = format!("ws://127.0.0.1:{}/ws/live-log", server.port());
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
    let frame = CloseFrame { code: CloseCode::Normal, reason: "done".into() };
    socket.close(Some(frame.clone())).await.unwrap();
    let mut heard = Vec::new();
    while let Some(Ok(message)) = within("the end", socket.next()).await {
        heard.push(message);
    }
    assert_eq!(heard.last(), Some(&Message::Close(Some(frame))), "{heard:?}");
}

#[tokio::test]
async fn a_server_that_stops_says_disconnected_and_closes_with_1001() {
    let data = TempDir::new().unwrap();
    let server = Process::start(data.path(), &[]).await;
    let mut log = Listener::to(server.port, &["user", "system"]).await;
    let (_, end) = tokio::join!(server.stopped(), log.end());
    assert_eq!(end.0, 1001);
    let last = log.seen.last().unwrap();
    assert_eq!((&last["action"], &last["reason"]), (&json!("disconnected"), &json!("normal_closure")));
}

#[tokio::test]
async fn an_account_that_is_shut_out_hears_1008_and_nobody_else_does() {
    let server = serve(&["--admin-username=Root", "--admin-password", PASSWORD]);
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let (mut of_ann, mut of_bob) = (Listener::of(&ann, &["user"]).await, Listener::of(&bob, &["user"]).await);
    let id = ann.id().await;
    root.press(&format!("/admin/users/{id}/block")).await.expect(200);
    of_ann.refused(1008, "Policy violation").await;
    assert_eq!(of_ann.end().await.0, 1008);
    of_bob.send(&json!({ "action": "ping" })).await;
    assert_eq!(of_bob.next().await["action"], "pong");
}

#[tokio::test]
async fn a_plain_request_gets_no_upgrade_and_a_reason() {
    let server = serve(&[]);
    let answer = server.send(crate::support::Request::new("GET", "/ws/live-log")).await;
    assert!((400..500).contains(&answer.status), "{answer:?}");
}

#[tokio::test]
async fn who_closes_the_connection_hears_that_it_is_closed() {
    let server = TestServer::start();
    let mut log = Speaker::live_log(server.port(), "").await;
    log.next().await;
    log.close().await;
    assert_eq!(log.next().await, serde_json::json!({ "action": "disconnected", "reason": "normal_closure" }));
    assert_eq!(log.end().await.0, 1000);
}
