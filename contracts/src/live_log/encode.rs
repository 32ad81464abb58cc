//! Replies and bulletins → messages of contract *live log*.

use bytestring::ByteString;
use serde::Serialize;
use serde_json::{Value, value::RawValue};
use vocabulary::{Bulletin, LogFound, LogHistory, LogKind, Reply, Timestamp};

use super::{
    error::{Reason, Refusal, closing},
    server::{
        Announcement, Connected, Disconnected, Error, History, Maintenance, Pong, RateLimit, SearchResults, Subscribed,
    },
};
use crate::{Arrival, Farewell, Spending, codes::Refused, seconds::rounded_up};

/// The frame around everything that is not a message of the log.
#[derive(Serialize)]
struct Told<T> {
    action: &'static str,
    #[serde(flatten)]
    content: T,
}

/// Encodes a message that does not belong to the log; the types of this contract can't fail to serialise.
fn told(action: &'static str, content: impl Serialize) -> ByteString {
    serde_json::to_string(&Told { action, content }).unwrap_or_default().into()
}

pub(super) fn greet(arrival: &Arrival<'_>) -> ByteString {
    let connection_id = arrival.connection.to_string();
    told("connected", Connected { connection_id, message: "Successfully connected to live log" })
}

/// Encodes a refusal. Its text becomes `details.issue`, because `error_message` is the code's name.
pub(super) fn error(Refused { row, text, mut details }: Refusal) -> ByteString {
    details["issue"] = Value::from(text);
    told("error", Error { error_code: row.number(), error_message: row.text(), details })
}

/// Encodes the last message: the error with its code if the connection itself is refused.
pub(super) fn farewell(farewell: Farewell) -> ByteString {
    match closing(farewell) {
        Ok(reason) => told("disconnected", Disconnected { reason }),
        Err(refusal) => error(refusal),
    }
}

/// Encodes the last message to a client that closes the connection itself (seed, "Message Flow Diagram").
pub(super) fn parting() -> ByteString {
    told("disconnected", Disconnected { reason: Reason::NormalClosure })
}

pub(super) fn pong(at: Timestamp) -> ByteString {
    told("pong", Pong { timestamp: at.into() })
}

pub(super) fn nearly_spent(spending: &Spending) -> ByteString {
    let Spending { used, limit, window, reset } = *spending;
    let warning = RateLimit {
        current_requests: used,
        limit,
        window_seconds: window.as_secs(),
        reset_in_seconds: rounded_up(reset),
    };
    told("rate_limit", warning)
}

/// Encodes what operators send to every connection, whatever its subscriptions. A pause is also a message of the log.
pub(super) fn announce(bulletin: &Bulletin) -> ByteString {
    match bulletin {
        Bulletin::Announcement(announcement) => announced(announcement, false),
        Bulletin::AnnouncementWithdrawn(announcement) => announced(announcement, true),
        Bulletin::Maintenance(pause) => paused(pause, false),
        Bulletin::MaintenanceOver(pause) => paused(pause, true),
    }
}

fn announced(announcement: &vocabulary::Announcement, ended: bool) -> ByteString {
    let content = Announcement {
        message: announcement.message.clone(),
        severity: announcement.severity.as_str(),
        announced_at: announcement.at.into(),
        ends_at: announcement.end().into(),
        ended,
    };
    told("announcement", content)
}

fn paused(pause: &vocabulary::Maintenance, ended: bool) -> ByteString {
    let (event, scheduled_time) = (pause.event.as_str(), pause.scheduled.into());
    told("maintenance", Maintenance { event, scheduled_time, duration: pause.duration.as_secs(), ended })
}

/// `None` for the answer to a request that this contract does not have.
pub(super) fn reply(reply: &Reply) -> Option<ByteString> {
    match reply {
        Reply::Subscribed(kinds) => Some(subscribed(kinds)),
        Reply::History(history) => Some(listed(history)),
        Reply::Found(found) => Some(results(found)),
        Reply::Rooms(_) | Reply::Room(_) | Reply::Synchronised(_) | Reply::Reconnected(_) | Reply::Attending(_) => None,
    }
}

fn subscribed(kinds: &[LogKind]) -> ByteString {
    told("subscribed", Subscribed { message_types: kinds.to_vec() })
}

fn listed(history: &LogHistory) -> ByteString {
    let LogHistory { bodies, total, slice } = history;
    let messages = raw(bodies);
    told("history", History { messages, total_count: *total, limit: slice.limit, offset: slice.offset })
}

fn results(found: &LogFound) -> ByteString {
    let LogFound { query, bodies, count, exact } = found;
    told("search_results", SearchResults { query, results: raw(bodies), count: *count, count_exact: *exact })
}

/// The stored bodies, unchanged. A body that is not valid JSON would break the whole answer, so a damaged record is
/// left out.
fn raw(bodies: &[String]) -> Vec<&RawValue> {
    bodies.iter().filter_map(|body| serde_json::from_str(body).ok()).collect()
}
