//! What the server says holds to its schema and says what it must.

use std::{collections::BTreeSet, time::Duration};

use contracts::{Arrival, Contract, ContractId, Farewell, state::State};
use serde_json::{Value, json};
use vocabulary::{By, ConnectionId, Departure, PrivateNotice, PublicNotice, Secret};

use crate::{ALICE, NOW, check, json as parsed, samples, schemas};

fn update(notice: &PublicNotice) -> Value {
    let message = parsed(&State::public(notice, &samples::numbered()).unwrap());
    assert_eq!(message["type"], "game_state_update");
    message["data"].clone()
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
fn the_first_message_names_the_connection_and_its_device() {
    let connection = ConnectionId::random();
    let greet = |device| {
        parsed(
            &State::greet(&Arrival { connection, account: None, device, guests_allowed: true }, &samples::nowhere())
                .unwrap(),
        )
    };
    let expected = json!({ "type": "connection_status", "data": {
        "status": "connected", "reason": "welcome", "timestamp": "2024-03-21T14:30:00.000Z",
        "connection_id": connection.to_string(), "device_id": "kitchen",
    } });
    assert_eq!(greet(Some("kitchen")), expected);
    assert_eq!(greet(None)["data"].get("device_id"), None);
}

#[test]
fn a_room_that_waits_has_no_phase_no_timer_and_nobody_to_act() {
    let data = update(&PublicNotice::PhaseChanged(samples::waiting()));
    let expected = json!({
        "game_id": "ABCD2345", "timestamp": "2024-03-21T14:30:00.000Z", "sequence": 42,
        "state": {
            "current_player": "", "scores": { "Alice": 0, "Bob": 0, "David": 0 }, "timer": 0, "status": "not_started",
            "round": 0, "turn_number": 0, "required_piece_count": null, "piles": { "Alice": 0, "Bob": 0, "David": 0 },
            "declarations": {},
        },
    });
    assert_eq!(data, expected);
}

#[test]
fn the_state_follows_the_game_through_all_its_phases() {
    let mut phases = BTreeSet::new();
    for game in samples::games() {
        let state = update(&PublicNotice::PhaseChanged(samples::playing(game)))["state"].take();
        let table = game.table();
        let names = ["Alice", "Bob", "Carol", "David"];
        let next = table.pending().iter().next().map_or("", |seat| names[seat.index()]);
        assert_eq!(state["current_player"], next);
        assert_eq!((&state["timer"], &state["round"]), (&json!(30), &json!(table.round)));
        for (seat, total) in table.totals.iter() {
            assert_eq!(state["scores"][names[seat.index()]], *total);
            assert_eq!(state["piles"][names[seat.index()]], table.captured[seat]);
        }
        let declared = table.declarations.values().flatten().count();
        assert_eq!(state["declarations"].as_object().unwrap().len(), declared);
        assert_eq!(state.get("valid_declarations").is_some(), state["status"] == "declaration");
        phases.insert(state["status"].as_str().unwrap().to_owned());
    }
    let all = ["declaration", "game_over", "preparation", "turn"].map(str::to_owned);
    assert!(all.iter().all(|phase| phases.contains(phase)), "{phases:?}");
}

#[test]
fn the_timer_counts_whole_seconds_and_never_below_zero() {
    let timer = |left: Option<Duration>| {
        let mut situation = samples::playing(&samples::games()[2]);
        situation.deadline = left.map(|left| NOW + left);
        update(&PublicNotice::PhaseChanged(situation))["state"]["timer"].clone()
    };
    for (left, seconds) in [(0, 0), (1, 1), (1_000, 1), (1_001, 2), (30_000, 30)] {
        assert_eq!(timer(Some(Duration::from_millis(left))), seconds, "{left} ms");
    }
    assert_eq!(timer(None), 0);
    let mut late = samples::playing(&samples::games()[2]);
    late.deadline = Some(vocabulary::Timestamp(NOW.0 - 5_000));
    assert_eq!(update(&PublicNotice::PhaseChanged(late))["state"]["timer"], 0);
}

#[test]
fn an_action_is_relayed_as_its_player_could_have_sent_it() {
    let relay = |action, by| {
        let notice = PublicNotice::PlayerActed { who: samples::bob(), action, by };
        parsed(&State::public(&notice, &samples::numbered()).unwrap())
    };
    let [declare, play, accept, decline] = samples::actions();
    let expected = json!({ "type": "player_action", "data": {
        "game_id": "ABCD2345", "player_id": "guest-ABCD2345-1", "player_name": "Bob", "action": "declare", "value": 3,
        "timestamp": "2024-03-21T14:30:00.000Z", "sequence": 42,
    } });
    assert_eq!(relay(declare, By::Player), expected);
    assert_eq!(relay(play, By::Bot)["data"]["value"], json!(["p3", "p4"]));
    for (action, word) in [(accept, "accept_redeal"), (decline, "decline_redeal")] {
        let relayed = relay(action, By::Clock);
        assert_eq!((&relayed["data"]["action"], &relayed["data"]["value"]), (&json!(word), &Value::Null));
        assert_eq!(relayed["data"]["automatic"], true);
    }
}

#[test]
fn who_acts_gets_the_same_message_as_those_who_watch() {
    let action = samples::actions()[0];
    let public = PublicNotice::PlayerActed { who: samples::bob(), action, by: By::Player };
    let private = PrivateNotice { seat: samples::seat(1), secret: Secret::Accepted { who: samples::bob(), action } };
    let stamp = samples::numbered();
    assert_eq!(State::public(&public, &stamp), State::private(&private, &stamp));
}

#[test]
fn the_players_hand_and_name_come_with_the_state_and_later_hands_alone() {
    let game = &samples::games()[2];
    let hand = game.view(samples::seat(0)).hand();
    let ids: Vec<String> = hand.iter().map(|piece| piece.to_string()).collect();
    let seated = samples::attendance(samples::playing(game), Some(samples::seat(0)), Some(hand));
    let state = parsed(&State::reply(&seated, &samples::answering()).unwrap())["data"]["state"].take();
    assert_eq!((&state["hand"], &state["you"]), (&json!(ids), &json!("Alice")));
    let notice = PrivateNotice { seat: samples::seat(0), secret: Secret::Hand(hand) };
    let told = parsed(&State::private(&notice, &samples::numbered()).unwrap());
    let expected = json!({ "type": "hand_update", "data": {
        "game_id": "ABCD2345", "hand": ids, "timestamp": "2024-03-21T14:30:00.000Z", "sequence": 42,
    } });
    assert_eq!(told, expected);
}

#[test]
fn an_answer_with_the_last_number_tells_it() {
    let answer = State::reply(&samples::synchronised(samples::waiting(), None), &samples::answering()).unwrap();
    assert_eq!(parsed(&answer)["data"]["sequence"], 45);
}

#[test]
fn the_start_commits_to_the_deck_and_the_end_opens_it() {
    let start = parsed(&State::public(&samples::told()[0], &samples::numbered()).unwrap());
    assert_eq!((&start["type"], &start["data"]["action"]), (&json!("player_action"), &json!("start_game")));
    assert_eq!((&start["data"]["player_name"], &start["data"]["value"]), (&json!("Alice"), &json!(null)));
    assert_eq!(start["data"]["deck_commitment"], "ab".repeat(32));
    let end = update(&samples::told()[1]);
    assert_eq!((&end["deck_seed"], &end["winners"]), (&json!("07".repeat(32)), &json!(["Alice", "Carol"])));
    assert_eq!(end["state"]["status"], "game_over");
    for notice in &samples::told()[2..] {
        let message = State::public(notice, &samples::numbered()).unwrap();
        assert!(!message.contains("deck_"), "{message}");
    }
}

#[test]
fn no_message_shows_the_token_of_a_seat() {
    for secret in samples::secrets() {
        let text = State::private(&PrivateNotice { seat: samples::seat(0), secret }, &samples::numbered()).unwrap();
        assert!(!text.contains("a-secret"));
    }
}

#[test]
fn what_the_next_state_tells_has_no_message_of_its_own() {
    for notice in samples::untold() {
        assert_eq!(State::public(&notice, &samples::numbered()), None, "{notice:?}");
    }
    let left = PrivateNotice { seat: samples::seat(0), secret: Secret::RoomLeft(Departure::Left) };
    assert_eq!(State::private(&left, &samples::numbered()), None);
}

#[test]
fn operators_are_heard_as_a_word_about_the_connection() {
    let told: Vec<Value> = samples::bulletins()
        .iter()
        .map(|bulletin| parsed(&ContractId::State.announce(bulletin, &samples::nowhere()))["data"].take())
        .collect();
    assert!(told.iter().all(|data| data["status"] == "connected"));
    assert_eq!((&told[1]["reason"], &told[1]["severity"]), (&json!("New rules"), &json!("warning")));
    let planned = json!({
        "status": "connected", "reason": "maintenance planned", "timestamp": "2024-03-21T14:30:00.000Z",
        "event": "maintenance", "scheduled_time": "2024-03-21T14:31:00.000Z", "duration": 1800,
        "ended": false,
    });
    assert_eq!((&told[3], &told[4]["reason"]), (&planned, &json!("maintenance over")));
    assert_eq!((&told[4]["ended"], &told[9]["ended"]), (&json!(true), &json!(true)));
    assert_eq!((&told[9]["reason"], &told[9]["severity"]), (&json!("New rules"), &json!("error")));
}

#[test]
fn a_good_bye_says_whether_to_come_back() {
    let told = |farewell| parsed(&State::farewell(farewell, &samples::nowhere()).unwrap());
    for (farewell, status) in [
        (Farewell::ServerStopping, "reconnecting"),
        (Farewell::Replaced, "disconnected"),
        (Farewell::RoomClosed, "disconnected"),
        (Farewell::ClosedByOperator, "disconnected"),
        (Farewell::TooSlow, "disconnected"),
    ] {
        let message = told(farewell);
        assert_eq!((&message["type"], &message["data"]["status"]), (&json!("connection_status"), &json!(status)));
        assert_eq!(message["data"]["reason"], farewell.reason());
    }
    assert!(told(Farewell::TokenExpired).to_string().contains("AUTH_FAILED"));
    assert!(!told(Farewell::TokenExpired).to_string().contains(ALICE));
}
