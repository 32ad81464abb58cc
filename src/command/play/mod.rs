//! `liap-tui play`: a game in the terminal, over the WebSocket of contract *game*.

mod answer;
mod dialogue;
mod hand;
mod narration;
mod phases;
mod player;
mod seat;
mod session;
mod table;
mod terminal;
mod words;

use clap::{Args, builder::FalseyValueParser, value_parser};
use clients::{ServerAddress, game::Options};
use vocabulary::{Difficulty, Pace};

/// What the player came for.
#[derive(Clone, Debug, Default)]
struct Plan {
    /// Where the server is, for those who are to join.
    url: String,
    /// The room to join; none = make one.
    room: Option<String>,
    /// Whether the host waits for others.
    wait: bool,
    /// The options of a new room.
    options: Options,
}

/// What `liap-tui play` can be told. Flags win over the environment.
#[derive(Args, Clone, Debug)]
pub(super) struct PlaySettings {
    /// Where the server is.
    #[arg(long, env = "PLAY_URL", default_value = "ws://127.0.0.1:8000")]
    pub(super) url: ServerAddress,
    /// Your name at the table.
    #[arg(long, env = "PLAY_NAME", default_value = "Player")]
    pub(super) name: String,
    /// How well the bots play, in a room of yours.
    #[arg(long, env = "PLAY_LEVEL", default_value = "medium")]
    pub(super) level: Difficulty,
    /// How fast the bots play, in a room of yours.
    #[arg(long, env = "PLAY_PACE", default_value = "fast")]
    pub(super) pace: Pace,
    /// Seconds for each decision, in a room of yours.
    #[arg(long, env = "PLAY_TURN_SECONDS", default_value_t = 300, value_parser = value_parser!(u32).range(1..=3600))]
    pub(super) turn_seconds: u32,
    /// Join this room; its host starts the game.
    #[arg(long, env = "PLAY_ROOM", conflicts_with = "wait")]
    pub(super) room: Option<String>,
    /// Make a room and wait for others; Enter starts, with bots in the empty seats.
    #[arg(long, env = "PLAY_WAIT", value_parser = FalseyValueParser::new())]
    pub(super) wait: bool,
    /// No colours. They are left out anyway where NO_COLOR is set, and where the output is no terminal.
    #[arg(long, env = "PLAY_PLAIN", value_parser = FalseyValueParser::new())]
    pub(super) plain: bool,
}

impl PlaySettings {
    fn plan(&self) -> Plan {
        Plan {
            url: self.url.ws(),
            room: self.room.clone(),
            wait: self.wait,
            options: Options {
                fill_with_bots: Some(true),
                bot_difficulty: Some(self.level),
                pace: Some(self.pace),
                turn_timeout_seconds: Some(self.turn_seconds),
                rules: None,
            },
        }
    }
}

/// Plays one game.
///
/// # Errors
/// A sentence for the player.
pub(super) fn play(settings: &PlaySettings) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let played = runtime.block_on(session::play(settings));
    // A line that is still waited for must not hold up the end.
    runtime.shutdown_background();
    played
}
