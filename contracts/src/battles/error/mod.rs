//! The one error body of the contract, and its codes.

mod denial;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

pub use self::denial::refusal;
use super::decode;
use crate::Malformed;

/// What kind of refusal it is. The names are on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = ErrorCode)]
#[schemars(rename = "ErrorCode")]
pub enum Code {
    /// The body is no JSON object.
    MalformedJson,
    /// A field is missing, of another type or out of its range; `details` names it.
    ValidationFailed,
    /// No account has this name with this password; which of the two is wrong is not told.
    InvalidCredentials,
    /// The request needs a valid token and has none.
    Unauthorized,
    /// The account of the token may not do this.
    Forbidden,
    /// The page that asks is of a site that may not use this server (`CORS_ORIGINS`).
    OriginNotAllowed,
    /// There is nothing at this address.
    NotFound,
    /// The address knows other methods, which the header `Allow` lists.
    MethodNotAllowed,
    /// The body did not come in whole within the time that the server waits.
    RequestTimeout,
    /// Another account has this username, in some case.
    UsernameTaken,
    /// It would shut out the account that asks for it.
    OwnAccount,
    /// The body is larger than the server takes.
    BodyTooLarge,
    /// The body is of another type than the address takes.
    UnsupportedMediaType,
    /// Too many requests within the window; `Retry-After` says when the next one is taken.
    RateLimited,
    /// The server failed; the request may have been all right.
    Internal,
    /// The server can't do it now and may later.
    Unavailable,
    /// The body tries to set state; only actions of the own seat are taken.
    StateNotWritable,
    /// Nobody knows such an event (WebSocket).
    UnknownEvent,
    /// The caller has no seat in this battle, and it is open only to those who have.
    NotSeated,
    /// Only the host may do that.
    HostOnly,
    /// The replay opens when the battle has ended.
    BattleNotFinished,
    /// There is no such battle.
    BattleNotFound,
    /// All seats are taken.
    BattleFull,
    /// The caller has a seat in this battle.
    AlreadyJoined,
    /// The battle has started.
    AlreadyStarted,
    /// The battle has not started, or has ended.
    BattleNotActive,
    /// Empty seats, and no bots wanted for them.
    NotEnoughPlayers,
    /// Someone of that name sits in the battle.
    NameTaken,
    /// The seat is not free.
    SeatTaken,
    /// No bot sits at that seat.
    NoBotThere,
    /// It is someone else's turn.
    NotYourTurn,
    /// The action belongs to another phase.
    WrongPhase,
    /// No redeal decision is open for the caller.
    NoRedealDecision,
    /// The declaration breaks a rule; `details` has the legal numbers.
    InvalidDeclaration,
    /// The caller has declared in this round.
    AlreadyDeclared,
    /// The pieces can't be played; `details.reason` says why.
    InvalidPlay,
    /// The `requestId` was used for something else, or is too old to tell (WebSocket).
    RequestIdReused,
    /// The battle has more to do than it can queue; nothing was done.
    Busy,
    /// What was asked can't be made durable now; nothing was done.
    NotDurable,
    /// The server takes no new battles now.
    Maintenance,
    /// The server has as many battles as it may.
    TooManyBattles,
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 41] = [
        Self::MalformedJson,
        Self::ValidationFailed,
        Self::InvalidCredentials,
        Self::Unauthorized,
        Self::Forbidden,
        Self::OriginNotAllowed,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::RequestTimeout,
        Self::UsernameTaken,
        Self::OwnAccount,
        Self::BodyTooLarge,
        Self::UnsupportedMediaType,
        Self::RateLimited,
        Self::Internal,
        Self::Unavailable,
        Self::StateNotWritable,
        Self::UnknownEvent,
        Self::NotSeated,
        Self::HostOnly,
        Self::BattleNotFinished,
        Self::BattleNotFound,
        Self::BattleFull,
        Self::AlreadyJoined,
        Self::AlreadyStarted,
        Self::BattleNotActive,
        Self::NotEnoughPlayers,
        Self::NameTaken,
        Self::SeatTaken,
        Self::NoBotThere,
        Self::NotYourTurn,
        Self::WrongPhase,
        Self::NoRedealDecision,
        Self::InvalidDeclaration,
        Self::AlreadyDeclared,
        Self::InvalidPlay,
        Self::RequestIdReused,
        Self::Busy,
        Self::NotDurable,
        Self::Maintenance,
        Self::TooManyBattles,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MalformedJson => "MALFORMED_JSON",
            Self::ValidationFailed => "VALIDATION_FAILED",
            Self::InvalidCredentials => "INVALID_CREDENTIALS",
            Self::Unauthorized => "UNAUTHORIZED",
            Self::Forbidden => "FORBIDDEN",
            Self::OwnAccount => "OWN_ACCOUNT",
            Self::OriginNotAllowed => "ORIGIN_NOT_ALLOWED",
            Self::RequestTimeout => "REQUEST_TIMEOUT",
            Self::NotFound => "NOT_FOUND",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::UsernameTaken => "USERNAME_TAKEN",
            Self::BodyTooLarge => "BODY_TOO_LARGE",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::RateLimited => "RATE_LIMITED",
            Self::Internal => "INTERNAL",
            Self::Unavailable => "UNAVAILABLE",
            Self::StateNotWritable => "STATE_NOT_WRITABLE",
            Self::UnknownEvent => "UNKNOWN_EVENT",
            Self::NotSeated => "NOT_SEATED",
            Self::HostOnly => "HOST_ONLY",
            Self::BattleNotFinished => "BATTLE_NOT_FINISHED",
            Self::BattleNotFound => "BATTLE_NOT_FOUND",
            Self::BattleFull => "BATTLE_FULL",
            Self::AlreadyJoined => "ALREADY_JOINED",
            Self::AlreadyStarted => "ALREADY_STARTED",
            Self::BattleNotActive => "BATTLE_NOT_ACTIVE",
            Self::NotEnoughPlayers => "NOT_ENOUGH_PLAYERS",
            Self::NameTaken => "NAME_TAKEN",
            Self::SeatTaken => "SEAT_TAKEN",
            Self::NoBotThere => "NO_BOT_THERE",
            Self::NotYourTurn => "NOT_YOUR_TURN",
            Self::WrongPhase => "WRONG_PHASE",
            Self::NoRedealDecision => "NO_REDEAL_DECISION",
            Self::InvalidDeclaration => "INVALID_DECLARATION",
            Self::AlreadyDeclared => "ALREADY_DECLARED",
            Self::InvalidPlay => "INVALID_PLAY",
            Self::RequestIdReused => "REQUEST_ID_REUSED",
            Self::Busy => "BUSY",
            Self::NotDurable => "NOT_DURABLE",
            Self::Maintenance => "MAINTENANCE",
            Self::TooManyBattles => "TOO_MANY_BATTLES",
        }
    }

    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::MalformedJson | Self::ValidationFailed | Self::StateNotWritable | Self::UnknownEvent => 400,
            Self::InvalidCredentials | Self::Unauthorized => 401,
            Self::Forbidden | Self::OriginNotAllowed | Self::NotSeated | Self::HostOnly | Self::BattleNotFinished => {
                403
            }
            Self::NotFound | Self::BattleNotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::RequestTimeout => 408,
            Self::UsernameTaken
            | Self::OwnAccount
            | Self::BattleFull
            | Self::AlreadyJoined
            | Self::AlreadyStarted
            | Self::BattleNotActive
            | Self::NotEnoughPlayers
            | Self::NameTaken
            | Self::SeatTaken
            | Self::NoBotThere
            | Self::NotYourTurn
            | Self::WrongPhase
            | Self::NoRedealDecision
            | Self::InvalidDeclaration
            | Self::AlreadyDeclared
            | Self::InvalidPlay
            | Self::RequestIdReused => 409,
            Self::BodyTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::RateLimited => 429,
            Self::Internal => 500,
            Self::Unavailable | Self::Busy | Self::NotDurable | Self::Maintenance | Self::TooManyBattles => 503,
        }
    }
}

/// Why a request is refused: the body of every answer from 400 up (seed, "Error Response").
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema, JsonSchema)]
#[schema(as = ErrorResponse)]
#[schemars(rename = "ErrorResponse")]
pub struct Refusal {
    /// For programs.
    pub code: Code,
    /// For people: one sentence.
    #[schema(example = "the username or the password is wrong")]
    pub message: String,
    /// Facts: for `VALIDATION_FAILED` an object with `field` and `problem`, and `allowed` where there is a list or a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>, nullable = false)]
    #[schemars(with = "serde_json::Map<String, Value>")]
    pub details: Option<Value>,
}

impl Refusal {
    /// With nothing to add to the sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: None }
    }

    /// A field is wrong; `problem` follows the field's name in a sentence.
    #[must_use]
    pub fn of_field(field: &str, problem: &str) -> Self {
        let details = Some(json!({ "field": field, "problem": problem }));
        Self { code: Code::ValidationFailed, message: format!("{field} {problem}"), details }
    }

    /// The same with what is allowed.
    pub(crate) fn out_of_range(field: &str, problem: &str, allowed: Value) -> Self {
        let details = Some(json!({ "field": field, "problem": problem, "allowed": allowed }));
        Self { code: Code::ValidationFailed, message: format!("{field} {problem}"), details }
    }

    /// No account has this name with this password: one answer for both, so that nobody learns which names exist.
    #[must_use]
    pub fn invalid_credentials() -> Self {
        Self::new(Code::InvalidCredentials, "the username or the password is wrong")
    }

    /// There is no such battle.
    #[must_use]
    pub fn battle_not_found(battle: &str) -> Self {
        let battle: String = battle.chars().take(64).collect();
        Self::with(Code::BattleNotFound, "there is no such battle", json!({ "battleId": battle }))
    }

    /// These fields would set state.
    pub(crate) fn state_not_writable(fields: &[String]) -> Self {
        let message = "state can't be set; submit an action of your own seat, and nothing else";
        Self::with(Code::StateNotWritable, message, json!({ "fields": fields }))
    }

    /// With facts.
    fn with(code: Code, message: impl Into<String>, details: Value) -> Self {
        Self { details: Some(details), ..Self::new(code, message) }
    }

    /// Something broke here; what it was stands in the log and not in the answer.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(Code::Internal, "the server failed to do this; its log says more")
    }
}

/// What came in is never repeated, as it may hold a password.
impl From<Malformed> for Refusal {
    fn from(malformed: Malformed) -> Self {
        match malformed {
            Malformed::MissingFields { fields, .. } => match fields.first() {
                Some(first) => Self::of_field(first, "is missing"),
                None => Self::new(Code::ValidationFailed, "a field is missing"),
            },
            Malformed::WrongType { field, expected, received } => {
                Self::of_field(&field, &format!("must be of type {expected} and is of type {received}"))
            }
            Malformed::OutOfRange { field, problem, allowed } => Self::out_of_range(&field, &problem, allowed),
            Malformed::NoEvent => Self::of_field("event", "is missing or no text"),
            Malformed::UnknownEvent { event } => {
                let details = json!({ "event": event, "known": decode::event_names() });
                Self::with(Code::UnknownEvent, "there is no such event", details)
            }
            Malformed::UnsupportedVersion { .. } => Self::of_field("version", "is not spoken here"),
            Malformed::TooDeep { .. } => Self::new(Code::MalformedJson, "the JSON is nested too deeply"),
            Malformed::NotJson { .. } | Malformed::Binary => {
                Self::new(Code::MalformedJson, "the body is no JSON object")
            }
        }
    }
}
