//! The table of codes.

use std::time::Duration;

use contracts::{Contract, ContractId, Farewell, Malformed, live_log::LiveLog};
use serde_json::json;
use vocabulary::Denial;

use crate::{json as parsed, samples};

/// What each denial must become. No wildcard arm: a new denial must be thought of here.
fn expected(denial: &Denial) -> &'static str {
    match denial {
        Denial::RateLimited { .. } | Denial::QuotaReached { .. } => "4003",
        Denial::GuestsNotAllowed => "4000",
        Denial::ServerError | Denial::NotDurable | Denial::Busy => "1011",
        Denial::WrongToken
        | Denial::NotInRoom
        | Denial::HostOnly { .. }
        | Denial::ForeignPlayer { .. }
        | Denial::RoomNotFound { .. }
        | Denial::RoomFull
        | Denial::AlreadyInRoom
        | Denial::NameTaken { .. }
        | Denial::SeatTaken { .. }
        | Denial::NoBotThere { .. }
        | Denial::NoPlayerThere { .. }
        | Denial::Removed { .. }
        | Denial::NotStarted
        | Denial::AlreadyStarted
        | Denial::NotEnoughPlayers { .. }
        | Denial::NotYourTurn { .. }
        | Denial::WrongPhase { .. }
        | Denial::NoRedealDecision
        | Denial::InvalidDeclaration { .. }
        | Denial::AlreadyDeclared { .. }
        | Denial::NoPiecesSelected
        | Denial::InvalidPlay(_)
        | Denial::SequenceReused { .. }
        | Denial::ForeignScope { .. }
        | Denial::WatchesOnly
        | Denial::LowOnDisk { .. }
        | Denial::Maintenance
        | Denial::TooManyRooms { .. } => "1008",
    }
}

#[test]
fn every_denial_has_its_code_and_says_what_is_wrong() {
    for (denial, _) in samples::denials() {
        assert_eq!(LiveLog::code(&denial), expected(&denial), "{denial:?}");
        let error = parsed(&LiveLog::deny(&denial, &samples::answering()));
        assert_eq!(error["action"], "error");
        assert_eq!(error["error_code"].to_string(), expected(&denial));
        assert!(!error["details"]["issue"].as_str().unwrap().is_empty());
    }
}

#[test]
fn past_a_limit_the_error_says_which_and_when_to_come_back() {
    let denial = Denial::RateLimited { limit: 10, window: Duration::from_secs(60), retry_after_ms: 34_200 };
    let mut error = parsed(&LiveLog::deny(&denial, &samples::answering()));
    error["details"].as_object_mut().unwrap().remove("issue");
    let details = json!({ "limit": 10, "window_seconds": 60, "reset_in_seconds": 35 });
    let expected = json!({
        "action": "error", "error_code": 4003, "error_message": "Rate limit exceeded", "details": details,
    });
    assert_eq!(error, expected);
}

#[test]
fn binary_is_1003_and_anything_else_that_is_malformed_is_1002() {
    assert_eq!(LiveLog::malformed_code(&Malformed::Binary), "1003");
    let error = parsed(&LiveLog::malformed(&Malformed::Binary, &samples::answering()));
    assert_eq!((&error["error_code"], &error["error_message"]), (&json!(1003), &json!("Unsupported data")));
    for malformed in [
        Malformed::NotJson { reason: "x".to_owned() },
        Malformed::TooDeep { max_depth: 127 },
        Malformed::NoEvent,
        Malformed::MissingFields { fields: vec!["query".to_owned()], received: json!({ "token": "secret" }) },
        Malformed::UnsupportedVersion { requested: "7".to_owned() },
    ] {
        assert_eq!(LiveLog::malformed_code(&malformed), "1002", "{malformed:?}");
        assert!(!LiveLog::malformed(&malformed, &samples::answering()).contains("secret"));
    }
}

#[test]
fn the_last_message_is_the_error_of_a_refused_client_or_the_reason() {
    for farewell in samples::FAREWELLS {
        let (code, reason) = match farewell {
            Farewell::Replaced | Farewell::RoomClosed | Farewell::ClosedByOperator => (1000, Some("normal_closure")),
            Farewell::ServerStopping => (1001, Some("normal_closure")),
            Farewell::HeartbeatLost => (1001, Some("connection_timeout")),
            Farewell::TooSlow => (1008, Some("connection_timeout")),
            Farewell::UnknownRoom => (1008, Some("protocol_error")),
            Farewell::RoomFailed => (1011, Some("server_error")),
            Farewell::BinaryRefused => (1003, None),
            Farewell::Blocked | Farewell::Banned | Farewell::Removed | Farewell::NotAdmitted => (1008, None),
            Farewell::MessageTooBig => (1009, None),
            Farewell::NotAuthenticated => (4000, None),
            Farewell::InvalidToken => (4001, None),
            Farewell::TokenExpired => (4002, None),
            Farewell::TooManyConnections | Farewell::TooManyAttempts => (4003, None),
        };
        let last = parsed(&LiveLog::farewell(farewell, &samples::answering()).unwrap());
        assert_eq!(ContractId::LiveLog.close_code(farewell), code, "{farewell:?}");
        match reason {
            Some(reason) => assert_eq!(last, json!({ "action": "disconnected", "reason": reason })),
            None => assert_eq!((&last["action"], &last["error_code"]), (&json!("error"), &json!(code))),
        }
    }
}
