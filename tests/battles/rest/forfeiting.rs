//! `POST /battles/{id}/forfeit`

use serde_json::json;

use crate::support::{
    Four, TestServer,
    player::{body, decision},
    within,
};

/// Dee gives up once all hands are kept.
async fn given_up(server: &TestServer) -> Four {
    let four = Four::playing(server).await;
    four.reach("DECLARATION").await;
    body(&four.people[3].press(&format!("/battles/{}/forfeit", four.battle)).await, "Battle");
    four
}

#[tokio::test]
async fn who_forfeits_is_marked_and_a_bot_plays_on_to_a_loss() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    four.reach("DECLARATION").await;
    let mut ann = four.people[0].attend(&four.battle).await;
    let answer = four.people[3].press(&format!("/api/v1/battles/{}/forfeit", four.battle)).await;
    let effects = body(&answer, "Battle")["state"]["players"][&four.ids[3]]["status"].clone();
    for effect in ["BOT", "FORFEITED"] {
        assert!(effects.as_array().unwrap().contains(&json!({ "type": effect })), "{effects}");
    }
    let ready = ann.expect("ai:ready").await;
    assert_eq!((&ready["playerId"], &ready["reason"]), (&json!(four.ids[3]), &json!("left")));
    let mut state = ann.state().await;
    for whim in 1.. {
        match state["status"].as_str() {
            Some("GAME_OVER") => break,
            _ if state["currentTurn"] == four.ids[3] => {
                state = ann.next_update().await;
            }
            _ => {
                let seat = four.current(&state);
                let own = four.state(seat).await;
                four.people[seat].does(&four.battle, &decision(&own, whim)).await;
                state = ann.state().await;
            }
        }
    }
    assert!(
        ann.seen.iter().any(|message| message["event"] == "ai:action" && message["data"]["playerId"] == four.ids[3])
    );
    let path = format!("/users/{}/stats", four.ids[3]);
    let stats = within("the game in the statistics", async {
        loop {
            let stats = four.people[3].get(&path).await.expect(200);
            if stats["gamesPlayed"] == 1 {
                return stats;
            }
        }
    })
    .await;
    assert_eq!((&stats["gamesWon"], &stats["winRate"]), (&json!(0), &json!(0.0)), "whatever the bot made of it");
}

#[tokio::test]
async fn who_has_forfeited_can_neither_act_nor_come_back() {
    let server = TestServer::start();
    let four = given_up(&server).await;
    let (dee, id) = (&four.people[3], &four.battle);
    for what in ["forfeit", "leave", "start"] {
        dee.press(&format!("/battles/{id}/{what}")).await.refused(403, "NOT_SEATED");
    }
    dee.act(id, &json!({ "type": "declare", "value": 1 })).await.refused(403, "NOT_SEATED");
    dee.post("/ai/action", &json!({ "battleId": id })).await.refused(403, "NOT_SEATED");
    dee.press(&format!("/battles/{id}/join")).await.refused(409, "ALREADY_STARTED");
    dee.get("/state").await.refused(404, "BATTLE_NOT_FOUND");
    let mut watching = dee.attend(id).await;
    assert_eq!(watching.next().await["data"]["seat"], json!(null));
    watching.act(&json!({ "type": "declare", "value": 1 })).await;
    watching.refused("NOT_SEATED").await;
}

#[tokio::test]
async fn who_has_forfeited_does_not_see_the_bots_pieces() {
    let server = TestServer::start();
    let four = given_up(&server).await;
    let dee = &four.people[3];
    for (path, schema) in [("/state?battleId=", "GameState"), ("/battles/", "Battle")] {
        let answer = dee.get(&format!("{path}{}", four.battle)).await;
        body(&answer, schema);
        assert!(!answer.body.contains("\"hand\"") && !answer.body.contains("validSets"), "{answer:?}");
    }
    let shown: Vec<bool> =
        dee.history(&four.battle).await.iter().map(|entry| entry["state"].get("hand").is_some()).collect();
    assert!(shown.contains(&true), "before it was given up it was the own hand");
    assert_eq!(shown.last(), Some(&false));
    let mut watching = dee.attend(&four.battle).await;
    assert_eq!(watching.next().await["data"]["state"].get("hand"), None);
}

#[tokio::test]
async fn only_a_seat_in_an_active_battle_can_be_given_up() {
    let server = TestServer::start();
    let four = Four::seated(&server, json!({ "pace": "instant", "rules": { "maxRounds": 1 } })).await;
    let forfeit = format!("/battles/{}/forfeit", four.battle);
    let eve = server.person("Eve").await;
    eve.press(&forfeit).await.refused(403, "NOT_SEATED");
    assert_eq!(four.people[0].press(&forfeit).await.refused(409, "BATTLE_NOT_ACTIVE"), json!({ "status": "WAITING" }));
    four.people[0].start(&four.battle).await;
    eve.press(&forfeit).await.refused(403, "NOT_SEATED");
    four.finish().await;
    assert_eq!(four.people[0].press(&forfeit).await.refused(409, "BATTLE_NOT_ACTIVE"), json!({ "status": "FINISHED" }));
}

#[tokio::test]
async fn a_battle_that_everybody_gave_up_is_played_to_its_end_by_bots() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let mut eve = server.person("Eve").await.attend(&four.battle).await;
    for person in &four.people {
        person.press(&format!("/battles/{}/forfeit", four.battle)).await.expect(200);
    }
    let end = eve.expect("game:end").await;
    assert_eq!(end["roundsPlayed"], 1);
    let replay = four.people[0].replay(&four.battle).await;
    assert_eq!(replay["deckSeed"], end["deckSeed"]);
}
