//! What the description says of bodies where the types that they are read into can't: nothing is ever read into these.

use std::collections::BTreeSet;

use utoipa::ToSchema;

/// A name: 1 to 50 characters after trimming, in Unicode's form NFC, without control characters, invisible ones and those that
/// turn the text around them; at most four marks on one letter ([`Name`](vocabulary::Name)). No pattern can say that.
#[derive(Clone, Debug, ToSchema)]
#[schema(example = "Tuesday", min_length = 1)]
pub struct NameText(pub String);

/// The action of a submission: like [`Action`](crate::battles::server::Action), and without other fields.
#[derive(Clone, Debug, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SubmittedAction {
    /// Declare piles.
    Declare {
        /// How many.
        #[schema(maximum = 8)]
        value: u8,
    },
    /// Play pieces.
    Play {
        /// Their ids.
        #[serde(rename = "pieceIds")]
        #[schema(min_items = 1, example = json!(["p3", "p4"]))]
        piece_ids: BTreeSet<PieceId>,
    },
    /// Ask for a redeal of a weak hand.
    AcceptRedeal,
    /// Keep the weak hand.
    DeclineRedeal,
    /// Start the battle: the host.
    Start,
}

/// The id of a piece, `p1` to `p32`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, ToSchema)]
#[schema(pattern = "^p([1-9]|[12][0-9]|3[0-2])$")]
pub struct PieceId(pub String);
