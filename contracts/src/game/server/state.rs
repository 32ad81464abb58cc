//! How a game stands: the players, their scores, and what belongs to each phase.

use arrayvec::ArrayVec;
use schemars::JsonSchema;
use serde::Serialize;

use super::{ByName, Play, Text};

/// The phases' names, in their order.
pub(super) const PHASES: [&str; 6] = ["NOT_STARTED", "PREPARATION", "DECLARATION", "TURN", "SCORING", "GAME_OVER"];
/// The same without the one before the start.
pub(super) const STARTED_PHASES: [&str; 5] = [PHASES[1], PHASES[2], PHASES[3], PHASES[4], PHASES[5]];

/// `game_state`. With `phase` and `phase_data` where it stands alone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GameState<'a> {
    /// Counting from 1; 0 before the start.
    pub round_number: u32,
    /// The turn that is on, or was last completed, in this round; 0 before the first.
    pub turn_number: u8,
    /// Everybody, by position.
    pub players: ArrayVec<PlayerData<'a>, 4>,
    /// Everybody's points.
    pub scores: ByName<'a, i32>,
    /// Everybody's piles in this round.
    pub pile_counts: ByName<'a, u8>,
    /// Only in `reconnected` and `room_joined`: the phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = PHASES))]
    pub phase: Option<Text<'a>>,
    /// Only in `reconnected` and `room_joined`: what belongs to the phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase_data: Option<PhaseData<'a>>,
}

/// One player. There is no field for a hand.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlayerData<'a> {
    /// Unique in the room.
    pub name: Text<'a>,
    /// 0 to 3.
    #[schemars(range(max = 3))]
    pub position: u8,
    /// Points.
    pub score: i32,
    /// False while a bot stands in for a person.
    pub is_active: bool,
    /// Whether the seat was given to a bot.
    pub is_bot: bool,
}

/// `phase_data`, by phase.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum PhaseData<'a> {
    /// `PREPARATION`
    Preparation(Preparing<'a>),
    /// `DECLARATION`
    Declaration(Declaring<'a>),
    // By far the largest, hence the boxes.
    /// `TURN`
    Turn(Box<Turn<'a>>),
    /// `SCORING`
    Scoring(Box<Scored<'a>>),
    /// `GAME_OVER`
    GameOver(Finished<'a>),
    /// `NOT_STARTED`
    NotStarted(NotStarted),
}

/// `phase_data` in `PREPARATION`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Preparing<'a> {
    /// Who was dealt a weak hand.
    pub weak_hands: ArrayVec<Text<'a>, 4>,
    /// What the round's points are multiplied by.
    pub redeal_multiplier: u32,
    /// Whether anyone has yet to decide.
    pub waiting_for_decisions: bool,
    /// True after a redeal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redeal_complete: Option<bool>,
    /// `accept`, `decline` or null, for the weak hands.
    pub decisions: ByName<'a, Option<Text<'a>>>,
}

/// `phase_data` in `DECLARATION`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Declaring<'a> {
    /// Whose turn it is to declare.
    pub current_player: Text<'a>,
    /// Who declares when.
    pub declaration_order: ArrayVec<Text<'a>, 4>,
    /// What was declared.
    pub declarations: ByName<'a, u8>,
    /// The sum so far.
    #[schemars(range(max = 32))]
    pub total_declared: u8,
    /// What the current player may declare.
    pub valid_declarations: ArrayVec<u8, 9>,
}

/// `phase_data` in `TURN`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Turn<'a> {
    /// Whose turn it is to play.
    pub current_player: Text<'a>,
    /// Counting from 1 in each round.
    #[schemars(range(min = 1, max = 8))]
    pub turn_number: u8,
    /// How many pieces everybody plays; null until the leader has chosen.
    #[schemars(range(min = 1, max = 6))]
    pub required_piece_count: Option<u8>,
    /// What was played in this turn.
    pub current_plays: ByName<'a, Play>,
    /// Who won the turn before; null in the first turn of a round.
    pub last_winner: Option<Text<'a>>,
    /// The pieces at stake: four times the required count.
    #[schemars(range(max = 24))]
    pub current_pile_count: u8,
    /// Who plays when.
    pub turn_order: ArrayVec<Text<'a>, 4>,
    /// What everybody has declared in this round.
    pub declarations: ByName<'a, u8>,
    /// The turn before; null in the first turn of a round.
    pub last_turn: Option<LastTurn<'a>>,
}

/// `phase_data` in `SCORING`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Scored<'a> {
    /// How the round went for everybody.
    pub round_scores: ByName<'a, RoundScoreData>,
    /// What the round's points were multiplied by.
    pub redeal_multiplier: u32,
    /// The round's last turn.
    pub last_turn: Option<LastTurn<'a>>,
}

/// `phase_data` in `GAME_OVER`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Finished<'a> {
    /// Several share a tie.
    pub winners: ArrayVec<Text<'a>, 4>,
    /// Everybody's points.
    pub final_scores: ByName<'a, i32>,
}

/// `phase_data` before the start: nothing.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct NotStarted {}

/// A completed turn.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LastTurn<'a> {
    /// Counting from 1 in each round.
    pub turn_number: u8,
    /// What was played, by player.
    pub plays: ByName<'a, Play>,
    /// Who won it.
    pub winner: Text<'a>,
    /// How many piles it brought.
    pub piles: u8,
}

/// One player's round.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct RoundScoreData {
    /// Piles declared.
    pub declared: u8,
    /// Piles taken.
    pub captured: u8,
    /// Points before the multiplier.
    pub base_score: i32,
    /// The round's multiplier.
    pub multiplier: u32,
    /// Points of the round.
    pub round_score: i32,
    /// Points of the game so far.
    pub total_score: i32,
}
