//! Text → request, for contract *game*. One function per event, each a list of the fields that it reads.

use std::hash::{DefaultHasher, Hash, Hasher};

use game_rules::{Declaration, Piece, PieceSet, RedealDecision, Seat};
use serde_json::{Map, Value};
use vocabulary::{
    Choice, Denial, Difficulty, InvalidPlay, JoinRoom, Page, Pieces, Request, RoomId, RoomRequest, Sequence,
    SessionToken, Stamp,
};

use super::{
    Game, encode, options,
    server::{Features, Pong, ServerTime, VersionAccepted},
    version::{self, Version},
};
use crate::{Incoming, Malformed, Said, Speaker, fields::Fields};

/// The levels by their names on the wire.
pub(super) const DIFFICULTIES: [(&str, Difficulty); 4] = [
    ("easy", Difficulty::Easy),
    ("medium", Difficulty::Medium),
    ("hard", Difficulty::Hard),
    ("expert", Difficulty::Expert),
];

/// Why a message leads to no request.
pub(super) enum Stop {
    /// It is no request.
    Malformed(Malformed),
    /// It asks for what can't be.
    Denied(Denial),
}

impl From<Malformed> for Stop {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

/// One message, while it is read.
struct Reading<'a> {
    game: &'a mut Game,
    speaker: &'a Speaker<'a>,
    envelope: Fields<'a>,
    data: Fields<'a>,
    warnings: Vec<bytestring::ByteString>,
    stamp: Stamp,
}

type Read = fn(&mut Reading<'_>) -> Result<Said, Stop>;

/// All events that a client may send.
const EVENTS: [(&str, Read); 17] = [
    ("connect", negotiate),
    ("version_info", negotiate),
    ("create_room", create_room),
    ("join_room", join_room),
    ("leave_room", |reading| reading.named(RoomRequest::Leave)),
    ("room_list", room_list),
    ("add_bot", add_bot),
    ("remove_bot", remove_bot),
    ("start_game", |reading| reading.named(RoomRequest::Start)),
    ("declare", declare),
    ("play", play),
    ("accept_redeal", |reading| reading.named(RoomRequest::Act(Choice::Redeal(RedealDecision::Accept)))),
    ("decline_redeal", |reading| reading.named(RoomRequest::Act(Choice::Redeal(RedealDecision::Decline)))),
    ("sync_request", sync_request),
    ("server_time", server_time),
    ("ping", ping),
    ("get_room_state", |_| Ok(Said::Ask(Request::Room(RoomRequest::Describe)))),
];

/// The names of [`EVENTS`], for the error that lists them.
pub(super) fn event_names() -> Vec<&'static str> {
    EVENTS.iter().map(|(name, _)| *name).collect()
}

/// Reads one message.
pub(super) fn decode(game: &mut Game, text: &str, speaker: &Speaker<'_>) -> Incoming {
    let mut incoming = Incoming {
        client_sequence: None,
        digest: 0,
        warnings: Vec::new(),
        said: Said::Malformed(Malformed::NoEvent),
    };
    incoming.said = match read(game, text, speaker, &mut incoming) {
        Ok(said) => said,
        Err(Stop::Malformed(malformed)) => Said::Malformed(malformed),
        Err(Stop::Denied(denial)) => Said::Denied(denial),
    };
    incoming
}

fn read(game: &mut Game, text: &str, speaker: &Speaker<'_>, incoming: &mut Incoming) -> Result<Said, Stop> {
    let message = parse(text)?;
    let envelope = Fields::new(&message);
    // First of all, so that every answer, errors too, can carry it back.
    incoming.client_sequence = envelope.optional_integer("sequence", 0, u64::MAX)?;
    let event = match message.get("event") {
        Some(Value::String(event)) => event.as_str(),
        _ => return Err(Malformed::NoEvent.into()),
    };
    let Some((_, reader)) = EVENTS.iter().find(|(name, _)| *name == event) else {
        return Err(Malformed::UnknownEvent { event: event.chars().take(64).collect() }.into());
    };
    check_envelope(&envelope)?;
    incoming.digest = digest(event, message.get("data"));
    let empty = Map::new();
    let data = match envelope.get("data") {
        None => &empty,
        Some(Value::Object(data)) => data,
        Some(other) => return Err(envelope.wrong_type("data", "object", other).into()),
    };
    let stamp = Stamp { room: speaker.room, sequence: None, at: speaker.at, client_sequence: incoming.client_sequence };
    let mut reading = Reading { game, speaker, envelope, data: Fields::new(data), warnings: Vec::new(), stamp };
    let said = reader(&mut reading);
    incoming.warnings = reading.warnings;
    said
}

fn parse(text: &str) -> Result<Map<String, Value>, Malformed> {
    match serde_json::from_str(text) {
        Ok(Value::Object(message)) => Ok(message),
        Ok(_) => Err(Malformed::NotJson { reason: "the message must be an object".to_owned() }),
        Err(error) => Err(Malformed::NotJson { reason: error.to_string() }),
    }
}

/// The optional fields of the envelope must have their types, even where nobody reads them.
fn check_envelope(envelope: &Fields<'_>) -> Result<(), Malformed> {
    envelope.optional_number("timestamp")?;
    envelope.optional_text("version")?;
    envelope.optional_text("client_id")?;
    Ok(())
}

fn digest(event: &str, data: Option<&Value>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (event, data).hash(&mut hasher);
    hasher.finish()
}

impl Reading<'_> {
    /// Checks that `player_name` is the sender's own; a sender without a seat is refused by what follows.
    fn own_name(&self) -> Result<(), Malformed> {
        let name = self.data.name("player_name")?;
        match self.speaker.player {
            Some(own) if *own != name => Err(Malformed::OutOfRange {
                field: self.data.path("player_name"),
                problem: "is not your own name".to_owned(),
                allowed: Value::from(vec![own.as_str()]),
            }),
            _ => Ok(()),
        }
    }

    /// A message with nothing but the sender's name.
    fn named(&mut self, request: RoomRequest) -> Result<Said, Stop> {
        self.own_name()?;
        Ok(Said::Ask(Request::Room(request)))
    }

    fn answer(&self, event: &'static str, data: &impl serde::Serialize) -> Said {
        Said::Answer(encode::message(event, data, &self.stamp))
    }
}

fn negotiate(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let version = version::negotiate(&reading.envelope, &reading.data)?;
    reading.game.version = version;
    let accepted = VersionAccepted {
        server_version: version::SERVER_VERSION.into(),
        negotiated_version: version.as_str().into(),
        features: Features { weak_hand_redeal: true, bot_players: true, replay_system: false },
    };
    Ok(reading.answer("version_accepted", &accepted))
}

fn create_room(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let data = &reading.data;
    data.require(&["room_name", "player_name"])?;
    let (room_name, player) = (data.name("room_name")?, data.name("player_name")?);
    let options = options::read(data, reading.speaker.defaults)?;
    Ok(Said::Ask(Request::CreateRoom(vocabulary::CreateRoom { room_name, player, options })))
}

fn join_room(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let data = &reading.data;
    if reading.speaker.room.is_none() {
        data.require(&["player_name", "room_id"])?;
    }
    let player = data.name("player_name")?;
    let token = data.optional_text("session_token")?.map(SessionToken::presented);
    let last_sequence = data.optional_integer("last_sequence", 0, u64::MAX)?.map(Sequence);
    let room = data.optional_text("room_id")?.map(|room| room_id(reading, room)).transpose()?;
    Ok(Said::Ask(Request::JoinRoom(JoinRoom { room, player, token, last_sequence })))
}

/// In a room, its own id; in the lobby, any. A text that can't be an id is a room that does not exist.
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
        (None, Err(_)) => Err(Stop::Denied(Denial::RoomNotFound { room: text.chars().take(64).collect() })),
    }
}

fn room_list(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let page = Page::default();
    let offset = reading.data.optional_integer("offset", 0, u64::from(u32::MAX))?;
    let limit = reading.data.optional_integer("limit", 1, Page::MAX as u64)?;
    Ok(Said::Ask(Request::ListRooms(Page {
        offset: offset.and_then(|offset| usize::try_from(offset).ok()).unwrap_or(page.offset),
        limit: limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(page.limit),
    })))
}

fn add_bot(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let seat = reading.data.optional_integer("position", 0, 3)?.and_then(seat);
    let difficulty = reading.data.optional_word("difficulty", &DIFFICULTIES)?;
    Ok(Said::Ask(Request::Room(RoomRequest::AddBot { seat, difficulty })))
}

fn remove_bot(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    match seat(reading.data.integer("position", 0, 3)?) {
        Some(seat) => Ok(Said::Ask(Request::Room(RoomRequest::RemoveBot { seat }))),
        None => Err(Stop::Denied(Denial::NoBotThere { bots: Vec::new() })),
    }
}

fn seat(position: u64) -> Option<Seat> {
    usize::try_from(position).ok().and_then(Seat::new)
}

fn declare(reading: &mut Reading<'_>) -> Result<Said, Stop> {
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

fn play(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let old = reading.game.version == Version::V0_9 && reading.data.get("piece_ids").is_none();
    let field = if old { "indices" } else { "piece_ids" };
    reading.data.require(&["player_name", field])?;
    reading.own_name()?;
    let list = reading.data.list(field)?;
    if list.is_empty() {
        return Err(Stop::Denied(Denial::NoPiecesSelected));
    }
    let pieces = if old { Pieces::At(indices(&reading.data, list)?) } else { Pieces::Named(pieces(&reading.data, list)?) };
    if old {
        reading.warnings.extend(reading.game.warned.play(&reading.stamp));
    }
    Ok(Said::Ask(Request::Room(RoomRequest::Act(Choice::Play(pieces)))))
}

fn pieces(data: &Fields<'_>, list: &[Value]) -> Result<PieceSet, Stop> {
    let mut set = PieceSet::EMPTY;
    for value in list {
        let id = value.as_str().ok_or_else(|| data.wrong_type("piece_ids", "array of strings", value))?;
        let unknown = || Stop::Denied(Denial::InvalidPlay(InvalidPlay::UnknownPiece { id: id.chars().take(16).collect() }));
        let piece: Piece = id.parse().map_err(|_| unknown())?;
        if set.contains(piece) {
            return Err(Stop::Denied(Denial::InvalidPlay(InvalidPlay::RepeatedPiece { piece })));
        }
        set.insert(piece);
    }
    Ok(set)
}

fn indices(data: &Fields<'_>, list: &[Value]) -> Result<Vec<u8>, Stop> {
    let index = |value: &Value| {
        let number = value.as_u64().ok_or_else(|| data.wrong_type("indices", "array of integers", value))?;
        u8::try_from(number).map_err(|_| {
            Stop::Denied(Denial::InvalidPlay(InvalidPlay::BadIndex { index: u8::MAX, hand: 8 }))
        })
    };
    list.iter().map(index).collect()
}

fn sync_request(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let since = Sequence(reading.data.integer("last_sequence", 0, u64::MAX)?);
    let state_hash = reading.data.optional_text("client_state_hash")?.map(str::to_owned);
    Ok(Said::Ask(Request::Room(RoomRequest::Synchronise { since, state_hash })))
}

fn server_time(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    Ok(reading.answer("server_time", &ServerTime { server_time: reading.stamp.at.seconds() }))
}

fn ping(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let client_time = reading.data.number("client_time")?;
    let sequence = reading.data.optional_integer("sequence", 0, u64::MAX)?;
    let server_time = reading.stamp.at.0;
    let pong = Pong {
        client_time: reading.data.get("client_time").cloned().unwrap_or_default(),
        server_time,
        latency: (reading.stamp.at.seconds() * 1_000.0 - client_time).max(0.0),
        sequence,
    };
    Ok(reading.answer("pong", &pong))
}
