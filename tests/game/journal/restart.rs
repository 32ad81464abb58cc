//! The server dies and comes back: the same room, the same hands, the same numbers.

use serde_json::{Value, json};

use crate::support::{Connection, Guest, ServerProcess, get};

const FLAGS: &[&str] = &["--workers", "1"];

/// Ann among three bots that take their time, at her first declaration.
async fn ann_among_bots(port: u16, pace: &str) -> Guest {
    let mut ann = Guest::connect(port, "lobby", "Ann").await;
    ann.create_room(json!({ "pace": pace, "rules": { "max_rounds": 2 } })).await;
    ann.act("start_game", json!({})).await;
    loop {
        // Only a phase says what is asked; a new hand comes before it.
        ann.expect("phase_change").await;
        match ann.decision() {
            Some(("declare", _)) => return ann,
            Some(_) => ann.act_if_asked().await,
            None => {}
        }
    }
}

#[tokio::test]
async fn a_game_goes_on_after_the_server_was_killed() {
    let server = ServerProcess::start(FLAGS).await;
    let mut ann = ann_among_bots(server.port(), "instant").await;
    let (sequence, _) = ann.snapshot().await;
    let hand = ann.hand.clone();
    let server = server.killed_and_started_again(FLAGS).await;
    let mut back = ann.again_at(server.port()).await;
    let answer = back.come_back(Some(sequence)).await["data"].take();
    assert_eq!(answer["game_state"]["phase"], "DECLARATION");
    assert_eq!(back.hand, hand);
    // The restart itself is told: everybody has the full time again.
    assert_eq!(answer["missed_events"], 1);
    let resumed = back.next().await;
    assert_eq!(resumed["event"], "phase_change");
    assert_eq!(resumed["sequence_number"], sequence + 1);
    let left = resumed["data"]["deadline"].as_f64().unwrap() - resumed["data"]["server_time"].as_f64().unwrap();
    assert!((29.0..=30.0).contains(&left), "{left} s of 30");
    back.play_to_the_end().await;
}

#[tokio::test]
async fn what_was_acknowledged_before_a_kill_is_told_again_to_the_letter() {
    let server = ServerProcess::start(FLAGS).await;
    let mut ann = ann_among_bots(server.port(), "instant").await;
    ann.act_if_asked().await;
    ann.expect("declaration_accepted").await;
    let heard: Vec<(Value, Value)> = numbered(&ann.seen);
    let server = server.killed_and_started_again(FLAGS).await;
    let mut back = ann.again_at(server.port()).await;
    back.come_back(None).await;
    let (answer, _) = back.synchronise(0, None).await;
    let told: Vec<(Value, Value)> = answer["missed_events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (event["sequence"].clone(), event["event"].clone()))
        .collect();
    for event in &heard {
        assert!(told.contains(event), "{event:?} was heard and is gone");
    }
    assert_eq!(told[..heard.len()], heard, "in the same order from the beginning");
}

#[tokio::test]
async fn after_a_kill_all_since_the_seat_was_taken_is_sent_without_a_number() {
    let server = ServerProcess::start(FLAGS).await;
    let mut ann = ann_among_bots(server.port(), "instant").await;
    ann.snapshot().await;
    let heard = numbered(&ann.seen);
    let server = server.killed_and_started_again(FLAGS).await;
    let mut back = ann.again_at(server.port()).await;
    let answer = back.come_back(None).await["data"].take();
    assert_eq!((&answer["missed_events"], &answer["truncated"]), (&json!(heard.len() + 1), &json!(false)));
    for event in heard {
        let message = back.next().await;
        assert_eq!((message["sequence_number"].clone(), message["event"].clone()), event);
    }
    assert_eq!(back.next().await["event"], "phase_change", "the restart itself");
}

fn numbered(seen: &[Value]) -> Vec<(Value, Value)> {
    let numbered = seen.iter().filter(|event| event["sequence_number"].is_u64());
    numbered.map(|event| (event["sequence_number"].clone(), event["event"].clone())).collect()
}

#[tokio::test]
async fn a_command_sent_again_after_a_kill_acts_once() {
    let server = ServerProcess::start(FLAGS).await;
    let mut ann = ann_among_bots(server.port(), "normal").await;
    let (event, data) = ann.decision().unwrap();
    ann.act_numbered(5, event, data.clone()).await;
    let first = ann.expect("declaration_accepted").await;
    let server = server.killed_and_started_again(FLAGS).await;
    let mut back = ann.again_at(server.port()).await;
    let answer = back.come_back(Some(ann.last_sequence)).await;
    assert_eq!(answer["data"]["last_client_sequence"], 5);
    back.act_numbered(5, event, data).await;
    assert_eq!(back.expect("declaration_accepted").await, first, "the first answer, to the letter");
}

#[tokio::test]
async fn a_waiting_room_comes_back_with_its_seats_and_its_host() {
    let server = ServerProcess::start(FLAGS).await;
    let mut ann = Guest::connect(server.port(), "lobby", "Ann").await;
    ann.create_room(json!({ "turn_timeout_seconds": 77 })).await;
    ann.send("add_bot", json!({ "position": 2 })).await;
    ann.expect("player_joined").await;
    let server = server.killed_and_started_again(FLAGS).await;
    let mut back = ann.again_at(server.port()).await;
    back.come_back(None).await;
    back.send("get_room_state", json!({})).await;
    let state = back.expect("room_state").await["data"].take();
    assert_eq!(state["host"], "Ann");
    assert_eq!(state["options"]["turn_timeout_seconds"], 77);
    assert_eq!(state["players"][1]["position"], 2);
}

#[tokio::test]
async fn with_relaxed_durability_an_orderly_stop_loses_nothing() {
    let relaxed = &["--workers", "1", "--durability", "relaxed"];
    let server = ServerProcess::start(relaxed).await;
    let mut ann = ann_among_bots(server.port(), "instant").await;
    ann.act_if_asked().await;
    ann.expect("declaration_accepted").await;
    let (sequence, _) = ann.snapshot().await;
    let server = server.stopped_and_started_again(relaxed).await;
    let mut back = ann.again_at(server.port()).await;
    back.come_back(Some(0)).await;
    let (answer, _) = back.synchronise(0, None).await;
    assert!(answer["current_sequence"].as_u64().unwrap() > sequence);
    let declared = answer["missed_events"].as_array().unwrap().iter();
    assert!(declared.clone().any(|event| event["event"] == "declaration_accepted"));
}

#[tokio::test]
async fn a_room_whose_game_is_over_is_not_brought_back() {
    let server = ServerProcess::start(FLAGS).await;
    let mut ann = ann_among_bots(server.port(), "instant").await;
    ann.play_to_the_end().await;
    let server = server.killed_and_started_again(FLAGS).await;
    let mut late = Connection::open(server.port(), ann.room()).await;
    assert_eq!(late.next().await["error"]["code"], "2008", "it has ended");
    let health = get(server.port(), "/health").await.json();
    assert_eq!(health["rooms"], 0);
}

#[tokio::test]
async fn a_second_server_on_the_same_data_is_refused() {
    let server = ServerProcess::start(FLAGS).await;
    let ended = ServerProcess::fails_on(server.data(), &["--api-host", "127.0.0.1", "--api-port", "0"]).await;
    assert_eq!(ended.code, Some(2));
    assert!(ended.errors.contains("another server"), "{}", ended.errors);
}
