//! Decisions that nobody takes: `player_timeout`, automatic actions, `inactive`.

use serde_json::{Value, json};

use crate::support::{Table, TestServer};

/// A game in which a decision may take a second, at its first declaration.
async fn hasty_table(server: &TestServer) -> Table {
    let mut table = server.table(json!({ "pace": "instant", "turn_timeout_seconds": 1 })).await;
    table.start().await;
    while table.phase() == "PREPARATION" {
        table[0].expect("phase_change").await;
    }
    table
}

/// Reads on until this event of that player.
async fn about(table: &mut Table, event: &str, player: &str) -> Value {
    loop {
        let message = table[0].expect(event).await;
        if message["data"]["player"] == player {
            return message;
        }
    }
}

#[tokio::test]
async fn a_silent_declaration_is_zero_or_the_smallest_that_is_legal() {
    let server = TestServer::for_guests(&[]);
    let mut table = hasty_table(&server).await;
    let player = table.phase_data()["current_player"].as_str().unwrap().to_owned();
    let smallest = table.phase_data()["valid_declarations"][0].clone();
    let timeout = about(&mut table, "player_timeout", &player).await["data"].take();
    assert_eq!(timeout["action"], "declare");
    assert_eq!(timeout["auto_action"], json!({ "type": "declare", "value": smallest }));
    assert_eq!(timeout["timeout_seconds"], 1);
    let action = about(&mut table, "player_action", &player).await["data"].take();
    assert_eq!(action["declaration"], smallest);
}

#[tokio::test]
async fn a_silent_leader_plays_the_lowest_single_and_others_the_lowest_pieces() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({ "pace": "instant", "turn_timeout_seconds": 1 })).await;
    table.start().await;
    table.reach_turns().await;
    for _ in 0..2 {
        let current = table.current();
        let lowest = lowest(&table[current].hand);
        let player = table[current].name().to_owned();
        let timeout = about(&mut table, "player_timeout", &player).await["data"].take();
        assert_eq!(timeout["action"], "play");
        assert_eq!(timeout["auto_action"], json!({ "type": "play", "piece_ids": [lowest] }));
        let action = about(&mut table, "player_action", &player).await["data"].take();
        assert_eq!(action["piece_ids"], json!([lowest]));
        table[0].expect("phase_change").await;
    }
}

/// Pieces are numbered by falling points; red and black of a kind differ in points.
fn lowest(hand: &[String]) -> String {
    let number = |id: &String| id[1..].parse::<u8>().unwrap();
    let last = hand.iter().map(number).max().unwrap();
    let points = |number: u8| match number {
        28.. => 1,
        23.. => 2,
        other => 100 - other,
    };
    let worst = hand.iter().map(number).filter(|number| points(*number) == points(last));
    // Of equals any is the lowest; the server takes the first of them in its own order, which the next line pins.
    format!("p{}", worst.max().unwrap())
}

#[tokio::test]
async fn after_three_timeouts_in_a_row_a_bot_plays_until_the_player_acts_again() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({ "pace": "instant", "turn_timeout_seconds": 1, "rules": { "max_rounds": 1 } })).await;
    host.act("start_game", json!({})).await;
    for _ in 0..3 {
        assert_eq!(host.expect("player_timeout").await["data"]["player"], "Ann");
    }
    let activated = host.expect("bot_activated").await["data"].take();
    assert_eq!(activated["player"], "Ann");
    assert_eq!(activated["reason"], "inactive");
}

#[tokio::test]
async fn whoever_acts_again_has_their_seat_back() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({ "pace": "normal", "turn_timeout_seconds": 1 })).await;
    table.start().await;
    let inactive = loop {
        let message = table[0].next().await;
        if message["event"] == "bot_activated" {
            break message["data"]["player"].as_str().unwrap().to_owned();
        }
    };
    let position = table.position(&inactive);
    table[position].act("play", json!({ "piece_ids": ["p1"] })).await;
    let back = loop {
        let message = table[(position + 1) % 4].expect("player_joined").await;
        if message["data"]["player_name"] == inactive.as_str() {
            break message;
        }
    };
    assert_eq!(back["data"]["reconnected"], true);
}

#[tokio::test]
async fn a_decision_in_time_stops_the_clock() {
    let server = TestServer::for_guests(&[]);
    let mut table =
        server.table(json!({ "pace": "instant", "turn_timeout_seconds": 2, "rules": { "max_rounds": 1 } })).await;
    table.start().await;
    let over = table.reach_the_end().await;
    assert_eq!(over["statistics"]["timeouts"], 0);
    assert!(table[0].seen.iter().all(|event| event["event"] != "player_timeout"));
}

#[tokio::test]
async fn a_phase_says_until_when_it_waits() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.catch_up().await;
    let phase = &table[0].phase;
    let left = phase["deadline"].as_f64().unwrap() - phase["server_time"].as_f64().unwrap();
    assert!((29.0..=30.0).contains(&left), "{left} s of 30");
}

#[tokio::test]
async fn a_whole_game_nobody_plays_is_played_by_the_clock_and_the_bots() {
    let server = TestServer::for_guests(&[]);
    let mut table =
        server.table(json!({ "pace": "instant", "turn_timeout_seconds": 1, "rules": { "max_rounds": 1 } })).await;
    table.start().await;
    let over = table[0].expect("game_over").await["data"].take();
    assert!(over["statistics"]["timeouts"].as_u64().unwrap() >= 3);
    assert!(over["statistics"]["bot_takeovers"].as_u64().unwrap() >= 1);
}
