//! `POST /ai/action`

use serde_json::json;

use crate::support::{Four, Person, TestServer, player::body};

async fn hint(person: &Person, battle: &str, difficulty: &str) -> serde_json::Value {
    let answer = person.post("/api/v1/ai/action", &json!({ "battleId": battle, "difficulty": difficulty })).await;
    let hint = body(&answer, "Hint");
    assert_eq!(hint["difficulty"], difficulty);
    hint
}

#[tokio::test]
async fn what_it_says_is_legal_to_the_end_of_a_game_at_every_level() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let mut state = four.state(0).await;
    for level in ["easy", "medium", "hard"].iter().cycle() {
        if state["status"] == "GAME_OVER" {
            break;
        }
        let seat = four.current(&state);
        let hint = hint(&four.people[seat], &four.battle, level).await;
        state = four.people[seat].does(&four.battle, &hint["action"]).await;
    }
    let last = four.people[0].post("/ai/action", &json!({ "battleId": four.battle })).await;
    assert_eq!(last.refused(409, "WRONG_PHASE"), json!({ "status": "GAME_OVER" }));
}

#[tokio::test]
async fn an_expert_or_hard_while_too_many_think_says_what_is_legal() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let state = four.reach("DECLARATION").await;
    let seat = four.current(&state);
    let wanted = json!({ "battleId": four.battle, "difficulty": "expert" });
    let hint = body(&four.people[seat].post("/ai/action", &wanted).await, "Hint");
    assert!(["expert", "hard"].contains(&hint["difficulty"].as_str().unwrap()), "{hint}");
    four.people[seat].does(&four.battle, &hint["action"]).await;
}

#[tokio::test]
async fn it_changes_nothing_and_takes_the_battles_level_where_none_is_named() {
    let server = TestServer::start();
    let wanted = json!({ "botDifficulty": "easy", "turnTimeoutSeconds": 600 });
    let four = Four::playing_as(&server, wanted).await;
    let before = four.reach("DECLARATION").await;
    let seat = four.current(&before);
    let hint = body(&four.people[seat].post("/ai/action", &json!({ "battleId": four.battle })).await, "Hint");
    assert_eq!((&hint["difficulty"], &hint["action"]["type"]), (&json!("easy"), &json!("declare")));
    assert_eq!(four.state(seat).await["players"], before["players"]);
}

#[tokio::test]
async fn there_is_none_for_who_is_not_asked() {
    let server = TestServer::start();
    let four = Four::seated(&server, json!({ "turnTimeoutSeconds": 600 })).await;
    let wanted = json!({ "battleId": four.battle });
    four.people[0].post("/ai/action", &wanted).await.refused(409, "BATTLE_NOT_ACTIVE");
    four.people[0].start(&four.battle).await;
    let state = four.reach("DECLARATION").await;
    let other = (four.current(&state) + 1) % 4;
    let details = four.people[other].post("/ai/action", &wanted).await.refused(409, "NOT_YOUR_TURN");
    assert_eq!(details["yourSeat"], other);
    server.person("Eve").await.post("/ai/action", &wanted).await.refused(403, "NOT_SEATED");
    let wrong = json!({ "battleId": four.battle, "difficulty": "godlike" });
    four.people[0].post("/ai/action", &wrong).await.invalid("difficulty");
}

#[tokio::test]
async fn hints_are_work_and_a_loop_of_them_is_refused() {
    let server = TestServer::with(&["--address-work-kib-per-second", "1", "--address-work-kib-at-once", "1"]);
    let wanted = json!({ "botDifficulty": "hard", "turnTimeoutSeconds": 600 });
    let four = Four::playing_as(&server, wanted).await;
    let seat = four.current(&four.reach("DECLARATION").await);
    let wanted = json!({ "battleId": four.battle });
    body(&four.people[seat].post("/ai/action", &wanted).await, "Hint");
    four.people[seat].post("/ai/action", &wanted).await.refused(429, "RATE_LIMITED");
}
