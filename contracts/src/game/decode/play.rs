//! Declaring and playing, in both versions' forms.

use game_rules::{Declaration, Piece, PieceSet};
use serde_json::Value;
use vocabulary::{Choice, Denial, InvalidPlay, Pieces, Request, RoomRequest};

use super::{Reading, Stop};
use crate::{Said, fields::Fields, game::version::Version};

pub(super) fn declare(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let old = reading.game.version == Version::V0_9 && reading.data.get("declaration").is_none();
    let field = if old { "value" } else { "declaration" };
    reading.data.require(&["player_name", field])?;
    reading.own_name()?;
    let number = reading.data.integer(field, 0, 8)?;
    if old {
        reading.warnings.extend(reading.game.warned.declare(&reading.stamp));
    }
    let declaration = u8::try_from(number).ok().and_then(Declaration::new).unwrap_or_default();
    Ok(Said::Ask(Request::Room(RoomRequest::Act(Choice::Declare(declaration)))))
}

pub(super) fn play(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let old = reading.game.version == Version::V0_9 && reading.data.get("piece_ids").is_none();
    let field = if old { "indices" } else { "piece_ids" };
    reading.data.require(&["player_name", field])?;
    reading.own_name()?;
    let list = reading.data.list(field)?;
    if list.is_empty() {
        return Err(Stop::Denied(Denial::NoPiecesSelected));
    }
    let pieces =
        if old { Pieces::At(indices(&reading.data, list)?) } else { Pieces::Named(pieces(&reading.data, list)?) };
    if old {
        reading.warnings.extend(reading.game.warned.play(&reading.stamp));
    }
    Ok(Said::Ask(Request::Room(RoomRequest::Act(Choice::Play(pieces)))))
}

fn pieces(data: &Fields<'_>, list: &[Value]) -> Result<PieceSet, Stop> {
    let mut set = PieceSet::EMPTY;
    for value in list {
        let id = value.as_str().ok_or_else(|| data.wrong_type("piece_ids", "array of strings", value))?;
        let unknown =
            || Stop::Denied(Denial::InvalidPlay(InvalidPlay::UnknownPiece { id: id.chars().take(16).collect() }));
        let piece: Piece = id.parse().map_err(|_| unknown())?;
        if set.contains(piece) {
            return Err(Stop::Denied(Denial::InvalidPlay(InvalidPlay::RepeatedPiece { piece })));
        }
        set.insert(piece);
    }
    Ok(set)
}

/// Positions in a hand. No hand has more than eight pieces; the room checks how many this one has.
fn indices(data: &Fields<'_>, list: &[Value]) -> Result<Vec<u8>, Stop> {
    let index = |value: &Value| match value.as_u64() {
        Some(place @ 0..=7) => Ok(place as u8),
        None if !value.is_i64() => Err(data.wrong_type("indices", "array of integers", value).into()),
        _ => Err(Stop::Malformed(data.beyond("indices", 0, 7))),
    };
    list.iter().map(index).collect()
}
