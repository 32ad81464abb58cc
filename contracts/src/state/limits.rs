//! The limits of contract *state* (seed, "Rate Limits").

use std::time::Duration;

use crate::Limits;

/// The limits of contract *state*. Each has a setting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StateLimits {
    /// The limits of one connection.
    pub connection: Limits,
    /// Connections of an account.
    pub connections_per_account: u32,
    /// The time after its token was issued at which a connection is closed.
    pub token_lifetime: Duration,
}

impl StateLimits {
    /// The figures of the seed. It names no heartbeat; that one is the server's own.
    pub const DEFAULT: Self = Self {
        connection: Limits {
            max_message_bytes: 1024 * 1024,
            messages_per_second: 50,
            burst: 50,
            quota: None,
            heartbeat: Duration::from_secs(30),
            pong_within: Duration::from_secs(10),
        },
        connections_per_account: 100,
        token_lifetime: Duration::from_secs(24 * 60 * 60),
    };
}
