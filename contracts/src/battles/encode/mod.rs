//! Notices and replies → messages of contract *battles*. No wildcard arm: a new notice does not compile until it is
//! encoded.

mod private;
mod public;
mod reply;

use bytestring::ByteString;
use serde::Serialize;
use vocabulary::{Announcement, Bulletin, Denial, Maintenance, RoomId, Sequence, Stamp};

pub(super) use self::{private::private, public::public, reply::reply};
use super::{
    error::{Code, Refusal, refusal},
    limits::BattlesLimits,
    server::{Data, Disconnect, PlannedPause, SystemMaintenance, SystemNotice, SystemRestart, SystemUpdate},
};
use crate::Farewell;

/// The frame around every event.
#[derive(Serialize)]
struct Envelope<T> {
    event: &'static str,
    data: Data<T>,
}

/// Encodes any event of the server; the types of this contract can't fail to serialise.
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

/// Encodes a refusal; its body is the one of REST.
pub(super) fn error(refusal: Refusal, stamp: &Stamp) -> ByteString {
    message("error", refusal, stamp)
}

/// Encodes a denial; maintenance and failures of the server have events of their own.
pub(super) fn deny(denial: &Denial, stamp: &Stamp) -> ByteString {
    let refusal = refusal(denial);
    let Refusal { code, message: text, .. } = refusal.clone();
    if code == Code::Maintenance {
        message("system:maintenance", SystemMaintenance { code, message: text, pause: None, ended: false }, stamp)
    } else if code == Code::Internal {
        message("system:error", SystemNotice { code, message: text }, stamp)
    } else {
        error(refusal, stamp)
    }
}

/// Encodes what operators send to every connection.
pub(super) fn announce(bulletin: &Bulletin, stamp: &Stamp) -> ByteString {
    match bulletin {
        Bulletin::Announcement(announcement) => update(announcement, false, stamp),
        Bulletin::AnnouncementWithdrawn(announcement) => update(announcement, true, stamp),
        Bulletin::Maintenance(pause) => {
            maintenance(pause, "New battles are not possible during this pause", false, stamp)
        }
        Bulletin::MaintenanceOver(pause) => {
            maintenance(pause, "The pause is over; new battles are possible", true, stamp)
        }
    }
}

fn update(announcement: &Announcement, ended: bool, stamp: &Stamp) -> ByteString {
    let told = SystemUpdate {
        message: announcement.message.clone(),
        severity: announcement.severity.as_str(),
        announced_at: announcement.at.0,
        ends_at: announcement.end().0,
        ended,
    };
    message("system:update", told, stamp)
}

fn maintenance(pause: &Maintenance, text: &str, ended: bool, stamp: &Stamp) -> ByteString {
    let pause = PlannedPause {
        event: pause.event.as_str(),
        scheduled_time: pause.scheduled.0,
        duration: pause.duration.as_secs(),
    };
    let told = SystemMaintenance { code: Code::Maintenance, message: text.to_owned(), pause: Some(pause), ended };
    message("system:maintenance", told, stamp)
}

/// Encodes the last message before the server closes the connection.
pub(super) fn farewell(farewell: Farewell, stamp: &Stamp) -> ByteString {
    let (code, reason) = (farewell.code(), farewell.reason());
    match farewell {
        Farewell::ServerStopping => {
            let restart = SystemRestart {
                code,
                reason,
                reconnect_delay_ms: BattlesLimits::DEFAULT.reconnect_delay_ms,
                max_reconnect_attempts: BattlesLimits::DEFAULT.max_reconnect_attempts,
            };
            message("system:restart", restart, stamp)
        }
        Farewell::Replaced
        | Farewell::RoomClosed
        | Farewell::ClosedByOperator
        | Farewell::Blocked
        | Farewell::Banned
        | Farewell::Removed
        | Farewell::RoomFailed
        | Farewell::TooSlow
        | Farewell::UnknownRoom
        | Farewell::HeartbeatLost
        | Farewell::MessageTooBig
        | Farewell::NotAdmitted
        | Farewell::BinaryRefused
        | Farewell::NotAuthenticated
        | Farewell::InvalidToken
        | Farewell::TokenExpired
        | Farewell::TooManyConnections
        | Farewell::TooManyAttempts => message("disconnect", Disconnect::Closing { code, reason }, stamp),
    }
}
