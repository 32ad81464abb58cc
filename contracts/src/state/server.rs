//! What the server sends: the frame of every message, and its data.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use vocabulary::RoomId;

use crate::{iso8601::Moment, piece::PieceId};

/// The frame around all data.
#[derive(Debug, Serialize)]
pub struct Envelope<T> {
    /// The type of the data.
    pub r#type: &'static str,
    /// The data of this type.
    pub data: T,
}

/// `game_state_update`: the current state of a game; also the answer to `game_state_request`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GameStateUpdate {
    /// The game's id.
    #[schemars(with = "RoomId")]
    pub game_id: String,
    /// The state of the game.
    pub state: GameState,
    /// When the state was made, in ISO 8601.
    pub timestamp: Moment,
    /// The number of the event that led to this state, or of the last event.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub sequence: Option<u64>,
    /// At the start of a game of only bots, which has no host: hex SHA-256 of the deck's seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub deck_commitment: Option<String>,
    /// At the end of the game: the deck's seed in hex, with which anyone can check every deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub deck_seed: Option<String>,
    /// At the end of the game: the names of the winners.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>")]
    pub winners: Option<Vec<String>>,
}

/// The public state of a game; `you` and `hand` are the reader's own.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GameState {
    /// The name of the player who must act, of several the first; empty if nobody must.
    pub current_player: String,
    /// The points by name.
    pub scores: BTreeMap<String, i32>,
    /// Whole seconds until the server acts for the player, or deals the next round; 0 if no time is running.
    pub timer: u64,
    /// The phase of the game.
    #[schemars(extend("enum" = super::phase::PHASES))]
    pub status: &'static str,
    /// The round, counted from 1; 0 before the start.
    pub round: u16,
    /// The current turn of this round, or the last completed one; 0 before the first.
    #[schemars(range(max = 8))]
    pub turn_number: u8,
    /// How many pieces each player plays; null until the leader has played, and outside turns.
    #[schemars(range(min = 1, max = 6))]
    pub required_piece_count: Option<u8>,
    /// The piles won in this round, by name.
    pub piles: BTreeMap<String, Count>,
    /// The declarations of this round, by name.
    pub declarations: BTreeMap<String, Count>,
    /// The numbers that `current_player` may declare; only in the phase `declaration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Count>")]
    pub valid_declarations: Option<Vec<Count>>,
    /// The reader's own name in this game; only if the reader has a seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub you: Option<String>,
    /// The reader's own pieces; `hand_update` has later changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<PieceId>", length(max = 8))]
    pub hand: Option<Vec<PieceId>>,
}

/// `hand_update`: your pieces in a game. Only you receive it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HandUpdate {
    /// The game's id.
    #[schemars(with = "RoomId")]
    pub game_id: String,
    /// Your pieces by descending points.
    #[schemars(length(max = 8))]
    pub hand: Vec<PieceId>,
    /// When it was sent, in ISO 8601.
    pub timestamp: Moment,
    /// The event's number in its game.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub sequence: Option<u64>,
}

/// `player_action`: a player has decided, perhaps you.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlayerAction {
    /// The game's id.
    #[schemars(with = "RoomId")]
    pub game_id: String,
    /// The player's id: that of an account, of a guest or of a bot.
    pub player_id: String,
    /// The player's name in the game.
    pub player_name: String,
    /// What the player did.
    #[schemars(extend("enum" = ["declare", "play", "accept_redeal", "decline_redeal", "start_game"]))]
    pub action: &'static str,
    /// The number that was declared, the ids of the pieces that were played, or null.
    pub value: ActionValue,
    /// True if the server decided, because the player did not decide in time.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    pub automatic: bool,
    /// With `start_game`: hex SHA-256 of the deck's seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub deck_commitment: Option<String>,
    /// When it was sent, in ISO 8601.
    pub timestamp: Moment,
    /// The event's number in its game.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub sequence: Option<u64>,
}

/// The value of an action.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ActionValue {
    /// The declared piles.
    Number(Count),
    /// The played pieces.
    Pieces(#[schemars(length(min = 1, max = 6))] Vec<PieceId>),
    /// No value is needed.
    Nothing,
}

/// A number of piles, 0 to 8.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Count(#[schemars(range(max = 8))] pub u8);

/// `connection_status`: the state of your connection, and messages of the operators.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct ConnectionStatus {
    /// The state; `reconnecting` asks the client to reconnect.
    #[schemars(extend("enum" = ["connected", "disconnected", "reconnecting"]))]
    pub status: &'static str,
    /// The reason in a few words.
    pub reason: String,
    /// When it was sent, in ISO 8601.
    pub timestamp: Moment,
    /// In the first message: the connection's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub connection_id: Option<String>,
    /// In the first message: the device's name from the handshake.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub device_id: Option<String>,
    /// With an announcement of the operators: its severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("enum" = ["info", "warning", "error"]))]
    pub severity: Option<&'static str>,
    /// With a pause that is planned or over: its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("enum" = ["maintenance", "shutdown", "restart"]))]
    pub event: Option<&'static str>,
    /// When the pause begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Moment")]
    pub scheduled_time: Option<Moment>,
    /// How long the pause takes, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub duration: Option<u64>,
    /// When an announcement was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Moment")]
    pub announced_at: Option<Moment>,
    /// Until when an announcement is current.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Moment")]
    pub ends_at: Option<Moment>,
    /// Whether the announcement was withdrawn, or the pause has ended or was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub ended: Option<bool>,
}

/// `error`: your message was refused and has changed nothing, or the connection ends.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ErrorData {
    /// The code, for programs.
    #[schemars(extend("enum" = super::error::codes()))]
    pub code: &'static str,
    /// What is wrong, in one sentence for people.
    pub message: String,
    /// The facts: of a malformed message `field`, `issue` and `allowed`; of a refusal `game_id`, of `INVALID_STATE` the
    /// `sequence` of the game's last event, and the facts of the rule.
    #[schemars(with = "Map<String, Value>")]
    pub details: Value,
    /// When it was sent, in ISO 8601.
    pub timestamp: Moment,
}
