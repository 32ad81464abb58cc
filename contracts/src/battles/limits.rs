//! The limits of contract *battles* (seed, "Rate Limiting", "WebSocket Protocol").

use std::time::Duration;

use crate::Limits;

/// The limits of contract *battles*. Each has a setting, except for the advice on reconnecting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BattlesLimits {
    /// The limits of a WebSocket connection; a body over HTTP may be as large as a message.
    pub connection: Limits,
    /// Logins, registrations and the like per minute and address.
    pub auth_per_minute: u32,
    /// New battles per minute, of an address and of an account.
    pub create_per_minute: u32,
    /// Actions per minute, of an address and of an account.
    pub actions_per_minute: u32,
    /// Requests for the state of battles per minute, of an address and of an account.
    pub state_per_minute: u32,
    /// All other requests of an address in `period`.
    pub requests: u32,
    /// The window of `requests`.
    pub period: Duration,
    /// How long a client should wait before it reconnects, in milliseconds.
    pub reconnect_delay_ms: u32,
    /// How often a client should try to reconnect.
    pub max_reconnect_attempts: u32,
}

impl BattlesLimits {
    /// The figures of the seed. It names no message rate for a connection; that one is the server's own, as in contract
    /// *game*.
    pub const DEFAULT: Self = Self {
        connection: Limits {
            max_message_bytes: 16 * 1024,
            messages_per_second: 1_000,
            burst: 1_000,
            quota: None,
            heartbeat: Duration::from_secs(30),
            pong_within: Duration::from_secs(5),
        },
        auth_per_minute: 5,
        create_per_minute: 2,
        actions_per_minute: 30,
        state_per_minute: 60,
        requests: 100,
        period: Duration::from_secs(60),
        reconnect_delay_ms: 1_000,
        max_reconnect_attempts: 5,
    };
}
