//! What an operator may set of the engine.

use std::time::Duration;

use contracts::{
    Contract, ContractId, Limits, battles::Battles, chat::ChatLimits, game::Game, live_log::LiveLogLimits,
    state::StateLimits,
};
use vocabulary::RoomOptions;

use crate::{Durability, RoomLimits, WorkRate, outbox::Patience};

/// The engine's settings, with the defaults of the contracts.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What a new room is like where its creator does not say.
    pub room_defaults: RoomOptions,
    /// When a room goes on after a change.
    pub durability: Durability,
    /// Whether a name is enough to play.
    pub allow_guests: bool,
    /// How long a bot that searches thinks about a decision at most.
    pub bot_think: Duration,
    /// How many threads think for bots that search.
    pub bot_think_threads: usize,
    /// How long a player in a game may be away before a bot stands in.
    pub disconnect_grace: Duration,
    /// How long a waiting room keeps the seat of a lost connection.
    pub waiting_grace: Duration,
    /// How long somebody who was removed from a waiting room may not come back.
    pub removed_for: Duration,
    /// How long a room stays open, and a game in it goes on, without a connected person.
    pub room_idle: Duration,
    /// How many of its last events a room can tell again; at least 1,024 by the contract.
    pub history_events: u64,
    /// How many bytes may wait for one client before it is cut off.
    pub outbox_bytes: u32,
    /// How long bytes may wait for one client before it is cut off.
    pub outbox_stall: Duration,
    /// How much work one connection may ask for.
    pub connection_work: WorkRate,
    /// How much work the connections and requests of one network may ask for together.
    pub network_work: WorkRate,
    /// How many rooms may live at once.
    pub max_rooms: usize,
    /// How many rooms and seats one connection, network or account may have.
    pub room_limits: RoomLimits,
    /// How many connections may be open at once.
    pub max_connections: usize,
    /// How many of them one address may have; `None` where nobody counts them.
    pub connections_per_address: Option<usize>,
    /// How many operators may have beside [`max_connections`](Self::max_connections).
    pub operator_connections: usize,
    /// The limits of contract *game*.
    pub game_limits: Limits,
    /// The limits of contract *battles*.
    pub battles_limits: Limits,
    /// The limits of contract *state*.
    pub state_limits: Limits,
    /// How many connections of contract *state* an account may have.
    pub state_connections: u32,
    /// How long a connection of contract *state* may last after its token was issued.
    pub state_token_lives: Duration,
    /// The limits of contract *live log*.
    pub live_log_limits: Limits,
    /// How many connections of contract *live log* an address may have.
    pub live_log_connections: u32,
    /// How long messages of the live log are kept, but for direct messages.
    pub live_log_keep: Duration,
    /// How many messages of the live log are kept, but for direct messages; each type has a share of its own.
    pub live_log_messages: u64,
    /// How long direct messages are kept.
    pub live_log_direct_keep: Duration,
    /// How many direct messages are kept.
    pub live_log_direct_messages: u64,
    /// How many messages of one type one source may put into the live log in a minute; 0 = no limit.
    pub live_log_source_per_minute: u32,
    /// How long finished games are kept; `None` = for ever.
    pub games_keep: Option<Duration>,
    /// How many bytes the results and records of finished games may have; `None` = no limit.
    pub games_keep_bytes: Option<u64>,
    /// How many games that only bots finished are kept.
    pub bot_games_keep: u64,
    /// How many bytes must be free on the disk of the embedded database for a new game to begin; 0 = any.
    pub disk_reserve_bytes: u64,
    /// The limits of contract *chat*.
    pub chat_limits: Limits,
    /// How many messages of contract *chat* an account may send in a minute.
    pub chat_messages_per_minute: u32,
    /// How often an account may connect again over contract *chat* in a minute.
    pub chat_reconnections_per_minute: u32,
}

impl Settings {
    /// How long a client of this contract may take nothing, or be asked for a sign of life without an answer.
    pub(crate) fn patience(&self, contract: ContractId) -> Patience {
        Patience { waiting: self.outbox_stall, silent: self.limits(contract).heartbeat + self.outbox_stall }
    }

    /// What a connection of this contract may send, and how its pulse is felt.
    pub(crate) const fn limits(&self, contract: ContractId) -> &Limits {
        match contract {
            ContractId::Game => &self.game_limits,
            ContractId::Battles => &self.battles_limits,
            ContractId::State => &self.state_limits,
            ContractId::LiveLog => &self.live_log_limits,
            ContractId::Chat => &self.chat_limits,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            room_defaults: RoomOptions::default(),
            durability: Durability::default(),
            allow_guests: true,
            bot_think: Duration::from_millis(50),
            bot_think_threads: 1,
            disconnect_grace: Duration::from_secs(5),
            waiting_grace: Duration::from_secs(60),
            removed_for: Duration::from_secs(600),
            room_idle: Duration::from_secs(600),
            history_events: 1_024,
            outbox_bytes: 1 << 20,
            outbox_stall: Duration::from_secs(20),
            connection_work: WorkRate { per_second: 256 << 10, burst: 4 << 20 },
            network_work: WorkRate { per_second: 8 << 20, burst: 256 << 20 },
            max_rooms: 20_000,
            room_limits: RoomLimits::default(),
            max_connections: 50_000,
            connections_per_address: Some(1_000),
            operator_connections: 20,
            game_limits: Game::LIMITS,
            battles_limits: Battles::LIMITS,
            state_limits: StateLimits::DEFAULT.connection,
            state_connections: StateLimits::DEFAULT.connections_per_account,
            state_token_lives: StateLimits::DEFAULT.token_lifetime,
            live_log_limits: LiveLogLimits::DEFAULT.connection,
            live_log_connections: LiveLogLimits::DEFAULT.connections_per_address,
            live_log_keep: Duration::from_secs(90 * 24 * 60 * 60),
            live_log_messages: 5_000_000,
            live_log_direct_keep: Duration::from_secs(90 * 24 * 60 * 60),
            live_log_direct_messages: 1_000_000,
            live_log_source_per_minute: 600,
            games_keep: None,
            games_keep_bytes: Some(10 << 30),
            bot_games_keep: 0,
            disk_reserve_bytes: 512 << 20,
            chat_limits: ChatLimits::DEFAULT.connection,
            chat_messages_per_minute: ChatLimits::DEFAULT.messages_per_minute,
            chat_reconnections_per_minute: ChatLimits::DEFAULT.reconnections_per_minute,
        }
    }
}
