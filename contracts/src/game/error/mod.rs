//! Refusals of contract *game*: the table of codes, and how a row of it is encoded.

mod code;
mod denial;
mod malformed;

use bytestring::ByteString;
use serde::Serialize;
use serde_json::json;
use vocabulary::{Denial, Maintenance, Sequence, Stamp};

use self::{code::Code, denial::denial_row, malformed::malformed_row};
use super::{encode, server::ErrorData};
use crate::{
    Malformed, Seconds,
    codes::{Refused, Row, wire_codes},
};

const ERROR: &str = "error";
const VALIDATION_ERROR: &str = "validation_error";

/// The two events that carry an error, each with its codes.
pub(super) fn events() -> [(&'static str, Vec<&'static str>); 2] {
    [ERROR, VALIDATION_ERROR].map(|event| {
        let codes = Code::ALL.into_iter().map(Code::as_str).filter(|code| event_of(code) == event);
        (event, wire_codes(codes))
    })
}

/// The 3xxx codes are about the message itself.
fn event_of(code: &str) -> &'static str {
    if code.starts_with('3') { VALIDATION_ERROR } else { ERROR }
}

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

/// Encodes a refusal.
pub(super) fn deny(denial: &Denial, stamp: &Stamp) -> ByteString {
    frame(denial_row(denial), stamp)
}

/// Encodes the error that refuses new rooms in a pause, sent once more to everybody when the pause is planned and begins.
pub(super) fn forewarn(pause: &Maintenance, stamp: &Stamp) -> ByteString {
    let details = json!({
        "reason": "maintenance",
        "event": pause.event.as_str(),
        "scheduled_time": Seconds::from(pause.scheduled),
        "duration": pause.duration.as_secs(),
    });
    frame(Code::Maintenance.because("New rooms are not possible during a planned pause", details), stamp)
}

/// Encodes what is wrong with a message.
pub(super) fn malformed(malformed: &Malformed, stamp: &Stamp) -> ByteString {
    frame(malformed_row(malformed), stamp)
}

/// The code alone, for metrics.
pub(super) fn code(denial: &Denial) -> &'static str {
    denial_row(denial).row.as_str()
}

/// The code alone, for metrics.
pub(super) fn malformed_code(malformed: &Malformed) -> &'static str {
    malformed_row(malformed).row.as_str()
}

fn frame(Refused { row, text, details }: Refused<Code>, stamp: &Stamp) -> ByteString {
    debug_assert!(stamp.sequence.map(|Sequence(number)| number).is_none(), "errors have no number");
    encode::text(&ErrorEnvelope {
        event: event_of(row.as_str()),
        error: ErrorData {
            code: row.as_str().to_owned(),
            message: text.into_owned(),
            details,
            timestamp: stamp.at.into(),
            recoverable: row.recoverable(),
        },
        room_id: encode::room_id(stamp),
        server_time: stamp.at.into(),
        client_sequence: stamp.client_sequence,
    })
}
