//! The ids of pieces on the wire, the same in every contract.

use std::borrow::Cow;

use arrayvec::ArrayVec;
use game_rules::{Piece, PieceSet};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A piece's id, `p1` to `p32`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PieceId(pub Piece);

impl PieceId {
    /// The ids of at most six pieces, by descending points.
    pub(crate) fn of(pieces: PieceSet) -> ArrayVec<Self, 6> {
        pieces.iter().map(Self).collect()
    }

    /// The id as a text.
    pub const fn as_str(self) -> &'static str {
        const IDS: [&str; 32] = [
            "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10", "p11", "p12", "p13", "p14", "p15", "p16",
            "p17", "p18", "p19", "p20", "p21", "p22", "p23", "p24", "p25", "p26", "p27", "p28", "p29", "p30", "p31",
            "p32",
        ];
        IDS[self.0.number() as usize - 1]
    }
}

impl Serialize for PieceId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for PieceId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(from)?.parse().map(Self).map_err(D::Error::custom)
    }
}

impl JsonSchema for PieceId {
    fn schema_name() -> Cow<'static, str> {
        "PieceId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A piece's id: `p1` to `p32`.",
            "type": "string",
            "enum": Piece::ALL.map(|piece| PieceId(piece).as_str()),
        })
    }
}
