//! What one connection may send.

use std::time::Duration;

/// The limits of a contract's connections. Each is a setting; the contract's own figure is its default.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The largest message, in bytes; a larger one closes the connection with 1009.
    pub max_message_bytes: usize,
    /// Messages per second, and at once after a pause.
    pub messages_per_second: u32,
    /// How often the server sends a WebSocket ping.
    pub heartbeat: Duration,
    /// How long it waits for any sign of life after one.
    pub pong_within: Duration,
}
