//! `message` between two.

use super::{Chatter, of_type, open, typing};
use crate::support::TestServer;

#[tokio::test]
async fn a_direct_message_is_heard_by_its_two_people_and_nobody_else() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    let mut cem = Chatter::join(&server, "Cem").await;
    let mut anns_phone = open(&ann.person).await;
    let scope = format!("dm:{}", bob.id);
    let heard = ann.chat.says("for you", &scope).await;
    assert_eq!(
        (heard["payload"]["metadata"].as_str(), heard["payload"]["userId"].as_str()),
        (Some(scope.as_str()), Some(ann.id.as_str()))
    );
    assert_eq!(bob.chat.expect("message").await, heard);
    assert_eq!(anns_phone.expect("message").await, heard);
    ann.chat.send(&typing(&scope)).await;
    bob.chat.expect_status(&ann.id, "typing").await;
    let rest = cem.chat.rest().await;
    assert!(of_type(&rest, "message").is_empty(), "{rest:?}");
    assert!(rest.iter().all(|message| message["payload"]["status"] != "typing"), "{rest:?}");
}

#[tokio::test]
async fn a_direct_message_to_oneself_comes_once() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    ann.chat.says("note", &format!("dm:{}", ann.id)).await;
    let rest = ann.chat.rest().await;
    assert!(of_type(&rest, "message").is_empty(), "{rest:?}");
}

#[tokio::test]
async fn a_direct_message_to_nobody_is_refused_and_one_to_the_absent_taken() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let away = server.person("Bob").await.id().await;
    for nobody in ["01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10", "00000000-0000-0000-0000-000000000000"] {
        let scope = format!("dm:{nobody}");
        for said in [super::message("x", &scope), typing(&scope)] {
            ann.chat.send(&said).await;
            assert_eq!(ann.chat.invalid("payload.metadata").await["scope"], scope);
        }
    }
    for wrong in ["dm:", "dm:Bob", "dm:%", "DM:x"] {
        ann.chat.send_raw(&super::message("x", wrong).to_string()).await;
        ann.chat.invalid("payload.metadata").await;
    }
    ann.chat.says("see you", &format!("dm:{away}")).await;
}
