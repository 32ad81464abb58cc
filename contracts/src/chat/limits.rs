//! The limits of contract *chat* (seed, "Rate Limiting", "Heartbeat").

use std::time::Duration;

use crate::Limits;

/// The seed names no size of a message; this one holds the longest content with its frame.
pub(super) const LIMITS: Limits = Limits {
    max_message_bytes: 16 * 1024,
    messages_per_second: 10,
    burst: 20,
    quota: None,
    heartbeat: Duration::from_secs(30),
    pong_within: Duration::from_secs(10),
};
