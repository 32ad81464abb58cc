//! Types for the schemas of bodies whose own types can't describe them. Nothing is ever decoded into these.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use utoipa::ToSchema;

use crate::battles::server::Action;

/// A name: 1 to 50 characters after trimming, in Unicode's form NFC, without control characters, invisible characters
/// and those that reverse the text; at most four marks on one letter ([`Name`](vocabulary::Name)). No pattern can
/// express that.
#[derive(Clone, Debug, ToSchema)]
#[schema(example = "Tuesday", min_length = 1)]
pub struct NameText(pub String);

/// The action of a submission: like [`Action`](crate::battles::server::Action), and without other fields.
#[derive(Clone, Debug, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SubmittedAction {
    /// Declares a number of piles.
    Declare {
        /// The number of piles, 0 to 8.
        #[schema(maximum = 8)]
        value: u8,
    },
    /// Plays one to six pieces.
    Play {
        /// The ids of the pieces.
        #[serde(rename = "pieceIds")]
        #[schema(min_items = 1, example = json!(["p3", "p4"]))]
        piece_ids: BTreeSet<PieceId>,
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
    action: Action,
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
    /// The message's number, chosen by the client. The answer returns it, and a message that is repeated with its number
    /// acts only once.
    request_id: Option<u64>,
    /// The client's clock.
    timestamp: Option<f64>,
}

/// The id of a piece, `p1` to `p32`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, ToSchema)]
#[schema(pattern = "^p([1-9]|[12][0-9]|3[0-2])$")]
pub struct PieceId(pub String);
