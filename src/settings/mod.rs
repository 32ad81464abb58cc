//! Every setting of the server: a flag, an environment variable of the same name, a default, a range.

mod admin;
mod auth;
mod choices;
mod contracts;
mod edge;
mod keep;
mod limits;
mod metrics;
mod production;
mod rooms;
mod sockets;
mod store;
#[cfg(test)]
mod tests;
mod work;

use std::{sync::LazyLock, time::Duration};

use actors::Settings;
use clap::{Args, builder::BoolishValueParser, value_parser};
use vocabulary::{Difficulty, Pace, RoomOptions};

pub(crate) use self::store::private_folder;
pub use self::{
    admin::AdminSettings,
    auth::{Algorithm, AuthSettings, Environment},
    choices::Durability,
    contracts::{ChatSettings, LiveLogAuth, LiveLogSettings, StateSettings},
    edge::EdgeSettings,
    keep::KeepSettings,
    limits::LimitSettings,
    metrics::MetricsSettings,
    production::MIN_KEY_BYTES,
    rooms::RoomSettings,
    sockets::SocketSettings,
    store::{Claim, StoreSettings},
    work::WorkSettings,
};

/// The engine's defaults. Flags that set something of the engine take their defaults from here, and flags for a contract's
/// limits from its `limits`, so that no default is stated twice.
static ENGINE: LazyLock<Settings> = LazyLock::new(Settings::default);

/// What `liap-tui serve` can be told. Flags win over the environment.
#[derive(Args, Clone, Debug)]
pub struct ServeSettings {
    /// The address to listen on.
    #[arg(long, env = "API_HOST", default_value = "localhost")]
    pub api_host: String,
    /// The port to listen on; 0 takes a free one.
    #[arg(long, env = "API_PORT", default_value_t = 8000)]
    pub api_port: u16,
    /// What is logged: error, warn, info, debug, trace, or a filter such as `actors=debug`.
    #[arg(long, env = "LOG", default_value = "info")]
    pub log: String,
    /// Whether to log at level debug and to add the request's id to error bodies: true or false; not in production.
    #[arg(long, env = "API_DEBUG", default_value_t = false, action = clap::ArgAction::Set, value_parser = BoolishValueParser::new())]
    pub api_debug: bool,
    /// Where games are kept.
    #[command(flatten)]
    pub store: StoreSettings,
    /// How much is kept of finished games, and how much of the disk is left to the games that are played.
    #[command(flatten)]
    pub keep: KeepSettings,
    /// Who may come in.
    #[command(flatten)]
    pub auth: AuthSettings,
    /// Who is the first operator.
    #[command(flatten)]
    pub admin: AdminSettings,
    /// What stands between the network and the handlers.
    #[command(flatten)]
    pub edge: EdgeSettings,
    /// How many requests are taken.
    #[command(flatten)]
    pub limits: LimitSettings,
    /// Who may read the metrics.
    #[command(flatten)]
    pub metrics: MetricsSettings,
    /// How much work clients may ask for.
    #[command(flatten)]
    pub work: WorkSettings,
    /// When a change is acknowledged: full = when it is on the disk; relaxed = at once, and a crash may lose the last moments (for practice servers).
    #[arg(long, env = "DURABILITY", default_value = "full")]
    pub durability: Durability,
    /// Threads that serve connections and rooms; 0 = one per core.
    #[arg(long, env = "WORKERS", default_value_t = 0, value_parser = value_parser!(u16).range(0..=1024))]
    pub workers: u16,
    /// Whether a name is enough to play.
    #[arg(long, env = "ALLOW_GUESTS", default_value_t = ENGINE.allow_guests, action = clap::ArgAction::Set, value_parser = BoolishValueParser::new())]
    pub allow_guests: bool,
    /// Seconds for a decision, where the room does not say.
    #[arg(long, env = "TURN_TIMEOUT_SECONDS", default_value_t = ENGINE.room_defaults.turn_timeout_seconds, value_parser = value_parser!(u32).range(1..=3600))]
    pub turn_timeout_seconds: u32,
    /// How well bots play, where the room does not say.
    #[arg(long, env = "BOT_DIFFICULTY", default_value = "medium")]
    pub bot_difficulty: Difficulty,
    /// How fast bots act, where the room does not say.
    #[arg(long, env = "BOT_PACE", default_value = "normal")]
    pub bot_pace: Pace,
    /// Milliseconds that an expert bot thinks about a decision at most, less when many think at once.
    #[arg(long, env = "BOT_THINK_MS", default_value_t = millis(ENGINE.bot_think), value_parser = value_parser!(u64).range(1..=10_000))]
    pub bot_think_ms: u64,
    /// Threads that think for expert bots; 0 = one per core but one, at least 1.
    #[arg(long, env = "BOT_THINK_THREADS", default_value_t = 0, value_parser = value_parser!(u16).range(0..=1024))]
    pub bot_think_threads: u16,
    /// Seconds before a bot stands in for a lost connection.
    #[arg(long, env = "DISCONNECT_GRACE_SECONDS", default_value_t = ENGINE.disconnect_grace.as_secs(), value_parser = value_parser!(u64).range(0..=3600))]
    pub disconnect_grace_seconds: u64,
    /// Seconds for which a waiting room keeps the seat of a lost connection.
    #[arg(long, env = "WAITING_GRACE_SECONDS", default_value_t = ENGINE.waiting_grace.as_secs(), value_parser = value_parser!(u64).range(0..=3600))]
    pub waiting_grace_seconds: u64,
    /// Seconds for which a player whom the host has removed from a waiting room can't join it again.
    #[arg(long, env = "REMOVED_PLAYER_SECONDS", default_value_t = ENGINE.removed_for.as_secs(), value_parser = value_parser!(u64).range(1..=86_400))]
    pub removed_player_seconds: u64,
    /// Seconds without a connected person after which a room closes; the game of one that all people have left ends then.
    #[arg(long, env = "ROOM_IDLE_SECONDS", default_value_t = ENGINE.room_idle.as_secs(), value_parser = value_parser!(u64).range(1..=86_400))]
    pub room_idle_seconds: u64,
    /// How many of its last events a room can tell again.
    #[arg(long, env = "ROOM_HISTORY_EVENTS", default_value_t = ENGINE.history_events, value_parser = value_parser!(u64).range(1024..=1_000_000))]
    pub room_history_events: u64,
    /// Bytes that may wait for one client before it is cut off.
    #[arg(long, env = "OUTBOX_BYTES", default_value_t = ENGINE.outbox_bytes, value_parser = value_parser!(u32).range(16_384..))]
    pub outbox_bytes: u32,
    /// Seconds that bytes may wait for one client before it is cut off.
    #[arg(long, env = "OUTBOX_STALL_SECONDS", default_value_t = ENGINE.outbox_stall.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub outbox_stall_seconds: u64,
    /// Rooms that may live at once.
    #[arg(long, env = "MAX_ROOMS", default_value_t = figure(ENGINE.max_rooms), value_parser = value_parser!(u32).range(1..))]
    pub max_rooms: u32,
    /// How many rooms and seats one connection, address or account may have.
    #[command(flatten)]
    pub rooms: RoomSettings,
    /// Connections that may be open at once.
    #[arg(long, env = "MAX_CONNECTIONS", default_value_t = figure(ENGINE.max_connections), value_parser = value_parser!(u32).range(1..))]
    pub max_connections: u32,
    /// Of them, those that one address may have (IPv6: one /64); half of that again for plain requests; 0 = no limit.
    #[arg(long, env = "MAX_CONNECTIONS_PER_ADDRESS", default_value_t = figure(ENGINE.connections_per_address.unwrap_or_default()), value_parser = value_parser!(u32))]
    pub max_connections_per_address: u32,
    /// Connections for operators beside those of MAX_CONNECTIONS, and for requests from this machine beside those of MAX_HTTP_CONNECTIONS.
    #[arg(long, env = "OPERATOR_CONNECTIONS", default_value_t = figure(ENGINE.operator_connections), value_parser = value_parser!(u32).range(1..=10_000))]
    pub operator_connections: u32,
    /// Seconds that a war between two guilds lasts.
    #[arg(long, env = "GUILD_WAR_SECONDS", default_value_t = 86_400, value_parser = value_parser!(u32).range(1..=31_536_000))]
    pub guild_war_seconds: u32,
    /// Games of an account that count for its rating and its guild, in any hour; 0 = no limit.
    #[arg(long, env = "RATED_GAMES_PER_HOUR", default_value_t = 12, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub rated_games_per_hour: u32,
    /// What WebSocket connections may send.
    #[command(flatten)]
    pub sockets: SocketSettings,
    /// What connections of contract *state* may send.
    #[command(flatten)]
    pub state: StateSettings,
    /// Who may use the live log, how much, and what it keeps.
    #[command(flatten)]
    pub live_log: LiveLogSettings,
    /// What connections of contract *chat* may send.
    #[command(flatten)]
    pub chat: ChatSettings,
}

impl ServeSettings {
    /// Threads that serve.
    pub fn threads(&self) -> usize {
        match self.workers {
            0 => cores(),
            workers => usize::from(workers),
        }
    }

    /// Threads that think for bots: a core stays free for people.
    fn bot_think_threads(&self) -> usize {
        match self.bot_think_threads {
            0 => cores().saturating_sub(1).max(1),
            threads => usize::from(threads),
        }
    }

    /// How long a war between guilds lasts.
    pub(crate) fn guild_war_length(&self) -> Duration {
        Duration::from_secs(self.guild_war_seconds.into())
    }

    /// The engine's part of the settings.
    pub fn engine(&self) -> Settings {
        let (difficulty, pace) = (self.bot_difficulty, self.bot_pace);
        let defaults = ENGINE.clone();
        let turn_timeout_seconds = self.turn_timeout_seconds;
        let durability = match self.durability {
            Durability::Full => actors::Durability::Full,
            Durability::Relaxed => actors::Durability::Relaxed,
            Durability::Off => actors::Durability::Off,
        };
        let mut settings = Settings {
            durability,
            room_defaults: RoomOptions { difficulty, pace, turn_timeout_seconds, ..defaults.room_defaults },
            allow_guests: self.allow_guests,
            bot_think: Duration::from_millis(self.bot_think_ms),
            bot_think_threads: self.bot_think_threads(),
            disconnect_grace: Duration::from_secs(self.disconnect_grace_seconds),
            waiting_grace: Duration::from_secs(self.waiting_grace_seconds),
            removed_for: Duration::from_secs(self.removed_player_seconds),
            room_idle: Duration::from_secs(self.room_idle_seconds),
            history_events: self.room_history_events,
            outbox_bytes: self.outbox_bytes,
            outbox_stall: Duration::from_secs(self.outbox_stall_seconds),
            max_rooms: count(self.max_rooms),
            room_limits: self.rooms.limits(self.limits.battles_create_per_minute),
            max_connections: count(self.max_connections),
            connections_per_address: (self.max_connections_per_address > 0)
                .then(|| count(self.max_connections_per_address)),
            operator_connections: count(self.operator_connections),
            game_limits: self.sockets.game(),
            battles_limits: self.sockets.battles(self.auth.max_body()),
            ..defaults
        };
        self.keep.apply(&mut settings);
        self.work.apply(&mut settings);
        self.state.apply(&mut settings);
        self.live_log.apply(&mut settings);
        self.chat.apply(&mut settings);
        settings
    }
}

fn days(number: u32) -> Duration {
    Duration::from_secs(u64::from(number) * 24 * 60 * 60)
}

fn whole_days(time: Duration) -> u32 {
    u32::try_from(time.as_secs() / (24 * 60 * 60)).unwrap_or(u32::MAX)
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The engine counts in `usize`, flags in `u32`.
fn figure(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
