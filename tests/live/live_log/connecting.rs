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
