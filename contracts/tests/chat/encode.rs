//! What the server says holds to its schema and says what it must.

use std::collections::{BTreeMap, BTreeSet};

use contracts::{Arrival, Contract, ContractId, Farewell, chat::Chat, iso8601::iso};
use serde_json::{Value, json};
use vocabulary::{ChatEvent, ConnectionId, Gesture, Scope, Status};

use crate::{ALICE, BOB, NOW, account, check, json as parsed, room, samples, schemas};

const NOON: &str = "2024-01-11T12:00:00.000Z";
const ID: &str = "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7aff";

fn told(scope: Scope, event: ChatEvent) -> Value {
    parsed(&Chat::chat(&samples::notice(scope, samples::alice(), event), &samples::stamp()).unwrap())
}

#[test]
fn every_message_holds_to_its_schema_and_every_schema_has_a_message() {
    let schemas = schemas("server");
    let mut seen = BTreeSet::new();
    for message in samples::messages() {
        check(&schemas, &message);
        seen.insert(message["type"].as_str().unwrap().to_owned());
    }
    assert_eq!(seen, schemas.keys().cloned().collect());
}

#[test]
fn the_id_of_a_message_begins_with_its_kind_and_is_used_once() {
    let prefixes: BTreeMap<&str, &str> = [
        ("message", "msg-"),
        ("status", "status-"),
        ("avatar_update", "avatar-"),
        ("connection", "connection-"),
        ("broadcast", "broadcast-"),
        ("system", "system-"),
        ("error", "error-"),
    ]
    .into();
    let mut made = BTreeSet::new();
    for message in samples::messages() {
        let (kind, id) = (message["type"].as_str().unwrap(), message["id"].as_str().unwrap());
        assert!(id.starts_with(prefixes[kind]), "{message}");
        assert_eq!(message["timestamp"], NOON);
        // What was said keeps its id in every copy.
        assert!(id.ends_with(ID) || made.insert(id.to_owned()), "{id} is used twice");
    }
}

#[test]
fn the_first_message_says_who_is_connected() {
    let connection = ConnectionId::random();
    let arrival = Arrival { connection, account: Some(account(ALICE)), device: None, guests_allowed: true };
    let message = parsed(&Chat::greet(&arrival, &samples::stamp()).unwrap());
    let payload = json!({ "userId": ALICE, "connectionId": connection.to_string(), "timestamp": NOON });
    assert_eq!((&message["type"], &message["payload"]), (&json!("connection"), &payload));
}

#[test]
fn what_was_said_names_who_said_it_and_where() {
    let said = |scope| told(scope, ChatEvent::Said("Hello!".into()));
    let expected = json!({
        "type": "message", "timestamp": NOON, "id": format!("msg-{ID}"),
        "payload": { "content": "Hello!", "type": "user", "userId": ALICE, "username": "Alice" },
    });
    assert_eq!(said(Scope::Lobby), expected);
    assert_eq!(said(Scope::Room(room()))["payload"]["metadata"], "room:ABCD2345");
    assert_eq!(said(Scope::Direct(account(BOB)))["payload"]["metadata"], format!("dm:{BOB}"));
    let by_bot = samples::notice(Scope::Room(room()), samples::bot(), ChatEvent::Said("Well played".into()));
    let by_bot = parsed(&Chat::chat(&by_bot, &samples::stamp()).unwrap());
    assert_eq!((&by_bot["payload"]["type"], &by_bot["payload"]["userId"]), (&json!("ai"), &json!("bot-ABCD2345-3")));
}

#[test]
fn a_status_and_a_gesture_name_whose_they_are() {
    let status = told(Scope::Lobby, ChatEvent::Status(Status::Typing));
    assert_eq!(status["payload"], json!({ "status": "typing", "userId": ALICE, "username": "Alice" }));
    let gesture = |scope, metadata: Option<&str>| {
        let metadata = metadata.map(str::to_owned);
        told(scope, ChatEvent::Gesture { gesture: Gesture::Thinking, metadata })["payload"].take()
    };
    let bare = json!({ "avatarId": ALICE, "action": "thinking", "username": "Alice" });
    assert_eq!(gesture(Scope::Lobby, None), bare);
    assert_eq!(gesture(Scope::Room(room()), None)["metadata"], "room:ABCD2345");
    assert_eq!(gesture(Scope::Lobby, Some("smiles"))["metadata"], "smiles");
}

#[test]
fn operators_speak_in_broadcasts_and_plan_pauses_as_system_events() {
    let told: Vec<Value> = samples::bulletins()
        .iter()
        .map(|bulletin| parsed(&ContractId::Chat.announce(bulletin, &samples::stamp())))
        .collect();
    let word = json!({ "message": "New rules", "severity": "error", "timestamp": NOON });
    assert_eq!((&told[2]["type"], &told[2]["payload"]), (&json!("broadcast"), &word));
    let pause = json!({ "event": "restart", "scheduledTime": "2024-01-11T12:01:00.000Z", "duration": 1800 });
    assert_eq!((&told[7]["type"], &told[7]["payload"]), (&json!("system"), &pause));
    let over = json!({ "message": "the pause is over", "severity": "info", "timestamp": NOON });
    assert_eq!((&told[8]["type"], &told[8]["payload"]), (&json!("broadcast"), &over));
    let withdrawn = json!({ "message": "Withdrawn: New rules", "severity": "info", "timestamp": NOON });
    assert_eq!((&told[9]["type"], &told[9]["payload"]), (&json!("broadcast"), &withdrawn));
}

#[test]
fn the_end_of_the_server_is_a_shutdown_that_begins_now() {
    let message = parsed(&Chat::farewell(Farewell::ServerStopping, &samples::stamp()).unwrap());
    let payload = json!({ "event": "shutdown", "scheduledTime": iso(NOW), "duration": 0 });
    assert_eq!((&message["type"], &message["payload"]), (&json!("system"), &payload));
}
