//! Games of people against bots are raids.

use serde_json::{Value, json};

use super::listener::{Listener, play_out, serve};
use crate::support::{Four, Person};

/// Every message of the raid up to its end.
async fn heard(log: &mut Listener) -> Vec<Value> {
    let mut raid = Vec::new();
    loop {
        let message = log.expect("raid").await;
        let over = ["victory", "wipe"].iter().any(|status| message["status"] == *status);
        raid.push(message);
        if over {
            return raid;
        }
    }
}

async fn begun(ann: &Person, wanted: Value) -> String {
    let battle = ann.create(&wanted).await;
    ann.start(&battle).await;
    battle
}

#[tokio::test]
async fn a_whole_game_against_bots_is_a_raid_from_its_start_to_victory_or_wipe() {
    let server = serve(&[]);
    let ann = server.person("Ann").await;
    let mut log = Listener::to(server.port(), &["raid", "system"]).await;
    let rules = json!({ "targetScore": 40, "maxRounds": 3 });
    let wanted = json!({ "name": "The Lair", "pace": "instant", "botDifficulty": "hard", "rules": rules });
    let battle = begun(&ann, wanted).await;
    play_out(&ann, &battle).await;
    let raid = heard(&mut log).await;
    let statuses: Vec<&str> = raid.iter().map(|message| message["status"].as_str().unwrap()).collect();
    let (last, before) = statuses.split_last().unwrap();
    assert_eq!(before[0], "preparing");
    assert!(before.len() >= 3 && before[1..].iter().all(|status| *status == "in_progress"), "{statuses:?}");
    let me = json!([{ "user_id": ann.id().await, "username": "Ann", "role": "leader", "class": "human" }]);
    for message in &raid {
        assert_eq!((&message["raid_id"], &message["raid_name"]), (&json!(battle), &json!("The Lair")));
        assert_eq!((&message["difficulty"], &message["participants"]), (&json!("hard"), &me));
        assert!(message["boss_name"].as_str().is_some_and(|name| name != "Ann"), "{message}");
    }
    assert_eq!((&raid[0]["health_percentage"], &raid[1]["health_percentage"]), (&json!(100), &json!(100)));
    assert_eq!((&raid[0]["duration_seconds"], &raid[1]["duration_seconds"]), (&json!(0), &json!(0)));
    let times: Vec<u64> = raid.iter().map(|message| message["duration_seconds"].as_u64().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");

    let replay = ann.replay(&battle).await;
    let rounds = replay["rounds"].as_array().unwrap();
    assert_eq!(before.len(), 2 + rounds.len(), "every scored round is told: {statuses:?}");
    for (message, round) in raid[2..].iter().zip(rounds) {
        let lacks = (40 - round["totals"][0].as_i64().unwrap()).clamp(0, 40);
        assert_eq!(message["health_percentage"], (lacks * 100 + 39) / 40, "{round}");
    }
    let won = replay["results"]["winners"].as_array().unwrap().contains(&json!("Ann"));
    assert_eq!(*last, if won { "victory" } else { "wipe" });
    assert_eq!(log.listed(json!({ "type": "raid" })).await.len(), raid.len());
}

#[tokio::test]
async fn the_start_of_a_raid_is_a_system_message_too() {
    let server = serve(&[]);
    let ann = server.person("Ann").await;
    let mut log = Listener::to(server.port(), &["system"]).await;
    let battle = begun(&ann, json!({ "name": "The Lair", "botDifficulty": "expert", "turnTimeoutSeconds": 600 })).await;
    let started = log.expect_that("system", |message| message["event"] == "raid_started").await;
    let data = &started["data"];
    assert_eq!((&data["raid_id"], &data["raid_name"]), (&json!(battle), &json!("The Lair")));
    assert_eq!((&data["difficulty"], data["boss_name"].is_string()), (&json!("expert"), true));
}

#[tokio::test]
async fn a_raid_whose_people_have_all_given_up_is_a_wipe() {
    let server = serve(&[]);
    let ann = server.person("Ann").await;
    let mut log = Listener::to(server.port(), &["raid"]).await;
    let battle = begun(&ann, json!({ "pace": "instant", "rules": { "maxRounds": 3 } })).await;
    ann.press(&format!("/battles/{battle}/forfeit")).await.expect(200);
    let raid = heard(&mut log).await;
    let statuses: Vec<&Value> = raid.iter().map(|message| &message["status"]).collect();
    assert_eq!(statuses, ["preparing", "in_progress", "wipe"], "the rounds that bots play alone concern nobody");
}

#[tokio::test]
async fn a_game_of_people_alone_is_no_raid() {
    let server = serve(&[]);
    let mut log = Listener::to(server.port(), &["raid", "system", "party"]).await;
    let four = Four::playing(&server).await;
    four.finish().await;
    let left = four.people[0].create(&json!({ "name": "another one" })).await;
    log.expect_that("party", |message| message["party_id"] == json!(left)).await;
    assert!(log.seen.iter().all(|seen| seen["type"] != "raid" && seen["event"] != "raid_started"), "{:?}", log.seen);
}
