//! How a connection begins.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use super::{Chatter, open};
use crate::support::{KEY, PASSWORD, Person, Request, Speaker, TestServer};

#[tokio::test]
async fn the_first_message_says_who_one_is() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let mut chat = Speaker::chat(&ann).await;
    let connection = chat.next().await;
    assert_eq!(connection["type"], "connection");
    assert_eq!(connection["payload"]["userId"].as_str(), Some(ann.id().await.as_str()));
    assert_eq!(connection["payload"]["timestamp"], connection["timestamp"]);
    assert!(connection["id"].as_str().unwrap().starts_with("connection-"));
    let second = open(&ann).await;
    assert_ne!(second.seen[0]["payload"]["connectionId"], connection["payload"]["connectionId"]);
}

/// Knocks with a token, or none: it opens, says the one thing, and closes.
async fn is_shut_out(server: &TestServer, query: &str) {
    for address in ["/ws", "/ws/chat"] {
        let mut chat = Speaker::knock(server.port(), "chat", &format!("{address}{query}"), &[]).await.unwrap();
        let error = chat.next().await;
        assert_eq!((&error["type"], &error["payload"]["code"]), (&json!("error"), &json!("AUTH_FAILED")), "{query}");
        assert_eq!(chat.end().await.0, 1008);
        assert_eq!(chat.seen.len(), 1, "nothing else is told: {:?}", chat.seen);
    }
}

fn signed(key: &str, claims: &Value) -> String {
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &EncodingKey::from_secret(key.as_bytes())).unwrap()
}

#[tokio::test]
async fn without_a_valid_token_auth_failed_comes_and_the_end_with_1008() {
    let server = TestServer::start();
    let id = server.person("Ann").await.id().await;
    let claims = |exp: u64| json!({ "iss": "liap-tui", "sub": id, "ver": 1, "iat": 1_700_000_000, "exp": exp });
    let valid = signed(KEY, &claims(4_000_000_000));
    let mut chat = Speaker::knock(server.port(), "chat", &format!("/ws?token={valid}"), &[]).await.unwrap();
    assert_eq!(chat.next().await["type"], "connection", "the tests sign as the server does");
    for query in ["", "?token=", "?token=a.b.c", "?other=x"] {
        is_shut_out(&server, query).await;
    }
    is_shut_out(&server, &format!("?token={}", signed(KEY, &claims(1_700_000_001)))).await;
    is_shut_out(&server, &format!("?token={}", signed("another key, and long enough for it", &claims(4_000_000_000))))
        .await;
}

#[tokio::test]
async fn a_token_may_stand_in_the_header_too() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let bearer = format!("Bearer {}", ann.token);
    for address in ["/ws", "/ws/chat"] {
        let headers = [("authorization", bearer.as_str())];
        let mut chat = Speaker::knock(server.port(), "chat", address, &headers).await.unwrap();
        assert_eq!(chat.next().await["type"], "connection");
        assert_eq!(chat.protocol(), None, "none was asked for");
    }
}

#[tokio::test]
async fn an_account_that_is_shut_out_hears_why_is_closed_and_does_not_come_back() {
    let server = TestServer::unlimited(&["--admin-username", "Root", "--admin-password", PASSWORD]);
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    let mut ann = Chatter::join(&server, "Ann").await;
    root.send(Request::new("POST", &format!("/admin/users/{}/block", ann.id))).await.expect(200);
    ann.chat.refused("AUTH_FAILED").await;
    assert_eq!(ann.chat.end().await, (1008, "account blocked".to_owned()));
    is_shut_out(&server, &format!("?token={}", ann.person.token)).await;
}

#[tokio::test]
async fn the_subprotocol_wins_over_the_header_which_alone_means_state() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let bearer = format!("Bearer {}", ann.token);
    let authorization = ("authorization", bearer.as_str());
    let (kivy, v1) = (("client-type", "kivy"), ("sec-websocket-protocol", "liap.chat.v1"));
    let listed = ("sec-websocket-protocol", "other, liap.chat.v1");
    for (address, headers) in [
        ("/ws", [authorization, v1].as_slice()),
        ("/ws", &[authorization, kivy, listed]),
        ("/ws/chat", &[authorization, v1]),
    ] {
        let mut chat = Speaker::knock(server.port(), "chat", address, headers).await.unwrap();
        assert_eq!(chat.next().await["type"], "connection");
        assert_eq!(chat.protocol(), Some("liap.chat.v1"));
    }
    let mut state = Speaker::knock(server.port(), "state", "/ws", &[authorization, kivy]).await.unwrap();
    assert_eq!(state.next().await["type"], "connection_status");
    let protocol = ("sec-websocket-protocol", "liap.state.v1");
    let mut state = Speaker::knock(server.port(), "state", "/ws", &[authorization, protocol]).await.unwrap();
    assert_eq!(
        (state.next().await["type"].as_str(), state.protocol()),
        (Some("connection_status"), Some("liap.state.v1"))
    );
}
