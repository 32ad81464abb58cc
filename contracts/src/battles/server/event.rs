//! The `data` of the WebSocket's events.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use vocabulary::{Difficulty, Pause, PlayerId, Severity, TakeoverReason, Who};

use super::{Action, GameState, Piece, PlayerAction, ValidSet};
use crate::{Seconds, battles::code::Code};

/// The fields of every event's data.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Data<T> {
    /// The battle's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub battle_id: Option<String>,
    /// The event's number in its battle, counted from 1; passing events have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64", range(min = 1))]
    pub sequence: Option<u64>,
    /// When it happened, in milliseconds since 1970.
    pub timestamp: u64,
    /// The number of the client's message that this answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub request_id: Option<u64>,
    /// The event's own fields.
    #[serde(flatten)]
    pub content: T,
}

/// A player in an event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventPlayer {
    /// The account's id; for guests and bots an id in this battle.
    pub id: String,
    /// The player's name, unique in the battle.
    pub name: String,
    /// The seat, 0 to 3.
    #[schemars(range(max = 3))]
    pub seat: usize,
    /// Whether the seat belongs to a bot.
    pub is_bot: bool,
}

impl EventPlayer {
    /// Encodes a player.
    pub(in crate::battles) fn of(who: &Who) -> Self {
        Self {
            id: who.id.to_string(),
            name: who.name.to_string(),
            seat: who.seat.index(),
            is_bot: matches!(who.id, PlayerId::Bot(..)),
        }
    }
}

/// `connect`: you are connected, or a player has joined or connected.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Connect {
    /// You are connected: the first message on a connection.
    Here {
        /// The connection's id; left out if a spectator's connection took a seat.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "String")]
        connection_id: Option<String>,
        /// Your own player id.
        player_id: String,
        /// Your seat, 0 to 3; null for a spectator.
        #[schemars(range(max = 3))]
        seat: Option<usize>,
        /// The state of the battle, with your own pieces.
        state: Box<GameState>,
    },
    /// A player has joined, or has a connection again.
    Player {
        /// The player's id, name and seat.
        player: EventPlayer,
        /// `joined` for a new player, `connected` for a restored connection.
        #[schemars(extend("enum" = ["joined", "connected"]))]
        reason: &'static str,
    },
}

/// `reconnect`: you have your seat again and the missed events follow, or another player has returned.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Reconnect {
    /// You have your seat again.
    Here {
        /// The connection's id.
        connection_id: String,
        /// Your own player id.
        player_id: String,
        /// Your seat, 0 to 3.
        #[schemars(range(max = 3))]
        seat: Option<usize>,
        /// The number of missed events; not every one has its own message.
        missed_events: usize,
        /// Whether older events are no longer available.
        truncated: bool,
        /// The current state of the battle, with your own pieces.
        state: Box<GameState>,
    },
    /// A player has returned, and decides again instead of a bot.
    Player {
        /// The player's id, name and seat.
        player: EventPlayer,
    },
}

/// `disconnect`: the server closes the connection, you have no seat any more, or another player has left.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Disconnect {
    /// The last message before the server closes the connection.
    Closing {
        /// The WebSocket close code.
        code: u16,
        /// The reason in a few words.
        reason: &'static str,
    },
    /// Another player has left or lost the connection.
    Player {
        /// The id of the player.
        player_id: String,
        /// The player's name, unique in the battle.
        name: String,
        /// The seat, 0 to 3.
        #[schemars(range(max = 3))]
        seat: usize,
        /// `connection lost`, `left` if the player gave up the seat, or `removed` if the host removed the player.
        #[schemars(extend("enum" = ["connection lost", "left", "removed"]))]
        reason: &'static str,
        /// After `left` and `removed`: the name of the current host; null if no person is left.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<String>")]
        host_name: Option<Option<String>>,
    },
    /// You have left, or the host has removed you.
    Seat {
        /// Your former seat, 0 to 3.
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
    /// The state of the battle.
    pub state: GameState,
    /// Hex SHA-256 of the deck's seed, which `game:end` reveals.
    pub deck_commitment: String,
}

/// `game:action`: a player has decided, or the server for the player.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GameAction {
    /// The decision and its player.
    pub action: PlayerAction,
}

/// `game:update`: the current state of the battle, or your own pieces.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum GameUpdate {
    /// The state of the battle; with your own pieces if you requested it.
    State {
        /// The current state of the battle.
        state: Box<GameState>,
    },
    /// Your own pieces have changed.
    Hand {
        /// The pieces by descending points.
        #[schemars(length(max = 8))]
        hand: Vec<Piece>,
        /// Every valid set in your hand.
        valid_sets: Vec<ValidSet>,
    },
}

/// `game:end`: the battle ends.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GameEnd {
    /// The state of the battle.
    pub state: GameState,
    /// The ids of the winners; several in a tie.
    pub winners: Vec<String>,
    /// The final points by player id.
    pub final_scores: BTreeMap<String, i32>,
    /// The number of scored rounds.
    pub rounds_played: u32,
    /// The length of the game in seconds.
    pub duration: Seconds,
    /// The deck's seed in hex, with which anyone can check every deal.
    pub deck_seed: String,
    /// Hex SHA-256 of the seed, as `game:start` had it.
    pub deck_commitment: String,
}

/// `ai:thinking`: a bot thinks about its decision.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AiThinking {
    /// The id of the bot, or of the player whom it replaces.
    pub player_id: String,
}

/// `ai:action`: a bot has decided.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AiAction {
    /// The id of the bot, or of the player whom it replaces.
    pub player_id: String,
    /// The decision itself.
    pub action: Action,
}

/// `ai:error`: a bot failed to decide; the server decides instead.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AiError {
    /// The id of the bot, or of the player whom it replaces.
    pub player_id: String,
    /// The text for people.
    pub message: &'static str,
}

/// `ai:ready`: a bot has a seat from now on, or replaces a person.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AiReady {
    /// The id of the bot, or of the player whom it replaces.
    pub player_id: String,
    /// The player's name, unique in the battle.
    pub name: String,
    /// The seat, 0 to 3.
    #[schemars(range(max = 3))]
    pub seat: usize,
    /// The level of the bot, if it replaces a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("enum" = Difficulty::ALL.map(Difficulty::as_str)))]
    pub difficulty: Option<&'static str>,
    /// Why it replaces a person: `disconnected`, `left` or `inactive`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("enum" = REASONS.map(TakeoverReason::as_str)))]
    pub reason: Option<&'static str>,
}

const REASONS: [TakeoverReason; 3] = [TakeoverReason::Disconnected, TakeoverReason::Left, TakeoverReason::Inactive];

impl AiReady {
    /// Encodes a bot on its own seat.
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

/// `system:error`: the server failed, and nothing was done.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SystemNotice {
    /// The code, for programs.
    pub code: Code,
    /// The text for people.
    pub message: String,
}

/// `system:maintenance`: new battles are not possible, now or in a planned pause; or they are possible again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SystemMaintenance {
    /// The code, for programs.
    pub code: Code,
    /// The text for people.
    pub message: String,
    /// The planned pause; left out if a request was refused.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub pause: Option<PlannedPause>,
    /// Whether the pause is over.
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

/// `system:restart`: the server stops and starts again; reconnect.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SystemRestart {
    /// The WebSocket close code that follows.
    pub code: u16,
    /// The reason in a few words.
    pub reason: &'static str,
    /// How long to wait before each attempt to reconnect, in milliseconds.
    pub reconnect_delay_ms: u32,
    /// The most attempts to reconnect.
    pub max_reconnect_attempts: u32,
}

/// `system:update`: an operator's message to everybody. It is sent when it is made, to every new connection while it is
/// current, and once more with `ended` when it is withdrawn.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SystemUpdate {
    /// The text for people.
    #[schemars(length(min = 1, max = 500))]
    pub message: String,
    /// The severity: `info`, `warning` or `error`.
    #[schemars(extend("enum" = Severity::ALL.map(Severity::as_str)))]
    pub severity: &'static str,
    /// When it was created, in milliseconds since 1970.
    pub announced_at: u64,
    /// Until when it is current, in milliseconds since 1970.
    pub ends_at: u64,
    /// Whether the announcement was withdrawn.
    pub ended: bool,
}
