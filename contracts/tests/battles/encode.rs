//! Notices, answers and errors → messages: each holds to the schema of its event.

use std::collections::BTreeSet;

use contracts::{Contract, ContractId, Farewell, battles::Battles};
use game_rules::DeckSeed;
use serde_json::{Value, json};
use vocabulary::{By, Departure, Difficulty, PlayerId, PrivateNotice, PublicNotice, Reply, Secret, TakeoverReason};

use crate::{check, json as parsed, moments, samples, schemas};

fn event(message: &Value) -> String {
    message["event"].as_str().unwrap().replace(':', "_")
}

fn public(notice: &PublicNotice) -> Value {
    parsed(&Battles::public(notice, &samples::numbered()).unwrap())
}

#[test]
fn every_message_of_the_server_fits_its_schema_and_none_is_left_over() {
    let schemas = schemas("server");
    let mut seen = BTreeSet::new();
    for message in moments::messages() {
        check(&schemas, &event(&message), &message);
        seen.insert(event(&message));
    }
    assert_eq!(seen, schemas.keys().cloned().collect());
}

#[test]
fn the_schemas_of_the_server_refuse_what_is_added_or_left_out() {
    let schemas = schemas("server");
    for message in moments::messages() {
        let mut more = message.clone();
        more["data"]["hand_of_another"] = json!([]);
        assert!(!schemas[&event(&message)].is_valid(&more), "{more}");
        for field in ["event", "data"] {
            let mut less = message.clone();
            less.as_object_mut().unwrap().remove(field);
            assert!(!schemas[&event(&message)].is_valid(&less), "{less}");
        }
        let mut timeless = message.clone();
        timeless["data"].as_object_mut().unwrap().remove("timestamp");
        assert!(!schemas[&event(&message)].is_valid(&timeless), "{timeless}");
    }
}

#[test]
fn the_data_carries_battle_number_time_and_the_clients_number() {
    let message = public(&moments::acted()[0]);
    let data = &message["data"];
    assert_eq!((&data["battleId"], &data["sequence"]), (&json!("ABCD2345"), &json!(42)));
    assert_eq!((&data["timestamp"], &data["requestId"]), (&json!(crate::NOW.0), &json!(123)));
}

#[test]
fn people_bots_and_the_clock_act_under_their_own_events() {
    let who = moments::bob();
    let action = samples::actions()[0];
    let told = |by| public(&PublicNotice::PlayerActed { who: who.clone(), action, by });
    let id = who.id.to_string();
    let by_player = told(By::Player);
    assert_eq!(by_player["event"], "game:action");
    assert_eq!(by_player["data"]["action"], json!({ "playerId": id, "type": "declare", "value": 3 }));
    let by_clock = told(By::Clock);
    assert_eq!(by_clock["event"], "game:action");
    assert_eq!(by_clock["data"]["action"], json!({ "playerId": id, "automatic": true, "type": "declare", "value": 3 }));
    let by_bot = told(By::Bot);
    assert_eq!(by_bot["event"], "ai:action");
    assert_eq!(by_bot["data"]["playerId"], id);
    assert_eq!(by_bot["data"]["action"], json!({ "type": "declare", "value": 3 }));
}

#[test]
fn the_actor_hears_of_their_action_like_the_others() {
    let (who, action) = (moments::bob(), samples::actions()[1]);
    let notice = PrivateNotice { seat: who.seat, secret: Secret::Accepted { who: who.clone(), action } };
    let own = parsed(&Battles::private(&notice, &samples::numbered()).unwrap());
    assert_eq!(own, public(&PublicNotice::PlayerActed { who, action, by: By::Player }));
}

#[test]
fn comings_and_goings_are_told_apart() {
    let who = moments::bob();
    let joined = |is_bot, returned| PublicNotice::PlayerJoined { who: who.clone(), is_bot, returned };
    let activated =
        PublicNotice::BotActivated { who: who.clone(), reason: TakeoverReason::Left, difficulty: Difficulty::Hard };
    let table = [
        (joined(false, false), "connect", json!("joined")),
        (PublicNotice::Presence { who: who.clone(), connected: true }, "connect", json!("connected")),
        (joined(false, true), "reconnect", Value::Null),
        (joined(true, false), "ai:ready", Value::Null),
        (activated, "ai:ready", json!("left")),
        (
            PublicNotice::PlayerLeft { who: who.clone(), host: None, departure: Departure::Left },
            "disconnect",
            json!("left"),
        ),
        (
            PublicNotice::PlayerLeft { who: who.clone(), host: None, departure: Departure::Removed },
            "disconnect",
            json!("removed"),
        ),
        (PublicNotice::Presence { who: who.clone(), connected: false }, "disconnect", json!("connection lost")),
        (PublicNotice::BotThinking { who: who.clone() }, "ai:thinking", Value::Null),
        (PublicNotice::BotFailed { who: who.clone() }, "ai:error", Value::Null),
    ];
    for (notice, event, reason) in table {
        let message = public(&notice);
        assert_eq!((&message["event"], &message["data"]["reason"]), (&json!(event), &reason), "{notice:?}");
        let player = [&message["data"]["playerId"], &message["data"]["player"]["id"]];
        assert!(player.contains(&&json!(who.id.to_string())), "{message}");
    }
}

#[test]
fn the_first_message_is_the_rooms_answer_with_the_callers_own_view() {
    assert_eq!(Battles::greet(&samples::arrival(), &samples::answering()), None);
    let game = &samples::games()[2];
    let seat = samples::seat(0);
    for (missed, event) in [(None, "connect"), (Some(3), "reconnect")] {
        let mut attendance = moments::attendance(samples::playing(game), Some(seat), missed);
        attendance.hand = Some(game.view(seat).hand());
        let account = attendance.account;
        let message = parsed(&Battles::reply(&Reply::Attending(attendance), &samples::answering()).unwrap());
        assert_eq!(message["event"], event);
        assert_eq!(message["data"]["playerId"], PlayerId::Account(account).to_string());
        assert_eq!(message["data"]["seat"], 0);
        assert_eq!(message["data"]["state"]["hand"].as_array().map(Vec::len), Some(game.view(seat).hand().len()));
        assert_eq!(message["data"].get("missedEvents"), missed.map(|missed| json!(missed)).as_ref());
    }
    let watching = Reply::Attending(moments::attendance(samples::playing(game), None, None));
    let message = parsed(&Battles::reply(&watching, &samples::answering()).unwrap());
    assert_eq!((&message["event"], &message["data"]["seat"]), (&json!("connect"), &Value::Null));
    assert_eq!(message["data"]["state"].get("hand"), None);
}

#[test]
fn the_end_reveals_the_seed_that_the_start_had_committed_to() {
    let message = public(&PublicNotice::GameOver(Box::new(moments::over())));
    let seed: DeckSeed = message["data"]["deckSeed"].as_str().unwrap().parse().unwrap();
    assert_eq!(message["event"], "game:end");
    assert_eq!(message["data"]["deckCommitment"], seed.commitment());
    assert_eq!(message["data"]["winners"], json!(["guest-ABCD2345-0", "guest-ABCD2345-2"]));
    assert_eq!(message["data"]["finalScores"].as_object().map(serde_json::Map::len), Some(4));
    assert_eq!(message["data"]["duration"], 61.5);
    for notice in samples::publics().iter().filter(|notice| !matches!(notice, PublicNotice::GameOver(_))) {
        let text = Battles::public(notice, &samples::numbered()).unwrap_or_default();
        assert!(!text.contains("deckSeed"), "{text}");
    }
}

#[test]
fn no_message_holds_a_seats_token() {
    for message in moments::messages() {
        assert!(!message.to_string().contains("a-secret"), "{message}");
    }
}

#[test]
fn a_stopping_server_says_restart_and_every_other_farewell_disconnect() {
    for farewell in samples::FAREWELLS.into_iter().chain([Farewell::BinaryRefused, Farewell::NotAdmitted]) {
        let message = parsed(&Battles::farewell(farewell, &samples::answering()).unwrap());
        let event = if farewell == Farewell::ServerStopping { "system:restart" } else { "disconnect" };
        assert_eq!((&message["event"], &message["data"]["code"]), (&json!(event), &json!(farewell.code())));
        assert_eq!(message["data"]["reason"], farewell.reason());
    }
}

#[test]
fn the_contract_is_chosen_at_run_time_like_the_others() {
    let (notice, stamp) = (&moments::acted()[0], samples::numbered());
    assert_eq!(ContractId::Battles.public(notice, &stamp), Battles::public(notice, &stamp));
    assert_eq!(ContractId::Battles.as_str(), "battles");
    assert!(ContractId::Battles.hears_in_passing() && !ContractId::Game.hears_in_passing());
    let all = [ContractId::Game, ContractId::Battles, ContractId::State, ContractId::LiveLog, ContractId::Chat];
    let places = all.map(ContractId::index);
    assert_eq!(places, [0, 1, 2, 3, 4]);
    assert_eq!(ContractId::COUNT, places.len());
    assert_eq!(Battles::ON_BINARY, Some(Farewell::BinaryRefused));
    assert_eq!(Battles::LIMITS.max_message_bytes, 16 * 1024);
    assert_eq!((Battles::LIMITS.heartbeat.as_secs(), Battles::LIMITS.pong_within.as_secs()), (30, 5));
}
