//! Every refusal has a code of the seed's table, and facts.

use contracts::{Contract, Farewell, state::State};
use serde_json::{Value, json};
use vocabulary::{Denial, Stamp};

use crate::{
    denials::{FAREWELLS, denials, malformed},
    json as parsed, samples,
};

/// What each denial must become. No wildcard arm: a new denial must be thought of here.
fn expected(denial: &Denial) -> &'static str {
    match denial {
        Denial::GuestsNotAllowed | Denial::WrongToken => "AUTH_FAILED",
        Denial::RoomNotFound { .. }
        | Denial::NotStarted
        | Denial::AlreadyStarted
        | Denial::WrongPhase { .. }
        | Denial::NoRedealDecision => "INVALID_STATE",
        Denial::Busy
        | Denial::NotDurable
        | Denial::LowOnDisk { .. }
        | Denial::ServerError
        | Denial::Maintenance
        | Denial::TooManyRooms { .. } => "SERVER_ERROR",
        Denial::RoomFull
        | Denial::AlreadyInRoom
        | Denial::NameTaken { .. }
        | Denial::NotInRoom
        | Denial::HostOnly { .. }
        | Denial::SeatTaken { .. }
        | Denial::NoBotThere { .. }
        | Denial::NoPlayerThere { .. }
        | Denial::Removed { .. }
        | Denial::NotEnoughPlayers { .. }
        | Denial::NotYourTurn { .. }
        | Denial::InvalidDeclaration { .. }
        | Denial::AlreadyDeclared { .. }
        | Denial::NoPiecesSelected
        | Denial::InvalidPlay(_)
        | Denial::SequenceReused { .. }
        | Denial::RateLimited { .. }
        | Denial::QuotaReached { .. }
        | Denial::ForeignScope { .. }
        | Denial::ForeignPlayer { .. }
        | Denial::WatchesOnly => "ACTION_DENIED",
    }
}

fn error(denial: &Denial, stamp: &Stamp) -> Value {
    let message = parsed(&State::deny(denial, stamp));
    assert_eq!(message["type"], "error");
    message["data"].clone()
}

#[test]
fn every_denial_has_its_code_and_a_sentence() {
    for denial in denials() {
        let data = error(&denial, &samples::nowhere());
        assert_eq!(data["code"], expected(&denial), "{denial:?}");
        assert_eq!(data["code"], State::code(&denial));
        assert!(!data["message"].as_str().unwrap().is_empty());
        assert_eq!(data["timestamp"], "2024-03-21T14:30:00.000Z");
    }
}

#[test]
fn a_refusal_names_the_game_and_for_a_wrong_state_its_last_number() {
    for denial in denials() {
        let details = error(&denial, &samples::numbered())["details"].take();
        let game = if matches!(denial, Denial::RoomNotFound { .. }) { "NOSUCHID" } else { "ABCD2345" };
        assert_eq!(details["game_id"], game);
        let number = (expected(&denial) == "INVALID_STATE").then_some(42);
        assert_eq!(details.get("sequence").and_then(Value::as_u64), number, "{denial:?}");
        assert_eq!(error(&denial, &samples::answering())["details"].get("sequence"), None);
    }
}

#[test]
fn the_details_are_what_a_client_needs_to_do_better() {
    let details = |wanted: fn(&Denial) -> bool| {
        let denial = denials().into_iter().find(wanted).unwrap();
        error(&denial, &samples::nowhere())["details"].take()
    };
    let turn = details(|denial| matches!(denial, Denial::NotYourTurn { .. }));
    assert_eq!(turn, json!({ "current_player": "Bob", "your_position": 2 }));
    let phase = details(|denial| matches!(denial, Denial::WrongPhase { .. }));
    assert_eq!(phase, json!({ "status": "turn" }));
    let number = details(|denial| matches!(denial, Denial::InvalidDeclaration { .. }));
    assert_eq!(number["valid_declarations"], json!([0, 1, 2, 4, 5, 6, 7, 8]));
    let rate = details(|denial| matches!(denial, Denial::RateLimited { .. }));
    assert_eq!(rate, json!({ "limit": 10, "window_seconds": 1.0, "retry_after_ms": 1500 }));
}

#[test]
fn every_malformed_message_is_an_invalid_state_with_its_issue() {
    for malformed in malformed() {
        let data = parsed(&State::malformed(&malformed, &samples::nowhere()))["data"].take();
        assert_eq!(data["code"], State::malformed_code(&malformed));
        assert_eq!(data["code"], "INVALID_STATE");
        let (text, issue) = (data["message"].as_str().unwrap(), data["details"]["issue"].as_str().unwrap());
        assert!(text.ends_with(issue), "{text}");
    }
}

#[test]
fn a_good_bye_that_is_an_error_has_the_seeds_code() {
    let code = |farewell: Farewell| {
        let message = parsed(&State::farewell(farewell, &samples::nowhere()).unwrap());
        message["data"]["code"].as_str().map(str::to_owned)
    };
    for farewell in FAREWELLS {
        let expected = match farewell {
            Farewell::NotAuthenticated | Farewell::InvalidToken | Farewell::TokenExpired | Farewell::Blocked => {
                Some("AUTH_FAILED")
            }
            Farewell::Banned
            | Farewell::Removed
            | Farewell::NotAdmitted
            | Farewell::TooManyConnections
            | Farewell::TooManyAttempts => Some("ACTION_DENIED"),
            Farewell::UnknownRoom | Farewell::MessageTooBig | Farewell::BinaryRefused => Some("INVALID_STATE"),
            Farewell::HeartbeatLost => Some("CONNECTION_LOST"),
            Farewell::RoomFailed => Some("SERVER_ERROR"),
            Farewell::Replaced
            | Farewell::RoomClosed
            | Farewell::ClosedByOperator
            | Farewell::ServerStopping
            | Farewell::TooSlow => None,
        };
        assert_eq!(code(farewell).as_deref(), expected, "{farewell:?}");
    }
}
