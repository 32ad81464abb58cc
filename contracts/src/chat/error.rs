//! Refusals of contract *chat*: the table of codes, and each refusal as a row of it.

use std::time::Duration;

use serde_json::{Value, json};
use vocabulary::{Denial, Timestamp};

use crate::{
    Farewell, Malformed,
    codes::{Refused, Row, codes, wire_codes},
    flaw::Flaw,
    iso8601::iso,
};

codes! {
    /// An error of the contract.
    pub(super) enum Code {
        NotAuthenticated, "AUTH_FAILED", "This needs an account; log in first";
        RateLimited, "RATE_LIMIT", "Message rate limit exceeded";
        InvalidMessage, "INVALID_MESSAGE", "The message is not valid";
        ForeignScope, "INVALID_MESSAGE", "You can't write there";
        ForeignUser, "INVALID_MESSAGE", "This is another user";
        NotChat, "INVALID_MESSAGE", "This is not possible over this contract";
        Busy, "SERVER_ERROR", "The server is busy; nothing was done, try again";
        NotDurable, "SERVER_ERROR", "The message could not be saved; nothing was done, try again";
        NoNewRooms, "SERVER_ERROR", "New rooms are not possible now";
        Failed, "SERVER_ERROR", "The server failed; its log says more";
    }
}

/// The codes of the contract, for the schema.
pub(super) fn codes() -> Vec<&'static str> {
    wire_codes(Code::ALL.map(Code::as_str))
}

/// What is wrong with a message, as a row of the table.
pub(super) fn malformed_row(malformed: &Malformed) -> Refused<Code> {
    let flaw = Flaw::from(malformed);
    Code::InvalidMessage.because(flaw.sentence(), flaw.details())
}

/// A refusal as a row of the table; the facts of a limit have the time when it is over.
pub(super) fn denial_row(denial: &Denial, at: Timestamp) -> Refused<Code> {
    let reset = |after_ms: u64| iso(at + Duration::from_millis(after_ms));
    match denial {
        Denial::GuestsNotAllowed | Denial::WrongToken => Code::NotAuthenticated.alone(),
        Denial::RateLimited { limit, window, retry_after_ms } => Code::RateLimited
            .with(json!({ "limit": limit, "interval": interval(*window), "resetTime": reset(*retry_after_ms) })),
        Denial::QuotaReached { held, limit, retry_after_ms } => {
            let details = json!({ "issue": held.as_str(), "limit": limit, "resetTime": reset(*retry_after_ms) });
            Code::RateLimited.because(held.sentence(), details)
        }
        Denial::ForeignScope { scope } => foreign_scope(&scope.to_string()),
        Denial::RoomNotFound { room } => foreign_scope(&format!("room:{room}")),
        Denial::NotInRoom => Code::ForeignScope.alone(),
        Denial::ForeignPlayer { player } => Code::ForeignUser
            .with(json!({ "field": "payload.userId", "issue": "is not your own id", "userId": player })),
        Denial::Busy => Code::Busy.alone(),
        Denial::NotDurable => Code::NotDurable.alone(),
        Denial::ServerError => Code::Failed.alone(),
        Denial::LowOnDisk { .. } | Denial::Maintenance | Denial::TooManyRooms { .. } => Code::NoNewRooms.alone(),
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
        | Denial::WatchesOnly => Code::NotChat.alone(),
    }
}

fn foreign_scope(scope: &str) -> Refused<Code> {
    Code::ForeignScope.with(json!({ "field": "payload.metadata", "issue": "is not open to you", "scope": scope }))
}

/// The length of a span, as the seed writes it.
fn interval(window: Duration) -> String {
    match window.as_millis() {
        1_000 => "second".to_owned(),
        60_000 => "minute".to_owned(),
        _ => format!("{} seconds", window.as_secs_f64()),
    }
}

/// Why the connection ends, if that is an error of the client or of the room.
pub(super) fn ending(farewell: Farewell) -> Option<Refused<Code>> {
    let row = match farewell {
        Farewell::NotAuthenticated
        | Farewell::InvalidToken
        | Farewell::TokenExpired
        | Farewell::Blocked
        | Farewell::Banned
        | Farewell::Removed
        | Farewell::NotAdmitted => Code::NotAuthenticated,
        Farewell::TooManyConnections => Code::RateLimited,
        Farewell::MessageTooBig | Farewell::BinaryRefused => Code::InvalidMessage,
        Farewell::RoomFailed => Code::Failed,
        // Too many attempts: the refusal before it names the limit.
        Farewell::TooManyAttempts
        | Farewell::Replaced
        | Farewell::RoomClosed
        | Farewell::ClosedByOperator
        | Farewell::ServerStopping
        | Farewell::UnknownRoom
        | Farewell::TooSlow
        | Farewell::HeartbeatLost => return None,
    };
    Some(row.because(farewell.reason(), Value::Null))
}
