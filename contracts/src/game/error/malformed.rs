//! Every malformed message as a row of the table, with its facts.

use serde_json::json;

use super::Code;
use crate::{
    Malformed,
    codes::{Refused, Row},
    game::version,
};

pub(super) fn malformed_row(malformed: &Malformed) -> Refused<Code> {
    match malformed {
        Malformed::NotJson { reason } => Code::Malformed.with(json!({ "reason": reason })),
        Malformed::TooDeep { max_depth } => {
            Code::Malformed.because("The message is nested too deeply", json!({ "max_depth": max_depth }))
        }
        Malformed::Binary => {
            let details = json!({ "received": "binary", "expected": "text" });
            Code::Malformed.because("Messages must be text frames", details)
        }
        Malformed::NoEvent => {
            Code::Malformed.because("The message has no event", json!({ "missing_fields": ["event"] }))
        }
        Malformed::UnknownEvent { event, known } => {
            let details = json!({ "event": event, "known": known });
            Code::Malformed.because("There is no such event", details)
        }
        Malformed::MissingFields { fields, received } => {
            Code::MissingFields.with(json!({ "missing_fields": fields, "received_data": received }))
        }
        Malformed::WrongType { field, expected, received } => {
            let details = json!({ "field": field, "expected": expected, "received": received });
            Code::WrongType.because(format!("{field} must be of type {expected}"), details)
        }
        Malformed::OutOfRange { field, problem, allowed } => {
            Code::OutOfRange.because(format!("{field} {problem}"), json!({ "field": field, "allowed": allowed }))
        }
        Malformed::UnsupportedVersion { requested } => Code::UnsupportedVersion.with(json!({
            "requested_version": requested,
            "supported_versions": version::SUPPORTED,
            "minimum_version": version::MINIMUM,
        })),
    }
}
