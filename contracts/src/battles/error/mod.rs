//! The one error body of the contract.

mod denial;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

pub use self::denial::refusal;
pub use super::code::Code;
use crate::{
    Malformed,
    codes::{Refused, Row},
    text::shortened,
};

/// An error: the body of every answer from 400 up (seed, "Error Response").
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ErrorResponse")]
pub struct Refusal {
    /// The code, for programs.
    pub code: Code,
    /// What is wrong, in one sentence for people.
    #[schemars(example = &"The username or the password is wrong")]
    pub message: String,
    /// Facts: for `VALIDATION_FAILED` an object with `field` and `problem`, and `allowed` if there is a list or a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "serde_json::Map<String, Value>")]
    pub details: Option<Value>,
}

impl Refusal {
    /// A refusal with a more exact sentence than the code's own text, and without facts.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: None }
    }

    /// A refusal with a more exact sentence than the code's own text, and with facts.
    pub fn with(code: Code, message: impl Into<String>, details: Value) -> Self {
        Self { details: Some(details), ..Self::new(code, message) }
    }

    /// A field is wrong; `problem` follows the field's name in a sentence.
    #[must_use]
    pub fn of_field(field: &str, problem: &str) -> Self {
        Self::with(Code::ValidationFailed, format!("{field} {problem}"), json!({ "field": field, "problem": problem }))
    }

    /// A field is out of range; `allowed` is the list or the range of allowed values.
    pub(crate) fn out_of_range(field: &str, problem: &str, allowed: Value) -> Self {
        let details = json!({ "field": field, "problem": problem, "allowed": allowed });
        Self::with(Code::ValidationFailed, format!("{field} {problem}"), details)
    }

    /// The same answer for an unknown name and a wrong password, so that nobody learns which names exist.
    #[must_use]
    pub fn invalid_credentials() -> Self {
        Code::InvalidCredentials.into()
    }

    /// There is no such battle.
    #[must_use]
    pub fn battle_not_found(battle: &str) -> Self {
        battle_not_found(battle).into()
    }

    /// There is no such guild.
    #[must_use]
    pub fn guild_not_found(guild: &str) -> Self {
        Code::GuildNotFound.with(json!({ "guildId": shortened(guild) })).into()
    }

    /// The body has fields that would set state.
    pub(crate) fn state_not_writable(fields: &[String]) -> Self {
        Code::StateNotWritable.with(json!({ "fields": fields })).into()
    }

    /// A failure of the server; the cause is in the log and not in the answer.
    #[must_use]
    pub fn internal() -> Self {
        Code::Internal.into()
    }
}

/// With the code's own text, and without facts.
impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self::new(code, code.text())
    }
}

impl From<Refused<Code>> for Refusal {
    fn from(Refused { row, text, details }: Refused<Code>) -> Self {
        let has_facts = details.as_object().is_some_and(|facts| !facts.is_empty());
        Self { code: row, message: text.into_owned(), details: has_facts.then_some(details) }
    }
}

fn battle_not_found(battle: &str) -> Refused<Code> {
    Code::BattleNotFound.with(json!({ "battleId": shortened(battle) }))
}

/// The received values are never repeated, as they may hold a password.
impl From<Malformed> for Refusal {
    fn from(malformed: Malformed) -> Self {
        match malformed {
            Malformed::MissingFields { fields, .. } => match fields.first() {
                Some(first) => Self::of_field(first, "is missing"),
                None => Code::ValidationFailed.into(),
            },
            Malformed::WrongType { field, expected, received } => {
                Self::of_field(&field, &format!("must be of type {expected} and is of type {received}"))
            }
            Malformed::OutOfRange { field, problem, allowed } => Self::out_of_range(&field, &problem, allowed),
            Malformed::NoEvent => Self::of_field("event", "is missing or not a string"),
            Malformed::UnknownEvent { event, known } => {
                Code::UnknownEvent.with(json!({ "event": event, "known": known })).into()
            }
            Malformed::UnsupportedVersion { .. } => Self::of_field("version", "is not supported"),
            Malformed::TooDeep { .. } => Self::new(Code::MalformedJson, "the JSON is nested too deeply"),
            Malformed::NotJson { .. } | Malformed::Binary => Code::MalformedJson.into(),
        }
    }
}
