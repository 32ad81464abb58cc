//! `start_game`, `game_started`, room options and rules.

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn only_the_host_starts() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({})).await;
    table[1].act("start_game", json!({})).await;
    let error = table[1].refused("1007").await;
    assert_eq!(error["details"]["host"], "Ann");
}

#[tokio::test]
async fn a_start_without_enough_players_and_without_bots_is_2009() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({ "fill_with_bots": false })).await;
    host.act("start_game", json!({})).await;
    let error = host.refused("2009").await;
    assert_eq!(error["details"], json!({ "present": 1, "required": 4 }));
}

#[tokio::test]
async fn a_second_start_is_2008_and_so_is_joining_a_started_game() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({})).await;
    table.start().await;
    table[0].act("start_game", json!({})).await;
    table[0].refused("2008").await;
    let mut late = server.guest("Eve").await;
    late.act("join_room", json!({ "room_id": table[0].room() })).await;
    late.refused("2008").await;
    table[0].send("add_bot", json!({})).await;
    table[0].refused("2008").await;
}

#[tokio::test]
async fn everybody_hears_the_commitment_then_their_hand_then_the_preparation() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({})).await;
    let heard = table.start().await;
    let mut seen = Vec::new();
    for (position, events) in heard.iter().enumerate() {
        let names: Vec<&str> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
        assert_eq!(names[..3], ["game_started", "hand_updated", "phase_change"], "seat {position}");
        let commitment = events[0]["data"]["deck_commitment"].as_str().unwrap();
        assert_eq!(commitment.len(), 64);
        assert!(commitment.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let hand = &events[1];
        assert_eq!(hand["private"], true);
        assert_eq!(hand["data"]["count"], 8);
        seen.extend(hand["data"]["pieces"].as_array().unwrap().iter().map(|piece| piece["id"].clone()));
        let phase = &events[2]["data"];
        assert_eq!(phase["phase"], "PREPARATION");
        assert_eq!(phase["game_state"]["round_number"], 1);
        assert_eq!(phase["sequence_number"], events[2]["sequence_number"]);
        assert_eq!(phase["phase_data"]["redeal_multiplier"], 1);
        assert!(phase["game_state"]["players"].as_array().unwrap().iter().all(|player| player.get("hand").is_none()));
    }
    seen.sort_by_key(ToString::to_string);
    seen.dedup();
    assert_eq!(seen.len(), 32, "every piece is in one hand");
}

#[tokio::test]
async fn empty_seats_are_filled_with_bots_at_the_start() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({ "bot_difficulty": "easy" })).await;
    host.act("start_game", json!({})).await;
    for position in 1..4 {
        let joined = host.next().await;
        assert_eq!(joined["event"], "player_joined");
        assert_eq!(joined["data"]["position"], position);
        assert_eq!(joined["data"]["is_bot"], true);
    }
    let started = host.expect("game_started").await;
    let players = started["data"]["players"].as_array().unwrap();
    assert_eq!(players.iter().filter(|player| player["is_bot"] == true).count(), 3);
}

#[tokio::test]
async fn one_person_and_three_bots_of_each_level_play_to_the_end() {
    let server = TestServer::for_guests(&[]);
    for level in ["easy", "medium", "hard", "expert"] {
        let mut host = server.guest("Ann").await;
        let rules = json!({ "max_rounds": 1 });
        host.create_room(json!({ "bot_difficulty": level, "pace": "instant", "rules": rules })).await;
        host.act("start_game", json!({})).await;
        let over = host.play_to_the_end().await;
        assert_eq!(over["rounds_played"], 1, "{level}");
    }
}

#[tokio::test]
async fn options_come_back_as_they_were_set() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    let options = json!({
        "fill_with_bots": false, "bot_difficulty": "hard", "turn_timeout_seconds": 99, "pace": "fast",
        "rules": {
            "target_score": 10, "max_rounds": null, "competing_types": "any_type", "zero_streak_limit": null,
            "forbid_total": null,
        },
    });
    let created = host.create_room(options.clone()).await;
    for (name, value) in options.as_object().unwrap() {
        assert_eq!(&created["data"]["options"][name], value, "{name}");
    }
}

#[tokio::test]
async fn options_that_are_not_named_are_the_servers_settings() {
    let server =
        TestServer::for_guests(&["--turn-timeout-seconds", "45", "--bot-pace", "fast", "--bot-difficulty", "easy"]);
    let mut host = server.guest("Ann").await;
    let created = host.create_room(json!({})).await;
    let options = &created["data"]["options"];
    assert_eq!(options["turn_timeout_seconds"], 45);
    assert_eq!(options["pace"], "fast");
    assert_eq!(options["bot_difficulty"], "easy");
    assert_eq!(options["fill_with_bots"], true);
    assert_eq!(options["rules"]["max_rounds"], 20);
    assert_eq!(options["rules"]["forbid_total"], 8);
}

#[tokio::test]
async fn a_game_ends_by_the_rules_of_its_room() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({ "pace": "instant", "rules": { "max_rounds": 2, "target_score": 200 } })).await;
    table.start().await;
    let over = table.reach_the_end().await;
    assert_eq!(over["rounds_played"], 2);
}

#[tokio::test]
async fn no_total_is_forbidden_where_the_rules_say_so() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({ "pace": "instant", "rules": { "forbid_total": null } })).await;
    table.start().await;
    table.reach_declaration().await;
    for _ in 0..4 {
        let legal = table.phase_data()["valid_declarations"].clone();
        assert_eq!(legal, json!([0, 1, 2, 3, 4, 5, 6, 7, 8]), "nothing is forbidden in the first round");
        let current = table.current();
        table.do_as(current, "declare", json!({ "declaration": 2 })).await;
    }
    assert_eq!(table.phase(), "TURN");
}
