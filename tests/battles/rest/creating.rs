//! `POST /battles`

use serde_json::{Value, json};

use crate::support::{Request, TestServer};

#[tokio::test]
async fn whoever_makes_a_battle_sits_in_it_as_its_host() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let answer = ann.post("/battles", &json!({ "name": "  Friday night ", "isPublic": false })).await;
    let battle = answer.expect(201);
    let id = battle["id"].as_str().unwrap();
    assert_eq!(answer.header("location"), Some(format!("/battles/{id}").as_str()));
    assert!(id.len() == 8 && id.bytes().all(|byte| b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789".contains(&byte)), "{id}");
    let player = json!({ "id": ann.id().await, "name": "Ann", "seat": 0, "isBot": false, "connected": false });
    assert_eq!(battle["players"], json!([player]));
    assert_eq!((&battle["name"], &battle["host"]), (&json!("Friday night"), &player["id"]));
    assert_eq!((&battle["status"], &battle["isPublic"]), (&json!("WAITING"), &json!(false)));
    let state = &battle["state"];
    assert_eq!((&state["battleId"], &state["status"]), (&battle["id"], &json!("WAITING")));
    assert_eq!((&state["round"], &state["currentTurn"], &state["you"]), (&json!(0), &json!(""), &player["id"]));
    let created = battle["createdAt"].as_u64().unwrap();
    assert!(created > 1_700_000_000_000 && created <= battle["updatedAt"].as_u64().unwrap(), "{battle}");
    assert_eq!(ann.battle(id).await, battle, "looking changes nothing, not even the time");
}

#[tokio::test]
async fn everything_may_be_left_out_and_the_battle_has_its_hosts_name() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    ann.patch(&json!({ "displayName": "Annie" })).await.expect(200);
    let battle = ann.battle(&ann.create(&json!({})).await).await;
    assert_eq!((&battle["name"], &battle["isPublic"]), (&json!("Annie"), &json!(true)));
    assert_eq!(battle["players"][0]["name"], "Annie");
}

#[tokio::test]
async fn the_rules_that_it_was_made_with_are_those_it_is_played_by() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let rules = json!({ "targetScore": 20, "maxRounds": 2, "competingTypes": "any_type", "zeroStreakLimit": null,
        "forbidTotal": 9 });
    let wanted = json!({ "rules": rules, "pace": "instant", "botDifficulty": "easy", "turnTimeoutSeconds": 1 });
    let id = ann.create(&wanted).await;
    ann.start(&id).await;
    ann.press(&format!("/battles/{id}/forfeit")).await.expect(200);
    let mut watching = ann.attend(&id).await;
    if watching.next().await["data"]["state"]["status"] != "GAME_OVER" {
        watching.expect("game:end").await;
    }
    assert_eq!(ann.replay(&id).await["rules"], rules);
}

#[tokio::test]
async fn a_wrong_field_is_named() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for (body, field) in [
        (json!({ "name": "" }), "name"),
        (json!({ "name": " \t " }), "name"),
        (json!({ "name": "x".repeat(51) }), "name"),
        (json!({ "name": "a\u{7}b" }), "name"),
        (json!({ "name": 7 }), "name"),
        (json!({ "isPublic": "yes" }), "isPublic"),
        (json!({ "botDifficulty": "godlike" }), "botDifficulty"),
        (json!({ "fillWithBots": 1 }), "fillWithBots"),
        (json!({ "pace": "warp" }), "pace"),
        (json!({ "turnTimeoutSeconds": 0 }), "turnTimeoutSeconds"),
        (json!({ "rules": [] }), "rules"),
        (json!({ "rules": { "targetScore": 9 } }), "rules.targetScore"),
        (json!({ "rules": { "maxRounds": 101 } }), "rules.maxRounds"),
        (json!({ "rules": { "competingTypes": "none" } }), "rules.competingTypes"),
        (json!({ "rules": { "zeroStreakLimit": 0 } }), "rules.zeroStreakLimit"),
        (json!({ "rules": { "forbidTotal": 33 } }), "rules.forbidTotal"),
    ] {
        ann.post("/battles", &body).await.invalid(field);
    }
    assert_eq!(ann.get("/battles").await.expect(200), json!([]), "and nothing was made");
}

#[tokio::test]
async fn a_server_with_as_many_battles_as_it_may_have_says_so() {
    let server = TestServer::unlimited(&["--max-rooms", "1"]);
    let ann = server.person("Ann").await;
    ann.create(&json!({})).await;
    let details = ann.post("/battles", &json!({})).await.refused(503, "TOO_MANY_BATTLES");
    assert_eq!(details, json!({ "limit": 1 }));
}

#[tokio::test]
async fn a_battle_is_made_at_the_root_and_below_the_version_alike() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for prefix in ["", "/api/v1"] {
        let request = Request::new("POST", &format!("{prefix}/battles")).json(&json!({ "name": "One" }));
        let battle: Value = ann.send(request).await.expect(201);
        let found = ann.get(&format!("{prefix}/battles/{}", battle["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(found["id"], battle["id"]);
    }
}
