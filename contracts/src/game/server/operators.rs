//! Messages of operators to every connection: announcements and planned pauses.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vocabulary::{Pause, Severity};

use super::Text;
use crate::Seconds;

/// `announcement` (+): an operator's message. It is sent when it is made, to every new connection while it is current, and
/// once more with `ended` when it is withdrawn.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Announcement<'a> {
    /// The text for people.
    #[schemars(length(min = 1, max = 500))]
    pub message: Text<'a>,
    /// The severity: `info`, `warning` or `error`.
    #[schemars(extend("enum" = Severity::ALL.map(Severity::as_str)))]
    pub severity: Text<'a>,
    /// When it was made, in seconds since 1970.
    pub announced_at: Seconds,
    /// Until when it is current, in seconds since 1970. Nothing is sent at that moment.
    pub ends_at: Seconds,
    /// Whether it was withdrawn and should no longer be shown.
    pub ended: bool,
}

/// `maintenance` (+): a pause is planned, has begun or is over. It is also sent to every new connection while a pause
/// is planned or has begun.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Maintenance {
    /// `maintenance`: the server stays; `shutdown`: it stops; `restart`: it stops and comes back.
    #[schemars(extend("enum" = Pause::ALL.map(Pause::as_str)))]
    pub event: Text<'static>,
    /// When it begins, in seconds since 1970.
    pub scheduled_time: Seconds,
    /// How long it takes, in seconds.
    pub duration: u64,
    /// Whether it has ended or was cancelled; new rooms are possible again.
    pub ended: bool,
}
