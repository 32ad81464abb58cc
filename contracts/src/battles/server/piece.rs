//! Pieces and the sets that they form.

use game_rules::{Color, PieceSet, PlayType, Rank, valid_sets};
use schemars::JsonSchema;
use serde::Serialize;

use crate::piece::PieceId;

/// One of the 32 pieces.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Piece {
    /// The id, `p1` to `p32` by descending points.
    #[schemars(with = "PieceId", example = &"p1")]
    pub id: String,
    /// The rank, `GENERAL` to `SOLDIER`.
    #[schemars(extend("enum" = Rank::ALL.map(Rank::as_str)), example = &"GENERAL")]
    pub rank: &'static str,
    /// The color, `RED` or `BLACK`.
    #[schemars(extend("enum" = [Color::Red.as_str(), Color::Black.as_str()]), example = &"RED")]
    pub color: &'static str,
    /// The points of the piece.
    #[schemars(range(min = 1, max = 14), example = 14)]
    pub point: u8,
}

impl Piece {
    /// Encodes a piece.
    #[must_use]
    pub fn of(piece: game_rules::Piece) -> Self {
        Self {
            id: piece.to_string(),
            rank: piece.rank().as_str(),
            color: piece.color().as_str(),
            point: piece.points(),
        }
    }

    /// Encodes a hand, by descending points.
    #[must_use]
    pub fn hand(hand: PieceSet) -> Vec<Self> {
        hand.iter().map(Self::of).collect()
    }
}

/// A valid set in the hand.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ValidSet {
    /// The ids of its pieces.
    #[schemars(length(min = 1, max = 6))]
    pub piece_ids: Vec<String>,
    /// The type of the set, `SINGLE` to `DOUBLE_STRAIGHT`.
    #[schemars(extend("enum" = PlayType::ALL.map(PlayType::as_str)), example = &"PAIR")]
    pub play_type: &'static str,
}

impl ValidSet {
    /// Every valid set of a hand, so that a client need not know the rules.
    #[must_use]
    pub fn of(hand: PieceSet) -> Vec<Self> {
        let words = |set: &game_rules::Play| Self { piece_ids: ids(set.pieces()), play_type: set.play_type().as_str() };
        valid_sets(hand).iter().map(words).collect()
    }
}

/// The ids of these pieces, by descending points.
pub(in crate::battles) fn ids(pieces: PieceSet) -> Vec<String> {
    pieces.iter().map(|piece| piece.to_string()).collect()
}
