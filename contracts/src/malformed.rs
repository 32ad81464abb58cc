//! What can be wrong with a message before anyone asks what it means.

use serde_json::Value;

/// Why a message is no request. Nothing was done.
#[derive(Clone, PartialEq, Debug)]
pub enum Malformed {
    /// The text is not a JSON object.
    NotJson {
        /// What the parser says, with the place.
        reason: String,
    },
    /// The text is JSON of more levels than anyone needs.
    TooDeep {
        /// The most levels of objects and lists in each other.
        max_depth: u8,
    },
    /// A binary frame, where the contract knows only text.
    Binary,
    /// The message does not say what it is.
    NoEvent,
    /// Nobody knows such a message.
    UnknownEvent {
        /// What it calls itself.
        event: String,
    },
    /// Fields that must be there are missing or null.
    MissingFields {
        /// Their names, dotted below the top.
        fields: Vec<String>,
        /// What came instead.
        received: Value,
    },
    /// A field has another type than the contract says.
    WrongType {
        /// Its name, dotted below the top.
        field: String,
        /// The type that it must have.
        expected: &'static str,
        /// The type that it has.
        received: &'static str,
    },
    /// A field has the right type and a value that is not allowed.
    OutOfRange {
        /// Its name, dotted below the top.
        field: String,
        /// What is wrong, to follow the field's name in a sentence.
        problem: String,
        /// The values that are allowed: a list, or `{min, max}`.
        allowed: Value,
    },
    /// The client speaks a version that the server does not.
    UnsupportedVersion {
        /// The version that it named.
        requested: String,
    },
}
