//! Notices → messages of contract *chat*. No wildcard arm: a new notice does not compile until it is encoded.

use bytestring::ByteString;
use serde::Serialize;
use uuid::Uuid;
use vocabulary::{Announcement, Bulletin, ChatEvent, ChatNotice, Pause, Scope, Severity, Stamp, Timestamp};

use super::{
    error::{Code, ending},
    server::{AvatarUpdate, Broadcast, Connection, Envelope, ErrorData, Message, Status, System},
};
use crate::{Arrival, Farewell, codes::Refused};

/// The prefix of the ids of a type.
pub(super) fn prefix(kind: &'static str) -> &'static str {
    match kind {
        "message" => "msg",
        "avatar_update" => "avatar",
        other => other,
    }
}

/// Encodes a message; the types of this contract can't fail to serialise.
fn word(kind: &'static str, payload: impl Serialize, at: Timestamp, id: Uuid) -> ByteString {
    let envelope = Envelope { r#type: kind, payload, timestamp: at.into(), id: format!("{}-{id}", prefix(kind)) };
    serde_json::to_string(&envelope).unwrap_or_default().into()
}

/// Encodes a message that is not from the engine, with a new id.
fn message(kind: &'static str, payload: impl Serialize, stamp: &Stamp) -> ByteString {
    word(kind, payload, stamp.at, Uuid::now_v7())
}

/// Encodes a refusal.
pub(super) fn error(Refused { row, text, details }: Refused<Code>, stamp: &Stamp) -> ByteString {
    let has_facts = details.as_object().is_some_and(|facts| !facts.is_empty());
    let details = has_facts.then_some(details);
    message("error", ErrorData { code: row.as_str(), message: text.into_owned(), details }, stamp)
}

/// Encodes the first message; every connection of this contract has an account.
pub(super) fn greet(arrival: &Arrival<'_>, stamp: &Stamp) -> Option<ByteString> {
    let connection = Connection {
        user_id: arrival.account?.to_string(),
        connection_id: arrival.connection.to_string(),
        timestamp: stamp.at.into(),
    };
    Some(message("connection", connection, stamp))
}

/// Encodes a chat message or a change of presence.
pub(super) fn chat(notice: &ChatNotice) -> ByteString {
    let ChatNotice { id, at, scope, author, event } = notice;
    let (user_id, username) = (author.id.to_string(), author.name.as_str());
    let scope = (*scope != Scope::Lobby).then(|| scope.to_string());
    match event {
        ChatEvent::Said(content) => {
            let kind = if author.is_bot() { "ai" } else { "user" };
            word("message", Message { content, r#type: kind, metadata: scope, user_id, username }, *at, *id)
        }
        ChatEvent::Status(status) => {
            word("status", Status { status: status.as_str(), user_id, username, metadata: scope }, *at, *id)
        }
        ChatEvent::Gesture { gesture, metadata } => {
            let metadata = metadata.clone().or(scope);
            let update = AvatarUpdate { avatar_id: user_id, action: gesture.as_str(), metadata, username };
            word("avatar_update", update, *at, *id)
        }
    }
}

/// Encodes what operators send to every connection. The seed has no message that withdraws an announcement, so that is
/// another broadcast.
pub(super) fn announce(bulletin: &Bulletin, stamp: &Stamp) -> ByteString {
    match bulletin {
        Bulletin::Announcement(Announcement { message, severity, at, .. }) => broadcast(message, *severity, *at, stamp),
        Bulletin::AnnouncementWithdrawn(Announcement { message, .. }) => {
            broadcast(&format!("Withdrawn: {message}"), Severity::Info, stamp.at, stamp)
        }
        Bulletin::Maintenance(pause) => system(pause.event, pause.scheduled, pause.duration.as_secs(), stamp),
        Bulletin::MaintenanceOver(_) => broadcast("the pause is over", Severity::Info, stamp.at, stamp),
    }
}

fn broadcast(text: &str, severity: Severity, at: Timestamp, stamp: &Stamp) -> ByteString {
    let broadcast = Broadcast { message: text, severity: severity.as_str(), timestamp: at.into() };
    message("broadcast", broadcast, stamp)
}

fn system(event: Pause, scheduled: Timestamp, duration: u64, stamp: &Stamp) -> ByteString {
    message("system", System { event: event.as_str(), scheduled_time: scheduled.into(), duration }, stamp)
}

/// Encodes the last message before the server closes the connection; `None` if the close frame says it all.
pub(super) fn farewell(farewell: Farewell, stamp: &Stamp) -> Option<ByteString> {
    if farewell == Farewell::ServerStopping {
        return Some(system(Pause::Shutdown, stamp.at, 0, stamp));
    }
    ending(farewell).map(|refused| error(refused, stamp))
}
