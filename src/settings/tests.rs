//! A default is stated once: by the engine or by a contract, never by a flag.

use actors::{RoomLimits, Settings};
use clap::{Args, Command, FromArgMatches};
use contracts::{
    Contract,
    battles::BattlesLimits,
    chat::ChatLimits,
    live_log::{LiveLog, LiveLogLimits},
    state::StateLimits,
};

use super::ServeSettings;

/// The settings of a server that was started without flags, whatever the environment of the test is.
fn untouched() -> ServeSettings {
    let command = ServeSettings::augment_args(Command::new("serve")).mut_args(|argument| argument.env(None));
    ServeSettings::from_arg_matches(&command.get_matches_from(["serve"])).unwrap()
}

#[test]
fn without_a_flag_the_engine_runs_with_its_own_defaults() {
    let engine = untouched().engine();
    let expected = Settings { bot_think_threads: engine.bot_think_threads, ..Settings::default() };
    assert_eq!(format!("{engine:#?}"), format!("{expected:#?}"));
}

#[test]
fn the_engine_has_the_limits_of_the_contracts() {
    let Settings { state_connections, state_token_lives, live_log_connections, .. } = Settings::default();
    let StateLimits { connections_per_account, token_lifetime, .. } = StateLimits::DEFAULT;
    assert_eq!((state_connections, state_token_lives), (connections_per_account, token_lifetime));
    assert_eq!(live_log_connections, LiveLogLimits::DEFAULT.connections_per_address);
    assert_eq!(LiveLog::LIMITS.quota, Some(LiveLogLimits::DEFAULT.quota));
    let Settings { chat_messages_per_minute, chat_reconnections_per_minute, .. } = Settings::default();
    let ChatLimits { messages_per_minute, reconnections_per_minute, .. } = ChatLimits::DEFAULT;
    assert_eq!(
        (chat_messages_per_minute, chat_reconnections_per_minute),
        (messages_per_minute, reconnections_per_minute)
    );
    assert_eq!(RoomLimits::default().created_per_account, BattlesLimits::DEFAULT.create_per_minute);
}

#[test]
fn requests_over_http_have_the_limits_of_the_contracts() {
    let limits = untouched().limits;
    let BattlesLimits {
        auth_per_minute,
        create_per_minute,
        actions_per_minute,
        state_per_minute,
        requests,
        period,
        ..
    } = BattlesLimits::DEFAULT;
    let figures = [auth_per_minute, create_per_minute, actions_per_minute, state_per_minute, requests];
    let settings = [
        limits.battles_auth_per_minute,
        limits.battles_create_per_minute,
        limits.battles_actions_per_minute,
        limits.battles_state_per_minute,
        limits.rate_limit_requests,
    ];
    assert_eq!((settings, limits.period()), (figures, period));
    assert_eq!(limits.live_log_posts_per_minute, LiveLogLimits::DEFAULT.posts_per_minute);
}
