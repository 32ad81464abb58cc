//! How a connection begins.

use crate::{speaker::Speaker, support::TestServer};

#[tokio::test]
async fn the_first_message_says_that_one_is_connected_and_names_the_device() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let mut state = Speaker::state(&ann, "kivy", Some("tablet-1")).await;
    let status = state.next().await;
    assert_eq!((&status["type"], &status["data"]["status"]), (&"connection_status".into(), &"connected".into()));
    assert_eq!(status["data"]["device_id"], "tablet-1");
}
