//! The state of a game: the players, their scores and the data of each phase.

use arrayvec::ArrayVec;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ByName, Play, Text};

/// The phases' names, in their order.
pub(super) const PHASES: [&str; 6] = ["NOT_STARTED", "PREPARATION", "DECLARATION", "TURN", "SCORING", "GAME_OVER"];
/// The names of the phases after the start.
pub(super) const STARTED_PHASES: [&str; 5] = [PHASES[1], PHASES[2], PHASES[3], PHASES[4], PHASES[5]];

/// `game_state`: the players and their scores; with `phase` and `phase_data` if the message has no other place for
/// them.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct GameState<'a> {
    /// The round, counted from 1; 0 before the start.
    pub round_number: u32,
    /// The current turn of this round, or the last completed one; 0 before the first.
    pub turn_number: u8,
    /// The players by seat.
    pub players: ArrayVec<PlayerData<'a>, 4>,
    /// The points by player.
    pub scores: ByName<'a, i32>,
    /// The piles won in this round, by player.
    pub pile_counts: ByName<'a, u8>,
    /// Only in `reconnected` and `room_joined`: the phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = PHASES))]
    pub phase: Option<Text<'a>>,
    /// Only in `reconnected` and `room_joined`: the data of the phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase_data: Option<PhaseData<'a>>,
}

/// A player. There is no field for a hand.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlayerData<'a> {
    /// The player's name, unique in the room.
    pub name: Text<'a>,
    /// The seat, 0 to 3.
    #[schemars(range(max = 3))]
    pub position: u8,
    /// The points of the game so far.
    pub score: i32,
    /// False while a bot plays for the person.
    pub is_active: bool,
    /// Whether the seat belongs to a bot.
    pub is_bot: bool,
}

/// The data of the current phase.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum PhaseData<'a> {
    /// In the phase `PREPARATION`.
    Preparation(Preparing<'a>),
    /// In the phase `DECLARATION`.
    Declaration(Declaring<'a>),
    // The two boxed ones are by far the largest.
    /// In the phase `TURN`.
    Turn(Box<Turn<'a>>),
    /// In the phase `SCORING`.
    Scoring(Box<Scored<'a>>),
    /// In the phase `GAME_OVER`.
    GameOver(Finished<'a>),
    /// Before the game has started.
    NotStarted(NotStarted),
}

/// `phase_data` in `PREPARATION`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Preparing<'a> {
    /// The players with a weak hand.
    pub weak_hands: ArrayVec<Text<'a>, 4>,
    /// The multiplier of the round's points.
    pub redeal_multiplier: u32,
    /// Whether a player has not decided yet.
    pub waiting_for_decisions: bool,
    /// True if the hand is from a redeal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redeal_complete: Option<bool>,
    /// The decision of each player with a weak hand: `accept`, `decline` or null.
    pub decisions: ByName<'a, Option<Text<'a>>>,
}

/// `phase_data` in `DECLARATION`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Declaring<'a> {
    /// The player who must declare.
    pub current_player: Text<'a>,
    /// The players in the order of declaring.
    pub declaration_order: ArrayVec<Text<'a>, 4>,
    /// The declarations so far, by player.
    pub declarations: ByName<'a, u8>,
    /// The sum of the declarations so far.
    #[schemars(range(max = 32))]
    pub total_declared: u8,
    /// The numbers that the current player may declare.
    pub valid_declarations: ArrayVec<u8, 9>,
}

/// `phase_data` in `TURN`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Turn<'a> {
    /// The player who must play.
    pub current_player: Text<'a>,
    /// The turn, counted from 1 in each round.
    #[schemars(range(min = 1, max = 8))]
    pub turn_number: u8,
    /// How many pieces each player plays; null until the leader has played.
    #[schemars(range(min = 1, max = 6))]
    pub required_piece_count: Option<u8>,
    /// The plays of this turn, by player.
    pub current_plays: ByName<'a, Play>,
    /// The winner of the previous turn; null in the first turn of a round.
    pub last_winner: Option<Text<'a>>,
    /// The pieces at stake: four times the required count.
    #[schemars(range(max = 24))]
    pub current_pile_count: u8,
    /// The players in the order of playing.
    pub turn_order: ArrayVec<Text<'a>, 4>,
    /// The declarations of this round, by player.
    pub declarations: ByName<'a, u8>,
    /// The previous turn; null in the first turn of a round.
    pub last_turn: Option<LastTurn<'a>>,
}

/// `phase_data` in `SCORING`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Scored<'a> {
    /// The scores of the round by player.
    pub round_scores: ByName<'a, RoundScoreData>,
    /// The multiplier of the round's points.
    pub redeal_multiplier: u32,
    /// The last turn of the round.
    pub last_turn: Option<LastTurn<'a>>,
}

/// `phase_data` in `GAME_OVER`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Finished<'a> {
    /// The names of the winners; several in a tie.
    pub winners: ArrayVec<Text<'a>, 4>,
    /// The final points by player.
    pub final_scores: ByName<'a, i32>,
}

/// `phase_data` before the start: an empty object.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NotStarted {}

/// A completed turn and its winner.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LastTurn<'a> {
    /// The turn, counted from 1 in each round.
    pub turn_number: u8,
    /// The plays of the turn, by player.
    pub plays: ByName<'a, Play>,
    /// The winner of the turn.
    pub winner: Text<'a>,
    /// The piles that the winner took.
    pub piles: u8,
}

/// The score of one player in a round.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RoundScoreData {
    /// The declared piles, 0 to 8.
    pub declared: u8,
    /// The piles taken, 0 to 8.
    pub captured: u8,
    /// Points before the multiplier.
    pub base_score: i32,
    /// The multiplier of the round.
    pub multiplier: u32,
    /// Points of the round after the multiplier.
    pub round_score: i32,
    /// Points of the game so far.
    pub total_score: i32,
}
