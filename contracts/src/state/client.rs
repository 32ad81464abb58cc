//! What clients send, as types for the schemas; `decode` decodes the fields by hand, for precise errors.

use schemars::JsonSchema;
use serde::Serialize;

use super::ROOM;

/// `game_state_request`: requests the state of a game and subscribes to its events.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GameStateRequest {
    /// The game's id.
    #[schemars(extend("pattern" = ROOM))]
    pub game_id: String,
}

/// `player_action`: decides for your own seat, or starts the game as its host.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum PlayerAction {
    /// Declares a number of piles.
    Declare {
        /// The game's id.
        #[schemars(extend("pattern" = ROOM))]
        game_id: String,
        /// The id of your account.
        player_id: String,
        /// The number of piles, 0 to 8.
        #[schemars(range(max = 8))]
        value: u8,
        /// The client's clock, in ISO 8601.
        timestamp: Option<String>,
    },
    /// Plays one to six pieces.
    Play {
        /// The game's id.
        #[schemars(extend("pattern" = ROOM))]
        game_id: String,
        /// The id of your account.
        player_id: String,
        /// The ids of the pieces, `p1` to `p32`.
        #[schemars(length(min = 1), extend("uniqueItems" = true))]
        value: Vec<PieceId>,
        /// The client's clock, in ISO 8601.
        timestamp: Option<String>,
    },
    /// Asks for a redeal of your weak hand.
    AcceptRedeal {
        /// The game's id.
        #[schemars(extend("pattern" = ROOM))]
        game_id: String,
        /// The id of your account.
        player_id: String,
        /// The client's clock, in ISO 8601.
        timestamp: Option<String>,
    },
    /// Keeps your weak hand.
    DeclineRedeal {
        /// The game's id.
        #[schemars(extend("pattern" = ROOM))]
        game_id: String,
        /// The id of your account.
        player_id: String,
        /// The client's clock, in ISO 8601.
        timestamp: Option<String>,
    },
    /// Starts the game; only its host may.
    StartGame {
        /// The game's id.
        #[schemars(extend("pattern" = ROOM))]
        game_id: String,
        /// The id of your account.
        player_id: String,
        /// The client's clock, in ISO 8601.
        timestamp: Option<String>,
    },
    /// Removes a person, who can't join this game again for a while; only the host may, before the start.
    RemovePlayer {
        /// The game's id.
        #[schemars(extend("pattern" = ROOM))]
        game_id: String,
        /// The id of your account.
        player_id: String,
        /// The person's name in this game.
        value: String,
        /// The client's clock, in ISO 8601.
        timestamp: Option<String>,
    },
}

/// A piece's id, `p1` to `p32`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PieceId(#[schemars(extend("pattern" = super::PIECE))] pub String);
