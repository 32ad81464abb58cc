//! Who is let in, and for how long.

use std::time::{SystemTime, UNIX_EPOCH};

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::json;

use super::connecting::turned_away;
use crate::support::{Device, KEY, PASSWORD, Person, Request, Speaker, TestServer};

/// Far enough ahead that no test lives to see it.
const FUTURE: u64 = 4_000_000_000;

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// A token of an account that was made and ends at these seconds.
fn token(key: &str, id: &str, made: u64, ends: u64) -> String {
    let claims = json!({ "iss": "liap-tui", "sub": id, "ver": 1, "iat": made, "exp": ends });
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(key.as_bytes())).unwrap()
}

async fn with_header(server: &TestServer, header: &str) -> Speaker {
    let headers = [("client-type", "player"), ("authorization", header)];
    Speaker::knock(server.port(), "state", "/ws", &headers).await.expect("an upgrade")
}

#[tokio::test]
async fn without_a_valid_token_one_hears_auth_failed_and_is_closed() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let refused = ("AUTH_FAILED".to_owned(), 1008);
    let bare = Speaker::knock(server.port(), "state", "/ws", &[("client-type", "player")]).await.unwrap();
    assert_eq!(turned_away(bare).await, refused);
    let forged = format!("Bearer {}", token("another key of the tests, as long as it", &ann.id().await, now(), FUTURE));
    let refresh = format!("Bearer {}", ann.refresh);
    for header in ["", "Bearer", "Bearer x.y.z", &ann.token, &forged, &refresh] {
        assert_eq!(turned_away(with_header(&server, header).await).await, refused, "{header:?}");
    }
}

#[tokio::test]
async fn an_expired_token_is_refused_whatever_else_is_wrong() {
    let server = TestServer::start();
    let id = server.person("Ann").await.id().await;
    let expired = format!("Bearer {}", token(KEY, &id, now() - 60, now() - 1));
    let refused = ("AUTH_FAILED".to_owned(), 1008);
    assert_eq!(turned_away(with_header(&server, &expired).await).await, refused);
    let headers = [("client-type", "admin"), ("authorization", expired.as_str())];
    let state = Speaker::knock(server.port(), "state", "/ws", &headers).await.unwrap();
    assert_eq!(turned_away(state).await, refused);
}

#[tokio::test]
async fn a_token_that_was_made_a_day_ago_is_refused_even_if_it_has_not_ended() {
    let server = TestServer::start();
    let id = server.person("Ann").await.id().await;
    let old = format!("Bearer {}", token(KEY, &id, now() - 86_400, FUTURE));
    assert_eq!(turned_away(with_header(&server, &old).await).await, ("AUTH_FAILED".to_owned(), 1008));
    let younger = format!("Bearer {}", token(KEY, &id, now() - 86_000, FUTURE));
    assert_eq!(with_header(&server, &younger).await.next().await["type"], "connection_status");
}

#[tokio::test]
async fn at_the_end_of_the_tokens_time_the_connection_is_closed() {
    let server = TestServer::unlimited(&["--state-token-seconds=5"]);
    let id = server.person("Ann").await.id().await;
    // A token of a clock that is a little ahead has its whole time before it.
    let fresh = format!("Bearer {}", token(KEY, &id, now() + 3, FUTURE));
    let mut state = with_header(&server, &fresh).await;
    assert_eq!(state.next().await["type"], "connection_status");
    let error = state.next().await;
    assert_eq!((&error["type"], &error["data"]["code"]), (&json!("error"), &json!("AUTH_FAILED")));
    assert_eq!(state.end().await.0, 1008);
}

#[tokio::test]
async fn a_blocked_account_is_closed_and_does_not_come_back() {
    let server = TestServer::unlimited(&["--admin-username=Root", &format!("--admin-password={PASSWORD}")]);
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    let ann = server.person("Ann").await;
    let mut devices = [Device::of(&ann).await, Device::named(&ann, "observer", Some("phone")).await];
    let id = ann.id().await;
    root.send(Request::new("POST", &format!("/admin/users/{id}/block"))).await.expect(200);
    for device in &mut devices {
        device.refused("AUTH_FAILED").await;
        assert_eq!(device.speaker.end().await.0, 1008);
    }
    let state = Speaker::state(&ann, "player", None).await;
    assert_eq!(turned_away(state).await, ("AUTH_FAILED".to_owned(), 1008));
}

#[tokio::test]
async fn a_password_change_makes_older_tokens_void() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    ann.patch(&json!({ "password": "Battery-Staple-7", "currentPassword": PASSWORD })).await.expect(200);
    let state = Speaker::state(&ann, "player", None).await;
    assert_eq!(turned_away(state).await, ("AUTH_FAILED".to_owned(), 1008));
}
