//! Messages that are no requests: which code, which words, which facts.

use serde_json::json;

use super::{Row, fatal, row};
use crate::{
    Malformed,
    game::{decode, version},
};

pub(super) fn malformed_row(malformed: &Malformed) -> Row {
    match malformed {
        Malformed::NotJson { reason } => row("3001", "The message is not a JSON object", json!({ "reason": reason })),
        Malformed::TooDeep { max_depth } => {
            row("3001", "The message is nested too deeply", json!({ "max_depth": max_depth }))
        }
        Malformed::Binary => {
            row("3001", "This contract is spoken in text frames", json!({ "received": "binary", "expected": "text" }))
        }
        Malformed::NoEvent => row("3001", "The message has no event", json!({ "missing_fields": ["event"] })),
        Malformed::UnknownEvent { event } => {
            row("3001", "There is no such event", json!({ "event": event, "known": decode::event_names() }))
        }
        Malformed::MissingFields { fields, received } => {
            row("3002", "Missing required fields", json!({ "missing_fields": fields, "received_data": received }))
        }
        Malformed::WrongType { field, expected, received } => row(
            "3003",
            format!("{field} must be of type {expected}"),
            json!({ "field": field, "expected": expected, "received": received }),
        ),
        Malformed::OutOfRange { field, problem, allowed } => {
            row("3004", format!("{field} {problem}"), json!({ "field": field, "allowed": allowed }))
        }
        Malformed::UnsupportedVersion { requested } => fatal(
            "4004",
            "The server does not speak that version",
            json!({
                "requested_version": requested,
                "supported_versions": version::SUPPORTED,
                "minimum_version": version::MINIMUM,
            }),
        ),
    }
}
