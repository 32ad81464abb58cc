//! The course of a game: what happens, who did it, how it ended.

use arrayvec::ArrayVec;
use schemars::JsonSchema;
use serde::Serialize;
use vocabulary::Difficulty;

use super::{
    ByName, GameState, OptionsData, PhaseData, PieceData, PieceId, PlayTypeName, SeatData, Text, state::STARTED_PHASES,
};
use crate::Seconds;

/// `game_started`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GameStarted<'a> {
    /// Hex SHA-256 of the deck's seed, which `game_over` reveals.
    pub deck_commitment: Text<'a>,
    /// Who plays.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// How the room was set up.
    pub options: OptionsData,
}

/// `phase_change`: how the game stands now.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PhaseChange<'a> {
    /// `PREPARATION`, `DECLARATION`, `TURN`, `SCORING` or `GAME_OVER`.
    #[schemars(extend("enum" = STARTED_PHASES))]
    pub phase: Text<'a>,
    /// What belongs to the phase.
    pub phase_data: PhaseData<'a>,
    /// The players and their scores.
    pub game_state: GameState<'a>,
    /// When the server acts for those who have not decided, or deals the next round; seconds since the epoch.
    pub deadline: Option<Seconds>,
    /// The event's number, again.
    pub sequence_number: u64,
    /// The event's time, again.
    pub server_time: Seconds,
}

/// `declaration_accepted`, to the sender.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DeclarationAccepted<'a> {
    /// The sender.
    pub player: Text<'a>,
    /// How many piles.
    #[schemars(range(max = 8))]
    pub declaration: u8,
}

/// `play_accepted`, to the sender.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlayAccepted<'a> {
    /// The sender.
    pub player: Text<'a>,
    /// Their ids.
    pub pieces_played: ArrayVec<PieceId, 6>,
    /// What they form.
    pub play_type: PlayTypeName,
}

/// `redeal_decision_accepted`, to the sender.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RedealDecisionAccepted<'a> {
    /// The sender.
    pub player: Text<'a>,
    /// `accept` or `decline`.
    #[schemars(extend("enum" = ["accept", "decline"]))]
    pub decision: Text<'a>,
}

/// `player_action`, to the others.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlayerAction<'a> {
    /// Who.
    pub player: Text<'a>,
    /// What.
    #[serde(flatten)]
    pub action: ActionData,
}

/// What someone did.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActionData {
    /// Declared piles.
    Declare {
        /// How many.
        #[schemars(range(max = 8))]
        declaration: u8,
    },
    /// Played pieces.
    Play {
        /// Their ids.
        piece_ids: ArrayVec<PieceId, 6>,
        /// The pieces.
        pieces: ArrayVec<PieceData, 6>,
        /// What they form.
        play_type: PlayTypeName,
    },
    /// Asked for a redeal.
    AcceptRedeal,
    /// Kept the hand.
    DeclineRedeal,
}

/// `special_bonus`: a declaration was met exactly.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SpecialBonus<'a> {
    /// By whom.
    pub player: Text<'a>,
    /// `PERFECT_DECLARATION` or `PERFECT_ZERO`.
    #[schemars(extend("enum" = ["PERFECT_DECLARATION", "PERFECT_ZERO"]))]
    pub bonus_type: Text<'a>,
    /// What it brought, times the round's multiplier.
    pub bonus_points: i32,
    /// A sentence to show.
    pub message: String,
    /// Which animation to show.
    pub animation: Text<'a>,
}

/// `player_timeout`: the server acts for someone; the action follows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlayerTimeout<'a> {
    /// For whom.
    pub player: Text<'a>,
    /// What was waited for: `declare`, `play` or `redeal`.
    #[schemars(extend("enum" = ["declare", "play", "redeal"]))]
    pub action: Text<'a>,
    /// What the server does.
    pub auto_action: AutoAction,
    /// How long they had.
    pub timeout_seconds: u64,
}

/// What the server does for someone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AutoAction {
    /// It declares.
    Declare {
        /// How many piles.
        #[schemars(range(max = 8))]
        value: u8,
    },
    /// It plays.
    Play {
        /// The pieces' ids.
        piece_ids: ArrayVec<PieceId, 6>,
    },
    /// It asks for a redeal (no rule makes the server do so today).
    AcceptRedeal,
    /// It keeps the hand.
    DeclineRedeal,
}

/// `bot_activated`: a bot plays for a person.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BotActivated<'a> {
    /// For whom.
    pub player: Text<'a>,
    /// `disconnected`, `left` or `inactive`.
    #[schemars(extend("enum" = ["disconnected", "left", "inactive"]))]
    pub reason: Text<'a>,
    /// How well it plays.
    pub bot_difficulty: Difficulty,
}

/// `game_over`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GameOver<'a> {
    /// Several share a tie.
    pub winners: ArrayVec<Text<'a>, 4>,
    /// Everybody's points.
    pub final_scores: ByName<'a, i32>,
    /// How many rounds were scored.
    pub rounds_played: u32,
    /// In seconds.
    pub game_duration: Seconds,
    /// What happened on the way.
    pub statistics: StatisticsData,
    /// The deck's seed in hex: with it anyone can check every deal.
    pub deck_seed: Text<'a>,
}

/// Counts over a whole game.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct StatisticsData {
    /// Turns played.
    pub total_turns: u32,
    /// Declarations met exactly.
    pub perfect_declarations: u32,
    /// Redeals.
    pub redeals: u32,
    /// Decisions that the server took.
    pub timeouts: u32,
    /// Times a bot took a seat over.
    pub bot_takeovers: u32,
}
