//! The limits of contract *game*. The contract names the error (`4001`) and no figures: these are the server's own.

use std::time::Duration;

use crate::Limits;

/// Generous for a person and for a bot that plays at full speed; tight enough that one connection can't keep a core busy.
pub(super) const LIMITS: Limits = Limits {
    max_message_bytes: 16 * 1024,
    messages_per_second: 1_000,
    burst: 1_000,
    quota: None,
    heartbeat: Duration::from_secs(30),
    pong_within: Duration::from_secs(10),
};
