//! `GET /state/replay/{id}`

use game_rules::DeckSeed;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{Four, TestServer, player::decision};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// Every deal is the one that the seed makes, and the seed is the one that was promised.
pub(crate) fn deals_are_fair(replay: &Value) {
    let seed = replay["deckSeed"].as_str().unwrap();
    assert_eq!(replay["deckCommitment"], hex(&Sha256::digest(bytes(seed))));
    let seed = DeckSeed::from_bytes(bytes(seed).try_into().unwrap());
    let deals = replay["deals"].as_array().unwrap();
    assert!(deals.len() >= replay["rounds"].as_array().unwrap().len());
    let rounds: Vec<u64> = deals.iter().filter_map(|deal| deal["round"].as_u64()).collect();
    assert_eq!(rounds.len(), deals.len(), "every deal names its round");
    assert!(rounds.is_sorted() && rounds[0] == 1, "{rounds:?}");
    let mut dealt = rounds.clone();
    dealt.dedup();
    let scored: Vec<u64> =
        replay["rounds"].as_array().unwrap().iter().filter_map(|round| round["round"].as_u64()).collect();
    assert_eq!(dealt, scored, "every round has a deal");
    for (number, deal) in (0..).zip(deals) {
        assert_eq!(deal["number"], number);
        let hands: Vec<Vec<String>> =
            seed.deal(number).values().map(|hand| hand.iter().map(|piece| piece.to_string()).collect()).collect();
        assert_eq!(deal["hands"], json!(hands), "deal {number}");
    }
}

#[tokio::test]
async fn it_opens_when_the_battle_has_ended() {
    let server = TestServer::start();
    let four = Four::seated(&server, json!({ "pace": "instant", "rules": { "maxRounds": 1 } })).await;
    let eve = server.person("Eve").await;
    let path = format!("/state/replay/{}", four.battle);
    four.people[0].get(&path).await.refused(403, "BATTLE_NOT_FINISHED");
    four.people[0].start(&four.battle).await;
    four.reach("TURN").await;
    for person in [&four.people[0], &eve] {
        let answer = person.get(&path).await;
        answer.refused(403, "BATTLE_NOT_FINISHED");
        assert!(!answer.body.contains("deckSeed"), "{answer:?}");
    }
    four.finish().await;
    let replay = eve.replay(&four.battle).await;
    assert_eq!(four.people[3].get(&format!("/api/v1{path}")).await.expect(200), replay);
}

#[tokio::test]
async fn a_private_one_is_for_those_who_played() {
    let server = TestServer::start();
    let wanted = json!({ "isPublic": false, "pace": "instant", "rules": { "maxRounds": 1 } });
    let four = Four::playing_as(&server, wanted).await;
    let eve = server.person("Eve").await;
    let path = format!("/state/replay/{}", four.battle);
    eve.get(&path).await.refused(403, "NOT_SEATED");
    four.people[0].get(&path).await.refused(403, "BATTLE_NOT_FINISHED");
    four.finish().await;
    eve.get(&path).await.refused(403, "NOT_SEATED");
    for person in &four.people {
        person.replay(&four.battle).await;
    }
}

#[tokio::test]
async fn it_holds_every_decision_in_order_and_deals_that_anybody_can_check() {
    let server = TestServer::start();
    let rules = json!({ "maxRounds": 2 });
    let wanted = json!({ "pace": "instant", "turnTimeoutSeconds": 600, "rules": rules });
    let four = Four::playing_as(&server, wanted).await;
    let mut watching = server.person("Eve").await.attend(&four.battle).await;
    let (mut state, mut submitted) = (four.state(0).await, Vec::new());
    for whim in 1.. {
        match state["status"].as_str() {
            Some("GAME_OVER") => break,
            Some("SCORING") => state = four.next_round().await,
            _ => {}
        }
        let seat = four.current(&state);
        let action = decision(&four.state(seat).await, whim);
        state = four.people[seat].does(&four.battle, &action).await;
        submitted.push((seat, action));
    }
    let replay = four.people[1].replay(&four.battle).await;
    deals_are_fair(&replay);
    let end = watching.expect("game:end").await;
    assert_eq!((&replay["deckSeed"], &replay["deckCommitment"]), (&end["deckSeed"], &end["deckCommitment"]));
    assert_eq!(replay["battleId"], four.battle);
    let actions = replay["actions"].as_array().unwrap();
    assert_eq!(actions.len(), submitted.len());
    for (told, (seat, done)) in actions.iter().zip(&submitted) {
        assert_eq!((&told["seat"], &told["type"], &told["automatic"]), (&json!(seat), &done["type"], &json!(false)));
        assert_eq!(told.get("value"), done.get("value"));
        let sorted = |action: &Value| {
            let mut ids: Vec<String> =
                action["pieceIds"].as_array().into_iter().flatten().map(Value::to_string).collect();
            ids.sort();
            ids
        };
        assert_eq!(sorted(told), sorted(done));
    }
    assert!(actions.is_sorted_by_key(|action| action["time"].as_u64()));
}

#[tokio::test]
async fn its_rounds_add_up_to_its_results() {
    let server = TestServer::start();
    let rules = json!({ "maxRounds": 2 });
    let four = Four::playing_as(&server, json!({ "pace": "instant", "rules": rules })).await;
    let over = four.finish().await;
    let replay = four.people[0].replay(&four.battle).await;
    let (rounds, results) = (replay["rounds"].as_array().unwrap(), &replay["results"]);
    assert_eq!((rounds.len(), &results["roundsPlayed"]), (2, &json!(2)));
    let mut totals = [0; 4];
    for (number, round) in (1..).zip(rounds) {
        assert_eq!(round["round"], number);
        assert_eq!(round["captured"].as_array().unwrap().iter().filter_map(Value::as_u64).sum::<u64>(), 8);
        for (seat, total) in totals.iter_mut().enumerate() {
            *total += round["scores"][seat].as_i64().unwrap();
        }
        assert_eq!(round["totals"], json!(totals));
    }
    let best = totals.iter().max().unwrap();
    for (seat, name) in ["Ann", "Bob", "Cem", "Dee"].into_iter().enumerate() {
        let expected = json!({ "seat": seat, "id": four.ids[seat], "name": name, "isBot": false });
        assert_eq!(replay["seats"][seat], expected);
        assert_eq!(results["finalScores"][name], totals[seat]);
        assert_eq!(over["players"][&four.ids[seat]]["health"], totals[seat]);
        assert_eq!(results["winners"].as_array().unwrap().contains(&json!(name)), totals[seat] == *best);
    }
}
