//! The limits of contract *state* (seed, "Rate Limits").

use std::time::Duration;

use crate::Limits;

/// The seed names no heartbeat; this one is the server's own.
pub(super) const LIMITS: Limits = Limits {
    max_message_bytes: 1024 * 1024,
    messages_per_second: 50,
    burst: 50,
    quota: None,
    heartbeat: Duration::from_secs(30),
    pong_within: Duration::from_secs(10),
};
