//! What clients send, as types for the schemas; `decode` reads it by hand, for precise errors.

use schemars::JsonSchema;

use super::ROOM;

/// `game_state_request`: how a game stands; from then on you are told what happens there.
#[derive(Debug, JsonSchema)]
pub struct GameStateRequest {
    /// Which.
    #[schemars(extend("pattern" = ROOM))]
    pub game_id: String,
}

/// `player_action`: decide for your own seat, or start the game as its host.
#[derive(Debug, JsonSchema)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum PlayerAction {
    /// Declare piles.
    Declare {
        /// Where.
        #[schemars(extend("pattern" = ROOM))]
        game_id: String,
        /// Your account's id.
        player_id: String,
        /// How many.
        #[schemars(range(max = 8))]
        value: u8,
        /// The client's clock, in ISO 8601.
        timestamp: Option<String>,
    },
    /// Play pieces.
    Play {
        /// Where.
        #[schemars(extend("pattern" = ROOM))]
        game_id: String,
        /// Your account's id.
        player_id: String,
        /// Their ids, `p1` to `p32`.
        #[schemars(length(min = 1), extend("uniqueItems" = true))]
        value: Vec<PieceId>,
        /// The client's clock, in ISO 8601.
        timestamp: Option<String>,
    },
    /// Ask for a redeal of your weak hand.
    AcceptRedeal {
        /// Where.
        #[schemars(extend("pattern" = ROOM))]
        game_id: String,
        /// Your account's id.
        player_id: String,
        /// The client's clock, in ISO 8601.
        timestamp: Option<String>,
    },
    /// Keep your weak hand.
    DeclineRedeal {
        /// Where.
        #[schemars(extend("pattern" = ROOM))]
        game_id: String,
        /// Your account's id.
        player_id: String,
        /// The client's clock, in ISO 8601.
        timestamp: Option<String>,
    },
    /// Start the game; only its host may.
    StartGame {
        /// Where.
        #[schemars(extend("pattern" = ROOM))]
        game_id: String,
        /// Your account's id.
        player_id: String,
        /// The client's clock, in ISO 8601.
        timestamp: Option<String>,
    },
    /// Remove a person before the start; only the host may. The person can't join this game again for a while.
    RemovePlayer {
        /// Where.
        #[schemars(extend("pattern" = ROOM))]
        game_id: String,
        /// Your account's id.
        player_id: String,
        /// The person's name in this game.
        value: String,
        /// The client's clock, in ISO 8601.
        timestamp: Option<String>,
    },
}

/// `p1` to `p32`.
#[derive(Debug, JsonSchema)]
pub struct PieceId(#[schemars(extend("pattern" = super::PIECE))] pub String);
