//! The limits of contract *live log* (seed, "Rate Limiting").

use std::time::Duration;

use crate::{Limits, Quota};

/// The seed names no size and no heartbeat of the server's; these are its own. The rate per second is only a guard before
/// the quota.
pub(super) const LIMITS: Limits = Limits {
    max_message_bytes: 16 * 1024,
    messages_per_second: 100,
    burst: 200,
    quota: Some(Quota { messages: 100, commands: 10, window: Duration::from_secs(60) }),
    heartbeat: Duration::from_secs(30),
    pong_within: Duration::from_secs(10),
};
