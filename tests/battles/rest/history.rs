//! `GET /state/history`

use serde_json::{Value, json};

use crate::support::{Four, TestServer};

/// Every value that stands somewhere under this key.
fn under<'a>(key: &str, value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == key {
                    found.push(value);
                }
                under(key, value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| under(key, item, found)),
        _ => {}
    }
}

fn found<'a>(key: &str, entries: &'a [Value]) -> Vec<&'a Value> {
    let mut values = Vec::new();
    entries.iter().for_each(|entry| under(key, entry, &mut values));
    values
}

#[tokio::test]
async fn it_tells_every_event_from_the_first_in_pages() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    four.reach("TURN").await;
    let whole = four.people[0].history(&four.battle).await;
    assert_eq!(whole[0]["state"]["status"], "WAITING");
    let numbers: Vec<u64> = whole.iter().map(|entry| entry["sequence"].as_u64().unwrap()).collect();
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
    assert!(whole.is_sorted_by_key(|entry| entry["timestamp"].as_u64()));
    assert_eq!(whole.last().unwrap()["state"]["currentTurn"], four.state(0).await["currentTurn"]);
    let total = whole.len().to_string();
    for path in ["/state/history", "/api/v1/state/history"] {
        let page = four.people[0].get(&format!("{path}?battleId={}&limit=3&offset=2", four.battle)).await;
        assert_eq!((page.expect(200), page.header("x-total-count")), (json!(whole[2..5]), Some(total.as_str())));
    }
    let own = four.people[0].get("/state/history?limit=1").await;
    assert_eq!((own.expect(200), own.header("x-total-count")), (json!(whole[..1]), Some(total.as_str())));
    let beyond = four.people[0].get(&format!("/state/history?battleId={}&offset=100000", four.battle)).await;
    assert_eq!((beyond.expect(200), beyond.header("x-total-count")), (json!([]), Some(total.as_str())));
}

#[tokio::test]
async fn it_shows_ones_own_pieces_and_never_anybody_elses_not_even_afterwards() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let eve = server.person("Eve").await;
    four.reach("TURN").await;
    let during = four.people[2].history(&four.battle).await;
    four.finish().await;
    let after = four.people[2].history(&four.battle).await;
    assert_eq!(after[..during.len()], during, "what was is not told differently later");
    let deals = four.people[2].replay(&four.battle).await["deals"].clone();
    let dealt: Vec<&Value> = found("hands", std::slice::from_ref(&deals)).into_iter().map(|hands| &hands[2]).collect();
    let hands = found("hand", &after);
    assert!(hands.len() > 20 && hands.len() <= after.len(), "{}", hands.len());
    for hand in hands {
        let ids: Vec<&Value> = hand.as_array().unwrap().iter().map(|piece| &piece["id"]).collect();
        let is_own = |deal: &&Value| ids.iter().all(|id| deal.as_array().unwrap().contains(id));
        assert!(dealt.iter().any(is_own), "{hand} is out of no deal of {dealt:?}");
    }
    assert!(found("you", &after).iter().all(|you| **you == json!(four.ids[2])));
    assert_eq!(after[0]["state"].get("you"), None, "before one sits down one is nobody");
    let strangers = eve.history(&four.battle).await;
    assert_eq!(strangers.len(), after.len());
    for key in ["hand", "validSets", "you"] {
        assert_eq!(found(key, &strangers), Vec::<&Value>::new(), "{key}");
    }
}

#[tokio::test]
async fn of_a_private_battle_only_its_players_read_it() {
    let server = TestServer::start();
    let wanted = json!({ "isPublic": false, "pace": "instant", "rules": { "maxRounds": 1 } });
    let four = Four::seated(&server, wanted).await;
    let eve = server.person("Eve").await;
    let path = format!("/state/history?battleId={}", four.battle);
    for page in ["", "&offset=0&limit=1", "&offset=100000"] {
        eve.get(&format!("{path}{page}")).await.refused(403, "NOT_SEATED");
    }
    four.people[0].start(&four.battle).await;
    eve.get(&path).await.refused(403, "NOT_SEATED");
    four.finish().await;
    eve.get(&path).await.refused(403, "NOT_SEATED");
    assert!(!four.people[3].history(&four.battle).await.is_empty());
    four.people[3].get(&format!("{path}&limit=1")).await.expect(200);
}
