//! What the server sends except the messages of the log.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, value::RawValue};
use vocabulary::{LogKind, Pause, Severity};

use super::{error::Reason, message::Message};
use crate::iso8601::Moment;

/// `connected`: the first message on a connection, which has no subscriptions yet.
#[derive(Serialize, JsonSchema)]
pub(super) struct Connected {
    /// The connection's id, as in the server's log.
    pub(super) connection_id: String,
    /// The text for people.
    pub(super) message: &'static str,
}

/// `disconnected`: the server closes the connection.
#[derive(Serialize, JsonSchema)]
pub(super) struct Disconnected {
    /// Why the connection is closed.
    pub(super) reason: Reason,
}

/// `error`: a message or the connection was refused, and nothing was done.
#[derive(Serialize, JsonSchema)]
pub(super) struct Error {
    /// The code, for programs.
    #[schemars(extend("enum" = super::error::Code::ALL.map(super::error::Code::number)))]
    pub(super) error_code: u16,
    /// The code's name.
    pub(super) error_message: &'static str,
    /// `issue` says what is wrong; `field` names the field, if one is wrong; there may be other facts.
    #[schemars(with = "Map<String, Value>")]
    pub(super) details: Value,
}

/// `rate_limit`: the connection has nearly reached its limit.
#[derive(Serialize, JsonSchema)]
pub(super) struct RateLimit {
    /// Messages or commands in the window that ends now.
    pub(super) current_requests: u32,
    /// Messages or commands that are allowed in the window.
    pub(super) limit: u32,
    /// The length of the window in seconds.
    pub(super) window_seconds: u64,
    /// The seconds until the window has room for more.
    pub(super) reset_in_seconds: u64,
}

/// `announcement` (+): an operator's message. It is sent when it is made, to every new connection while it is current, and
/// once more with `ended` when it is withdrawn.
#[derive(Serialize, JsonSchema)]
pub(super) struct Announcement {
    /// The text for people.
    #[schemars(length(min = 1, max = 500))]
    pub(super) message: String,
    /// The severity: `info`, `warning` or `error`.
    #[schemars(extend("enum" = Severity::ALL.map(Severity::as_str)))]
    pub(super) severity: &'static str,
    /// When the announcement was made, in ISO 8601.
    pub(super) announced_at: Moment,
    /// Until when the announcement is current, in ISO 8601.
    pub(super) ends_at: Moment,
    /// Whether the announcement was withdrawn.
    pub(super) ended: bool,
}

/// `maintenance` (+): a pause is planned, has begun or is over. It is also sent to every new connection while a pause
/// is planned or has begun.
#[derive(Serialize, JsonSchema)]
pub(super) struct Maintenance {
    /// `maintenance`: the server stays; `shutdown`: it stops; `restart`: it stops and comes back.
    #[schemars(extend("enum" = Pause::ALL.map(Pause::as_str)))]
    pub(super) event: &'static str,
    /// When the pause begins, in ISO 8601.
    pub(super) scheduled_time: Moment,
    /// How long it takes, in seconds.
    pub(super) duration: u64,
    /// Whether it has ended or was cancelled.
    pub(super) ended: bool,
}

/// `subscribed`: the current subscriptions of the connection.
#[derive(Serialize, JsonSchema)]
pub(super) struct Subscribed {
    /// All subscribed types.
    #[schemars(length(max = 6))]
    pub(super) message_types: Vec<LogKind>,
}

/// `pong`: the answer to `ping`.
#[derive(Serialize, JsonSchema)]
pub(super) struct Pong {
    /// The server's clock, in ISO 8601.
    pub(super) timestamp: Moment,
}

/// `history`: the answer to `get_history`.
#[derive(Serialize, JsonSchema)]
pub(super) struct History<'a> {
    /// The messages, the newest first.
    #[schemars(with = "Vec<Message>", length(max = 500))]
    pub(super) messages: Vec<&'a RawValue>,
    /// The number of all matching messages.
    pub(super) total_count: u64,
    /// The requested limit, or the default.
    #[schemars(range(min = 1, max = 500))]
    pub(super) limit: u64,
    /// The requested offset, or 0.
    pub(super) offset: u64,
}

/// `search_results`: the answer to `search`.
#[derive(Serialize, JsonSchema)]
pub(super) struct SearchResults<'a> {
    /// The words of the search.
    pub(super) query: &'a str,
    /// The messages, the best match first.
    #[schemars(with = "Vec<Message>", length(max = 500))]
    pub(super) results: Vec<&'a RawValue>,
    /// The number of all matching messages.
    pub(super) count: u64,
    /// Whether `count` is exact; otherwise there are at least as many.
    pub(super) count_exact: bool,
}
