//! What clients may send: each contract has one table of it, with a row for each message. And what can stop a message.

use game_rules::{Piece, PieceSet};
use serde_json::Value;
use vocabulary::{Denial, InvalidPlay};

use crate::{Malformed, fields::Fields, schema::Part, text::shortened};

/// A message that clients may send: its name, how it is decoded, and the schema of its content.
pub(crate) type Asked<R, S = Part> = (&'static str, R, S);

/// How the message of this name is decoded; the error for a name that the table does not have lists those that it has.
pub(crate) fn reader<R: Copy, S>(table: &[Asked<R, S>], name: &str) -> Result<R, Malformed> {
    let known = || table.iter().map(|(known, ..)| *known);
    let unknown = || Malformed::UnknownEvent { event: shortened(name), known: known().collect() };
    table.iter().find(|(known, ..)| *known == name).map(|(_, read, _)| *read).ok_or_else(unknown)
}

/// Why a message does not become a request.
pub(crate) enum Stop {
    /// Not a valid request.
    Malformed(Malformed),
    /// Something that is not possible.
    Denied(Denial),
}

impl From<Malformed> for Stop {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl From<InvalidPlay> for Stop {
    fn from(invalid: InvalidPlay) -> Self {
        Self::Denied(Denial::InvalidPlay(invalid))
    }
}

/// The pieces of a field that lists their ids.
pub(crate) fn named_pieces(fields: &Fields<'_>, field: &str, list: &[Value]) -> Result<PieceSet, Stop> {
    let mut set = PieceSet::EMPTY;
    for value in list {
        let id = value.as_str().ok_or_else(|| fields.wrong_type(field, "array of strings", value))?;
        let unknown = || InvalidPlay::UnknownPiece { id: id.chars().take(16).collect() };
        let piece: Piece = id.parse().map_err(|_| unknown())?;
        if set.contains(piece) {
            return Err(InvalidPlay::RepeatedPiece { piece }.into());
        }
        set.insert(piece);
    }
    if set.is_empty() { Err(Stop::Denied(Denial::NoPiecesSelected)) } else { Ok(set) }
}
