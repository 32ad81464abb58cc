//! Signs of life, and the end of the server.

use serde_json::json;
use tempfile::TempDir;
use tokio::io::AsyncReadExt;

use crate::support::{PASSWORD, Person, Process, Request, TestServer, within};

#[tokio::test]
async fn who_answers_pings_stays() {
    let server = TestServer::unlimited(&["--battles-heartbeat-seconds", "1", "--battles-pong-seconds", "1"]);
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({})).await;
    let mut connection = ann.attend(&id).await;
    connection.answer_pings(3).await;
    assert_eq!(connection.state().await["status"], "WAITING");
}

#[tokio::test]
async fn who_answers_no_ping_is_closed() {
    let server = TestServer::unlimited(&["--battles-heartbeat-seconds", "1", "--battles-pong-seconds", "1"]);
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({})).await;
    let mut connection = ann.attend(&id).await;
    connection.expect("connect").await;
    let mut silent = connection.into_socket();
    let mut heard = Vec::new();
    within("the end of the connection", silent.read_to_end(&mut heard)).await.expect("an end");
    let text = String::from_utf8_lossy(&heard);
    assert!(text.contains("\"code\":1001") && text.contains("heartbeat lost"), "{text}");
    assert_eq!(ann.battle(&id).await["players"][0]["connected"], false);
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_says_when_to_come_back() {
    let data = TempDir::new().unwrap();
    let process = Process::start(data.path(), &[]).await;
    let body = json!({ "username": "Ann", "password": PASSWORD });
    let tokens = Request::new("POST", "/auth/register").json(&body).send(process.port).await.expect(201);
    let ann = Person::new(process.port, &tokens);
    let mut connection = ann.attend(&ann.create(&json!({})).await).await;
    connection.expect("connect").await;
    let stopping = tokio::spawn(process.stopped());
    let restart = connection.expect("system:restart").await;
    assert_eq!(restart["code"], 1001);
    assert_eq!((&restart["reconnectDelayMs"], &restart["maxReconnectAttempts"]), (&json!(1000), &json!(5)));
    assert_eq!(connection.closed().await, (1001, "server stopping".to_owned()));
    stopping.await.unwrap();
}
