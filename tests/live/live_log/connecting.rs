//! How a connection begins.

use crate::{speaker::Speaker, support::TestServer};

#[tokio::test]
async fn the_first_message_says_that_one_is_connected() {
    let server = TestServer::start();
    let mut log = Speaker::live_log(server.port(), "").await;
    let connected = log.next().await;
    assert_eq!(connected["action"], "connected");
    assert_eq!(connected["message"], "Successfully connected to live log");
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
