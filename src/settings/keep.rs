//! How much is kept of finished games, and how much of the disk is left to the games that are played.

use actors::Settings;
use clap::{Args, value_parser};

use super::{ENGINE, days, whole_days};

/// How much is kept of finished games, and how much of the disk is left to the games that are played.
#[derive(Args, Clone, Debug)]
pub struct KeepSettings {
    /// Days that finished games are kept; 0 = for ever. Ratings and statistics stay.
    #[arg(long, env = "GAMES_KEEP_DAYS", default_value_t = ENGINE.games_keep.map_or(0, whole_days), value_parser = value_parser!(u32).range(..=36_500))]
    pub games_keep_days: u32,
    /// Bytes that finished games may take; 0 = no limit. Beyond them the oldest go first: games that only bots finished, then those of guests, then those of accounts.
    #[arg(long, env = "GAMES_KEEP_BYTES", default_value_t = ENGINE.games_keep_bytes.unwrap_or_default())]
    pub games_keep_bytes: u64,
    /// Finished games that are kept of those that people left to bots, the newest; 0 = none.
    #[arg(long, env = "BOT_GAMES_KEEP", default_value_t = ENGINE.bot_games_keep, value_parser = value_parser!(u64).range(..=1_000_000))]
    pub bot_games_keep: u64,
    /// Bytes that must be free on the disk of the embedded database for a new game to begin; 0 = no such limit. Below twice as many the server warns.
    #[arg(long, env = "DISK_RESERVE_BYTES", default_value_t = ENGINE.disk_reserve_bytes)]
    pub disk_reserve_bytes: u64,
}

impl KeepSettings {
    /// Their part of the engine's settings.
    pub(super) fn apply(&self, settings: &mut Settings) {
        settings.games_keep = (self.games_keep_days > 0).then(|| days(self.games_keep_days));
        settings.games_keep_bytes = (self.games_keep_bytes > 0).then_some(self.games_keep_bytes);
        settings.bot_games_keep = self.bot_games_keep;
        settings.disk_reserve_bytes = self.disk_reserve_bytes;
    }
}
