//! The order of events after an accepted action, and what each phase says.

use serde_json::{Value, json};

use crate::support::{Table, TestServer};

fn names(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["event"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_declaration_is_accepted_then_told_then_the_phase_moves() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let current = table.current();
    let legal = table.phase_data()["valid_declarations"][1].clone();
    let heard = table.do_as(current, "declare", json!({ "declaration": legal })).await;
    let name = table[current].name().to_owned();
    for (position, events) in heard.iter().enumerate() {
        if position == current {
            assert_eq!(names(events), ["declaration_accepted", "phase_change"]);
            assert_eq!(events[0]["data"], json!({ "player": name, "declaration": legal }));
        } else {
            assert_eq!(names(events), ["player_action", "phase_change"]);
            assert_eq!(events[0]["data"], json!({ "player": name, "action": "declare", "declaration": legal }));
        }
    }
}

#[tokio::test]
async fn declarations_go_round_and_the_last_may_not_make_eight() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let order = table.phase_data()["declaration_order"].clone();
    for turn in 0..3 {
        assert_eq!(table.phase_data()["current_player"], order[turn]);
        assert_eq!(table.phase_data()["total_declared"], 2 * turn);
        let current = table.current();
        table.do_as(current, "declare", json!({ "declaration": 2 })).await;
    }
    assert_eq!(table.phase_data()["valid_declarations"], json!([0, 1, 3, 4, 5, 6, 7, 8]));
    let declarations = table.phase_data()["declarations"].as_object().unwrap();
    assert_eq!(declarations.values().collect::<Vec<_>>(), [&json!(2); 3]);
    let current = table.current();
    table[current].act("declare", json!({ "declaration": 2 })).await;
    let error = table[current].refused("2004").await;
    assert_eq!(error["details"]["reason"], "forbidden_total");
    assert_eq!(error["details"]["valid_declarations"], json!([0, 1, 3, 4, 5, 6, 7, 8]));
}

#[tokio::test]
async fn a_play_is_accepted_then_told_then_the_hand_then_the_phase() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    let leader = table.current();
    let name = table[leader].name().to_owned();
    let (event, data) = table[leader].decision().unwrap();
    let ids = data["piece_ids"].clone();
    let count = ids.as_array().unwrap().len();
    let heard = table.do_as(leader, event, data).await;
    let own = &heard[leader];
    assert_eq!(names(own), ["play_accepted", "hand_updated", "phase_change"]);
    assert_eq!(own[0]["data"]["player"], name);
    assert_eq!(own[0]["data"]["pieces_played"], ids);
    assert_eq!(own[1]["data"]["count"], 8 - count);
    for position in (0..4).filter(|position| *position != leader) {
        let events = &heard[position];
        assert_eq!(names(events), ["player_action", "phase_change"]);
        let action = &events[0]["data"];
        assert_eq!(action["player"], name);
        assert_eq!(action["action"], "play");
        assert_eq!(action["piece_ids"], ids);
        assert_eq!(action["play_type"], own[0]["data"]["play_type"]);
        assert_eq!(action["pieces"].as_array().unwrap().len(), count);
    }
    let phase = table.phase_data();
    assert_eq!(phase["required_piece_count"], count);
    assert_eq!(phase["current_pile_count"], 4 * count, "the pieces at stake");
    assert_eq!(phase["current_plays"][&name]["play_type"], own[0]["data"]["play_type"]);
}

#[tokio::test]
async fn a_turn_gives_its_piles_to_the_winner_who_leads_the_next() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    assert_eq!(table.phase_data()["turn_number"], 1);
    assert_eq!(table.phase_data()["last_winner"], Value::Null);
    assert_eq!(table.phase_data()["required_piece_count"], Value::Null);
    let single = table.lead_single().await;
    assert_eq!(table.phase_data()["required_piece_count"], 1, "after {single}");
    for _ in 0..3 {
        table.step().await;
    }
    let phase = table.phase_data().clone();
    assert_eq!(phase["turn_number"], 2);
    let winner = phase["last_winner"].as_str().unwrap();
    assert_eq!(phase["current_player"], winner);
    assert_eq!(phase["turn_order"][0], winner);
    assert_eq!(phase["current_plays"], json!({}));
    assert_eq!(table[0].phase["game_state"]["pile_counts"][winner], 1);
}

#[tokio::test]
async fn a_hand_lists_every_valid_set_in_it() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({})).await;
    let heard = table.start().await;
    for events in &heard {
        let hand = &events[1]["data"];
        let sets = hand["valid_sets"].as_array().unwrap();
        let singles = sets.iter().filter(|set| set["play_type"] == "SINGLE");
        assert_eq!(singles.count(), 8, "every piece alone is one");
        let held: Vec<&Value> = hand["pieces"].as_array().unwrap().iter().map(|piece| &piece["id"]).collect();
        for set in sets {
            assert!(set["piece_ids"].as_array().unwrap().iter().all(|id| held.contains(&id)));
        }
    }
}

#[tokio::test]
async fn a_round_hands_out_eight_piles_and_its_scores_follow_the_table() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({ "pace": "instant", "rules": { "max_rounds": 1 } })).await;
    table.start().await;
    table.reach_the_end().await;
    let seen = &table[0].seen;
    let scoring = seen.iter().rfind(|event| event["data"]["phase"] == "SCORING").expect("a scored round");
    let data = &scoring["data"]["phase_data"];
    let multiplier = data["redeal_multiplier"].as_i64().unwrap();
    let scores = data["round_scores"].as_object().unwrap();
    let captured: i64 = scores.values().map(|score| score["captured"].as_i64().unwrap()).sum();
    assert_eq!(captured, 8);
    for (name, score) in scores {
        let [declared, captured] = ["declared", "captured"].map(|field| score[field].as_i64().unwrap());
        let base = match (declared, captured) {
            (0, 0) => 3,
            (0, taken) => -taken,
            (said, taken) if said == taken => said + 5,
            (said, taken) => -(said - taken).abs(),
        };
        assert_eq!(score["base_score"], base);
        assert_eq!(score["multiplier"], multiplier);
        assert_eq!(score["round_score"], base * multiplier);
        assert_eq!(scoring["data"]["game_state"]["scores"][name], score["total_score"]);
        let exact = declared == captured;
        let bonus = seen.iter().any(|event| event["event"] == "special_bonus" && event["data"]["player"] == *name);
        assert_eq!(exact, bonus, "{name}: {declared} declared, {captured} taken");
    }
}

#[tokio::test]
async fn the_end_names_the_winners_and_opens_the_deck() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({ "pace": "instant", "rules": { "max_rounds": 3 } })).await;
    table.start().await;
    let over = table.reach_the_end().await;
    let scores = over["final_scores"].as_object().unwrap();
    let best = scores.values().map(|score| score.as_i64().unwrap()).max().unwrap();
    let winners: Vec<&String> = scores.iter().filter(|(_, score)| **score == best).map(|(name, _)| name).collect();
    let mut said: Vec<&str> = over["winners"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    said.sort_unstable();
    assert_eq!(json!(said), json!(winners));
    assert!(over["game_duration"].is_f64());
    assert!(over["statistics"]["total_turns"].as_u64().unwrap() >= 6);
    assert_eq!(over["statistics"]["timeouts"], 0);
    let phase = table[0].seen.iter().rfind(|event| event["event"] == "phase_change").unwrap();
    assert_eq!(phase["data"]["phase"], "GAME_OVER");
    assert_eq!(phase["data"]["phase_data"]["winners"], over["winners"]);
    assert_eq!(phase["data"]["phase_data"]["final_scores"], over["final_scores"]);
}

/// Games until a hand is weak: about every fourth deal has one.
async fn weak_table(server: &TestServer) -> Table {
    for _ in 0..200 {
        let mut table = server.table(json!({ "pace": "instant" })).await;
        table.start().await;
        if !table.weak_seats().is_empty() {
            return table;
        }
    }
    panic!("200 deals without a weak hand");
}

#[tokio::test]
async fn an_accepted_redeal_gives_everybody_new_hands_and_doubles_the_round() {
    let server = TestServer::for_guests(&[]);
    let mut table = weak_table(&server).await;
    assert_eq!(table.phase_data()["waiting_for_decisions"], true);
    let weak = table.undecided();
    let mut heard = Vec::new();
    for position in &weak {
        heard = table.do_as(*position, "accept_redeal", json!({})).await;
        let name = table[*position].name();
        let own = &heard[*position];
        assert_eq!(own[0]["event"], "redeal_decision_accepted");
        assert_eq!(own[0]["data"], json!({ "player": name, "decision": "accept" }));
        let other = &heard[(position + 1) % 4];
        assert_eq!(other[0]["event"], "player_action");
        assert_eq!(other[0]["data"], json!({ "player": name, "action": "accept_redeal" }));
    }
    for events in &heard {
        assert_eq!(names(events)[1..3], ["hand_updated", "phase_change"]);
        assert_eq!(events[1]["data"]["count"], 8);
        let phase = &events[2]["data"];
        assert_eq!(phase["phase"], "PREPARATION");
        assert_eq!(phase["phase_data"]["redeal_multiplier"], 2, "per redeal, not per accepter");
        assert_eq!(phase["phase_data"]["redeal_complete"], true);
    }
}

#[tokio::test]
async fn declined_redeals_leave_the_hands_as_they_are() {
    let server = TestServer::for_guests(&[]);
    let mut table = weak_table(&server).await;
    let before: Vec<Vec<String>> = table.guests.iter().map(|guest| guest.hand.clone()).collect();
    table.reach_declaration().await;
    let after: Vec<Vec<String>> = table.guests.iter().map(|guest| guest.hand.clone()).collect();
    assert_eq!(before, after);
}

#[tokio::test]
async fn whoever_holds_no_weak_hand_has_no_redeal_to_decide() {
    let server = TestServer::for_guests(&[]);
    let mut table = weak_table(&server).await;
    let weak = table.undecided();
    let strong = (0..4).find(|position| !weak.contains(position));
    if let Some(strong) = strong {
        table[strong].act("accept_redeal", json!({})).await;
        table[strong].refused("2010").await;
    }
    let first = weak[0];
    table.do_as(first, "decline_redeal", json!({})).await;
    table[first].act("accept_redeal", json!({})).await;
    let code = if table.phase() == "PREPARATION" { "2010" } else { "2007" };
    table[first].refused(code).await;
}
