//! What the server sends beside the messages of the log.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, value::RawValue};
use vocabulary::{Pause, Severity};

use super::message::{Message, MessageType};
use crate::iso8601::PATTERN;

/// `connected`: the first message of a connection. It is subscribed to nothing.
#[derive(Serialize, JsonSchema)]
pub(super) struct Connected {
    /// The connection, for the server's log.
    pub(super) connection_id: String,
    /// For people.
    pub(super) message: &'static str,
}

/// `disconnected`: the server closes the connection.
#[derive(Serialize, JsonSchema)]
pub(super) struct Disconnected {
    /// Why.
    pub(super) reason: Reason,
}

/// Why the server closes a connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reason {
    /// Nothing is wrong; connect again if there is more to hear.
    NormalClosure,
    /// The client gave no sign of life, or did not read.
    ConnectionTimeout,
    /// The client asked for what is not there.
    ProtocolError,
    /// The server failed.
    ServerError,
}

/// `error`: a message was refused and nothing was done, or the connection was.
#[derive(Serialize, JsonSchema)]
pub(super) struct Error {
    /// For programs.
    #[schemars(extend("enum" = super::error::Code::ALL.map(super::error::Code::number)))]
    pub(super) error_code: u16,
    /// The code's name.
    pub(super) error_message: &'static str,
    /// `issue` says in words what is wrong; `field` names the field, if it is one; other facts may follow.
    #[schemars(with = "Map<String, Value>")]
    pub(super) details: Value,
}

/// `rate_limit`: the connection has nearly sent as much as it may.
#[derive(Serialize, JsonSchema)]
pub(super) struct RateLimit {
    /// So many in the window that ends now.
    pub(super) current_requests: u32,
    /// So many are allowed.
    pub(super) limit: u32,
    /// How long the window is.
    pub(super) window_seconds: u64,
    /// When it has room for more.
    pub(super) reset_in_seconds: u64,
}

/// `announcement` (+): an operator's message. It is sent when it is made, to every new connection while it is current, and
/// once more with `ended` when it is withdrawn.
#[derive(Serialize, JsonSchema)]
pub(super) struct Announcement {
    /// For people.
    #[schemars(length(min = 1, max = 500))]
    pub(super) message: String,
    /// `info`, `warning` or `error`.
    #[schemars(extend("enum" = Severity::ALL.map(Severity::as_str)))]
    pub(super) severity: &'static str,
    /// When it was made.
    #[schemars(regex(pattern = PATTERN))]
    pub(super) announced_at: String,
    /// Until when it is current.
    #[schemars(regex(pattern = PATTERN))]
    pub(super) ends_at: String,
    /// Whether it was withdrawn.
    pub(super) ended: bool,
}

/// `maintenance` (+): a pause is planned, has begun, or is over. It is also sent to every new connection while a pause is
/// planned or on.
#[derive(Serialize, JsonSchema)]
pub(super) struct Maintenance {
    /// `maintenance`: the server stays; `shutdown`: it stops; `restart`: it stops and comes back.
    #[schemars(extend("enum" = Pause::ALL.map(Pause::as_str)))]
    pub(super) event: &'static str,
    /// When it begins.
    #[schemars(regex(pattern = PATTERN))]
    pub(super) scheduled_time: String,
    /// How long it takes, in seconds.
    pub(super) duration: u64,
    /// Whether it ended or was called off.
    pub(super) ended: bool,
}

/// `subscribed`: what the connection is subscribed to now.
#[derive(Serialize, JsonSchema)]
pub(super) struct Subscribed {
    /// All types.
    #[schemars(length(max = 6))]
    pub(super) message_types: Vec<MessageType>,
}

/// `pong`: the answer to `ping`.
#[derive(Serialize, JsonSchema)]
pub(super) struct Pong {
    /// The server's clock.
    #[schemars(regex(pattern = PATTERN))]
    pub(super) timestamp: String,
}

/// `history`: the answer to `get_history`.
#[derive(Serialize, JsonSchema)]
pub(super) struct History<'a> {
    /// The newest first.
    #[schemars(with = "Vec<Message>", length(max = 500))]
    pub(super) messages: Vec<&'a RawValue>,
    /// How many there are in all.
    pub(super) total_count: u64,
    /// What was asked for.
    #[schemars(range(min = 1, max = 500))]
    pub(super) limit: u64,
    /// What was asked for.
    pub(super) offset: u64,
}

/// `search_results`: the answer to `search`.
#[derive(Serialize, JsonSchema)]
pub(super) struct SearchResults<'a> {
    /// What was looked for.
    pub(super) query: &'a str,
    /// The best first.
    #[schemars(with = "Vec<Message>", length(max = 500))]
    pub(super) results: Vec<&'a RawValue>,
    /// How many there are in all.
    pub(super) count: u64,
    /// Whether all were counted; else there are at least so many.
    pub(super) count_exact: bool,
}
