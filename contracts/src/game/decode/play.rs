//! Declaring and playing, in both versions' forms.

use serde_json::Value;
use vocabulary::{Choice, Denial, Pieces, Request, RoomRequest};

use super::Reading;
use crate::{
    Said,
    asked::{Stop, named_pieces},
    fields::Fields,
    game::version::Version,
};

pub(super) fn declare(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let old = reading.game.version == Version::V0_9 && reading.data.get("declaration").is_none();
    let field = if old { "value" } else { "declaration" };
    reading.data.require(&["player_name", field])?;
    reading.own_name()?;
    let declaration = reading.data.declaration(field)?;
    if old {
        reading.warnings.extend(reading.game.warned.declare(&reading.stamp));
    }
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
    let data = &reading.data;
    let pieces = if old { Pieces::At(indices(data, list)?) } else { Pieces::Named(named_pieces(data, field, list)?) };
    if old {
        reading.warnings.extend(reading.game.warned.play(&reading.stamp));
    }
    Ok(Said::Ask(Request::Room(RoomRequest::Act(Choice::Play(pieces)))))
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
