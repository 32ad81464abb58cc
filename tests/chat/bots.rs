//! Bots at a table: their avatars think, and they speak at the high points of a game.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{Chatter, of_type};
use crate::support::TestServer;

/// What a bot says when the game is over.
const LAST_WORDS: [&str; 8] = [
    "Good game, everyone!",
    "That was close. Well played!",
    "What a finish!",
    "The pieces were kind to me.",
    "Well played!",
    "You got me. Again?",
    "Congratulations!",
    "I will count better next time.",
];

#[tokio::test]
async fn bots_think_rest_and_speak_before_those_at_their_table_only() {
    let server = TestServer::start();
    let mut ann = Chatter::join(&server, "Ann").await;
    let mut bob = Chatter::join(&server, "Bob").await;
    let wanted = json!({ "pace": "instant", "turnTimeoutSeconds": 600, "rules": { "maxRounds": 1 } });
    let battle = ann.person.create(&wanted).await;
    let cem = server.person("Cem").await;
    cem.join(&battle).await;
    let mut connection = ann.person.attend(&battle).await;
    connection.expect("connect").await;
    let bots: Vec<String> = ann.person.start(&battle).await["players"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|player| player["isBot"] == true)
        .map(|player| player["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(bots.len(), 2);
    // A bot stands in for Cem, whose avatar is still Cem's own.
    cem.press(&format!("/battles/{battle}/forfeit")).await.expect(200);
    connection.play_over_rest(&ann.person).await;
    let is_last = |message: &Value| LAST_WORDS.iter().any(|words| message["payload"]["content"] == *words);
    ann.chat.expect_that("message", is_last).await;
    ann.chat.expect("avatar_update").await;

    let scope = json!(format!("room:{battle}"));
    let told: Vec<&Value> =
        ann.chat.seen.iter().filter(|message| message["payload"].get("metadata").is_some()).collect();
    assert!(told.iter().all(|message| message["payload"]["metadata"] == scope), "{told:?}");
    let said = of_type(&ann.chat.seen, "message");
    assert!(said.len() >= 2, "before the first deal, and after the last: {said:?}");
    assert!(said.iter().all(|message| message["payload"]["type"] == "ai"), "{said:?}");
    the_avatars_fit(&told, &bots);

    let rest = bob.chat.rest().await;
    assert!(of_type(&rest, "message").is_empty() && of_type(&rest, "avatar_update").is_empty(), "{rest:?}");
}

/// Each bot thinks and then rests; around its words it speaks, and then rests.
fn the_avatars_fit(told: &[&Value], bots: &[String]) {
    let mut action: HashMap<&str, &str> = HashMap::new();
    let mut thoughts = 0;
    for message in told {
        if message["type"] == "message" {
            let speaker = message["payload"]["userId"].as_str().unwrap();
            assert!(bots.iter().any(|bot| bot == speaker), "{message}");
            assert_eq!(action.get(speaker), Some(&"speaking"), "{message}");
            continue;
        }
        let id = message["payload"]["avatarId"].as_str().unwrap();
        assert!(bots.iter().any(|bot| bot == id), "{message}");
        let now = message["payload"]["action"].as_str().unwrap();
        if action.insert(id, now) == Some("thinking") && now == "idle" {
            thoughts += 1;
        }
    }
    assert!(thoughts >= 6, "each bot declares and plays: {thoughts}");
    assert!(action.values().all(|action| *action == "idle"), "in the end all rest: {action:?}");
}
