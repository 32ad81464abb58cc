//! Messages about rooms: creating, listing, joining and leaving them, adding bots and removing players.

use game_rules::Seat;
use serde_json::Value;
use vocabulary::{Denial, JoinRoom, Occupant, Page, Request, RoomId, RoomRequest, Sequence, SessionToken};

use super::{Reading, Stop};
use crate::{Malformed, Said, game::options, options::difficulties, text::shortened};

pub(super) fn create_room(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let data = &reading.data;
    data.require(&["room_name", "player_name"])?;
    let (room_name, player) = (data.name("room_name")?, data.name("player_name")?);
    let options = options::read(data, reading.speaker.defaults)?;
    Ok(Said::Ask(Request::CreateRoom(vocabulary::CreateRoom { room_name, player, options })))
}

pub(super) fn join_room(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let data = &reading.data;
    if reading.speaker.room.is_none() {
        data.require(&["player_name", "room_id"])?;
    }
    data.text("player_name")?;
    let token = data.optional_text("session_token")?.map(SessionToken::presented);
    // With a token the name is only compared with the name of the seat.
    let player = if token.is_some() { data.known_name("player_name")? } else { data.name("player_name")? };
    let last_sequence = data.optional_integer("last_sequence", 0, u64::MAX)?.map(Sequence);
    let room = data.optional_text("room_id")?.map(|room| room_id(reading, room)).transpose()?;
    Ok(Said::Ask(Request::JoinRoom(JoinRoom { room, player, token, last_sequence })))
}

/// The room to join: in a room its own id, in the lobby any. A text that is not a valid id is an unknown room.
fn room_id(reading: &Reading<'_>, text: &str) -> Result<RoomId, Stop> {
    match (reading.speaker.room, text.parse()) {
        (Some(here), Ok(room)) if here == room => Ok(room),
        (Some(here), _) => Err(Malformed::OutOfRange {
            field: reading.data.path("room_id"),
            problem: "is not the room of this connection".to_owned(),
            allowed: Value::from(vec![here.as_str()]),
        }
        .into()),
        (None, Ok(room)) => Ok(room),
        (None, Err(_)) => Err(Stop::Denied(Denial::RoomNotFound { room: shortened(text) })),
    }
}

pub(super) fn room_list(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let page = Page::default();
    let offset = reading.data.optional_integer("offset", 0, u64::from(u32::MAX))?;
    let limit = reading.data.optional_integer("limit", 1, Page::MAX as u64)?;
    Ok(Said::Ask(Request::ListRooms(Page {
        offset: offset.and_then(|offset| usize::try_from(offset).ok()).unwrap_or(page.offset),
        limit: limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(page.limit),
    })))
}

pub(super) fn add_bot(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let seat = reading.data.optional_integer("position", 0, 3)?.and_then(seat);
    let difficulty = reading.data.optional_word("difficulty", &difficulties())?;
    Ok(Said::Ask(Request::Room(RoomRequest::AddBot { seat, difficulty })))
}

pub(super) fn remove_bot(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    match seat(reading.data.integer("position", 0, 3)?) {
        Some(seat) => Ok(Said::Ask(Request::Room(RoomRequest::RemoveBot { seat }))),
        None => Err(Stop::Denied(Denial::NoBotThere { bots: Vec::new() })),
    }
}

pub(super) fn remove_player(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    match seat(reading.data.integer("position", 0, 3)?) {
        Some(seat) => Ok(Said::Ask(Request::Room(RoomRequest::RemovePlayer(Occupant::At(seat))))),
        None => Err(Stop::Denied(Denial::NoPlayerThere { people: Vec::new() })),
    }
}

fn seat(position: u64) -> Option<Seat> {
    usize::try_from(position).ok().and_then(Seat::new)
}

/// Decodes a chat message.
pub(super) fn chat(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    reading.own_name()?;
    Ok(Said::Ask(Request::Room(RoomRequest::Say(reading.data.said("message")?))))
}
