//! The settings of the engine.

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
    /// The options of a new room that its creator does not set.
    pub room_defaults: RoomOptions,
    /// When a room continues after a change.
    pub durability: Durability,
    /// Whether people may play without an account.
    pub allow_guests: bool,
    /// Longest search of an expert bot for one decision.
    pub bot_think: Duration,
    /// Threads that search for expert bots.
    pub bot_think_threads: usize,
    /// Time after which a bot stands in for a disconnected player.
    pub disconnect_grace: Duration,
    /// Time for which a waiting room keeps the seat of a lost connection.
    pub waiting_grace: Duration,
    /// Time for which a player who was removed from a waiting room may not come back.
    pub removed_for: Duration,
    /// Time after which a room without a connected person closes, even during a game.
    pub room_idle: Duration,
    /// Events that a room can send again; the contract requires at least 1,024.
    pub history_events: u64,
    /// Bytes that may wait for one client before it is disconnected.
    pub outbox_bytes: u32,
    /// Time for which bytes may wait for one client before it is disconnected.
    pub outbox_stall: Duration,
    /// The work that one connection may ask for.
    pub connection_work: WorkRate,
    /// The work that the connections and requests of one network may ask for together.
    pub network_work: WorkRate,
    /// The most open rooms.
    pub max_rooms: usize,
    /// The rooms and seats that one connection, network or account may have.
    pub room_limits: RoomLimits,
    /// The most open connections.
    pub max_connections: usize,
    /// The most open connections of one address; `None` is no limit.
    pub connections_per_address: Option<usize>,
    /// Further connections for operators beside [`max_connections`](Self::max_connections).
    pub operator_connections: usize,
    /// The limits of contract *game*.
    pub game_limits: Limits,
    /// The limits of contract *battles*.
    pub battles_limits: Limits,
    /// The limits of contract *state*.
    pub state_limits: Limits,
    /// The most connections of contract *state* of an account.
    pub state_connections: u32,
    /// Longest time of a connection of contract *state* after its token was issued.
    pub state_token_lives: Duration,
    /// The limits of contract *live log*.
    pub live_log_limits: Limits,
    /// The most connections of contract *live log* of an address.
    pub live_log_connections: u32,
    /// Time for which messages of the live log are kept, except direct messages.
    pub live_log_keep: Duration,
    /// The most messages of the live log that are kept, except direct messages; each type has a share of its own.
    pub live_log_messages: u64,
    /// Time for which direct messages are kept.
    pub live_log_direct_keep: Duration,
    /// The most direct messages that are kept.
    pub live_log_direct_messages: u64,
    /// Messages of one type that a source may put into the live log per minute; 0 = no limit.
    pub live_log_source_per_minute: u32,
    /// Time for which finished games are kept; `None` = forever.
    pub games_keep: Option<Duration>,
    /// The most bytes of the results and records of finished games; `None` = no limit.
    pub games_keep_bytes: Option<u64>,
    /// The most games that only bots finished that are kept.
    pub bot_games_keep: u64,
    /// Bytes that must be free on the disk of the embedded database for a new game to begin; 0 = no limit.
    pub disk_reserve_bytes: u64,
    /// The limits of contract *chat*.
    pub chat_limits: Limits,
    /// Messages of contract *chat* that an account may send per minute.
    pub chat_messages_per_minute: u32,
    /// Reconnections of an account over contract *chat* per minute.
    pub chat_reconnections_per_minute: u32,
}

impl Settings {
    /// The time for which a client of this contract may take nothing, or not answer a heartbeat.
    pub(crate) fn patience(&self, contract: ContractId) -> Patience {
        Patience { waiting: self.outbox_stall, silent: self.limits(contract).heartbeat + self.outbox_stall }
    }

    /// The limits of a connection of this contract.
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
