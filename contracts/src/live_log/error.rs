//! Refusals of contract *live log*: the table of codes (seed, "Error Codes"), and each refusal as a row of it.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use vocabulary::Denial;

use crate::{
    Farewell, Malformed,
    codes::{Refused, Row, codes},
    seconds::rounded_up,
};

codes! {
    /// An error of the contract, and its number. `1006` is what a client sees when a connection breaks; no server sends it.
    pub(super) enum Code(number: u16) {
        Protocol, "1002", 1002, "Protocol Error";
        Unsupported, "1003", 1003, "Unsupported data";
        Policy, "1008", 1008, "Policy violation";
        TooBig, "1009", 1009, "Message too big";
        Server, "1011", 1011, "Server error";
        NotAuthenticated, "4000", 4000, "Authentication failed";
        InvalidToken, "4001", 4001, "Invalid token";
        TokenExpired, "4002", 4002, "Token expired";
        RateLimit, "4003", 4003, "Rate limit exceeded";
    }
}

/// A refusal of the contract.
pub(super) type Refusal = Refused<Code>;

fn of_field(field: &str, issue: impl Into<String>) -> Refusal {
    Code::Protocol.because(issue.into(), json!({ "field": field }))
}

/// The received values are not repeated, except for the name of an unknown action.
pub(super) fn malformed_row(malformed: &Malformed) -> Refusal {
    match malformed {
        Malformed::NotJson { .. } => Code::Protocol.because("The message is not a JSON object", json!({})),
        Malformed::TooDeep { max_depth } => {
            Code::Protocol.because("The JSON is nested too deeply", json!({ "max_depth": max_depth }))
        }
        Malformed::Binary => Code::Unsupported.because("Messages must be text frames", json!({})),
        Malformed::NoEvent => of_field("action", "Is missing or not a string"),
        Malformed::UnknownEvent { event, known } => {
            let details = json!({ "field": "action", "action": event, "allowed": known });
            Code::Protocol.because("Unknown action", details)
        }
        Malformed::MissingFields { fields, .. } => {
            of_field(fields.first().map_or("message", String::as_str), "Is missing")
        }
        Malformed::WrongType { field, expected, received } => {
            of_field(field, format!("Must be of type {expected} and is of type {received}"))
        }
        Malformed::OutOfRange { field, problem, allowed } => {
            Code::Protocol.because(capitalised(problem), json!({ "field": field, "allowed": allowed }))
        }
        Malformed::UnsupportedVersion { .. } => of_field("version", "Is not supported"),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A refusal of the engine. Most belong to rooms, where a connection of this contract never is.
pub(super) fn denial_row(denial: &Denial) -> Refusal {
    let reset = |after_ms: u64| rounded_up(Duration::from_millis(after_ms));
    match denial {
        Denial::RateLimited { limit, window, retry_after_ms } => Code::RateLimit.because(
            "Too many messages or commands; this one was not run",
            json!({ "limit": limit, "window_seconds": window.as_secs(), "reset_in_seconds": reset(*retry_after_ms) }),
        ),
        Denial::QuotaReached { held, limit, retry_after_ms } => {
            let details =
                json!({ "reason": held.as_str(), "limit": limit, "reset_in_seconds": reset(*retry_after_ms) });
            Code::RateLimit.because(held.sentence(), details)
        }
        Denial::ServerError => Code::Server.because("The server failed; nothing was done", json!({})),
        Denial::NotDurable => {
            Code::Server.because("The log can't be read or written now; nothing was done, try again", json!({}))
        }
        Denial::Busy => Code::Server.because("The server is busy; nothing was done, try again", json!({})),
        Denial::Maintenance => Code::Policy.because("The server is in maintenance", json!({})),
        Denial::GuestsNotAllowed => Code::NotAuthenticated.because("This needs an account; log in first", json!({})),
        Denial::ForeignScope { scope } => {
            Code::Policy.because("You do not belong there", json!({ "scope": scope.to_string() }))
        }
        Denial::WatchesOnly => Code::Policy.because("This connection may only watch", json!({})),
        Denial::WrongToken
        | Denial::RoomNotFound { .. }
        | Denial::RoomFull
        | Denial::AlreadyInRoom
        | Denial::NameTaken { .. }
        | Denial::NotInRoom
        | Denial::ForeignPlayer { .. }
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
        | Denial::LowOnDisk { .. }
        | Denial::TooManyRooms { .. } => Code::Policy.because("Games are not played over this contract", json!({})),
    }
}

/// Why the server closes a connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reason {
    /// Nothing is wrong; the client may connect again.
    NormalClosure,
    /// The client gave no sign of life, or was too slow.
    ConnectionTimeout,
    /// The client requested something that does not exist.
    ProtocolError,
    /// The server has failed.
    ServerError,
}

/// Why a connection is closed: a reason, or an error if the client itself is refused.
pub(super) fn closing(farewell: Farewell) -> Result<Reason, Refusal> {
    let refused = |code: Code, issue: &'static str| Err(code.because(issue, json!({})));
    match farewell {
        Farewell::Replaced | Farewell::RoomClosed | Farewell::ClosedByOperator | Farewell::ServerStopping => {
            Ok(Reason::NormalClosure)
        }
        Farewell::HeartbeatLost | Farewell::TooSlow => Ok(Reason::ConnectionTimeout),
        Farewell::RoomFailed => Ok(Reason::ServerError),
        Farewell::MessageTooBig => refused(Code::TooBig, "The message exceeds the size limit"),
        Farewell::BinaryRefused => refused(Code::Unsupported, "Messages must be text frames"),
        Farewell::Blocked => refused(Code::Policy, "An operator has blocked the account"),
        Farewell::Banned => refused(Code::Policy, "An operator has banned the account or its network"),
        Farewell::Removed => refused(Code::Policy, "The host has removed the account from the room"),
        Farewell::UnknownRoom => Ok(Reason::ProtocolError),
        Farewell::NotAdmitted => refused(Code::Policy, "The connection is not allowed here"),
        Farewell::NotAuthenticated => refused(Code::NotAuthenticated, "A token or an API key is needed"),
        Farewell::InvalidToken => refused(Code::InvalidToken, "The token or the API key is not valid"),
        Farewell::TokenExpired => refused(Code::TokenExpired, "The token has expired; log in again"),
        Farewell::TooManyConnections => refused(Code::RateLimit, "The connection limit is reached; close one first"),
        Farewell::TooManyAttempts => refused(Code::RateLimit, "Too many new connections; wait before the next"),
    }
}

/// The WebSocket close code: of an error, its own.
pub(super) fn close_code(farewell: Farewell) -> u16 {
    closing(farewell).map_or_else(|refusal| refusal.row.number(), |_| farewell.code())
}
