//! What clients send, as types for the schemas; `decode` decodes the fields by hand, for precise errors.

use schemars::JsonSchema;
use serde::Serialize;
use vocabulary::RoomId;

use crate::piece::PieceId;

/// `game_state_request`: requests the state of a game and subscribes to its events.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GameStateRequest {
    /// The game's id.
    #[schemars(with = "RoomId")]
    pub game_id: String,
}

/// `player_action`: decides for your own seat, or starts the game as its host.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlayerAction {
    /// The game's id.
    #[schemars(with = "RoomId")]
    pub game_id: String,
    /// The id of your account.
    pub player_id: String,
    /// The client's clock, in ISO 8601.
    pub timestamp: Option<String>,
    /// What you do.
    #[serde(flatten)]
    pub action: Action,
}

/// What a player does, and its value.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// Declares a number of piles.
    Declare {
        /// The number of piles, 0 to 8.
        #[schemars(range(max = 8))]
        value: u8,
    },
    /// Plays one to six pieces.
    Play {
        /// The ids of the pieces, `p1` to `p32`.
        #[schemars(length(min = 1), extend("uniqueItems" = true))]
        value: Vec<PieceId>,
    },
    /// Asks for a redeal of your weak hand.
    AcceptRedeal,
    /// Keeps your weak hand.
    DeclineRedeal,
    /// Starts the game; only its host may.
    StartGame,
    /// Removes a person, who can't join this game again for a while; only the host may, before the start.
    RemovePlayer {
        /// The person's name in this game.
        value: String,
    },
}
