//! `POST /battles/{id}/start`

use serde_json::json;

use crate::support::{Four, TestServer, player::body};

#[tokio::test]
async fn the_host_starts_and_bots_take_the_empty_seats() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    for prefix in ["", "/api/v1"] {
        let id = ann.create(&json!({ "fillWithBots": true, "botDifficulty": "easy" })).await;
        bob.join(&id).await;
        let battle = body(&ann.press(&format!("{prefix}/battles/{id}/start")).await, "Battle");
        assert_eq!(battle["status"], "ACTIVE");
        let bots: Vec<bool> =
            battle["players"].as_array().unwrap().iter().map(|player| player["isBot"].as_bool().unwrap()).collect();
        assert_eq!(bots, [false, false, true, true]);
        assert_eq!((&battle["state"]["round"], battle["state"]["hand"].as_array().map(Vec::len)), (&json!(1), Some(8)));
    }
}

#[tokio::test]
async fn only_the_host_starts() {
    let server = TestServer::start();
    let four = Four::seated(&server, json!({})).await;
    let start = format!("/battles/{}/start", four.battle);
    assert_eq!(four.people[1].press(&start).await.refused(403, "HOST_ONLY"), json!({ "host": "Ann" }));
    server.person("Eve").await.press(&start).await.refused(403, "NOT_SEATED");
    let action = json!({ "type": "start" });
    four.people[1].act(&four.battle, &action).await.refused(403, "HOST_ONLY");
    assert_ne!(four.people[0].does(&four.battle, &action).await["status"], "WAITING");
}

#[tokio::test]
async fn a_battle_starts_once() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let again = async || {
        four.people[0].press(&format!("/battles/{}/start", four.battle)).await.refused(409, "ALREADY_STARTED");
        four.people[0].act(&four.battle, &json!({ "type": "start" })).await.refused(409, "ALREADY_STARTED");
    };
    again().await;
    four.finish().await;
    again().await;
}

#[tokio::test]
async fn without_bots_four_people_are_needed() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let id = ann.create(&json!({ "fillWithBots": false })).await;
    bob.join(&id).await;
    let details = ann.press(&format!("/battles/{id}/start")).await.refused(409, "NOT_ENOUGH_PLAYERS");
    assert_eq!(details, json!({ "present": 2, "required": 4 }));
    assert_eq!(ann.battle(&id).await["status"], "WAITING");
}
