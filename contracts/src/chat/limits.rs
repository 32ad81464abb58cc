//! The limits of contract *chat* (seed, "Rate Limiting", "Heartbeat").

use std::time::Duration;

use crate::Limits;

/// The limits of contract *chat*. Each has a setting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChatLimits {
    /// The limits of one connection.
    pub connection: Limits,
    /// Messages of an account per minute, over all its connections.
    pub messages_per_minute: u32,
    /// Reconnections of an account per minute.
    pub reconnections_per_minute: u32,
}

impl ChatLimits {
    /// The figures of the seed. It names no message size; this one holds the longest content with its frame.
    pub const DEFAULT: Self = Self {
        connection: Limits {
            max_message_bytes: 16 * 1024,
            messages_per_second: 10,
            burst: 20,
            quota: None,
            heartbeat: Duration::from_secs(30),
            pong_within: Duration::from_secs(10),
        },
        messages_per_minute: 100,
        reconnections_per_minute: 5,
    };
}
