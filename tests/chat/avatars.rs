//! `avatar_update` of people.

use serde_json::json;

use super::{Chatter, of_type};
use crate::support::TestServer;

#[tokio::test]
async fn ones_own_avatar_moves_before_everybody() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    for action in ["speaking", "thinking", "idle"] {
        let update = json!({ "avatarId": ann.id, "action": action, "metadata": "a wave\nand a nod" });
        ann.chat.send(&json!({ "type": "avatar_update", "payload": update })).await;
        let heard = bob.chat.expect("avatar_update").await;
        let shown = json!({ "avatarId": ann.id, "action": action, "metadata": "a wave\nand a nod", "username": "Ann" });
        assert_eq!(heard["payload"], shown);
        assert_eq!(ann.chat.expect("avatar_update").await, heard, "the sender hears it too");
    }
}

#[tokio::test]
async fn a_scope_says_who_sees_an_avatar_move() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    let mut cem = Chatter::join(&server, "Cem").await;
    let scope = format!("dm:{}", bob.id);
    let update = json!({ "avatarId": ann.id, "action": "speaking", "metadata": scope });
    ann.chat.send(&json!({ "type": "avatar_update", "payload": update })).await;
    assert_eq!(bob.chat.expect("avatar_update").await["payload"]["metadata"], scope);
    let rest = cem.chat.rest().await;
    assert!(of_type(&rest, "avatar_update").is_empty(), "{rest:?}");
}

#[tokio::test]
async fn anothers_avatar_and_other_movements_are_refused() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    let idle = |metadata| json!({ "avatarId": ann.id, "action": "idle", "metadata": metadata });
    let cases = [
        (json!({ "avatarId": bob.id, "action": "idle" }), "payload.avatarId"),
        (json!({ "avatarId": "bot-ABCD2345-1", "action": "idle" }), "payload.avatarId"),
        (json!({ "avatarId": 7, "action": "idle" }), "payload.avatarId"),
        (json!({ "avatarId": null, "action": "idle" }), "payload.avatarId"),
        (json!({ "action": "idle" }), "payload.avatarId"),
        (json!({ "avatarId": ann.id, "action": "dancing" }), "payload.action"),
        (json!({ "avatarId": ann.id }), "payload.action"),
        (json!({}), "payload.action"),
        (idle(json!("x".repeat(501))), "payload.metadata"),
        (idle(json!("\u{1b}[2J")), "payload.metadata"),
        (idle(json!({})), "payload.metadata"),
        (idle(json!("dm:01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")), "payload.metadata"),
    ];
    for (payload, field) in cases {
        ann.chat.send_raw(&json!({ "type": "avatar_update", "payload": payload }).to_string()).await;
        ann.chat.invalid(field).await;
    }
    let rest = bob.chat.rest().await;
    assert!(of_type(&rest, "avatar_update").is_empty(), "{rest:?}");
}
