//! The limits of contract *live log* (seed, "Rate Limiting").

use std::time::Duration;

use crate::{Limits, Quota};

/// The limits of contract *live log*. Each has a setting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LiveLogLimits {
    /// The limits of one connection. Its rate per second is only a guard before the quota.
    pub connection: Limits,
    /// Messages and commands per minute; the quota of `connection`.
    pub quota: Quota,
    /// Connections of one address.
    pub connections_per_address: u32,
    /// Messages that services may post over HTTP per minute and address.
    pub posts_per_minute: u32,
}

const QUOTA: Quota = Quota { messages: 100, commands: 10, window: Duration::from_secs(60) };

impl LiveLogLimits {
    /// The figures of the seed. It names no message size, no heartbeat and no rate of posts; those are the server's own.
    pub const DEFAULT: Self = Self {
        connection: Limits {
            max_message_bytes: 16 * 1024,
            messages_per_second: QUOTA.messages,
            burst: QUOTA.messages,
            quota: None,
            heartbeat: Duration::from_secs(30),
            pong_within: Duration::from_secs(10),
        }
        .with_quota(QUOTA),
        quota: QUOTA,
        connections_per_address: 1_000,
        posts_per_minute: 6_000,
    };
}
