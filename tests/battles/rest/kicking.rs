//! `POST /battles/{id}/kick`: the host removes a person before the start.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Answer, Guest, PASSWORD, Person, Process, Request, TestServer, player::body};

async fn kick(person: &Person, battle: &str, seat: u64) -> Answer {
    person.post(&format!("/battles/{battle}/kick"), &json!({ "seat": seat })).await
}

async fn join(person: &Person, battle: &str) -> Answer {
    person.press(&format!("/battles/{battle}/join")).await
}

/// They hear that they were removed, and when they may come back.
#[track_caller]
fn is_kept_away(answer: &Answer) {
    let wait = answer.refused(403, "REMOVED")["retryAfterMs"].as_u64().unwrap();
    assert!(0 < wait && wait <= 600_000, "{answer:?}");
}

fn names(battle: &Value) -> Vec<&str> {
    battle["players"].as_array().unwrap().iter().map(|player| player["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_host_removes_an_account_which_is_told_and_can_not_come_back() {
    let server = TestServer::start();
    let (ann, bob, cem) = (server.person("Ann").await, server.person("Bob").await, server.person("Cem").await);
    let id = ann.create(&json!({})).await;
    bob.join(&id).await;
    cem.join(&id).await;
    let (mut of_bob, mut of_cem) = (bob.attend(&id).await, cem.attend(&id).await);
    for attendant in [&mut of_bob, &mut of_cem] {
        attendant.expect("connect").await;
    }
    assert_eq!(names(&body(&kick(&ann, &id, 1).await, "Battle")), ["Ann", "Cem"]);
    let told = of_bob.expect_that("disconnect", |data| data.get("name").is_none()).await;
    assert_eq!((&told["seat"], &told["reason"]), (&json!(1), &json!("removed")));
    assert_eq!(of_bob.closed().await, (1008, "removed by the host".to_owned()));
    let told = of_cem.expect_that("disconnect", |data| data["reason"] == "removed").await;
    assert_eq!((&told["name"], &told["hostName"]), (&json!("Bob"), &json!("Ann")));

    is_kept_away(&join(&bob, &id).await);
    is_kept_away(&bob.post(&format!("/battles/{id}/join"), &json!({ "playerName": "Bobby" })).await);
    let mut watcher = bob.attend(&id).await;
    assert_eq!(watcher.expect("error").await["code"], "REMOVED");
    assert_eq!(watcher.closed().await.0, 1008);
    assert_eq!(names(&ann.battle(&id).await), ["Ann", "Cem"]);
    // Another account at the same address is another person.
    server.person("Dee").await.join(&id).await;
}

#[tokio::test]
async fn the_host_removes_a_guest_and_an_account_in_contract_game() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({})).await;
    let mut bob = Guest::connect(server.port(), "lobby", "Bob").await;
    bob.join(&id).await;
    kick(&ann, &id, 1).await.expect(200);
    assert_eq!(bob.expect("room_left").await["data"], json!({ "room_id": id, "reason": "removed" }));
    bob.act("join_room", json!({ "room_id": id })).await;
    bob.refused("1008").await;
    // An account of that name is somebody else.
    server.person("Bob").await.join(&id).await;
}

#[tokio::test]
async fn only_the_host_may_and_that_is_checked_before_the_body() {
    let server = TestServer::start();
    let (ann, bob, eve) = (server.person("Ann").await, server.person("Bob").await, server.person("Eve").await);
    let id = ann.create(&json!({})).await;
    bob.join(&id).await;
    let path = format!("/battles/{id}/kick");
    for wrong in [json!({ "seat": 0 }), json!({}), json!([])] {
        assert_eq!(bob.post(&path, &wrong).await.refused(403, "HOST_ONLY"), json!({ "host": "Ann" }));
        eve.post(&path, &wrong).await.refused(403, "NOT_SEATED");
        server.post(&path, &wrong).await.refused(401, "UNAUTHORIZED");
        ann.post("/battles/ABCD2345/kick", &json!({ "seat": 1 })).await.refused(404, "BATTLE_NOT_FOUND");
    }
    for seat in [json!(4), json!(-1), json!("1"), json!(null)] {
        ann.post(&path, &json!({ "seat": seat })).await.invalid("seat");
    }
    for seat in [0, 2] {
        assert_eq!(kick(&ann, &id, seat).await.refused(409, "NO_PLAYER_THERE"), json!({ "people": [1] }));
    }
    ann.start(&id).await;
    kick(&ann, &id, 1).await.refused(409, "ALREADY_STARTED");
}

#[tokio::test]
async fn a_removed_account_stays_away_after_a_kill_of_the_server() {
    let data = TempDir::new().unwrap();
    let process = Process::start(data.path(), &crate::restart::FLAGS).await;
    let mut people = Vec::new();
    for name in ["Ann", "Bob"] {
        let account = json!({ "username": name, "password": PASSWORD });
        let tokens = Request::new("POST", "/auth/register").json(&account).send(process.port).await.expect(201);
        people.push(Person::new(process.port, &tokens));
    }
    let id = people[0].create(&json!({})).await;
    people[1].join(&id).await;
    kick(&people[0], &id, 1).await.expect(200);
    process.killed().await;

    let process = Process::start(data.path(), &crate::restart::FLAGS).await;
    let (ann, bob) = (people[0].moved_to(process.port), people[1].moved_to(process.port));
    is_kept_away(&join(&bob, &id).await);
    assert_eq!(names(&ann.battle(&id).await), ["Ann"]);
    process.stopped().await;
}
