//! How much one connection may send.

use std::time::Duration;

/// The limits of one connection. Each contract states its own once, in its file `limits`; the server's settings take their
/// defaults from there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The largest message, in bytes; a larger one closes the connection with 1009.
    pub max_message_bytes: usize,
    /// Messages per second.
    pub messages_per_second: u32,
    /// Messages at once after a pause, no fewer than `messages_per_second`.
    pub burst: u32,
    /// The limit over a longer time; `None` if the contract has none.
    pub quota: Option<Quota>,
    /// Time between two WebSocket pings from the server.
    pub heartbeat: Duration,
    /// Time after a ping within which the client must send something; otherwise the connection is closed.
    pub pong_within: Duration,
}

/// The limit of one connection in any time as long as `window`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quota {
    /// Messages of any kind.
    pub messages: u32,
    /// Messages that make the server work: all but pings.
    pub commands: u32,
    /// The length of the time.
    pub window: Duration,
}

impl Limits {
    /// The same limits with a quota and the rate that goes with it: a client may send all its messages at once.
    #[must_use]
    pub const fn with_quota(self, quota: Quota) -> Self {
        let burst = quota.messages.saturating_mul(2);
        Self { messages_per_second: quota.messages, burst, quota: Some(quota), ..self }
    }
}

impl Quota {
    /// The client receives a warning from this share of a limit on, in percent (contract *live log*, "Rate Limit Warning").
    pub const WARN_PERCENT: u32 = 95;
}

/// A size as people write it: `16 KiB`, `1 MiB`.
pub(crate) fn size(bytes: usize) -> String {
    match (bytes >> 20, bytes >> 10) {
        (0, 0) => format!("{bytes} bytes"),
        (0, kib) => format!("{kib} KiB"),
        (mib, _) => format!("{mib} MiB"),
    }
}
