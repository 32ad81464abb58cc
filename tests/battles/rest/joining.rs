//! `POST /battles/{id}/join`, `POST /battles/{id}/leave`

use serde_json::{Value, json};

use crate::support::{Four, Guest, Request, TestServer, player::body};

/// Somebody without an account, in a seat of the battle.
async fn guest(server: &TestServer, battle: &str, name: &str) -> Guest {
    let mut guest = Guest::connect(server.port(), "lobby", name).await;
    guest.join(battle).await;
    guest
}

fn names(battle: &Value) -> Vec<(&str, u64)> {
    let players = battle["players"].as_array().unwrap();
    players.iter().map(|player| (player["name"].as_str().unwrap(), player["seat"].as_u64().unwrap())).collect()
}

#[tokio::test]
async fn seats_fill_from_the_first_and_the_body_may_be_left_out() {
    let server = TestServer::start();
    let (ann, bob, cem) = (server.person("Ann").await, server.person("Bob").await, server.person("Cem").await);
    let id = ann.create(&json!({})).await;
    assert_eq!(names(&bob.join(&id).await), [("Ann", 0), ("Bob", 1)]);
    let answer = cem.post(&format!("/api/v1/battles/{id}/join"), &json!({})).await;
    let battle = body(&answer, "Battle");
    assert_eq!(names(&battle), [("Ann", 0), ("Bob", 1), ("Cem", 2)]);
    assert_eq!(battle["state"]["you"], cem.id().await);
}

#[tokio::test]
async fn a_full_a_started_and_ones_own_battle_cannot_be_joined() {
    let server = TestServer::start();
    let four = Four::seated(&server, json!({})).await;
    let eve = server.person("Eve").await;
    let join = format!("/battles/{}/join", four.battle);
    assert_eq!(eve.press(&join).await.refused(409, "BATTLE_FULL"), json!({ "seats": 4 }));
    for person in &four.people {
        person.press(&join).await.refused(409, "ALREADY_JOINED");
    }
    four.people[0].start(&four.battle).await;
    eve.press(&join).await.refused(409, "ALREADY_STARTED");
    four.people[1].press(&join).await.refused(409, "ALREADY_JOINED");
}

#[tokio::test]
async fn whoever_finds_their_display_name_taken_sits_under_the_username() {
    let server = TestServer::start();
    let (ann, cem) = (server.person("Ann").await, server.person("Cem").await);
    cem.patch(&json!({ "displayName": "Twin" })).await.expect(200);
    let id = ann.create(&json!({})).await;
    guest(&server, &id, "TWIN").await;
    assert_eq!(names(&cem.join(&id).await), [("Ann", 0), ("TWIN", 1), ("Cem", 2)]);
}

#[tokio::test]
async fn a_guest_under_an_accounts_names_does_not_keep_it_out() {
    let server = TestServer::start();
    let (ann, cem) = (server.person("Ann").await, server.person("Cem").await);
    cem.patch(&json!({ "displayName": "Twin" })).await.expect(200);
    let id = ann.create(&json!({})).await;
    let _guests = (guest(&server, &id, "Тwin").await, guest(&server, &id, "CEM").await);
    let join = format!("/battles/{id}/join");
    let details = cem.press(&join).await.refused(409, "NAME_TAKEN");
    assert_eq!(details, json!({ "name": "Cem" }));
    for (name, field) in
        [("", "playerName"), ("admin", "playerName"), ("Suda (bot)", "playerName"), ("a\u{200b}b", "playerName")]
    {
        cem.post(&join, &json!({ "playerName": name })).await.invalid(field);
    }
    for taken in ["cem", "Аnn"] {
        cem.post(&join, &json!({ "playerName": taken })).await.refused(409, "NAME_TAKEN");
    }
    let battle = body(&cem.post(&join, &json!({ "playerName": " Cem the second " })).await, "Battle");
    assert_eq!(names(&battle)[3], ("Cem the second", 3));
    assert_eq!(battle["state"]["you"], cem.id().await);
}

#[tokio::test]
async fn who_leaves_frees_the_seat_and_may_come_back_to_it() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let id = ann.create(&json!({})).await;
    bob.join(&id).await;
    for prefix in ["", "/api/v1"] {
        let left = body(&bob.press(&format!("{prefix}/battles/{id}/leave")).await, "Battle");
        assert_eq!((names(&left), left["state"].get("you")), (vec![("Ann", 0)], None));
        bob.press(&format!("{prefix}/battles/{id}/leave")).await.refused(403, "NOT_SEATED");
        assert_eq!(names(&bob.join(&id).await), [("Ann", 0), ("Bob", 1)]);
    }
}

#[tokio::test]
async fn the_next_person_is_host_and_after_the_last_the_battle_is_gone() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let id = ann.create(&json!({})).await;
    bob.join(&id).await;
    ann.press(&format!("/battles/{id}/leave")).await.expect(200);
    assert_eq!(bob.battle(&id).await["host"], bob.id().await);
    bob.press(&format!("/battles/{id}/leave")).await.expect(200);
    bob.get(&format!("/battles/{id}")).await.refused(404, "BATTLE_NOT_FOUND");
    assert_eq!(bob.get("/battles").await.expect(200), json!([]));
}

#[tokio::test]
async fn from_a_battle_that_has_started_nobody_leaves() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let leave = format!("/battles/{}/leave", four.battle);
    four.people[1].press(&leave).await.refused(409, "ALREADY_STARTED");
    server.person("Eve").await.press(&leave).await.refused(403, "NOT_SEATED");
    four.finish().await;
    four.people[1].press(&leave).await.refused(409, "ALREADY_STARTED");
}

#[tokio::test]
async fn four_who_join_at_once_get_three_seats() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({})).await;
    let mut others = Vec::new();
    for name in ["Bob", "Cem", "Dee", "Eve"] {
        others.push(server.person(name).await);
    }
    let path = format!("/battles/{id}/join");
    let joins = others.iter().map(|person| person.send(Request::new("POST", &path)));
    let mut statuses: Vec<u16> =
        futures_util::future::join_all(joins).await.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 409]);
    assert_eq!(names(&ann.battle(&id).await).len(), 4);
}
