//! What one connection may send.

use std::time::Duration;

/// The limits of a contract's connections. Each is a setting; the contract's own figure is its default.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The largest message, in bytes; a larger one closes the connection with 1009.
    pub max_message_bytes: usize,
    /// Messages per second.
    pub messages_per_second: u32,
    /// Messages at once after a pause, at least as many.
    pub burst: u32,
    /// What may be sent in a longer time, where the contract has such a limit.
    pub quota: Option<Quota>,
    /// How often the server sends a WebSocket ping.
    pub heartbeat: Duration,
    /// How long it waits for any sign of life after one.
    pub pong_within: Duration,
}

/// What one connection may send in any span of this length.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quota {
    /// Messages of any kind.
    pub messages: u32,
    /// Messages that ask the server to do something.
    pub commands: u32,
    /// The length of the span.
    pub window: Duration,
}

impl Quota {
    /// From this share of a limit on, in percent, the client is warned (contract *live log*, "Rate Limit Warning").
    pub const WARN_PERCENT: u32 = 95;
}
