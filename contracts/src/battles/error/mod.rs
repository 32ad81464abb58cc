//! The one error body of the contract.

mod code;
mod denial;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

pub use self::{code::Code, denial::refusal};
use super::decode;
use crate::Malformed;

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

    /// There is no such guild.
    #[must_use]
    pub fn guild_not_found(guild: &str) -> Self {
        let guild: String = guild.chars().take(64).collect();
        Self::with(Code::GuildNotFound, "there is no such guild", json!({ "guildId": guild }))
    }

    /// These fields would set state.
    pub(crate) fn state_not_writable(fields: &[String]) -> Self {
        let message = "state can't be set; submit an action of your own seat, and nothing else";
        Self::with(Code::StateNotWritable, message, json!({ "fields": fields }))
    }

    /// With facts.
    pub fn with(code: Code, message: impl Into<String>, details: Value) -> Self {
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
