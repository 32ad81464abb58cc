//! What stands around a request, and what the dialect answers by itself.

use contracts::{Contract, Said, Speaker, game::Game};
use serde_json::json;

use crate::{NOW, answer, decode::say, name, room, samples, seated};

#[test]
fn a_ping_comes_back_with_both_clocks() {
    let pong = answer(&say("ping", json!({ "client_time": 1_673_890_270_000_u64, "sequence": 123 })));
    assert_eq!(pong["event"], "pong");
    let data = json!({
        "client_time": 1_673_890_270_000_u64, "server_time": NOW.0, "latency": 50.0, "sequence": 123,
    });
    assert_eq!(pong["data"], data);
    let from_the_future = answer(&say("ping", json!({ "client_time": 9e15 })));
    assert_eq!(from_the_future["data"]["latency"], 0.0);
}

#[test]
fn server_time_tells_seconds() {
    let answer = answer(&say("server_time", json!({})));
    assert_eq!(answer["event"], "server_time");
    assert_eq!(answer["data"]["server_time"], 1_673_890_270.05);
}

#[test]
fn the_message_number_comes_back_even_on_errors() {
    let message = |text: &str| seated(&mut Game::default(), text).client_sequence;
    assert_eq!(message(r#"{"event":"get_room_state","sequence":7}"#), Some(7));
    assert_eq!(message(r#"{"event":"fly","sequence":7}"#), Some(7));
    assert_eq!(message(r#"{"event":"declare","sequence":0,"data":{}}"#), Some(0));
    assert_eq!(message(r#"{"event":"get_room_state","sequence":null}"#), None);
}

#[test]
fn the_digest_tells_a_repeat_from_another_message() {
    let digest = |text: &str| seated(&mut Game::default(), text).digest;
    let first = digest(r#"{"event":"declare","sequence":1,"data":{"player_name":"Alice","declaration":1}}"#);
    let again =
        digest(r#"{"data":{"declaration":1,"player_name":"Alice"},"sequence":1,"event":"declare","timestamp":5}"#);
    let other = digest(r#"{"event":"declare","sequence":1,"data":{"player_name":"Alice","declaration":2}}"#);
    assert_eq!(first, again);
    assert_ne!(first, other);
}

#[test]
fn a_foreign_name_is_refused_and_one_without_a_seat_is_left_to_the_room() {
    let text = r#"{"event":"start_game","data":{"player_name":"Bob"}}"#;
    assert!(matches!(seated(&mut Game::default(), text).said, Said::Malformed(_)));
    let options = samples::options();
    let guest = Speaker { player: None, room: Some(room()), account: None, defaults: &options, at: NOW };
    assert!(matches!(Game::default().decode(text, &guest).said, Said::Ask(_)));
    let bob = name("Bob");
    let bob = Speaker { player: Some(&bob), ..guest };
    assert!(matches!(Game::default().decode(text, &bob).said, Said::Ask(_)));
}
