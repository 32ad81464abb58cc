//! What connections of contracts *state*, *live log* and *chat* may send, and what the live log keeps.

use std::{fmt, time::Duration};

use actors::Settings;
use clap::{Args, ValueEnum, value_parser};
use contracts::{Limits, Quota, chat::ChatLimits, live_log::LiveLogLimits, state::StateLimits};

use super::{AuthSettings, ENGINE, Environment, count, days, figure, whole_days};

const STATE: StateLimits = StateLimits::DEFAULT;
const LIVE_LOG: LiveLogLimits = LiveLogLimits::DEFAULT;
const CHAT: ChatLimits = ChatLimits::DEFAULT;

/// What connections of contract *state* may send.
#[derive(Args, Clone, Debug)]
pub struct StateSettings {
    /// The largest message of contract state, in bytes.
    #[arg(long, env = "STATE_MAX_MESSAGE_BYTES", default_value_t = figure(STATE.connection.max_message_bytes), value_parser = value_parser!(u32).range(1024..=16_777_216))]
    pub state_max_message_bytes: u32,
    /// Messages per second and connection in contract state.
    #[arg(long, env = "STATE_MESSAGES_PER_SECOND", default_value_t = STATE.connection.messages_per_second, value_parser = value_parser!(u32).range(1..=1_000_000))]
    pub state_messages_per_second: u32,
    /// Connections that an account may have in contract state.
    #[arg(long, env = "STATE_CONNECTIONS_PER_ACCOUNT", default_value_t = STATE.connections_per_account, value_parser = value_parser!(u32).range(1..))]
    pub state_connections_per_account: u32,
    /// Seconds after the making of its token at which a connection of contract state is closed.
    #[arg(long, env = "STATE_TOKEN_SECONDS", default_value_t = STATE.token_lifetime.as_secs(), value_parser = value_parser!(u64).range(1..=604_800))]
    pub state_token_seconds: u64,
    /// Seconds between WebSocket pings in contract state.
    #[arg(long, env = "STATE_HEARTBEAT_SECONDS", default_value_t = STATE.connection.heartbeat.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub state_heartbeat_seconds: u64,
    /// Seconds to wait for a sign of life after a ping in contract state.
    #[arg(long, env = "STATE_PONG_SECONDS", default_value_t = STATE.connection.pong_within.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub state_pong_seconds: u64,
}

/// What connections of contract *chat* may send.
#[derive(Args, Clone, Debug)]
pub struct ChatSettings {
    /// The largest message of contract chat, in bytes.
    #[arg(long, env = "CHAT_MAX_MESSAGE_BYTES", default_value_t = figure(CHAT.connection.max_message_bytes), value_parser = value_parser!(u32).range(1024..=1_048_576))]
    pub chat_max_message_bytes: u32,
    /// Messages per second and connection in contract chat.
    #[arg(long, env = "CHAT_MESSAGES_PER_SECOND", default_value_t = CHAT.connection.messages_per_second, value_parser = value_parser!(u32).range(1..=1_000_000))]
    pub chat_messages_per_second: u32,
    /// Messages of a connection at once after a pause in contract chat.
    #[arg(long, env = "CHAT_BURST", default_value_t = CHAT.connection.burst, value_parser = value_parser!(u32).range(1..=1_000_000))]
    pub chat_burst: u32,
    /// What a user may say per minute, in contract chat and at tables.
    #[arg(long, env = "CHAT_MESSAGES_PER_MINUTE", default_value_t = CHAT.messages_per_minute, value_parser = value_parser!(u32).range(1..=1_000_000))]
    pub chat_messages_per_minute: u32,
    /// How often a user may connect again per minute in contract chat.
    #[arg(long, env = "CHAT_RECONNECTIONS_PER_MINUTE", default_value_t = CHAT.reconnections_per_minute, value_parser = value_parser!(u32).range(1..=1_000_000))]
    pub chat_reconnections_per_minute: u32,
    /// Seconds between WebSocket pings in contract chat.
    #[arg(long, env = "CHAT_HEARTBEAT_SECONDS", default_value_t = CHAT.connection.heartbeat.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub chat_heartbeat_seconds: u64,
    /// Seconds to wait for a sign of life after a ping in contract chat.
    #[arg(long, env = "CHAT_PONG_SECONDS", default_value_t = CHAT.connection.pong_within.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub chat_pong_seconds: u64,
}

/// Who may use the live log, how much, and what it keeps.
#[derive(Args, Clone)]
pub struct LiveLogSettings {
    /// Whether the live log asks who is there: on, or off for development alone. Without it: off in development, on in production.
    #[arg(long, env = "LIVE_LOG_AUTH")]
    pub live_log_auth: Option<LiveLogAuth>,
    /// Keys of services that may read the live log and write into it, separated by commas, 16 characters or more each.
    #[arg(long, env = "LIVE_LOG_API_KEYS", value_delimiter = ',', hide_env_values = true)]
    pub live_log_api_keys: Vec<String>,
    /// Days that messages of the live log are kept, but for direct messages.
    #[arg(long, env = "LIVE_LOG_KEEP_DAYS", default_value_t = whole_days(ENGINE.live_log_keep), value_parser = value_parser!(u32).range(1..=36_500))]
    pub live_log_keep_days: u32,
    /// Messages of the live log that are kept, but for direct messages. Each type has a share of its own: user 40 %, guild 20 %, party and raid 15 % each, system 10 %; of a type the oldest go first.
    #[arg(long, env = "LIVE_LOG_KEEP_MESSAGES", default_value_t = ENGINE.live_log_messages, value_parser = value_parser!(u64).range(1..))]
    pub live_log_keep_messages: u64,
    /// Days that direct messages are kept.
    #[arg(long, env = "LIVE_LOG_KEEP_DIRECT_DAYS", default_value_t = whole_days(ENGINE.live_log_direct_keep), value_parser = value_parser!(u32).range(1..=36_500))]
    pub live_log_keep_direct_days: u32,
    /// Direct messages that are kept; the oldest go first.
    #[arg(long, env = "LIVE_LOG_KEEP_DIRECT_MESSAGES", default_value_t = ENGINE.live_log_direct_messages, value_parser = value_parser!(u64).range(1..))]
    pub live_log_keep_direct_messages: u64,
    /// Messages of one type that one source, such as the rooms of one address, an account or a guild, may put into the live log per minute; the others are not stored. 0 = no limit.
    #[arg(long, env = "LIVE_LOG_SOURCE_PER_MINUTE", default_value_t = ENGINE.live_log_source_per_minute, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub live_log_source_per_minute: u32,
    /// The largest message of contract live log, in bytes.
    #[arg(long, env = "LIVE_LOG_MAX_MESSAGE_BYTES", default_value_t = figure(LIVE_LOG.connection.max_message_bytes), value_parser = value_parser!(u32).range(1024..=1_048_576))]
    pub live_log_max_message_bytes: u32,
    /// Messages per minute and connection in contract live log.
    #[arg(long, env = "LIVE_LOG_MESSAGES_PER_MINUTE", default_value_t = LIVE_LOG.quota.messages, value_parser = value_parser!(u32).range(1..=1_000_000))]
    pub live_log_messages_per_minute: u32,
    /// Commands per minute and connection in contract live log.
    #[arg(long, env = "LIVE_LOG_COMMANDS_PER_MINUTE", default_value_t = LIVE_LOG.quota.commands, value_parser = value_parser!(u32).range(1..=1_000_000))]
    pub live_log_commands_per_minute: u32,
    /// Connections that an address may have in contract live log.
    #[arg(long, env = "LIVE_LOG_CONNECTIONS_PER_ADDRESS", default_value_t = LIVE_LOG.connections_per_address, value_parser = value_parser!(u32).range(1..))]
    pub live_log_connections_per_address: u32,
    /// Seconds between WebSocket pings in contract live log.
    #[arg(long, env = "LIVE_LOG_HEARTBEAT_SECONDS", default_value_t = LIVE_LOG.connection.heartbeat.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub live_log_heartbeat_seconds: u64,
    /// Seconds to wait for a sign of life after a ping in contract live log.
    #[arg(long, env = "LIVE_LOG_PONG_SECONDS", default_value_t = LIVE_LOG.connection.pong_within.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub live_log_pong_seconds: u64,
}

/// Without the keys.
impl fmt::Debug for LiveLogSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("LiveLogSettings").field("live_log_auth", &self.live_log_auth).finish_non_exhaustive()
    }
}

/// Whether the live log asks who is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LiveLogAuth {
    /// A token or a key opens it.
    On,
    /// It is open to everybody.
    Off,
}

/// A shorter key could be guessed.
const MIN_API_KEY: usize = 16;

impl LiveLogSettings {
    /// The setting, or its default for this environment.
    pub fn auth(&self, auth: &AuthSettings) -> LiveLogAuth {
        self.live_log_auth.unwrap_or(match auth.api_env {
            Environment::Development => LiveLogAuth::Off,
            Environment::Production => LiveLogAuth::On,
        })
    }

    /// The services' keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.live_log_api_keys.iter().map(|key| key.trim()).filter(|key| !key.is_empty())
    }

    /// Refuses settings that contradict each other or are not safe.
    ///
    /// # Errors
    /// A sentence that says what to change.
    pub fn check(&self, auth: &AuthSettings) -> anyhow::Result<()> {
        if auth.api_env == Environment::Production && self.auth(auth) == LiveLogAuth::Off {
            anyhow::bail!("LIVE_LOG_AUTH is off, and API_ENV is production; leave LIVE_LOG_AUTH away or set it to on");
        }
        if self.keys().any(|key| key.chars().count() < MIN_API_KEY) {
            anyhow::bail!("a key of LIVE_LOG_API_KEYS is too short; give each {MIN_API_KEY} characters or more");
        }
        Ok(())
    }
}

impl StateSettings {
    /// Their part of the engine's settings.
    pub(super) fn apply(&self, settings: &mut Settings) {
        settings.state_limits = Limits {
            max_message_bytes: count(self.state_max_message_bytes),
            messages_per_second: self.state_messages_per_second,
            burst: self.state_messages_per_second,
            heartbeat: Duration::from_secs(self.state_heartbeat_seconds),
            pong_within: Duration::from_secs(self.state_pong_seconds),
            ..settings.state_limits
        };
        settings.state_connections = self.state_connections_per_account;
        settings.state_token_lives = Duration::from_secs(self.state_token_seconds);
    }
}

impl ChatSettings {
    /// Their part of the engine's settings.
    pub(super) fn apply(&self, settings: &mut Settings) {
        settings.chat_limits = Limits {
            max_message_bytes: count(self.chat_max_message_bytes),
            messages_per_second: self.chat_messages_per_second,
            burst: self.chat_burst,
            heartbeat: Duration::from_secs(self.chat_heartbeat_seconds),
            pong_within: Duration::from_secs(self.chat_pong_seconds),
            ..settings.chat_limits
        };
        settings.chat_messages_per_minute = self.chat_messages_per_minute;
        settings.chat_reconnections_per_minute = self.chat_reconnections_per_minute;
    }
}

impl LiveLogSettings {
    /// Their part of the engine's settings.
    pub(super) fn apply(&self, settings: &mut Settings) {
        settings.live_log_limits = Limits {
            max_message_bytes: count(self.live_log_max_message_bytes),
            heartbeat: Duration::from_secs(self.live_log_heartbeat_seconds),
            pong_within: Duration::from_secs(self.live_log_pong_seconds),
            ..settings.live_log_limits
        }
        .with_quota(Quota {
            messages: self.live_log_messages_per_minute,
            commands: self.live_log_commands_per_minute,
            ..LIVE_LOG.quota
        });
        settings.live_log_connections = self.live_log_connections_per_address;
        settings.live_log_keep = days(self.live_log_keep_days);
        settings.live_log_messages = self.live_log_keep_messages;
        settings.live_log_direct_keep = days(self.live_log_keep_direct_days);
        settings.live_log_direct_messages = self.live_log_keep_direct_messages;
        settings.live_log_source_per_minute = self.live_log_source_per_minute;
    }
}
