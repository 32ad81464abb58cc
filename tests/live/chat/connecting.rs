//! How a connection begins.

use crate::{speaker::Speaker, support::TestServer};

#[tokio::test]
async fn the_first_message_says_who_one_is() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let mut chat = Speaker::chat(&ann).await;
    let connection = chat.next().await;
    assert_eq!(connection["type"], "connection");
    assert_eq!(connection["payload"]["userId"].as_str(), Some(ann.id().await.as_str()));
}
