//! Pieces, plays and hands.

use std::borrow::Cow;

use arrayvec::ArrayVec;
use game_rules::{Color, Piece, PieceSet, PlayType, Rank, valid_sets};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error, ser::SerializeStruct};

pub use crate::piece::PieceId;

/// A piece: `{id, rank, color, point}` in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PieceData(pub Piece);

impl Serialize for PieceData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(piece) = self;
        let mut fields = serializer.serialize_struct("Piece", 4)?;
        fields.serialize_field("id", &PieceId(*piece))?;
        fields.serialize_field("rank", piece.rank().as_str())?;
        fields.serialize_field("color", piece.color().as_str())?;
        fields.serialize_field("point", &piece.points())?;
        fields.end()
    }
}

impl<'de> Deserialize<'de> for PieceData {
    /// The id says the rest.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Identified {
            id: PieceId,
        }
        Identified::deserialize(from).map(|piece| Self(piece.id.0))
    }
}

impl JsonSchema for PieceData {
    fn schema_name() -> Cow<'static, str> {
        "Piece".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One of the 32 pieces.",
            "type": "object",
            "required": ["id", "rank", "color", "point"],
            "properties": {
                "id": generator.subschema_for::<PieceId>(),
                "rank": { "type": "string", "enum": Rank::ALL.map(Rank::as_str) },
                "color": { "type": "string", "enum": [Color::Red.as_str(), Color::Black.as_str()] },
                "point": { "type": "integer", "minimum": 1, "maximum": 14 },
            },
        })
    }
}

/// The type of a set: `SINGLE` to `DOUBLE_STRAIGHT`, or `INVALID`, which can't win.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlayTypeName(pub PlayType);

impl Serialize for PlayTypeName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

impl<'de> Deserialize<'de> for PlayTypeName {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(from)?.parse().map(Self).map_err(D::Error::custom)
    }
}

impl JsonSchema for PlayTypeName {
    fn schema_name() -> Cow<'static, str> {
        "PlayType".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The types of sets, weakest first; `INVALID` can't win.",
            "type": "string",
            "enum": PlayType::ALL.map(PlayType::as_str),
        })
    }
}

/// The play of one player.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Play {
    /// The pieces that were played.
    pub pieces: ArrayVec<PieceData, 6>,
    /// The type of set that the pieces form.
    pub play_type: PlayTypeName,
}

impl Play {
    /// Encodes a play.
    pub(crate) fn new(play: game_rules::Play) -> Self {
        Self { pieces: play.pieces().iter().map(PieceData).collect(), play_type: PlayTypeName(play.play_type()) }
    }
}

/// `hand_updated`: the pieces of the player's own hand.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Hand {
    /// The pieces by descending points.
    pub pieces: ArrayVec<PieceData, 8>,
    /// The number of pieces.
    #[schemars(range(max = 8))]
    pub count: usize,
    /// Every valid set in the hand.
    pub valid_sets: Vec<ValidSet>,
}

/// A valid set in the hand.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ValidSet {
    /// The ids of its pieces.
    #[schemars(length(min = 1))]
    pub piece_ids: ArrayVec<PieceId, 6>,
    /// The type of set that the pieces form.
    pub play_type: PlayTypeName,
}

impl Hand {
    /// Encodes a hand.
    pub(crate) fn new(hand: PieceSet) -> Self {
        let sets = valid_sets(hand);
        Self {
            pieces: hand.iter().map(PieceData).collect(),
            count: hand.len(),
            valid_sets: sets
                .iter()
                .map(|set| ValidSet { piece_ids: PieceId::of(set.pieces()), play_type: PlayTypeName(set.play_type()) })
                .collect(),
        }
    }
}
