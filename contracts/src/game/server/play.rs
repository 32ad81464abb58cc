//! The course of a game: what happens, who did it, how it ended.

use arrayvec::ArrayVec;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vocabulary::Difficulty;

use super::{
    ByName, GameState, OptionsData, PhaseData, PieceData, PieceId, PlayTypeName, SeatData, Text, state::STARTED_PHASES,
};
use crate::Seconds;

/// `game_started`: the game begins, and the deck is fixed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GameStarted<'a> {
    /// Hex SHA-256 of the deck's seed, which `game_over` reveals.
    pub deck_commitment: Text<'a>,
    /// The players by seat.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// The options of the room.
    pub options: OptionsData,
}

/// `phase_change`: the current state of the game.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PhaseChange<'a> {
    /// `PREPARATION`, `DECLARATION`, `TURN`, `SCORING` or `GAME_OVER`.
    #[schemars(extend("enum" = STARTED_PHASES))]
    pub phase: Text<'a>,
    /// The data of the current phase.
    pub phase_data: PhaseData<'a>,
    /// The players and their scores.
    pub game_state: GameState<'a>,
    /// When the server acts for players who have not decided, or deals the next round, in seconds since 1970.
    pub deadline: Option<Seconds>,
    /// The event's number, as in the envelope.
    pub sequence_number: u64,
    /// The event's time, as in the envelope.
    pub server_time: Seconds,
}

/// `declaration_accepted`: the sender's declaration counts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DeclarationAccepted<'a> {
    /// The sender's own name.
    pub player: Text<'a>,
    /// The declared piles, 0 to 8.
    #[schemars(range(max = 8))]
    pub declaration: u8,
}

/// `play_accepted`: the sender's play counts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlayAccepted<'a> {
    /// The sender's own name.
    pub player: Text<'a>,
    /// The ids of the played pieces.
    pub pieces_played: ArrayVec<PieceId, 6>,
    /// The type of set that the pieces form.
    pub play_type: PlayTypeName,
}

/// `redeal_decision_accepted`: the sender's decision counts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RedealDecisionAccepted<'a> {
    /// The sender's own name.
    pub player: Text<'a>,
    /// The decision, `accept` or `decline`.
    #[schemars(extend("enum" = ["accept", "decline"]))]
    pub decision: Text<'a>,
}

/// `player_action`: a player has decided; sent to the others.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlayerAction<'a> {
    /// The player's name.
    pub player: Text<'a>,
    /// What the player did.
    #[serde(flatten)]
    pub action: ActionData,
}

/// What a player did.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActionData {
    /// A declaration of piles.
    Declare {
        /// The declared piles, 0 to 8.
        #[schemars(range(max = 8))]
        declaration: u8,
    },
    /// A play of pieces.
    Play {
        /// The ids of the pieces.
        piece_ids: ArrayVec<PieceId, 6>,
        /// The pieces that were played.
        pieces: ArrayVec<PieceData, 6>,
        /// The type of set that the pieces form.
        play_type: PlayTypeName,
    },
    /// A request for a redeal.
    AcceptRedeal,
    /// A decision to keep the weak hand.
    DeclineRedeal,
}

/// `special_bonus`: a declaration was met exactly.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SpecialBonus<'a> {
    /// The player's name.
    pub player: Text<'a>,
    /// `PERFECT_DECLARATION` or `PERFECT_ZERO`.
    #[schemars(extend("enum" = ["PERFECT_DECLARATION", "PERFECT_ZERO"]))]
    pub bonus_type: Text<'a>,
    /// The bonus points, multiplied by the round's multiplier.
    pub bonus_points: i32,
    /// A sentence for the screen.
    pub message: String,
    /// The animation for the screen.
    pub animation: Text<'a>,
}

/// `player_timeout`: a player's time is up, and the server acts for them; the action follows.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlayerTimeout<'a> {
    /// The player's name.
    pub player: Text<'a>,
    /// The missing decision: `declare`, `play` or `redeal`.
    #[schemars(extend("enum" = ["declare", "play", "redeal"]))]
    pub action: Text<'a>,
    /// What the server does instead.
    pub auto_action: AutoAction,
    /// The time that the player had, in seconds.
    pub timeout_seconds: u64,
}

/// What the server does for a player.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AutoAction {
    /// The server declares piles.
    Declare {
        /// The declared piles, 0 to 8.
        #[schemars(range(max = 8))]
        value: u8,
    },
    /// The server plays pieces.
    Play {
        /// The ids of the pieces.
        piece_ids: ArrayVec<PieceId, 6>,
    },
    /// The server asks for a redeal. No rule makes it do so today.
    AcceptRedeal,
    /// The server keeps the weak hand.
    DeclineRedeal,
}

/// `bot_activated`: a bot plays for a person from now on.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BotActivated<'a> {
    /// The player's name.
    pub player: Text<'a>,
    /// The reason: `disconnected`, `left` or `inactive`.
    #[schemars(extend("enum" = ["disconnected", "left", "inactive"]))]
    pub reason: Text<'a>,
    /// The level of the bot.
    pub bot_difficulty: Difficulty,
}

/// `game_over`: the game has ended.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GameOver<'a> {
    /// The names of the winners; several in a tie.
    pub winners: ArrayVec<Text<'a>, 4>,
    /// The final points by player.
    pub final_scores: ByName<'a, i32>,
    /// The number of scored rounds.
    pub rounds_played: u32,
    /// The length of the game in seconds.
    pub game_duration: Seconds,
    /// Counts over the whole game.
    pub statistics: StatisticsData,
    /// The deck's seed in hex, with which anyone can check every deal.
    pub deck_seed: Text<'a>,
}

/// Counts over a whole game.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StatisticsData {
    /// The number of completed turns.
    pub total_turns: u32,
    /// Declarations that were met exactly.
    pub perfect_declarations: u32,
    /// The number of redeals.
    pub redeals: u32,
    /// Decisions that the server made after a timeout.
    pub timeouts: u32,
    /// How often a bot took over a seat.
    pub bot_takeovers: u32,
}
