//! Types for the schemas of bodies whose own types can't describe them. Nothing is ever decoded into these.

use schemars::JsonSchema;

use crate::piece::PieceId;

/// The action of a submission: like [`Action`](crate::battles::server::Action), and without other fields.
#[derive(JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[expect(dead_code, reason = "only described")]
pub(in crate::battles) enum SubmittedAction {
    /// Declares a number of piles.
    Declare {
        /// The number of piles, 0 to 8.
        #[schemars(range(max = 8))]
        value: u8,
    },
    /// Plays one to six pieces.
    Play {
        /// The ids of the pieces.
        #[serde(rename = "pieceIds")]
        #[schemars(length(min = 1), extend("uniqueItems" = true), example = ["p3", "p4"])]
        piece_ids: Vec<PieceId>,
    },
    /// Asks for a redeal of a weak hand.
    AcceptRedeal,
    /// Keeps the weak hand.
    DeclineRedeal,
    /// Starts the battle; only the host.
    Start,
}

/// `game:action`: decides for your own seat, or starts the battle as its host.
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only described")]
pub(in crate::battles) struct GameAction {
    /// What you decide.
    action: SubmittedAction,
    #[serde(flatten)]
    about: About,
}

/// `game:update`: requests the state of the battle, with your own pieces.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only described")]
pub(in crate::battles) struct GameUpdate {
    #[serde(flatten)]
    about: About,
}

/// The fields that the data of a client's message may have beside its own.
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only described")]
struct About {
    /// The connection's own battle.
    battle_id: Option<String>,
    /// The message's number, chosen by the client. The answer returns it, and a message that is repeated with its
    /// number acts only once.
    request_id: Option<u64>,
    /// The client's clock.
    timestamp: Option<f64>,
}
