//! Pieces and the sets that they form.

use game_rules::{Color, PieceSet, PlayType, Rank, valid_sets};
use schemars::JsonSchema;
use serde::Serialize;
use utoipa::ToSchema;

/// A piece.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
pub struct Piece {
    /// `p1` to `p32`, by falling points.
    #[schema(example = "p1", pattern = "^p([1-9]|[12][0-9]|3[0-2])$")]
    #[schemars(regex(pattern = "^p([1-9]|[12][0-9]|3[0-2])$"))]
    pub id: String,
    /// `GENERAL` to `SOLDIER`.
    #[schema(value_type = String, example = "GENERAL")]
    #[schemars(extend("enum" = Rank::ALL.map(Rank::as_str)))]
    pub rank: &'static str,
    /// `RED` or `BLACK`.
    #[schema(value_type = String, example = "RED")]
    #[schemars(extend("enum" = [Color::Red.as_str(), Color::Black.as_str()]))]
    pub color: &'static str,
    /// What it is worth.
    #[schema(minimum = 1, maximum = 14, example = 14)]
    #[schemars(range(min = 1, max = 14))]
    pub point: u8,
}

impl Piece {
    /// Words a piece.
    #[must_use]
    pub fn of(piece: game_rules::Piece) -> Self {
        Self {
            id: piece.to_string(),
            rank: piece.rank().as_str(),
            color: piece.color().as_str(),
            point: piece.points(),
        }
    }

    /// Words a hand, by falling points.
    #[must_use]
    pub fn hand(hand: PieceSet) -> Vec<Self> {
        hand.iter().map(Self::of).collect()
    }
}

/// A set that one could lead with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ValidSet {
    /// Its pieces.
    #[schema(min_items = 1, max_items = 6)]
    #[schemars(length(min = 1, max = 6))]
    pub piece_ids: Vec<String>,
    /// What they form: `SINGLE` to `DOUBLE_STRAIGHT`.
    #[schema(value_type = String, example = "PAIR")]
    #[schemars(extend("enum" = PlayType::ALL.map(PlayType::as_str)))]
    pub play_type: &'static str,
}

impl ValidSet {
    /// Every valid set of a hand, so that a client needs no rules of its own.
    #[must_use]
    pub fn of(hand: PieceSet) -> Vec<Self> {
        let words = |set: &game_rules::Play| Self { piece_ids: ids(set.pieces()), play_type: set.play_type().as_str() };
        valid_sets(hand).iter().map(words).collect()
    }
}

/// The ids of some pieces, by falling points.
pub(in crate::battles) fn ids(pieces: PieceSet) -> Vec<String> {
    pieces.iter().map(|piece| piece.to_string()).collect()
}
