//! Every refusal has a code of the seed's table, and facts.

use contracts::{Contract, Farewell, chat::Chat};
use serde_json::{Value, json};
use vocabulary::Denial;

use crate::{
    denials::{FAREWELLS, denials, malformed},
    json as parsed, samples,
};

fn error(denial: &Denial) -> Value {
    let message = parsed(&Chat::deny(denial, &samples::stamp()));
    assert_eq!(message["type"], "error");
    message["payload"].clone()
}

#[test]
fn every_denial_has_its_code_and_a_sentence() {
    for denial in denials() {
        let expected = match denial {
            Denial::GuestsNotAllowed | Denial::WrongToken => "AUTH_FAILED",
            Denial::RateLimited { .. } | Denial::QuotaReached { .. } => "RATE_LIMIT",
            Denial::Busy
            | Denial::NotDurable
            | Denial::LowOnDisk { .. }
            | Denial::ServerError
            | Denial::Maintenance
            | Denial::TooManyRooms { .. } => "SERVER_ERROR",
            _ => "INVALID_MESSAGE",
        };
        let payload = error(&denial);
        assert_eq!((&payload["code"], Chat::code(&denial)), (&json!(expected), expected), "{denial:?}");
        assert!(!payload["message"].as_str().unwrap().is_empty());
    }
}

#[test]
fn a_rate_limit_is_told_in_the_seeds_words() {
    let limits: Vec<Value> =
        denials().iter().filter(|denial| matches!(denial, Denial::RateLimited { .. })).map(error).collect();
    let expected = json!({
        "code": "RATE_LIMIT", "message": "Message rate limit exceeded",
        "details": { "limit": 10, "interval": "second", "resetTime": "2024-01-11T12:00:01.500Z" },
    });
    assert_eq!(limits[0], expected);
    let intervals: Vec<&Value> = limits.iter().map(|limit| &limit["details"]["interval"]).collect();
    assert_eq!(intervals, ["second", "minute", "90 seconds"]);
}

#[test]
fn a_scope_that_is_not_ones_own_is_named() {
    let foreign = denials().into_iter().find(|denial| matches!(denial, Denial::ForeignScope { .. })).unwrap();
    let details = &error(&foreign)["details"];
    assert_eq!((&details["field"], &details["scope"]), (&json!("payload.metadata"), &json!("room:ABCD2345")));
}

#[test]
fn every_malformed_message_is_invalid_with_its_issue() {
    for malformed in malformed() {
        let payload = parsed(&Chat::malformed(&malformed, &samples::stamp()))["payload"].take();
        assert_eq!(
            (&payload["code"], Chat::malformed_code(&malformed)),
            (&json!("INVALID_MESSAGE"), "INVALID_MESSAGE")
        );
        let (text, issue) = (payload["message"].as_str().unwrap(), payload["details"]["issue"].as_str().unwrap());
        assert!(text.ends_with(issue), "{text}");
    }
}

#[test]
fn a_binary_message_does_not_end_the_connection() {
    assert_eq!(Chat::ON_BINARY, None);
}

#[test]
fn a_good_bye_that_is_an_error_has_the_seeds_code() {
    for farewell in FAREWELLS {
        let expected = match farewell {
            Farewell::NotAuthenticated
            | Farewell::InvalidToken
            | Farewell::TokenExpired
            | Farewell::Blocked
            | Farewell::Banned
            | Farewell::Removed
            | Farewell::NotAdmitted => Some("AUTH_FAILED"),
            Farewell::TooManyConnections => Some("RATE_LIMIT"),
            Farewell::MessageTooBig | Farewell::BinaryRefused => Some("INVALID_MESSAGE"),
            Farewell::RoomFailed => Some("SERVER_ERROR"),
            Farewell::ServerStopping
            | Farewell::TooManyAttempts
            | Farewell::Replaced
            | Farewell::RoomClosed
            | Farewell::ClosedByOperator
            | Farewell::UnknownRoom
            | Farewell::TooSlow
            | Farewell::HeartbeatLost => None,
        };
        let told = Chat::farewell(farewell, &samples::stamp()).map(|text| parsed(&text));
        let code = told.as_ref().and_then(|message| message["payload"]["code"].as_str());
        assert_eq!(code, expected, "{farewell:?}");
    }
}
