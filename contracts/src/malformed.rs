//! What can be wrong with a message before it is known what it asks.

use serde_json::Value;

/// Why a message is not a valid request. Nothing was done.
#[derive(Clone, PartialEq, Debug)]
pub enum Malformed {
    /// The text is not a JSON object.
    NotJson {
        /// The parser's message, with line and column.
        reason: String,
    },
    /// The JSON is nested too deeply.
    TooDeep {
        /// The deepest nesting that is accepted.
        max_depth: u8,
    },
    /// A binary frame, although the contract has only text frames.
    Binary,
    /// The message has no event name.
    NoEvent,
    /// There is no such event.
    UnknownEvent {
        /// The name that was sent, at most 64 characters of it.
        event: String,
        /// The names of the contract.
        known: Vec<&'static str>,
    },
    /// Required fields are missing or null.
    MissingFields {
        /// Their paths, with dots.
        fields: Vec<String>,
        /// The fields that were sent.
        received: Value,
    },
    /// A field has the wrong type.
    WrongType {
        /// Its path, with dots.
        field: String,
        /// The required type.
        expected: &'static str,
        /// The type that was sent.
        received: &'static str,
    },
    /// A field has the right type and a value that is not allowed.
    OutOfRange {
        /// Its path, with dots.
        field: String,
        /// What is wrong; the text follows the field's name in a sentence.
        problem: String,
        /// The allowed values: a list, or `{min, max}`.
        allowed: Value,
    },
    /// The server does not support the client's version.
    UnsupportedVersion {
        /// The version that was requested.
        requested: String,
    },
}
