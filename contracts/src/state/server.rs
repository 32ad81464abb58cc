//! What the server sends: the frame of every message, and its data.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{PIECE, ROOM};
use crate::iso8601::PATTERN;

/// The frame around all data.
#[derive(Debug, Serialize)]
pub struct Envelope<T> {
    /// Which data.
    pub r#type: &'static str,
    /// What it says.
    pub data: T,
}

/// `game_state_update`: how a game stands now. The answer to `game_state_request` too.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GameStateUpdate {
    /// Which game.
    #[schemars(extend("pattern" = ROOM))]
    pub game_id: String,
    /// How it stands.
    pub state: GameState,
    /// When it stood so.
    #[schemars(extend("pattern" = PATTERN))]
    pub timestamp: String,
    /// The number of the event that made it so, or of the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub sequence: Option<u64>,
    /// When a game of bots alone starts, which has no host: hex SHA-256 of the deck's seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub deck_commitment: Option<String>,
    /// When the game is over: the deck's seed in hex; anyone can check every deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub deck_seed: Option<String>,
    /// When the game is over: the names of those who won it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>")]
    pub winners: Option<Vec<String>>,
}

/// How a game stands, as everybody may see it; `you` and `hand` are the reader's own.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GameState {
    /// The name of who is to act, of several the first; empty when nobody is.
    pub current_player: String,
    /// Everybody's points, by name.
    pub scores: BTreeMap<String, i32>,
    /// Whole seconds until the server acts for who is to act, or deals the next round; 0 when nothing is to come.
    pub timer: u64,
    /// The phase.
    #[schemars(extend("enum" = super::encode::PHASES))]
    pub status: &'static str,
    /// The round, from 1; 0 before the start.
    pub round: u16,
    /// The turn that is on, or was last completed, in this round; 0 before the first.
    #[schemars(range(max = 8))]
    pub turn_number: u8,
    /// How many pieces everybody plays; null while the leader chooses, and outside turns.
    #[schemars(range(min = 1, max = 6))]
    pub required_piece_count: Option<u8>,
    /// Everybody's piles in this round, by name.
    pub piles: BTreeMap<String, Count>,
    /// What was declared in this round, by name.
    pub declarations: BTreeMap<String, Count>,
    /// The numbers that `current_player` may declare; only in the phase for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Count>")]
    pub valid_declarations: Option<Vec<Count>>,
    /// The reader's own name in this game; only where they have a seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub you: Option<String>,
    /// The reader's own pieces; `hand_update` tells of later ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<PieceId>", length(max = 8))]
    pub hand: Option<Vec<PieceId>>,
}

/// `hand_update`: your pieces in a game. Only you are told.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HandUpdate {
    /// Which game.
    #[schemars(extend("pattern" = ROOM))]
    pub game_id: String,
    /// Your pieces, by falling points.
    #[schemars(length(max = 8))]
    pub hand: Vec<PieceId>,
    /// When.
    #[schemars(extend("pattern" = PATTERN))]
    pub timestamp: String,
    /// The event's number in its game.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub sequence: Option<u64>,
}

/// `player_action`: a player decided; you perhaps.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlayerAction {
    /// Where.
    #[schemars(extend("pattern" = ROOM))]
    pub game_id: String,
    /// Who: the id of an account, of a guest or of a bot.
    pub player_id: String,
    /// Their name in the game.
    pub player_name: String,
    /// What.
    #[schemars(extend("enum" = ["declare", "play", "accept_redeal", "decline_redeal", "start_game"]))]
    pub action: &'static str,
    /// The number that was declared, the ids of the pieces that were played, or null.
    pub value: ActionValue,
    /// True when the player did not decide in time, and the server did.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    pub automatic: bool,
    /// With `start_game`: hex SHA-256 of the deck's seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub deck_commitment: Option<String>,
    /// When.
    #[schemars(extend("pattern" = PATTERN))]
    pub timestamp: String,
    /// The event's number in its game.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub sequence: Option<u64>,
}

/// What an action says beside its name.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ActionValue {
    /// So many piles.
    Number(Count),
    /// These pieces.
    Pieces(#[schemars(length(min = 1, max = 6))] Vec<PieceId>),
    /// Nothing.
    Nothing,
}

/// Piles: 0 to 8.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Count(#[schemars(range(max = 8))] pub u8);

/// `p1` to `p32`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PieceId(#[schemars(extend("pattern" = PIECE))] pub String);

/// `connection_status`: how your connection stands, and what operators tell everybody.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct ConnectionStatus {
    /// `reconnecting` asks the client to connect again.
    #[schemars(extend("enum" = ["connected", "disconnected", "reconnecting"]))]
    pub status: &'static str,
    /// Why, in plain words.
    pub reason: String,
    /// When.
    #[schemars(extend("pattern" = PATTERN))]
    pub timestamp: String,
    /// The connection's id; in the first message.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub connection_id: Option<String>,
    /// What the handshake calls the device; in the first message.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub device_id: Option<String>,
    /// How much it matters; with a word of the operators.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("enum" = ["info", "warning", "error"]))]
    pub severity: Option<&'static str>,
    /// What kind of pause is planned, or over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("enum" = ["maintenance", "shutdown", "restart"]))]
    pub event: Option<&'static str>,
    /// When the pause begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("pattern" = PATTERN))]
    pub scheduled_time: Option<String>,
    /// How long the pause takes, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub duration: Option<u64>,
    /// When an announcement was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("pattern" = PATTERN))]
    pub announced_at: Option<String>,
    /// Until when an announcement is current.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("pattern" = PATTERN))]
    pub ends_at: Option<String>,
    /// Whether the announcement was withdrawn, or the pause ended or was called off.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub ended: Option<bool>,
}

/// `error`: what you asked is refused and has changed nothing, or the connection ends.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ErrorData {
    /// For programs.
    #[schemars(extend("enum" = super::error::CODES))]
    pub code: &'static str,
    /// For people: one sentence.
    pub message: String,
    /// Facts: of a bad message `field`, `issue` and `allowed`; of a refusal `game_id`, of `INVALID_STATE` the `sequence` of
    /// the game's last event, and what the rule is about.
    #[schemars(with = "Map<String, Value>")]
    pub details: Value,
    /// When.
    #[schemars(extend("pattern" = PATTERN))]
    pub timestamp: String,
}
