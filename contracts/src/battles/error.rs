//! The one error body of the contract, and its codes.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::Malformed;

/// What kind of refusal it is. The names are on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = ErrorCode)]
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
    /// There is nothing at this address.
    NotFound,
    /// The address knows other methods, which the header `Allow` lists.
    MethodNotAllowed,
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
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 14] = [
        Self::MalformedJson,
        Self::ValidationFailed,
        Self::InvalidCredentials,
        Self::Unauthorized,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::UsernameTaken,
        Self::OwnAccount,
        Self::BodyTooLarge,
        Self::UnsupportedMediaType,
        Self::RateLimited,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::MalformedJson | Self::ValidationFailed => 400,
            Self::InvalidCredentials | Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::UsernameTaken | Self::OwnAccount => 409,
            Self::BodyTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::RateLimited => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }
}

/// Why a request is refused: the body of every answer from 400 up (seed, "Error Response").
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = ErrorResponse)]
pub struct Refusal {
    /// For programs.
    pub code: Code,
    /// For people: one sentence.
    #[schema(example = "the username or the password is wrong")]
    pub message: String,
    /// Facts: for `VALIDATION_FAILED` an object with `field` and `problem`, and `allowed` where there is a list or a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>, nullable = false)]
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
            _ => Self::new(Code::MalformedJson, "the body is no JSON object"),
        }
    }
}
