//! Every refusal, with its code of the contract (seed, "Error Codes"). No wildcard arm: a new denial, a new farewell does
//! not compile until it is worded.

use std::time::Duration;

use serde_json::{Map, Value};
use vocabulary::Denial;

use super::{
    decode,
    encode::whole_seconds,
    server::{Error, Reason},
};
use crate::{Farewell, Malformed};

/// The codes of the contract. `1006` is what a client sees when a connection breaks; no server sends it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Code {
    /// 1002: a message that is none of the contract's.
    Protocol,
    /// 1003: binary.
    Unsupported,
    /// 1008: not for this client.
    Policy,
    /// 1009: larger than a message may be.
    TooBig,
    /// 1011: the server could not.
    Server,
    /// 4000: no proof of who it is.
    NotAuthenticated,
    /// 4001: a token or key that does not hold.
    InvalidToken,
    /// 4002: a token that has ended.
    TokenExpired,
    /// 4003: too many messages, commands or connections.
    RateLimit,
}

impl Code {
    /// All that an `error` can carry.
    pub(super) const ALL: [Self; 9] = [
        Self::Protocol,
        Self::Unsupported,
        Self::Policy,
        Self::TooBig,
        Self::Server,
        Self::NotAuthenticated,
        Self::InvalidToken,
        Self::TokenExpired,
        Self::RateLimit,
    ];

    /// The number, for `error_code` and for closing a connection.
    pub(super) const fn number(self) -> u16 {
        match self {
            Self::Protocol => 1002,
            Self::Unsupported => 1003,
            Self::Policy => 1008,
            Self::TooBig => 1009,
            Self::Server => 1011,
            Self::NotAuthenticated => 4000,
            Self::InvalidToken => 4001,
            Self::TokenExpired => 4002,
            Self::RateLimit => 4003,
        }
    }

    /// The number as a text, for metrics.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Protocol => "1002",
            Self::Unsupported => "1003",
            Self::Policy => "1008",
            Self::TooBig => "1009",
            Self::Server => "1011",
            Self::NotAuthenticated => "4000",
            Self::InvalidToken => "4001",
            Self::TokenExpired => "4002",
            Self::RateLimit => "4003",
        }
    }

    /// The code's name.
    const fn title(self) -> &'static str {
        match self {
            Self::Protocol => "Protocol Error",
            Self::Unsupported => "Unsupported data",
            Self::Policy => "Policy violation",
            Self::TooBig => "Message too big",
            Self::Server => "Server error",
            Self::NotAuthenticated => "Authentication failed",
            Self::InvalidToken => "Invalid token",
            Self::TokenExpired => "Token expired",
            Self::RateLimit => "Rate limit exceeded",
        }
    }
}

/// Why not.
pub(super) struct Refusal {
    pub(super) code: Code,
    issue: String,
    facts: Map<String, Value>,
}

impl Refusal {
    fn new(code: Code, issue: impl Into<String>) -> Self {
        Self { code, issue: issue.into(), facts: Map::new() }
    }

    /// A field is wrong.
    fn of_field(field: &str, issue: impl Into<String>) -> Self {
        Self::new(Code::Protocol, issue).with("field", field)
    }

    fn with(mut self, fact: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(fact.to_owned(), value.into());
        self
    }

    pub(super) fn wire(self) -> Error {
        let Self { code, issue, mut facts } = self;
        facts.insert("issue".to_owned(), Value::from(issue));
        Error { error_code: code.number(), error_message: code.title(), details: Value::Object(facts) }
    }
}

/// What came in is not repeated, but for the name of an unknown action.
impl From<&Malformed> for Refusal {
    fn from(malformed: &Malformed) -> Self {
        match malformed {
            Malformed::NotJson { .. } => Self::new(Code::Protocol, "The message is no JSON object"),
            Malformed::TooDeep { max_depth } => {
                Self::new(Code::Protocol, "The JSON is nested too deeply").with("max_depth", *max_depth)
            }
            Malformed::Binary => Self::new(Code::Unsupported, "Only text messages are understood"),
            Malformed::NoEvent => Self::of_field("action", "Is missing or no text"),
            Malformed::UnknownEvent { event } => Self::of_field("action", "Unknown action")
                .with("action", event.as_str())
                .with("allowed", decode::ACTIONS.to_vec()),
            Malformed::MissingFields { fields, .. } => {
                Self::of_field(fields.first().map_or("message", String::as_str), "Is missing")
            }
            Malformed::WrongType { field, expected, received } => {
                Self::of_field(field, format!("Must be of type {expected} and is of type {received}"))
            }
            Malformed::OutOfRange { field, problem, allowed } => {
                Self::of_field(field, capitalised(problem)).with("allowed", allowed.clone())
            }
            Malformed::UnsupportedVersion { .. } => Self::of_field("version", "Is not spoken here"),
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A refusal of the engine. Most belong to rooms, where a connection of this contract never is.
impl From<&Denial> for Refusal {
    fn from(denial: &Denial) -> Self {
        match denial {
            Denial::RateLimited { limit, window, retry_after_ms } => {
                let reset = Duration::from_millis(*retry_after_ms);
                Self::new(Code::RateLimit, "Too many; this one was not run")
                    .with("limit", *limit)
                    .with("window_seconds", window.as_secs())
                    .with("reset_in_seconds", whole_seconds(reset))
            }
            Denial::QuotaReached { held, limit, retry_after_ms } => Self::new(Code::RateLimit, held.sentence())
                .with("reason", held.as_str())
                .with("limit", *limit)
                .with("reset_in_seconds", whole_seconds(Duration::from_millis(*retry_after_ms))),
            Denial::ServerError => Self::new(Code::Server, "The server failed; nothing was done"),
            Denial::NotDurable => Self::new(Code::Server, "The log can't be read or written now; try again"),
            Denial::Busy => Self::new(Code::Server, "The server is busy; nothing was done, try again"),
            Denial::Maintenance => Self::new(Code::Policy, "The server is in maintenance"),
            Denial::GuestsNotAllowed => Self::new(Code::NotAuthenticated, "This needs an account"),
            Denial::ForeignScope { scope } => {
                Self::new(Code::Policy, "You do not belong there").with("scope", scope.to_string())
            }
            Denial::WatchesOnly => Self::new(Code::Policy, "This connection may only watch"),
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
            | Denial::TooManyRooms { .. } => Self::new(Code::Policy, "Rooms are not played over this contract"),
        }
    }
}

/// Why a connection is closed: a reason, or an error where the client itself is refused.
pub(super) fn closing(farewell: Farewell) -> Result<Reason, Refusal> {
    let refused = |code, issue: &str| Err(Refusal::new(code, issue));
    match farewell {
        Farewell::Replaced | Farewell::RoomClosed | Farewell::ClosedByOperator | Farewell::ServerStopping => {
            Ok(Reason::NormalClosure)
        }
        Farewell::HeartbeatLost | Farewell::TooSlow => Ok(Reason::ConnectionTimeout),
        Farewell::RoomFailed => Ok(Reason::ServerError),
        Farewell::MessageTooBig => refused(Code::TooBig, "The message is larger than a message may be"),
        Farewell::BinaryRefused => refused(Code::Unsupported, "Only text messages are understood"),
        Farewell::Blocked => refused(Code::Policy, "An operator has shut the account out"),
        Farewell::Banned => refused(Code::Policy, "An operator has banned the account or its network"),
        Farewell::Removed => refused(Code::Policy, "The host has removed the account from the room"),
        Farewell::UnknownRoom => Ok(Reason::ProtocolError),
        Farewell::NotAdmitted => refused(Code::Policy, "The connection is not admitted"),
        Farewell::NotAuthenticated => refused(Code::NotAuthenticated, "A token or an API key is needed"),
        Farewell::InvalidToken => refused(Code::InvalidToken, "The token or the API key does not hold"),
        Farewell::TokenExpired => refused(Code::TokenExpired, "The token has ended; log in again"),
        Farewell::TooManyConnections => refused(Code::RateLimit, "As many connections as there may be"),
        Farewell::TooManyAttempts => refused(Code::RateLimit, "Too many new connections; wait before the next"),
    }
}

/// The WebSocket close code: of an error, its own.
pub(super) fn close_code(farewell: Farewell) -> u16 {
    closing(farewell).map_or_else(|refusal| refusal.code.number(), |_| farewell.code())
}
