//! The code table of contract *chat*: what is refused, under which code, in which words, with which facts.

use std::time::Duration;

use bytestring::ByteString;
use serde_json::{Value, json};
use vocabulary::{Denial, Stamp};

use super::{encode::message, server::ErrorData};
use crate::{Farewell, Malformed, flaw::Flaw, iso8601::iso};

/// No valid proof of who they are.
const AUTH_FAILED: &str = "AUTH_FAILED";
/// Too much in too short a time.
const RATE_LIMIT: &str = "RATE_LIMIT";
/// The message can't be taken as it is.
pub(super) const INVALID_MESSAGE: &str = "INVALID_MESSAGE";
/// It lies with the server.
const SERVER_ERROR: &str = "SERVER_ERROR";

/// Every code.
pub(super) const CODES: [&str; 4] = [AUTH_FAILED, RATE_LIMIT, INVALID_MESSAGE, SERVER_ERROR];

fn error(code: &'static str, text: impl Into<String>, details: Option<Value>, stamp: &Stamp) -> ByteString {
    message("error", ErrorData { code, message: text.into(), details }, stamp)
}

/// Words what is wrong with a message.
pub(super) fn malformed(malformed: &Malformed, stamp: &Stamp) -> ByteString {
    let flaw = Flaw::from(malformed);
    error(INVALID_MESSAGE, flaw.sentence(), Some(flaw.details()), stamp)
}

/// Words a refusal.
pub(super) fn deny(denial: &Denial, stamp: &Stamp) -> ByteString {
    let (text, details) = words(denial, stamp);
    error(code(denial), text, details, stamp)
}

/// The code of a refusal.
pub(super) fn code(denial: &Denial) -> &'static str {
    match denial {
        Denial::GuestsNotAllowed | Denial::WrongToken => AUTH_FAILED,
        Denial::RateLimited { .. } | Denial::QuotaReached { .. } => RATE_LIMIT,
        Denial::Busy
        | Denial::NotDurable
        | Denial::LowOnDisk { .. }
        | Denial::ServerError
        | Denial::Maintenance
        | Denial::TooManyRooms { .. } => SERVER_ERROR,
        Denial::RoomNotFound { .. }
        | Denial::NotInRoom
        | Denial::ForeignScope { .. }
        | Denial::ForeignPlayer { .. }
        | Denial::RoomFull
        | Denial::AlreadyInRoom
        | Denial::NameTaken { .. }
        | Denial::HostOnly { .. }
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
        | Denial::WatchesOnly => INVALID_MESSAGE,
    }
}

fn words(denial: &Denial, stamp: &Stamp) -> (&'static str, Option<Value>) {
    let scope = |scope: String| json!({ "field": "payload.metadata", "issue": "is not open to you", "scope": scope });
    match denial {
        Denial::GuestsNotAllowed | Denial::WrongToken => ("this needs an account", None),
        Denial::RateLimited { limit, window, retry_after_ms } => {
            let reset = iso(stamp.at + Duration::from_millis(*retry_after_ms));
            let details = json!({ "limit": limit, "interval": interval(*window), "resetTime": reset });
            ("Message rate limit exceeded", Some(details))
        }
        Denial::QuotaReached { held, limit, retry_after_ms } => {
            let reset = iso(stamp.at + Duration::from_millis(*retry_after_ms));
            (held.sentence(), Some(json!({ "issue": held.as_str(), "limit": limit, "resetTime": reset })))
        }
        Denial::ForeignScope { scope: named } => ("you can't speak there", Some(scope(named.to_string()))),
        Denial::RoomNotFound { room } => ("you can't speak there", Some(scope(format!("room:{room}")))),
        Denial::NotInRoom => ("you can't speak there", None),
        Denial::ForeignPlayer { player } => {
            let details = json!({ "field": "payload.userId", "issue": "is not your own id", "userId": player });
            ("that is another user", Some(details))
        }
        Denial::Busy => ("the server is busy; nothing was done, try again", None),
        Denial::NotDurable => ("what you said can't be kept now; nothing was done, try again", None),
        Denial::ServerError => ("the server failed; its log says more", None),
        Denial::LowOnDisk { .. } | Denial::Maintenance | Denial::TooManyRooms { .. } => {
            ("the server takes no new rooms now", None)
        }
        Denial::RoomFull
        | Denial::AlreadyInRoom
        | Denial::NameTaken { .. }
        | Denial::HostOnly { .. }
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
        | Denial::WatchesOnly => ("the room refuses this", None),
    }
}

/// The length of a span, as the seed writes it.
fn interval(window: Duration) -> String {
    match window.as_millis() {
        1_000 => "second".to_owned(),
        60_000 => "minute".to_owned(),
        _ => format!("{} seconds", window.as_secs_f64()),
    }
}

/// Words why the connection ends, where that is an error.
pub(super) fn ending(farewell: Farewell, stamp: &Stamp) -> ByteString {
    let code = match farewell {
        Farewell::NotAuthenticated
        | Farewell::InvalidToken
        | Farewell::TokenExpired
        | Farewell::Blocked
        | Farewell::Banned
        | Farewell::Removed
        | Farewell::NotAdmitted => AUTH_FAILED,
        Farewell::TooManyConnections | Farewell::TooManyAttempts => RATE_LIMIT,
        Farewell::MessageTooBig | Farewell::BinaryRefused => INVALID_MESSAGE,
        Farewell::Replaced
        | Farewell::RoomClosed
        | Farewell::ClosedByOperator
        | Farewell::RoomFailed
        | Farewell::ServerStopping
        | Farewell::TooSlow
        | Farewell::UnknownRoom
        | Farewell::HeartbeatLost => SERVER_ERROR,
    };
    error(code, farewell.reason(), None, stamp)
}
