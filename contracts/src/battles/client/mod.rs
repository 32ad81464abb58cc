//! The bodies that clients send. They are decoded field by field, so that a refusal names the field.

mod account;
mod battle;
mod schema;

use serde_json::{Map, Value};

pub(super) use self::schema::{GameAction, GameUpdate};
pub use self::{
    account::{Credentials, PasswordForm, ProfileChange, Refreshing, Registration, is_username},
    battle::{
        ActionSubmission, BattleCreation, BattleOptions, CompetingTypesName, HintRequest, JoinBody, KickBody,
        RuleVariants,
    },
};
pub(super) use self::{
    account::{NewPassword, checked_password},
    battle::{action, only},
};
use super::error::{Code, Refusal};
use crate::{
    fields::type_name,
    nul::{self, field_with_nul},
};

/// A body that can be decoded from a JSON object.
pub trait FromJson: Sized {
    /// Decodes the body.
    ///
    /// # Errors
    /// `VALIDATION_FAILED` with the field.
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal>;

    /// Decodes the body from a text.
    ///
    /// # Errors
    /// `MALFORMED_JSON`, or as [`from_fields`](Self::from_fields).
    fn from_json(text: &[u8]) -> Result<Self, Refusal> {
        match serde_json::from_slice(text) {
            Ok(Value::Object(values)) => match field_with_nul(&values) {
                Some(field) => Err(Refusal::of_field(&field, nul::PROBLEM)),
                None => Self::from_fields(&values),
            },
            Ok(other) => {
                let message = format!("The body must be a JSON object, but is of type {}", type_name(&other));
                Err(Refusal::new(Code::MalformedJson, message))
            }
            // The parser's message may repeat what was sent; the place is enough.
            Err(error) => {
                let message = format!("The body is not valid JSON: line {}, column {}", error.line(), error.column());
                Err(Refusal::new(Code::MalformedJson, message))
            }
        }
    }
}
