//! How many requests are taken, each figure for one address and for one account.

use std::time::Duration;

use clap::{Args, value_parser};
use contracts::{battles::BattlesLimits, live_log::LiveLogLimits};

const BATTLES: BattlesLimits = BattlesLimits::DEFAULT;

/// How many requests are taken. 0 turns a limit off.
#[derive(Args, Clone, Debug)]
pub struct LimitSettings {
    /// Logins, registrations and the like per minute, for each address; 0 = no limit.
    #[arg(long, env = "BATTLES_AUTH_PER_MINUTE", default_value_t = BATTLES.auth_per_minute, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub battles_auth_per_minute: u32,
    /// Wrong passwords of one account per minute, from one address, and from all addresses together that it never logged in from, before each more delays the next login from there; 0 = no limit.
    #[arg(long, env = "LOGIN_FAILURES_PER_MINUTE", default_value_t = 5, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub login_failures_per_minute: u32,
    /// Seconds of the longest delay of a login after wrong passwords; the first is an eighth of it.
    #[arg(long, env = "LOGIN_DELAY_SECONDS", default_value_t = 8, value_parser = value_parser!(u64).range(1..=10))]
    pub login_delay_seconds: u64,
    /// New battles and guilds per minute over REST, for each address and each account, and new rooms of an account in any contract; 0 = no limit.
    #[arg(long, env = "BATTLES_CREATE_PER_MINUTE", default_value_t = BATTLES.create_per_minute, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub battles_create_per_minute: u32,
    /// Actions in battles and guilds per minute, for each address and each account; 0 = no limit.
    #[arg(long, env = "BATTLES_ACTIONS_PER_MINUTE", default_value_t = BATTLES.actions_per_minute, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub battles_actions_per_minute: u32,
    /// Questions for the state of battles per minute, for each address and each account; 0 = no limit.
    #[arg(long, env = "BATTLES_STATE_PER_MINUTE", default_value_t = BATTLES.state_per_minute, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub battles_state_per_minute: u32,
    /// Messages that services put into the live log per minute, for each address; 0 = no limit.
    #[arg(long, env = "LIVE_LOG_POSTS_PER_MINUTE", default_value_t = LiveLogLimits::DEFAULT.posts_per_minute, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub live_log_posts_per_minute: u32,
    /// Other requests per RATE_LIMIT_PERIOD, for each address; 0 = no limit.
    #[arg(long, env = "RATE_LIMIT_REQUESTS", default_value_t = BATTLES.requests, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub rate_limit_requests: u32,
    /// Seconds of the window of RATE_LIMIT_REQUESTS.
    #[arg(long, env = "RATE_LIMIT_PERIOD", default_value_t = BATTLES.period.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub rate_limit_period: u64,
    /// Requests of any kind per minute, for each address: pages, files, probes and WebSocket handshakes count, too; 0 = no limit.
    #[arg(long, env = "ALL_REQUESTS_PER_MINUTE", default_value_t = 6000, value_parser = value_parser!(u32).range(..=1_000_000))]
    pub all_requests_per_minute: u32,
}

impl LimitSettings {
    /// The window of the requests that have no limit of their own.
    pub const fn period(&self) -> Duration {
        Duration::from_secs(self.rate_limit_period)
    }
}
