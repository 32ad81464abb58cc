//! The limits of contract *battles* (seed, "WebSocket Protocol").

use std::time::Duration;

use crate::Limits;

/// How long a client waits before it connects again, in milliseconds.
pub(super) const RECONNECT_DELAY_MS: u32 = 1_000;
/// How often it tries at the most.
pub(super) const MAX_RECONNECT_ATTEMPTS: u32 = 5;

/// The seed names no rate of messages for a connection; this one is the server's own, as in contract *game*.
pub(super) const LIMITS: Limits = Limits {
    max_message_bytes: 16 * 1024,
    messages_per_second: 1_000,
    burst: 1_000,
    quota: None,
    heartbeat: Duration::from_secs(30),
    pong_within: Duration::from_secs(5),
};
