//! `sync_request`: what was missed, in order, once; the state and its hash.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::TestServer;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn the_missed_events_are_those_that_were_heard_live() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    for position in 0..4 {
        let guest = &mut table[position];
        let (answer, _) = guest.synchronise(0, None).await;
        let missed = answer["missed_events"].as_array().unwrap();
        assert_eq!(answer["truncated"], false);
        // Whoever joined later was told the same as one message; from their first event on, both are the same.
        let live: Vec<Value> = guest
            .seen
            .iter()
            .filter(|event| event["sequence_number"].is_u64())
            .map(|event| json!({ "sequence": event["sequence_number"], "event": event["event"], "data": without_secret(&event["data"]) }))
            .collect();
        let first = live[0]["sequence"].as_u64().unwrap();
        let told: Vec<Value> = missed
            .iter()
            .filter(|event| event["sequence"].as_u64().unwrap() >= first)
            .map(|event| json!({ "sequence": event["sequence"], "event": event["event"], "data": without_secret(&event["data"]) }))
            .collect();
        assert_eq!(told, live, "seat {position}");
    }
}

/// A token is told once.
fn without_secret(data: &Value) -> Value {
    let mut data = data.clone();
    if let Some(fields) = data.as_object_mut() {
        fields.remove("session_token");
    }
    data
}

#[tokio::test]
async fn a_token_is_told_once_and_never_again_in_what_was_missed() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    let (answer, _) = host.synchronise(0, None).await;
    assert_eq!(answer["missed_events"][0]["event"], "room_created");
    assert!(!answer.to_string().contains(host.token()));
}

#[tokio::test]
async fn only_what_came_after_the_last_known_event_is_told() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let known = table[0].last_sequence;
    table.reach_turns().await;
    let (answer, _) = table[0].synchronise(known, None).await;
    let sequences: Vec<u64> =
        answer["missed_events"].as_array().unwrap().iter().map(|event| event["sequence"].as_u64().unwrap()).collect();
    assert!(sequences.is_sorted_by(|earlier, later| earlier < later));
    assert!(sequences[0] > known);
    assert_eq!(answer["current_sequence"].as_u64(), sequences.last().copied());
    let current = answer["current_sequence"].as_u64().unwrap();
    let (nothing, _) = table[0].synchronise(current, None).await;
    assert_eq!(nothing["missed_events"], json!([]));
}

#[tokio::test]
async fn the_hash_is_the_sha256_of_the_compact_state_with_sorted_keys() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let (answer, _) = table[1].synchronise(u64::MAX, None).await;
    // serde_json keeps the keys of an object sorted.
    let state = answer["full_state"].to_string();
    assert_eq!(answer["state_hash"], hex(&Sha256::digest(state.as_bytes())));
    assert_eq!(answer["full_state"]["phase"], "DECLARATION");
    assert_eq!(answer["full_state"]["hand"]["count"], 8, "one's own");
}

#[tokio::test]
async fn a_client_that_has_the_state_does_not_get_it_again() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let (sequence, hash) = table[0].snapshot().await;
    let (same, _) = table[0].synchronise(sequence, Some(&hash)).await;
    assert_eq!(same["full_state"], Value::Null);
    assert_eq!(same["state_hash"], hash);
    table.step().await;
    let (changed, _) = table[0].synchronise(sequence, Some(&hash)).await;
    assert!(changed["full_state"].is_object());
    assert_ne!(changed["state_hash"], hash);
    let (wrong, _) = table[0].synchronise(sequence, Some("abc123")).await;
    assert!(wrong["full_state"].is_object());
}

#[tokio::test]
async fn what_is_older_than_the_rooms_memory_is_truncated() {
    let server = TestServer::for_guests(&[]);
    let mut table =
        server.table(json!({ "pace": "instant", "rules": { "max_rounds": 40, "target_score": 200 } })).await;
    table.start().await;
    while table[0].last_sequence < 1_400 {
        assert_ne!(table.phase(), "GAME_OVER", "too short a game for this test");
        if table.phase() == "PREPARATION" {
            table.reach_declaration().await;
        }
        table.step().await;
    }
    let (answer, _) = table[0].synchronise(1, None).await;
    assert_eq!(answer["truncated"], true);
    let current = answer["current_sequence"].as_u64().unwrap();
    let first = answer["missed_events"][0]["sequence"].as_u64().unwrap();
    assert!(first <= current - 1_023 + 8, "at least the last 1,024 events are kept: {first} of {current}");
    let (recent, _) = table[0].synchronise(current - 1_000, None).await;
    assert_eq!(recent["truncated"], false);
}

/// The missed events of the last answer, to the letter.
fn events(guest: &crate::support::Guest) -> String {
    let (_, events) = guest.last_text.split_once(r#""missed_events":"#).expect("a sync_response");
    events.split_once(r#","full_state":"#).expect("its state").0.to_owned()
}

#[tokio::test]
async fn the_same_request_again_has_the_same_events_to_the_letter() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    let mut first = Vec::new();
    for position in 0..4 {
        let guest = &mut table[position];
        guest.synchronise(0, None).await;
        first.push(events(guest));
    }
    for _ in 0..4 {
        table.step().await;
    }
    for (position, first) in first.iter().enumerate() {
        let guest = &mut table[position];
        guest.synchronise(0, None).await;
        let again = events(guest);
        let earlier = first.strip_suffix(']').unwrap();
        assert!(earlier.len() > 1_000 && again.len() > first.len());
        assert!(again.starts_with(earlier), "seat {position}: what was told once is told again as it was");
        guest.synchronise(0, None).await;
        assert_eq!(events(guest), again);
    }
}

#[tokio::test]
async fn a_seats_hand_is_in_its_own_answer_only() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    for position in 0..4 {
        let (answer, _) = table[position].synchronise(0, None).await;
        let text = answer.to_string();
        for other in (0..4).filter(|other| *other != position) {
            for piece in &table[other].hand {
                assert!(!text.contains(&format!("\"{piece}\"")), "{piece} of seat {other} told to seat {position}");
            }
        }
    }
}
