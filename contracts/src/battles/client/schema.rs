//! Types for the schemas of bodies whose own types can't describe them. Nothing is ever decoded into these.

use std::collections::BTreeSet;

use utoipa::ToSchema;

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

/// The id of a piece, `p1` to `p32`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, ToSchema)]
#[schema(pattern = "^p([1-9]|[12][0-9]|3[0-2])$")]
pub struct PieceId(pub String);
