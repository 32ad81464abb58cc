//! The code table of contract *game*: what is refused, under which code, in which words, with which facts.

mod denial;
mod malformed;

use bytestring::ByteString;
use serde::Serialize;
use serde_json::{Value, json};
use vocabulary::{Denial, Maintenance, Sequence, Stamp};

use self::{denial::denial_row, malformed::malformed_row};
use super::{encode, server::ErrorData};
use crate::{Malformed, Seconds};

/// The event of an error, and its codes.
pub(super) const ERROR: (&str, &[&str]) = (
    "error",
    &[
        "1001", "1002", "1003", "1004", "1005", "1006", "1007", "1008", "2001", "2002", "2003", "2004", "2005", "2006",
        "2007", "2008", "2009", "2010", "4001", "4002", "4003", "4004",
    ],
);
/// The event of an error about the message itself, and its codes.
pub(super) const VALIDATION_ERROR: (&str, &[&str]) = ("validation_error", &["3001", "3002", "3003", "3004"]);

/// The frame around an error.
#[derive(Serialize)]
struct ErrorEnvelope<'a> {
    event: &'static str,
    error: ErrorData,
    room_id: &'a str,
    server_time: Seconds,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_sequence: Option<u64>,
}

/// One row of the table.
struct Row {
    code: &'static str,
    message: String,
    details: Value,
    recoverable: bool,
}

fn row(code: &'static str, message: impl Into<String>, details: Value) -> Row {
    Row { code, message: message.into(), details, recoverable: true }
}

/// What the client can do nothing about.
fn fatal(code: &'static str, message: impl Into<String>, details: Value) -> Row {
    Row { recoverable: false, ..row(code, message, details) }
}

/// Words a refusal.
pub(super) fn deny(denial: &Denial, stamp: &Stamp) -> ByteString {
    word(denial_row(denial), stamp)
}

/// Encodes the error that refuses new rooms in a pause, sent once more to everybody when the pause is planned and begins.
pub(super) fn forewarn(pause: &Maintenance, stamp: &Stamp) -> ByteString {
    word(maintenance_row(pause), stamp)
}

fn maintenance_row(pause: &Maintenance) -> Row {
    let details = json!({
        "reason": "maintenance",
        "event": pause.event.as_str(),
        "scheduled_time": Seconds::from(pause.scheduled),
        "duration": pause.duration.as_secs(),
    });
    row("4003", "The server takes no new rooms during a planned pause", details)
}

/// Words what is wrong with a message.
pub(super) fn malformed(malformed: &Malformed, stamp: &Stamp) -> ByteString {
    word(malformed_row(malformed), stamp)
}

/// The code alone, for metrics.
pub(super) fn code(denial: &Denial) -> &'static str {
    denial_row(denial).code
}

/// The code alone, for metrics.
pub(super) fn malformed_code(malformed: &Malformed) -> &'static str {
    malformed_row(malformed).code
}

fn word(row: Row, stamp: &Stamp) -> ByteString {
    debug_assert!(stamp.sequence.map(|Sequence(number)| number).is_none(), "errors have no number");
    encode::text(&ErrorEnvelope {
        // The 3xxx codes are about the message itself.
        event: if row.code.starts_with('3') { VALIDATION_ERROR.0 } else { ERROR.0 },
        error: ErrorData {
            code: row.code.to_owned(),
            message: row.message,
            details: row.details,
            timestamp: stamp.at.into(),
            recoverable: row.recoverable,
        },
        room_id: encode::room_id(stamp),
        server_time: stamp.at.into(),
        client_sequence: stamp.client_sequence,
    })
}
