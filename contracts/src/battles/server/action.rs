//! What players decide.

use game_rules::RedealDecision;
use schemars::JsonSchema;
use serde::Serialize;
use utoipa::ToSchema;
use vocabulary::{By, Difficulty, PlayerId, Situation};

use super::ids;

/// A decision, in both directions: as a client submits it, and as it is told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Action {
    /// Declare piles.
    Declare {
        /// How many.
        #[schema(maximum = 8)]
        #[schemars(range(max = 8))]
        value: u8,
    },
    /// Play pieces.
    Play {
        /// Their ids, `p1` to `p32`.
        #[serde(rename = "pieceIds")]
        #[schema(min_items = 1, example = json!(["p3", "p4"]))]
        #[schemars(length(min = 1))]
        piece_ids: Vec<String>,
    },
    /// Ask for a redeal of a weak hand.
    AcceptRedeal,
    /// Keep the weak hand.
    DeclineRedeal,
    /// Start the battle: the host, and only as a submission.
    Start,
}

impl Action {
    /// Words a decision of the game.
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

/// A decision that was taken, and whose it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlayerAction {
    /// Whose.
    pub player_id: String,
    /// True when the player did not decide in time, and the server did.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub automatic: bool,
    /// What.
    #[serde(flatten)]
    pub action: Action,
}

impl PlayerAction {
    /// Words it.
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

/// What a bot would do in the caller's place, from what the caller can see.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Hint {
    /// Legal at the moment it was found.
    pub action: Action,
    /// How well the bot plays: `easy`, `medium`, `hard` or `expert`. `hard` also answers for `expert` while too many think.
    #[schema(example = "hard")]
    pub difficulty: Difficulty,
    /// How long it thought, in milliseconds.
    pub think_ms: u64,
}
