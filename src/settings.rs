//! Every setting of the server: a flag, an environment variable of the same name, a default, a range.

use std::{fmt, fs::File, path::PathBuf, time::Duration};

use actors::Settings;
use anyhow::Context;
use clap::{Args, ValueEnum, value_parser};
use contracts::Limits;
use store::Location;
use vocabulary::RoomOptions;

pub use crate::admin::AdminSettings;

/// Where games are kept.
#[derive(Args, Clone, Debug)]
pub struct StoreSettings {
    /// The folder of the embedded database.
    #[arg(long, env = "DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// A PostgreSQL database in place of the embedded one: postgres://user:password@host/name.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
}

impl StoreSettings {
    /// Claims the embedded database for this server while what it returns lives: two would play the same games.
    ///
    /// # Errors
    /// When another server has it.
    pub fn claim(&self) -> anyhow::Result<Option<File>> {
        if matches!(self.location(), Location::Postgres(_)) {
            return Ok(None);
        }
        let path = self.data_dir.join("liap-tui.lock");
        let file = File::create(&path).with_context(|| format!("can't write {}", path.display()))?;
        // The lock ends with the process, however that ends.
        if file.try_lock().is_err() {
            let folder = self.data_dir.display();
            anyhow::bail!("another server uses {folder}; stop it, or choose another folder with --data-dir");
        }
        Ok(Some(file))
    }

    /// The place that they name, where a server has been before.
    ///
    /// # Errors
    /// When there is no embedded database yet.
    pub fn existing(&self) -> anyhow::Result<Location> {
        let location = self.location();
        match &location {
            Location::Sqlite(file) if !file.exists() => {
                anyhow::bail!("there is no database at {}; name its folder with --data-dir", file.display())
            }
            _ => Ok(location),
        }
    }

    /// The place that they name.
    pub fn location(&self) -> Location {
        match self.database_url.as_deref().filter(|url| !url.is_empty()) {
            Some(url) => Location::Postgres(url.to_owned()),
            None => Location::Sqlite(self.data_dir.join("liap-tui.db")),
        }
    }
}

/// Who may come in.
#[derive(Args, Clone)]
pub struct AuthSettings {
    /// Where the server runs: development, or production, which refuses what is not safe.
    #[arg(long, env = "API_ENV", default_value = "development")]
    pub api_env: Environment,
    /// The key that signs access tokens, 32 characters or more; without one the server makes one and keeps it in its folder.
    #[arg(long, env = "AUTH_SECRET_KEY", hide_env_values = true)]
    pub auth_secret_key: Option<String>,
    /// How access tokens are signed: HS256, HS384, HS512.
    #[arg(long, env = "AUTH_ALGORITHM", default_value = "HS256", ignore_case = true)]
    pub auth_algorithm: Algorithm,
    /// Minutes that an access token lives.
    #[arg(long, env = "AUTH_TOKEN_EXPIRE_MINUTES", default_value_t = 30, value_parser = value_parser!(u32).range(1..=1440))]
    pub auth_token_expire_minutes: u32,
    /// Logins, registrations and the like per minute, for each address and each username.
    #[arg(long, env = "BATTLES_AUTH_PER_MINUTE", default_value_t = 5, value_parser = value_parser!(u32).range(1..=10_000))]
    pub battles_auth_per_minute: u32,
    /// The largest body of contract battles, in bytes.
    #[arg(long, env = "BATTLES_MAX_MESSAGE_BYTES", default_value_t = 16_384, value_parser = value_parser!(u32).range(1024..=1_048_576))]
    pub battles_max_message_bytes: u32,
}

/// Without the key.
impl fmt::Debug for AuthSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AuthSettings").field("api_env", &self.api_env).finish_non_exhaustive()
    }
}

impl AuthSettings {
    /// The largest body, in bytes.
    pub fn max_body(&self) -> usize {
        count(self.battles_max_message_bytes)
    }
}

/// Where the server runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Environment {
    /// On a developer's machine: what is missing is made up for.
    Development,
    /// Before strangers: what is not safe is refused.
    Production,
}

/// How access tokens are signed: HMAC with this hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Algorithm {
    /// SHA-256.
    #[value(name = "HS256")]
    Hs256,
    /// SHA-384.
    #[value(name = "HS384")]
    Hs384,
    /// SHA-512.
    #[value(name = "HS512")]
    Hs512,
}

impl From<Algorithm> for jsonwebtoken::Algorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Hs256 => Self::HS256,
            Algorithm::Hs384 => Self::HS384,
            Algorithm::Hs512 => Self::HS512,
        }
    }
}

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
    /// Where games are kept.
    #[command(flatten)]
    pub store: StoreSettings,
    /// Who may come in.
    #[command(flatten)]
    pub auth: AuthSettings,
    /// Who is the first operator.
    #[command(flatten)]
    pub admin: AdminSettings,
    /// When a change is acknowledged: full = when it is on the disk; relaxed = at once, and a crash may lose the last moments (for practice servers).
    #[arg(long, env = "DURABILITY", default_value = "full")]
    pub durability: Durability,
    /// Threads that serve connections and rooms; 0 = one per core.
    #[arg(long, env = "WORKERS", default_value_t = 0, value_parser = value_parser!(u16).range(0..=1024))]
    pub workers: u16,
    /// Whether a name is enough to play.
    #[arg(long, env = "ALLOW_GUESTS", default_value_t = true, action = clap::ArgAction::Set)]
    pub allow_guests: bool,
    /// Seconds for a decision, where the room does not say.
    #[arg(long, env = "TURN_TIMEOUT_SECONDS", default_value_t = 30, value_parser = value_parser!(u32).range(1..=3600))]
    pub turn_timeout_seconds: u32,
    /// How well bots play, where the room does not say.
    #[arg(long, env = "BOT_DIFFICULTY", default_value = "medium")]
    pub bot_difficulty: Difficulty,
    /// How fast bots act, where the room does not say.
    #[arg(long, env = "BOT_PACE", default_value = "normal")]
    pub bot_pace: Pace,
    /// Seconds before a bot stands in for a lost connection.
    #[arg(long, env = "DISCONNECT_GRACE_SECONDS", default_value_t = 5, value_parser = value_parser!(u64).range(0..=3600))]
    pub disconnect_grace_seconds: u64,
    /// Seconds for which a waiting room keeps the seat of a lost connection.
    #[arg(long, env = "WAITING_GRACE_SECONDS", default_value_t = 60, value_parser = value_parser!(u64).range(0..=3600))]
    pub waiting_grace_seconds: u64,
    /// Seconds after which a room without a connected person closes.
    #[arg(long, env = "ROOM_IDLE_SECONDS", default_value_t = 600, value_parser = value_parser!(u64).range(1..=86_400))]
    pub room_idle_seconds: u64,
    /// How many of its last events a room can tell again.
    #[arg(long, env = "ROOM_HISTORY_EVENTS", default_value_t = 1024, value_parser = value_parser!(u64).range(1024..=1_000_000))]
    pub room_history_events: u64,
    /// Bytes that may wait for one client before it is cut off.
    #[arg(long, env = "OUTBOX_BYTES", default_value_t = 1_048_576, value_parser = value_parser!(u32).range(16_384..))]
    pub outbox_bytes: u32,
    /// Seconds that bytes may wait for one client before it is cut off.
    #[arg(long, env = "OUTBOX_STALL_SECONDS", default_value_t = 20, value_parser = value_parser!(u64).range(1..=3600))]
    pub outbox_stall_seconds: u64,
    /// Rooms that may live at once.
    #[arg(long, env = "MAX_ROOMS", default_value_t = 20_000, value_parser = value_parser!(u32).range(1..))]
    pub max_rooms: u32,
    /// Connections that may be open at once.
    #[arg(long, env = "MAX_CONNECTIONS", default_value_t = 50_000, value_parser = value_parser!(u32).range(1..))]
    pub max_connections: u32,
    /// The largest message of contract game, in bytes.
    #[arg(long, env = "GAME_MAX_MESSAGE_BYTES", default_value_t = 16_384, value_parser = value_parser!(u32).range(1024..=1_048_576))]
    pub game_max_message_bytes: u32,
    /// Messages per second and connection in contract game.
    #[arg(long, env = "GAME_MESSAGES_PER_SECOND", default_value_t = 1000, value_parser = value_parser!(u32).range(1..=1_000_000))]
    pub game_messages_per_second: u32,
    /// Seconds between WebSocket pings in contract game.
    #[arg(long, env = "GAME_HEARTBEAT_SECONDS", default_value_t = 30, value_parser = value_parser!(u64).range(1..=3600))]
    pub game_heartbeat_seconds: u64,
    /// Seconds to wait for a sign of life after a ping in contract game.
    #[arg(long, env = "GAME_PONG_SECONDS", default_value_t = 10, value_parser = value_parser!(u64).range(1..=3600))]
    pub game_pong_seconds: u64,
}

/// When a change is acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Durability {
    /// When it is on the disk.
    Full,
    /// At once; it is written within moments.
    Relaxed,
    /// At once, and it is never written: to measure what the journal costs.
    #[value(hide = true)]
    Off,
}

/// How well bots play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Difficulty {
    /// Random, but not foolish.
    Easy,
    /// Plays to its declared target.
    Medium,
    /// Counts what was played.
    Hard,
    /// Searches.
    Expert,
}

/// How fast bots act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Pace {
    /// Like a person: 0.8 to 2.5 seconds.
    Normal,
    /// 100 milliseconds.
    Fast,
    /// No wait.
    Instant,
}

impl ServeSettings {
    /// The engine's part of the settings.
    pub fn engine(&self) -> Settings {
        let difficulty = match self.bot_difficulty {
            Difficulty::Easy => vocabulary::Difficulty::Easy,
            Difficulty::Medium => vocabulary::Difficulty::Medium,
            Difficulty::Hard => vocabulary::Difficulty::Hard,
            Difficulty::Expert => vocabulary::Difficulty::Expert,
        };
        let pace = match self.bot_pace {
            Pace::Normal => vocabulary::Pace::Normal,
            Pace::Fast => vocabulary::Pace::Fast,
            Pace::Instant => vocabulary::Pace::Instant,
        };
        let defaults = Settings::default();
        let turn_timeout_seconds = self.turn_timeout_seconds;
        let durability = match self.durability {
            Durability::Full => actors::Durability::Full,
            Durability::Relaxed => actors::Durability::Relaxed,
            Durability::Off => actors::Durability::Off,
        };
        Settings {
            durability,
            room_defaults: RoomOptions { difficulty, pace, turn_timeout_seconds, ..defaults.room_defaults },
            allow_guests: self.allow_guests,
            disconnect_grace: Duration::from_secs(self.disconnect_grace_seconds),
            waiting_grace: Duration::from_secs(self.waiting_grace_seconds),
            room_idle: Duration::from_secs(self.room_idle_seconds),
            history_events: self.room_history_events,
            outbox_bytes: count(self.outbox_bytes),
            outbox_stall: Duration::from_secs(self.outbox_stall_seconds),
            max_rooms: count(self.max_rooms),
            max_connections: count(self.max_connections),
            game_limits: Limits {
                max_message_bytes: count(self.game_max_message_bytes),
                messages_per_second: self.game_messages_per_second,
                heartbeat: Duration::from_secs(self.game_heartbeat_seconds),
                pong_within: Duration::from_secs(self.game_pong_seconds),
            },
        }
    }
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
