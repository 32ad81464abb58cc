//! What this player reads of the server's messages. Unknown events and fields are passed over, as the contract may grow.

use std::collections::BTreeMap;

use game_rules::Piece;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

/// A table by the players' names.
pub(super) type ByName<T> = BTreeMap<String, T>;

/// The frame around every message.
#[derive(Deserialize)]
pub(super) struct Envelope {
    pub(super) event: String,
    #[serde(default)]
    pub(super) data: Value,
    pub(super) error: Option<Refusal>,
    pub(super) sequence_number: Option<u64>,
    #[serde(default)]
    pub(super) server_time: f64,
}

impl Envelope {
    /// The data, as one event has it.
    pub(super) fn read<T: DeserializeOwned>(self) -> serde_json::Result<T> {
        serde_json::from_value(self.data)
    }
}

/// Why the server did not do what it was asked.
#[derive(Deserialize)]
pub(super) struct Refusal {
    pub(super) code: String,
    pub(super) message: String,
    #[serde(default)]
    pub(super) details: Value,
}

impl Refusal {
    /// Whether it refuses nothing: it comes with a planned pause, which an event of its own tells of.
    pub(super) fn is_forewarning(&self) -> bool {
        self.code == "4003" && self.details.get("scheduled_time").is_some()
    }
}

/// `announcement`: an operator's message.
#[derive(Deserialize)]
pub(super) struct Announcement {
    pub(super) message: String,
    pub(super) severity: String,
    pub(super) ended: bool,
}

/// `maintenance`: a pause that is planned, on, or over.
#[derive(Deserialize)]
pub(super) struct Maintenance {
    pub(super) event: String,
    /// In seconds since 1970, as the envelope's `server_time`.
    pub(super) scheduled_time: f64,
    pub(super) duration: f64,
    pub(super) ended: bool,
}

/// `room_created`, `room_joined`: a seat and its secret.
#[derive(Deserialize)]
pub(super) struct Seated {
    pub(super) room_id: String,
    pub(super) session_token: Option<String>,
    #[serde(default)]
    pub(super) players: Vec<Player>,
    pub(super) host: Option<String>,
}

/// `reconnected`.
#[derive(Deserialize)]
pub(super) struct Reconnected {
    pub(super) missed_events: usize,
    pub(super) host: Option<String>,
    pub(super) session_token: String,
    pub(super) hand: Option<Hand>,
    pub(super) game_state: StandingAlone,
}

/// A `game_state` that carries its phase with it.
#[derive(Deserialize)]
pub(super) struct StandingAlone {
    #[serde(flatten)]
    pub(super) game: GameState,
    #[serde(flatten)]
    pub(super) phase: Phase,
}

/// `player_joined` and `player_left`.
#[derive(Deserialize)]
pub(super) struct Visit {
    pub(super) player_name: String,
    #[serde(default)]
    pub(super) reconnected: bool,
    pub(super) host: Option<String>,
}

/// `game_started`.
#[derive(Deserialize)]
pub(super) struct Started {
    pub(super) deck_commitment: String,
    pub(super) players: Vec<Player>,
    pub(super) options: Options,
}

/// What a newcomer should know of the room's options.
#[derive(Deserialize)]
pub(super) struct Options {
    pub(super) turn_timeout_seconds: u32,
    pub(super) rules: Rules,
}

/// When the game ends.
#[derive(Deserialize)]
pub(super) struct Rules {
    pub(super) target_score: i64,
    pub(super) max_rounds: Option<u32>,
}

/// `chat_message`.
#[derive(Deserialize)]
pub(super) struct ChatMessage {
    pub(super) player: String,
    pub(super) message: String,
}

/// `phase_change`.
#[derive(Deserialize)]
pub(super) struct PhaseChange {
    #[serde(flatten)]
    pub(super) phase: Phase,
    pub(super) game_state: GameState,
}

/// `game_state`.
#[derive(Deserialize, Default)]
pub(super) struct GameState {
    pub(super) round_number: u32,
    pub(super) players: Vec<Player>,
    #[serde(default)]
    pub(super) pile_counts: ByName<u8>,
}

/// One player.
#[derive(Deserialize, Clone)]
pub(super) struct Player {
    pub(super) name: String,
    #[serde(default)]
    pub(super) score: i32,
}

/// `phase` and `phase_data`.
#[derive(Deserialize)]
#[serde(tag = "phase", content = "phase_data")]
pub(super) enum Phase {
    #[serde(rename = "NOT_STARTED")]
    NotStarted {},
    #[serde(rename = "PREPARATION")]
    Preparation { weak_hands: Vec<String>, redeal_multiplier: u32, decisions: ByName<Option<String>> },
    #[serde(rename = "DECLARATION")]
    Declaration { current_player: String, declarations: ByName<u8>, total_declared: u8, valid_declarations: Vec<u8> },
    #[serde(rename = "TURN")]
    Turn {
        current_player: String,
        turn_number: u8,
        required_piece_count: Option<u8>,
        current_plays: ByName<Play>,
        turn_order: Vec<String>,
        declarations: ByName<u8>,
        last_turn: Option<LastTurn>,
    },
    #[serde(rename = "SCORING")]
    Scoring { round_scores: ByName<RoundScore>, redeal_multiplier: u32, last_turn: Option<LastTurn> },
    #[serde(rename = "GAME_OVER")]
    GameOver {},
}

/// A completed turn.
#[derive(Deserialize)]
pub(super) struct LastTurn {
    pub(super) turn_number: u8,
    pub(super) winner: String,
    pub(super) piles: u8,
}

/// What someone played.
#[derive(Deserialize, Clone)]
pub(super) struct Play {
    #[serde(deserialize_with = "pieces")]
    pub(super) pieces: Vec<Piece>,
    pub(super) play_type: String,
}

/// One player's round.
#[derive(Deserialize)]
pub(super) struct RoundScore {
    pub(super) declared: u8,
    pub(super) captured: u8,
    pub(super) round_score: i32,
    pub(super) total_score: i32,
}

/// `hand_updated`.
#[derive(Deserialize)]
pub(super) struct Hand {
    #[serde(deserialize_with = "pieces")]
    pub(super) pieces: Vec<Piece>,
    pub(super) valid_sets: Vec<ValidSet>,
}

/// A set that one could lead with.
#[derive(Deserialize)]
pub(super) struct ValidSet {
    #[serde(deserialize_with = "piece_ids")]
    pub(super) piece_ids: Vec<Piece>,
    pub(super) play_type: String,
}

/// `player_action`.
#[derive(Deserialize)]
pub(super) struct PlayerAction {
    pub(super) player: String,
    #[serde(flatten)]
    pub(super) action: Action,
}

/// What someone did.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub(super) enum Action {
    Declare { declaration: u8 },
    Play(Play),
    AcceptRedeal,
    DeclineRedeal,
}

/// `declaration_accepted`.
#[derive(Deserialize)]
pub(super) struct DeclarationAccepted {
    pub(super) declaration: u8,
}

/// `play_accepted`.
#[derive(Deserialize)]
pub(super) struct PlayAccepted {
    #[serde(deserialize_with = "piece_ids")]
    pub(super) pieces_played: Vec<Piece>,
    pub(super) play_type: String,
}

/// `redeal_decision_accepted`.
#[derive(Deserialize)]
pub(super) struct RedealDecided {
    pub(super) decision: String,
}

/// `player_timeout`.
#[derive(Deserialize)]
pub(super) struct Timeout {
    pub(super) player: String,
    pub(super) timeout_seconds: u64,
}

/// `bot_activated`.
#[derive(Deserialize)]
pub(super) struct BotActivated {
    pub(super) player: String,
    pub(super) reason: String,
}

/// `game_over`.
#[derive(Deserialize)]
pub(super) struct GameOver {
    pub(super) winners: Vec<String>,
    pub(super) final_scores: ByName<i32>,
    pub(super) rounds_played: u32,
    pub(super) deck_seed: String,
}

/// `disconnected`: the server is about to close.
#[derive(Deserialize)]
pub(super) struct Disconnected {
    pub(super) reason: String,
}

fn pieces<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Piece>, D::Error> {
    #[derive(Deserialize)]
    struct Named {
        id: String,
    }
    let named = Vec::<Named>::deserialize(from)?;
    parsed(named.into_iter().map(|piece| piece.id))
}

fn piece_ids<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Piece>, D::Error> {
    parsed(Vec::<String>::deserialize(from)?.into_iter())
}

fn parsed<E: serde::de::Error>(ids: impl Iterator<Item = String>) -> Result<Vec<Piece>, E> {
    ids.map(|id| id.parse().map_err(E::custom)).collect()
}
