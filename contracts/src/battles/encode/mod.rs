//! The engine's words → messages of contract *battles*. No wildcard arm: a new notice does not compile until it is worded.

mod private;
mod public;
mod reply;

use bytestring::ByteString;
use serde::Serialize;
use vocabulary::{Announcement, Denial, RoomId, Sequence, Stamp};

pub(super) use self::{private::private, public::public, reply::reply};
use super::{
    error::{Code, Refusal, refusal},
    limits::{MAX_RECONNECT_ATTEMPTS, RECONNECT_DELAY_MS},
    server::{Data, Disconnect, SystemNotice, SystemRestart, SystemUpdate},
};
use crate::Farewell;

/// The frame around every event.
#[derive(Serialize)]
struct Envelope<T> {
    event: &'static str,
    data: Data<T>,
}

/// Words any event of the server; the types of this contract can't fail to serialise.
fn message(event: &'static str, content: impl Serialize, stamp: &Stamp) -> ByteString {
    let data = Data {
        battle_id: stamp.room.as_ref().map(RoomId::to_string),
        sequence: stamp.sequence.map(|Sequence(number)| number),
        timestamp: stamp.at.0,
        request_id: stamp.client_sequence,
        content,
    };
    serde_json::to_string(&Envelope { event, data }).unwrap_or_default().into()
}

/// Words a refusal: its body is the one of REST.
pub(super) fn error(refusal: Refusal, stamp: &Stamp) -> ByteString {
    message("error", refusal, stamp)
}

/// Words a denial; what lies with the server has events of its own.
pub(super) fn deny(denial: &Denial, stamp: &Stamp) -> ByteString {
    let refusal = refusal(denial);
    let event = match refusal.code {
        Code::Maintenance => "system:maintenance",
        Code::Internal => "system:error",
        _ => return error(refusal, stamp),
    };
    message(event, SystemNotice { code: refusal.code, message: refusal.message }, stamp)
}

/// Words what an operator tells everybody.
pub(super) fn announce(announcement: &Announcement, stamp: &Stamp) -> ByteString {
    let Announcement { message: text, severity } = announcement;
    message("system:update", SystemUpdate { message: text.clone(), severity: severity.as_str() }, stamp)
}

/// Words the last message before the server closes the connection.
pub(super) fn farewell(farewell: Farewell, stamp: &Stamp) -> ByteString {
    let (code, reason) = (farewell.code(), farewell.reason());
    match farewell {
        Farewell::ServerStopping => {
            let restart = SystemRestart {
                code,
                reason,
                reconnect_delay_ms: RECONNECT_DELAY_MS,
                max_reconnect_attempts: MAX_RECONNECT_ATTEMPTS,
            };
            message("system:restart", restart, stamp)
        }
        Farewell::Replaced
        | Farewell::RoomClosed
        | Farewell::ClosedByOperator
        | Farewell::Blocked
        | Farewell::RoomFailed
        | Farewell::TooSlow
        | Farewell::UnknownRoom
        | Farewell::HeartbeatLost
        | Farewell::MessageTooBig
        | Farewell::NotAdmitted
        | Farewell::BinaryRefused => message("disconnect", Disconnect::Closing { code, reason }, stamp),
    }
}
