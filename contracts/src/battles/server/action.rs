//! The decisions of players.

use game_rules::RedealDecision;
use schemars::JsonSchema;
use serde::Serialize;
use vocabulary::{By, Difficulty, PlayerId, Situation};

use super::ids;

/// A decision, in both directions: as a client submits it and as others receive it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
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
        #[serde(rename = "pieceIds")]
        #[schemars(length(min = 1), example = ["p3", "p4"])]
        piece_ids: Vec<String>,
    },
    /// Asks for a redeal of a weak hand.
    AcceptRedeal,
    /// Keeps the weak hand.
    DeclineRedeal,
    /// Starts the battle; only the host, and only as a submission.
    Start,
}

impl Action {
    /// Encodes a decision of the game.
    #[must_use]
    pub fn of(action: game_rules::Action) -> Self {
        match action {
            game_rules::Action::Declare(number) => Self::Declare { value: number.value() },
            game_rules::Action::Play(play) => Self::Play { piece_ids: ids(play.pieces()) },
            game_rules::Action::Redeal(RedealDecision::Accept) => Self::AcceptRedeal,
            game_rules::Action::Redeal(RedealDecision::Decline) => Self::DeclineRedeal,
        }
    }
}

/// A decision and its player.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlayerAction {
    /// The id of the player.
    pub player_id: String,
    /// True if the server decided, because the player did not decide in time.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub automatic: bool,
    /// The decision itself.
    #[serde(flatten)]
    pub action: Action,
}

impl PlayerAction {
    /// Encodes a decision.
    #[must_use]
    pub fn of(player: PlayerId, action: game_rules::Action, by: By) -> Self {
        Self { player_id: player.to_string(), automatic: by == By::Clock, action: Action::of(action) }
    }

    /// The last decision of a game.
    pub(super) fn last(situation: &Situation) -> Option<Self> {
        let last = situation.last_action?;
        Some(Self::of(situation.roster.player_id(last.seat)?, last.action, last.by))
    }
}

/// What a bot would do in the caller's place, using only what the caller can see.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Hint {
    /// The suggested action, legal when it was computed.
    pub action: Action,
    /// The level of the bot: `easy`, `medium`, `hard` or `expert`. `hard` replaces `expert` while too many bots think.
    #[schemars(example = &"hard")]
    pub difficulty: Difficulty,
    /// The thinking time in milliseconds.
    pub think_ms: u64,
}
