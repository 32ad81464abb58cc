//! Who gets in, and what they hear first.

use serde_json::{Value, json};

use crate::support::{Attendant, Four, TestServer};

fn refused(knocked: Result<Attendant, Box<impl std::fmt::Debug + Body>>) -> (u16, Value) {
    match knocked {
        Ok(_) => panic!("the server let it in"),
        Err(answer) => answer.status_and_body(),
    }
}

/// An answer that is no upgrade.
trait Body {
    fn status_and_body(&self) -> (u16, Value);
}

impl Body for tokio_tungstenite::tungstenite::http::Response<Option<Vec<u8>>> {
    fn status_and_body(&self) -> (u16, Value) {
        let body = self.body().as_deref().unwrap_or_default();
        (self.status().as_u16(), serde_json::from_slice(body).expect("the error body"))
    }
}

#[tokio::test]
async fn a_token_in_the_header_or_in_the_address_opens_it() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let bearer = format!("Bearer {}", ann.token);
    let query = format!("?token={}", ann.token);
    for (query, headers) in [("", vec![("authorization", bearer.as_str())]), (query.as_str(), Vec::new())] {
        let id = ann.create(&json!({})).await;
        let path = format!("/ws/battles/{id}{query}");
        let mut connection = Attendant::knock(server.port(), &path, &headers).await.expect("an upgrade");
        let here = connection.next().await;
        assert_eq!(here["event"], "connect");
        let data = &here["data"];
        assert_eq!((&data["playerId"], &data["seat"]), (&json!(ann.id().await), &json!(0)));
        assert_eq!((&data["battleId"], &data["state"]["you"]), (&json!(id), &data["playerId"]));
        assert!(data["connectionId"].as_str().is_some_and(|id| id.len() > 10), "{data}");
    }
}

#[tokio::test]
async fn without_a_valid_token_there_is_no_upgrade() {
    let server = TestServer::start();
    let id = server.person("Ann").await.create(&json!({})).await;
    let path = format!("/ws/battles/{id}");
    let wrong = format!("{path}?token=x.y.z");
    for (path, headers) in [
        (&path, vec![]),
        (&wrong, vec![]),
        (&path, vec![("authorization", "Bearer x.y.z")]),
        (&path, vec![("authorization", "Basic QTpC")]),
    ] {
        let (status, body) = refused(Attendant::knock(server.port(), path, &headers).await);
        assert_eq!((status, &body["code"]), (401, &json!("UNAUTHORIZED")), "{path} {headers:?}");
    }
}

#[tokio::test]
async fn a_page_of_another_site_gets_no_upgrade() {
    let server = TestServer::unlimited(&["--cors-origins", "https://play.example.org"]);
    let ann = server.person("Ann").await;
    let path = format!("/ws/battles/{}?token={}", ann.create(&json!({})).await, ann.token);
    let (status, body) = refused(Attendant::knock(server.port(), &path, &[("origin", "https://evil.example")]).await);
    assert_eq!((status, &body["code"]), (403, &json!("ORIGIN_NOT_ALLOWED")));
    let listed = Attendant::knock(server.port(), &path, &[("origin", "https://play.example.org")]).await;
    assert_eq!(listed.expect("an upgrade").next().await["event"], "connect");
}

#[tokio::test]
async fn an_unknown_battle_is_an_error_and_then_the_end() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for id in ["ABCD2345", "nowhere"] {
        let mut connection = ann.attend(id).await;
        assert_eq!(connection.refused("BATTLE_NOT_FOUND").await["details"]["battleId"], id);
        assert_eq!(connection.next().await["data"]["code"], 1008);
        assert_eq!(connection.closed().await, (1008, "unknown room".to_owned()));
    }
}

#[tokio::test]
async fn who_has_no_seat_watches_a_public_battle_and_sees_nobodys_pieces() {
    let server = TestServer::start();
    let four = Four::seated(&server, json!({ "pace": "instant", "rules": { "maxRounds": 1 } })).await;
    let eve = server.person("Eve").await;
    let mut watching = eve.attend(&four.battle).await;
    let here = watching.next().await;
    assert_eq!((&here["event"], &here["data"]["seat"]), (&json!("connect"), &json!(null)));
    four.people[0].start(&four.battle).await;
    four.finish().await;
    watching.expect("game:end").await;
    let text = json!(watching.seen).to_string();
    for word in ["\"hand\"", "validSets", "\"you\""] {
        assert!(!text.contains(word), "{word} in {text}");
    }
    let kinds: Vec<&Value> = watching.seen.iter().map(|message| &message["event"]).collect();
    assert!(kinds.contains(&&json!("game:start")) && kinds.contains(&&json!("game:action")), "{kinds:?}");
}

#[tokio::test]
async fn who_watches_can_do_nothing() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let mut watching = server.person("Eve").await.attend(&four.battle).await;
    for action in [json!({ "type": "start" }), json!({ "type": "declare", "value": 1 })] {
        watching.act_numbered(7, &action).await;
        assert_eq!(watching.refused("NOT_SEATED").await["requestId"], 7);
    }
}

#[tokio::test]
async fn who_watches_and_sits_down_over_http_plays_over_the_same_connection() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({ "pace": "instant", "turnTimeoutSeconds": 600 })).await;
    let bob = server.person("Bob").await;
    let mut connection = bob.attend(&id).await;
    assert_eq!(connection.next().await["data"]["seat"], json!(null));
    bob.join(&id).await;
    ann.start(&id).await;
    connection.expect_that("game:update", |data| data["hand"].is_array()).await;
    assert_eq!(ann.battle(&id).await["players"][1]["connected"], true);
}

#[tokio::test]
async fn who_leaves_a_private_battle_hears_no_more_of_it() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({ "isPublic": false })).await;
    let bob = server.person("Bob").await;
    bob.join(&id).await;
    let mut connection = bob.attend(&id).await;
    connection.expect("connect").await;
    bob.press(&format!("/battles/{id}/leave")).await.expect(200);
    assert_eq!(connection.closed().await, (1008, "not admitted".to_owned()));
}

#[tokio::test]
async fn a_private_battle_is_closed_to_who_has_no_seat() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({ "isPublic": false })).await;
    let eve = server.person("Eve").await;
    for _ in ["waiting", "active"] {
        let mut connection = eve.attend(&id).await;
        connection.refused("NOT_SEATED").await;
        assert_eq!(connection.closed().await, (1008, "not admitted".to_owned()));
        assert!(!json!(connection.seen).to_string().contains("\"state\""));
        if ann.battle(&id).await["status"] == "WAITING" {
            ann.start(&id).await;
        }
    }
}
