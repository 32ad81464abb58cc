//! What the description says of bodies where the types that they are read into can't: nothing is ever read into these.

use std::collections::BTreeSet;

use utoipa::ToSchema;

/// A name: 1 to 50 characters after trimming, without control characters and the invisible ones that reorder or hide text
/// ([`Name`](vocabulary::Name)).
// Blanks; then a visible character, and perhaps 48 of any allowed kind and another visible one; then blanks.
#[derive(Clone, Debug, ToSchema)]
#[schema(
    example = "Tuesday",
    pattern = r"^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*[^\u0000- \u007f-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f\u2066-\u2069\u3000\ufeff]([^\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]{0,48}[^\u0000- \u007f-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f\u2066-\u2069\u3000\ufeff])?[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$"
)]
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
