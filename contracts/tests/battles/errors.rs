//! Every refusal has a code, a status and facts.

use std::collections::BTreeSet;

use contracts::{
    Contract,
    battles::{
        Battles,
        error::{Code, Refusal, refusal},
    },
};
use serde_json::{Value, json};
use vocabulary::Denial;

use crate::{json as parsed, moments, samples};

/// What each denial must become. No wildcard arm: a new denial must be thought of here.
fn expected(denial: &Denial) -> (&'static str, u16) {
    match denial {
        Denial::GuestsNotAllowed => ("UNAUTHORIZED", 401),
        Denial::WrongToken
        | Denial::NotInRoom
        | Denial::ForeignScope { .. }
        | Denial::ForeignPlayer { .. }
        | Denial::WatchesOnly => ("NOT_SEATED", 403),
        Denial::HostOnly { .. } => ("HOST_ONLY", 403),
        Denial::RoomNotFound { .. } => ("BATTLE_NOT_FOUND", 404),
        Denial::RoomFull => ("BATTLE_FULL", 409),
        Denial::AlreadyInRoom => ("ALREADY_JOINED", 409),
        Denial::NameTaken { .. } => ("NAME_TAKEN", 409),
        Denial::SeatTaken { .. } => ("SEAT_TAKEN", 409),
        Denial::NoBotThere { .. } => ("NO_BOT_THERE", 409),
        Denial::NoPlayerThere { .. } => ("NO_PLAYER_THERE", 409),
        Denial::Removed { .. } => ("REMOVED", 403),
        Denial::NotStarted => ("BATTLE_NOT_ACTIVE", 409),
        Denial::AlreadyStarted => ("ALREADY_STARTED", 409),
        Denial::NotEnoughPlayers { .. } => ("NOT_ENOUGH_PLAYERS", 409),
        Denial::NotYourTurn { .. } => ("NOT_YOUR_TURN", 409),
        Denial::WrongPhase { .. } => ("WRONG_PHASE", 409),
        Denial::NoRedealDecision => ("NO_REDEAL_DECISION", 409),
        Denial::InvalidDeclaration { .. } => ("INVALID_DECLARATION", 409),
        Denial::AlreadyDeclared { .. } => ("ALREADY_DECLARED", 409),
        Denial::NoPiecesSelected | Denial::InvalidPlay(_) => ("INVALID_PLAY", 409),
        Denial::SequenceReused { .. } => ("REQUEST_ID_REUSED", 409),
        Denial::RateLimited { .. } | Denial::QuotaReached { .. } => ("RATE_LIMITED", 429),
        Denial::ServerError => ("INTERNAL", 500),
        Denial::Busy => ("BUSY", 503),
        Denial::NotDurable => ("NOT_DURABLE", 503),
        Denial::LowOnDisk { .. } => ("UNAVAILABLE", 503),
        Denial::Maintenance => ("MAINTENANCE", 503),
        Denial::TooManyRooms { .. } => ("TOO_MANY_BATTLES", 503),
    }
}

#[test]
fn every_denial_has_its_code_and_status() {
    for (denial, _) in samples::denials() {
        let refusal = refusal(&denial);
        assert_eq!((refusal.code.as_str(), refusal.code.status()), expected(&denial), "{denial:?}");
        assert_eq!(Battles::code(&denial), refusal.code.as_str());
        assert!(!refusal.message.is_empty());
    }
}

#[test]
fn an_error_is_the_body_of_rest_and_server_failures_have_their_own_events() {
    for (denial, _) in samples::denials() {
        let message = parsed(&Battles::deny(&denial, &samples::answering()));
        let event = match denial {
            Denial::Maintenance => "system:maintenance",
            Denial::ServerError => "system:error",
            _ => "error",
        };
        let body = serde_json::to_value(refusal(&denial)).unwrap();
        assert_eq!(message["event"], event);
        assert_eq!((&message["data"]["code"], &message["data"]["message"]), (&body["code"], &body["message"]));
        assert_eq!((&message["data"]["details"], &message["data"]["requestId"]), (&body["details"], &json!(123)));
    }
}

#[test]
fn every_code_is_listed_once_under_its_name_with_a_status_for_errors() {
    let names: BTreeSet<&str> = Code::ALL.into_iter().map(Code::as_str).collect();
    assert_eq!(names.len(), Code::ALL.len());
    for code in Code::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        assert!((400..600).contains(&code.status()), "{code:?}");
    }
    let told: BTreeSet<u16> = Code::ALL.into_iter().map(Code::status).collect();
    assert!([400, 401, 403, 404, 409, 429, 500].iter().all(|status| told.contains(status)), "the seed's table");
}

#[test]
fn every_malformed_message_has_a_code() {
    let codes: Vec<&str> = moments::malformed().iter().map(Battles::malformed_code).collect();
    let (json, field) = ("MALFORMED_JSON", "VALIDATION_FAILED");
    assert_eq!(codes, [json, json, json, field, "UNKNOWN_EVENT", field, field, field, field]);
}

#[test]
fn the_details_are_what_a_client_needs_to_do_better() {
    let details = |code: &str| {
        let denials = samples::denials().into_iter().map(|(denial, _)| refusal(&denial));
        denials.filter(|refusal| refusal.code.as_str() == code).filter_map(|refusal| refusal.details).next().unwrap()
    };
    assert_eq!(details("NOT_YOUR_TURN"), json!({ "currentPlayer": "Bob", "yourSeat": 2 }));
    assert_eq!(details("WRONG_PHASE"), json!({ "status": "TURN" }));
    assert_eq!(details("INVALID_DECLARATION")["validDeclarations"], json!([0, 1, 2, 4, 5, 6, 7, 8]));
    assert_eq!(details("HOST_ONLY"), json!({ "host": "Alice" }));
    assert_eq!(details("BATTLE_NOT_FOUND"), json!({ "battleId": "NOSUCHID" }));
}

#[test]
fn an_unknown_battles_id_is_not_repeated_at_length() {
    let refusal = Refusal::battle_not_found(&"x".repeat(10_000));
    let told = refusal.details.as_ref().and_then(|details| details["battleId"].as_str()).map(str::len);
    assert_eq!(told, Some(64));
    assert_ne!(refusal.details, Some(Value::Null));
}
