//! How many rooms and seats one connection, address or account may have.

use actors::RoomLimits;
use clap::{Args, value_parser};

use super::ENGINE;

/// How many rooms and seats one connection, address or account may have. 0 turns a limit off.
#[derive(Args, Clone, Debug)]
pub struct RoomSettings {
    /// New rooms per minute and connection; 0 = no limit.
    #[arg(long, env = "ROOMS_PER_MINUTE_PER_CONNECTION", default_value_t = ENGINE.room_limits.created_per_connection, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub rooms_per_minute_per_connection: u32,
    /// New rooms per minute of all clients at an address; 0 = no limit. An account may make BATTLES_CREATE_PER_MINUTE.
    #[arg(long, env = "ROOMS_PER_MINUTE_PER_ADDRESS", default_value_t = ENGINE.room_limits.created_per_network, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub rooms_per_minute_per_address: u32,
    /// Rooms that clients at an address opened and that have not ended; 0 = no limit.
    #[arg(long, env = "OPEN_ROOMS_PER_ADDRESS", default_value_t = ENGINE.room_limits.open_per_network, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub open_rooms_per_address: u32,
    /// Rooms that an account opened and that have not ended; 0 = no limit.
    #[arg(long, env = "OPEN_ROOMS_PER_ACCOUNT", default_value_t = ENGINE.room_limits.open_per_account, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub open_rooms_per_account: u32,
    /// Running games that an address opened and all people have left; one more closes the oldest; 0 = no limit.
    #[arg(long, env = "BOT_GAMES_PER_ADDRESS", default_value_t = ENGINE.room_limits.bot_games_per_network, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub bot_games_per_address: u32,
    /// The same of everybody, in percent of MAX_ROOMS.
    #[arg(long, env = "BOT_GAMES_PERCENT", default_value_t = ENGINE.room_limits.bot_games_percent, value_parser = value_parser!(u32).range(..=100))]
    pub bot_games_percent: u32,
    /// Seats of an address in waiting public rooms that other addresses opened; 0 = no limit.
    #[arg(long, env = "WAITING_SEATS_PER_ADDRESS", default_value_t = ENGINE.room_limits.waiting_seats_per_network, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub waiting_seats_per_address: u32,
}

impl RoomSettings {
    /// The engine's limits, with the rate of an account, which REST has as well.
    pub(super) const fn limits(&self, created_per_account: u32) -> RoomLimits {
        RoomLimits {
            created_per_connection: self.rooms_per_minute_per_connection,
            created_per_network: self.rooms_per_minute_per_address,
            created_per_account,
            open_per_network: self.open_rooms_per_address,
            open_per_account: self.open_rooms_per_account,
            bot_games_per_network: self.bot_games_per_address,
            bot_games_percent: self.bot_games_percent,
            waiting_seats_per_network: self.waiting_seats_per_address,
        }
    }
}
