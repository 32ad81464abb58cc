//! Notices and replies → messages of contract *game*. No wildcard arm: a new notice does not compile until it is
//! encoded.

mod private;
mod public;
mod reply;
mod resume;
mod words;

use bytestring::ByteString;
use serde::Serialize;
use vocabulary::{Announcement, Bulletin, ChatEvent, ChatNotice, Maintenance, Sequence, Stamp};

pub(super) use self::{private::private, public::public, reply::reply};
use super::server::{self, Envelope};
use crate::{Arrival, Farewell};

/// Encodes any event of the server.
pub(super) fn message(event: &'static str, data: &impl Serialize, stamp: &Stamp) -> ByteString {
    text(&envelope(event, data, stamp))
}

fn envelope<'a, T>(event: &'static str, data: &'a T, stamp: &'a Stamp) -> Envelope<'a, T> {
    Envelope {
        event,
        data,
        private: event == "hand_updated",
        room_id: room_id(stamp),
        server_time: stamp.at.into(),
        sequence_number: stamp.sequence.map(|Sequence(number)| number),
        client_sequence: stamp.client_sequence,
    }
}

/// The envelope's `room_id`; the lobby has one too.
pub(super) fn room_id(stamp: &Stamp) -> &str {
    stamp.room.as_ref().map_or("lobby", vocabulary::RoomId::as_str)
}

/// Serialises a message; the types of this contract can't fail to.
pub(super) fn text(message: &impl Serialize) -> ByteString {
    serde_json::to_string(message).unwrap_or_default().into()
}

pub(super) fn connected(arrival: &Arrival<'_>, stamp: &Stamp) -> ByteString {
    let data = server::Connected {
        connection_id: arrival.connection.to_string(),
        room_id: room_id(stamp).into(),
        player_name: None,
        reconnected: false,
        guests_allowed: arrival.guests_allowed,
    };
    message("connected", &data, stamp)
}

pub(super) fn disconnected(farewell: Farewell, stamp: &Stamp) -> ByteString {
    let was_clean = match farewell {
        Farewell::Replaced | Farewell::RoomClosed | Farewell::ClosedByOperator | Farewell::ServerStopping => true,
        Farewell::RoomFailed
        | Farewell::TooSlow
        | Farewell::UnknownRoom
        | Farewell::HeartbeatLost
        | Farewell::MessageTooBig
        | Farewell::NotAdmitted
        | Farewell::Blocked
        | Farewell::Banned
        | Farewell::Removed
        | Farewell::BinaryRefused
        | Farewell::NotAuthenticated
        | Farewell::InvalidToken
        | Farewell::TokenExpired
        | Farewell::TooManyConnections
        | Farewell::TooManyAttempts => false,
    };
    let data = server::Disconnected { code: farewell.code(), reason: farewell.reason().into(), was_clean };
    message("disconnected", &data, stamp)
}

/// Encodes what operators send to every connection.
pub(super) fn announce(bulletin: &Bulletin, stamp: &Stamp) -> ByteString {
    match bulletin {
        Bulletin::Announcement(announcement) => announced(announcement, false, stamp),
        Bulletin::AnnouncementWithdrawn(announcement) => announced(announcement, true, stamp),
        Bulletin::Maintenance(pause) => paused(pause, false, stamp),
        Bulletin::MaintenanceOver(pause) => paused(pause, true, stamp),
    }
}

fn announced(announcement: &Announcement, ended: bool, stamp: &Stamp) -> ByteString {
    let data = server::Announcement {
        message: announcement.message.as_str().into(),
        severity: announcement.severity.as_str().into(),
        announced_at: announcement.at.into(),
        ends_at: announcement.end().into(),
        ended,
    };
    message("announcement", &data, stamp)
}

fn paused(pause: &Maintenance, ended: bool, stamp: &Stamp) -> ByteString {
    let data = server::Maintenance {
        event: pause.event.as_str().into(),
        scheduled_time: pause.scheduled.into(),
        duration: pause.duration.as_secs(),
        ended,
    };
    message("maintenance", &data, stamp)
}

/// Encodes a chat message of the room.
pub(super) fn chat(notice: &ChatNotice, stamp: &Stamp) -> Option<ByteString> {
    match &notice.event {
        ChatEvent::Said(content) => {
            let data = server::ChatMessage {
                message_id: notice.id.to_string(),
                player: notice.author.name.as_str().into(),
                is_bot: notice.author.is_bot(),
                message: content.as_ref().into(),
            };
            Some(message("chat_message", &data, stamp))
        }
        ChatEvent::Status(_) | ChatEvent::Gesture { .. } => None,
    }
}
