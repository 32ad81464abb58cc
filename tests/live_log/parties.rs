//! Rooms are parties, led by their host.

use serde_json::{Value, json};

use super::listener::{Listener, serve};
use crate::support::Four;

/// Event, member and leader, and how many there are.
fn facts(message: &Value) -> (&str, &str, &str, u64) {
    let text = |value: &'static str| message["event_data"][value].as_str().unwrap_or_default();
    let leader = message["leader_name"].as_str().unwrap();
    (message["event"].as_str().unwrap(), text("member_name"), leader, message["member_count"].as_u64().unwrap())
}

#[tokio::test]
async fn who_joins_leaves_and_leads_is_told_until_the_last_has_gone() {
    let server = serve(&[]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let mut log = Listener::to(server.port(), &["party"]).await;
    let battle = ann.create(&json!({ "name": "Friday" })).await;
    let made = log.next().await;
    assert_eq!(facts(&made), ("member_joined", "Ann", "Ann", 1));
    assert_eq!((&made["party_id"], &made["leader_id"]), (&json!(battle), &json!(ann.id().await)));
    assert_eq!(made["event_data"]["member_id"], json!(ann.id().await));
    bob.join(&battle).await;
    assert_eq!(facts(&log.next().await), ("member_joined", "Bob", "Ann", 2));
    ann.press(&format!("/battles/{battle}/leave")).await.expect(200);
    assert_eq!(facts(&log.next().await), ("member_left", "Ann", "Bob", 1));
    let promoted = log.next().await;
    assert_eq!(facts(&promoted), ("member_promoted", "Bob", "Bob", 1));
    assert_eq!(
        (&promoted["leader_id"], &promoted["event_data"]["member_id"]),
        (&json!(bob.id().await), &json!(bob.id().await))
    );
    bob.press(&format!("/battles/{battle}/leave")).await.expect(200);
    let left = log.next().await;
    assert_eq!((facts(&left).0, facts(&left).1, facts(&left).3), ("member_left", "Bob", 0));
    let over = log.next().await;
    assert_eq!((&over["event"], &over["party_id"]), (&json!("disbanded"), &json!(battle)));
    let history = log.listed(json!({ "user_id": bob.id().await })).await;
    assert!(history.len() >= 4, "{history:?}");
}

#[tokio::test]
async fn bots_are_no_members() {
    let server = serve(&[]);
    let ann = server.person("Ann").await;
    let mut log = Listener::to(server.port(), &["party", "raid"]).await;
    let battle = ann.create(&json!({ "pace": "instant" })).await;
    assert_eq!(facts(&log.next().await), ("member_joined", "Ann", "Ann", 1));
    ann.start(&battle).await;
    assert_eq!(log.next().await["type"], "raid", "three bots sat down and nobody was told");
}

#[tokio::test]
async fn a_declaration_that_is_met_is_a_bonus_of_its_party() {
    let server = serve(&[]);
    let mut log = Listener::to(server.port(), &["party"]).await;
    let rules = json!({ "targetScore": 200, "maxRounds": 100 });
    let four = Four::playing_as(&server, json!({ "pace": "instant", "rules": rules })).await;
    let playing = async {
        let mut state = four.state(0).await;
        for whim in 1.. {
            state = four.step(&state, whim).await;
        }
        unreachable!("a game has so many steps")
    };
    let bonus = tokio::select! {
        bonus = log.expect_that("party", |message| message["event"] == "level_bonus") => bonus,
        () = playing => unreachable!("no bonus in a whole game"),
    };
    let names = ["Ann", "Bob", "Cem", "Dee"];
    let seat = names.iter().position(|name| bonus["event_data"]["member_name"] == *name).expect("one of the four");
    assert_eq!(bonus["event_data"]["member_id"], four.ids[seat]);
    assert_eq!((&bonus["party_id"], &bonus["member_count"]), (&json!(four.battle), &json!(4)));
    let (kind, points) = (&bonus["event_data"]["bonus_type"], bonus["event_data"]["points"].as_i64().unwrap());
    assert!(["PERFECT_DECLARATION", "PERFECT_ZERO"].iter().any(|word| kind == word) && points > 0, "{bonus}");
}

#[tokio::test]
async fn who_gives_a_game_up_has_left_the_party() {
    let server = serve(&[]);
    let four = Four::playing(&server).await;
    let mut log = Listener::to(server.port(), &["party"]).await;
    four.people[3].press(&format!("/battles/{}/forfeit", four.battle)).await.expect(200);
    assert_eq!(facts(&log.next().await), ("member_left", "Dee", "Ann", 3));
}
