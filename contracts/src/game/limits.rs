//! The limits of contract *game*. The seed names the error (`4001`) but no figures: these are the server's own.

use std::time::Duration;

use crate::Limits;

/// The limits of one connection. Enough for a person and for a bot at full speed, too little for one connection to keep a
/// core busy.
pub(super) const LIMITS: Limits = Limits {
    max_message_bytes: 16 * 1024,
    messages_per_second: 1_000,
    burst: 1_000,
    quota: None,
    heartbeat: Duration::from_secs(30),
    pong_within: Duration::from_secs(10),
};
