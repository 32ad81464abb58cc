//! What WebSocket connections may send, and how their life is watched, by contract.

use std::time::Duration;

use clap::{Args, value_parser};
use contracts::{Contract, Limits, battles::Battles, game::Game};

use super::{count, figure};

/// What WebSocket connections may send, and how their life is watched.
#[derive(Args, Clone, Debug)]
pub struct SocketSettings {
    /// The largest message of contract game, in bytes.
    #[arg(long, env = "GAME_MAX_MESSAGE_BYTES", default_value_t = figure(Game::LIMITS.max_message_bytes), value_parser = value_parser!(u32).range(1024..=1_048_576))]
    pub game_max_message_bytes: u32,
    /// Messages per second and connection in contract game.
    #[arg(long, env = "GAME_MESSAGES_PER_SECOND", default_value_t = Game::LIMITS.messages_per_second, value_parser = value_parser!(u32).range(1..=1_000_000))]
    pub game_messages_per_second: u32,
    /// Seconds between WebSocket pings in contract game.
    #[arg(long, env = "GAME_HEARTBEAT_SECONDS", default_value_t = Game::LIMITS.heartbeat.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub game_heartbeat_seconds: u64,
    /// Seconds to wait for a sign of life after a ping in contract game.
    #[arg(long, env = "GAME_PONG_SECONDS", default_value_t = Game::LIMITS.pong_within.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub game_pong_seconds: u64,
    /// Messages per second and connection in contract battles.
    #[arg(long, env = "BATTLES_MESSAGES_PER_SECOND", default_value_t = Battles::LIMITS.messages_per_second, value_parser = value_parser!(u32).range(1..=1_000_000))]
    pub battles_messages_per_second: u32,
    /// Seconds between WebSocket pings in contract battles.
    #[arg(long, env = "BATTLES_HEARTBEAT_SECONDS", default_value_t = Battles::LIMITS.heartbeat.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub battles_heartbeat_seconds: u64,
    /// Seconds to wait for a sign of life after a ping in contract battles.
    #[arg(long, env = "BATTLES_PONG_SECONDS", default_value_t = Battles::LIMITS.pong_within.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub battles_pong_seconds: u64,
}

impl SocketSettings {
    /// The limits of contract *game*.
    pub(super) fn game(&self) -> Limits {
        Limits {
            max_message_bytes: count(self.game_max_message_bytes),
            messages_per_second: self.game_messages_per_second,
            burst: self.game_messages_per_second,
            quota: None,
            heartbeat: Duration::from_secs(self.game_heartbeat_seconds),
            pong_within: Duration::from_secs(self.game_pong_seconds),
        }
    }

    /// The limits of contract *battles*, whose messages are as large as its bodies.
    pub(super) fn battles(&self, max_message_bytes: usize) -> Limits {
        Limits {
            max_message_bytes,
            messages_per_second: self.battles_messages_per_second,
            burst: self.battles_messages_per_second,
            quota: None,
            heartbeat: Duration::from_secs(self.battles_heartbeat_seconds),
            pong_within: Duration::from_secs(self.battles_pong_seconds),
        }
    }
}
