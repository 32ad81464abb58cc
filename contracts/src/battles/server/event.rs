//! The `data` of the WebSocket's events.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use vocabulary::{Difficulty, Pause, PlayerId, Severity, TakeoverReason, Who};

use super::{Action, GameState, Piece, PlayerAction, ValidSet};
use crate::{Seconds, battles::error::Code};

/// What the data of every event holds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Data<T> {
    /// The battle.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub battle_id: Option<String>,
    /// The event's number in its battle, from 1 up; what is told in passing has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64", range(min = 1))]
    pub sequence: Option<u64>,
    /// When, in milliseconds since 1970.
    pub timestamp: u64,
    /// The number of the client's message that this answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub request_id: Option<u64>,
    /// What belongs to the event.
    #[serde(flatten)]
    pub content: T,
}

/// Someone, as events name them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventPlayer {
    /// An account's id, or one of this battle's own for guests and bots.
    pub id: String,
    /// Unique in the battle.
    pub name: String,
    /// 0 to 3.
    #[schemars(range(max = 3))]
    pub seat: usize,
    /// Whether the seat was given to a bot.
    pub is_bot: bool,
}

impl EventPlayer {
    /// Words who it is.
    pub(in crate::battles) fn of(who: &Who) -> Self {
        Self {
            id: who.id.to_string(),
            name: who.name.to_string(),
            seat: who.seat.index(),
            is_bot: matches!(who.id, PlayerId::Bot(..)),
        }
    }
}

/// `connect`: you are here, or someone else is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Connect {
    /// You are here: the first message of a connection.
    Here {
        /// The connection; not where a connection that watched took a seat.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "String")]
        connection_id: Option<String>,
        /// Who you are.
        player_id: String,
        /// Your seat, 0 to 3; null for one who watches.
        #[schemars(range(max = 3))]
        seat: Option<usize>,
        /// How things stand, with your own pieces.
        state: Box<GameState>,
    },
    /// A player sat down, or has a connection again.
    Player {
        /// Who.
        player: EventPlayer,
        /// `joined` for a new player, `connected` for a connection that is there.
        #[schemars(extend("enum" = ["joined", "connected"]))]
        reason: &'static str,
    },
}

/// `reconnect`: you are back, and what you missed follows; or someone else is back.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Reconnect {
    /// You are back.
    Here {
        /// The connection.
        connection_id: String,
        /// Who you are.
        player_id: String,
        /// Your seat, 0 to 3.
        #[schemars(range(max = 3))]
        seat: Option<usize>,
        /// How many events you missed; not all of them have a message of their own.
        missed_events: usize,
        /// Whether older events were left out.
        truncated: bool,
        /// How things stand now, with your own pieces.
        state: Box<GameState>,
    },
    /// A player decides again in place of a bot, or is back after a while.
    Player {
        /// Who.
        player: EventPlayer,
    },
}

/// `disconnect`: the server closes the connection, your seat was given up, or someone else is gone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Disconnect {
    /// The last message before the server closes the connection.
    Closing {
        /// The WebSocket close code.
        code: u16,
        /// A few words.
        reason: &'static str,
    },
    /// A player is gone.
    Player {
        /// Who.
        player_id: String,
        /// Unique in the battle.
        name: String,
        /// 0 to 3.
        #[schemars(range(max = 3))]
        seat: usize,
        /// `connection lost`, `left` for one who gave the seat up, or `removed` for one whom the host removed.
        #[schemars(extend("enum" = ["connection lost", "left", "removed"]))]
        reason: &'static str,
        /// After `left` and `removed`: the name of the host now; null when no person is left.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<String>")]
        host_name: Option<Option<String>>,
    },
    /// Your own seat was given up, or the host removed you.
    Seat {
        /// Which, 0 to 3.
        #[schemars(range(max = 3))]
        seat: usize,
        /// `left`, or `removed` if the host removed you.
        #[schemars(extend("enum" = ["left", "removed"]))]
        reason: &'static str,
    },
}

/// `game:start`: the battle starts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GameStart {
    /// How things stand.
    pub state: GameState,
    /// Hex SHA-256 of the deck's seed, which `game:end` reveals.
    pub deck_commitment: String,
}

/// `game:action`: a player has decided, or the server for them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GameAction {
    /// Who, and what.
    pub action: PlayerAction,
}

/// `game:update`: how the game stands now, or your own pieces.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum GameUpdate {
    /// How the game stands; with your own pieces when you asked for it.
    State {
        /// Now.
        state: Box<GameState>,
    },
    /// Your own pieces have changed.
    Hand {
        /// By falling points.
        #[schemars(length(max = 8))]
        hand: Vec<Piece>,
        /// Every set that you could lead with.
        valid_sets: Vec<ValidSet>,
    },
}

/// `game:end`: the battle ends.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GameEnd {
    /// How things stand.
    pub state: GameState,
    /// The ids of who won; several share a tie.
    pub winners: Vec<String>,
    /// Everybody's points, by id.
    pub final_scores: BTreeMap<String, i32>,
    /// How many rounds were scored.
    pub rounds_played: u32,
    /// From the start to the end, in seconds.
    pub duration: Seconds,
    /// The deck's seed in hex: with it, anyone can make every deal again.
    pub deck_seed: String,
    /// Hex SHA-256 of the seed, as `game:start` told it.
    pub deck_commitment: String,
}

/// `ai:thinking`: a bot thinks about its decision.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AiThinking {
    /// The bot, or for whom it stands in.
    pub player_id: String,
}

/// `ai:action`: a bot has decided.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AiAction {
    /// The bot, or for whom it stands in.
    pub player_id: String,
    /// What.
    pub action: Action,
}

/// `ai:error`: a bot failed to decide; the server decides for it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AiError {
    /// The bot, or for whom it stands in.
    pub player_id: String,
    /// For people.
    pub message: &'static str,
}

/// `ai:ready`: a bot has a seat from now on, or stands in for a person.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AiReady {
    /// The bot, or for whom it stands in.
    pub player_id: String,
    /// Unique in the battle.
    pub name: String,
    /// 0 to 3.
    #[schemars(range(max = 3))]
    pub seat: usize,
    /// How well it plays, where it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("enum" = Difficulty::ALL.map(Difficulty::as_str)))]
    pub difficulty: Option<&'static str>,
    /// Why it stands in: `disconnected`, `left` or `inactive`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("enum" = REASONS.map(TakeoverReason::as_str)))]
    pub reason: Option<&'static str>,
}

const REASONS: [TakeoverReason; 3] = [TakeoverReason::Disconnected, TakeoverReason::Left, TakeoverReason::Inactive];

impl AiReady {
    /// Words a bot on its own seat.
    pub(in crate::battles) fn of(who: &Who) -> Self {
        Self {
            player_id: who.id.to_string(),
            name: who.name.to_string(),
            seat: who.seat.index(),
            difficulty: None,
            reason: None,
        }
    }
}

/// `system:maintenance`, `system:error`: nothing was done, for a reason that lies with the server.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SystemNotice {
    /// For programs.
    pub code: Code,
    /// For people.
    pub message: String,
}

/// `system:maintenance`: no new battles are taken, now or in a planned pause; or they are taken again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SystemMaintenance {
    /// For programs.
    pub code: Code,
    /// For people.
    pub message: String,
    /// What was planned; missing where a request was refused.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub pause: Option<PlannedPause>,
    /// Whether it is over.
    pub ended: bool,
}

/// A pause that operators have planned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlannedPause {
    /// `maintenance`: the server stays; `shutdown`: it stops; `restart`: it stops and comes back.
    #[schemars(extend("enum" = Pause::ALL.map(Pause::as_str)))]
    pub event: &'static str,
    /// When it begins, in milliseconds since 1970.
    pub scheduled_time: u64,
    /// How long it takes, in seconds.
    pub duration: u64,
}

/// `system:restart`: the server stops and will be back; connect again.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SystemRestart {
    /// The WebSocket close code that follows.
    pub code: u16,
    /// A few words.
    pub reason: &'static str,
    /// How long to wait before each attempt to connect again, in milliseconds.
    pub reconnect_delay_ms: u32,
    /// How often to try at the most.
    pub max_reconnect_attempts: u32,
}

/// `system:update`: an operator's message to everybody. It is sent when it is made, to every new connection while it is
/// current, and once more with `ended` when it is withdrawn.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SystemUpdate {
    /// For people.
    #[schemars(length(min = 1, max = 500))]
    pub message: String,
    /// `info`, `warning` or `error`.
    #[schemars(extend("enum" = Severity::ALL.map(Severity::as_str)))]
    pub severity: &'static str,
    /// When it was made, in milliseconds since 1970.
    pub announced_at: u64,
    /// Until when it is current, in milliseconds since 1970.
    pub ends_at: u64,
    /// Whether it was withdrawn.
    pub ended: bool,
}
