//! Text → request, for contract *game*: the envelope, and the table of events. Each event has one function, a list of
//! the fields that it reads.

mod connection;
mod play;
mod room;

use game_rules::RedealDecision;
use serde_json::{Map, Value};
use vocabulary::{Choice, Request, RoomRequest, Stamp};

use super::{Game, client, encode};
use crate::{
    Incoming, Malformed, Said, Speaker,
    asked::{self, Stop, reader},
    fields::Fields,
    nul::refuse_nul,
    schema::{Part, part},
    text::{digest, parse},
};

/// A message while it is decoded.
pub(super) struct Reading<'a> {
    game: &'a mut Game,
    speaker: &'a Speaker<'a>,
    envelope: Fields<'a>,
    data: Fields<'a>,
    warnings: Vec<bytestring::ByteString>,
    stamp: Stamp,
}

pub(super) type Read = fn(&mut Reading<'_>) -> Result<Said, Stop>;

/// The schema of an event's data.
pub(super) struct Data {
    /// Its forms. If version 0.9.0 has its own form, that is the second.
    pub(super) forms: &'static [Part],
    /// Whether an event without data is not valid.
    pub(super) required: bool,
}

const fn required(forms: &'static [Part]) -> Data {
    Data { forms, required: true }
}

const fn optional(forms: &'static [Part]) -> Data {
    Data { forms, required: false }
}

/// An event that a client may send.
pub(super) type Asked = asked::Asked<Read, Data>;

/// All events that a client may send.
pub(super) const EVENTS: [Asked; 19] = [
    ("connect", connection::negotiate, optional(&[part::<client::Connect>])),
    ("version_info", connection::negotiate, optional(&[part::<client::VersionInfo>])),
    ("create_room", room::create_room, required(&[part::<client::CreateRoom>])),
    ("join_room", room::join_room, required(&[part::<client::JoinRoom>])),
    ("leave_room", |reading| reading.named(RoomRequest::Leave), required(&[part::<client::Named>])),
    ("room_list", room::room_list, optional(&[part::<client::RoomList>])),
    ("add_bot", room::add_bot, optional(&[part::<client::AddBot>])),
    ("remove_bot", room::remove_bot, required(&[part::<client::RemoveBot>])),
    ("remove_player", room::remove_player, required(&[part::<client::RemovePlayer>])),
    ("start_game", |reading| reading.named(RoomRequest::Start), required(&[part::<client::Named>])),
    ("declare", play::declare, required(&[part::<client::Declare>, part::<client::DeclareOld>])),
    ("play", play::play, required(&[part::<client::Play>, part::<client::PlayOld>])),
    (
        "accept_redeal",
        |reading| reading.named(RoomRequest::Act(Choice::Redeal(RedealDecision::Accept))),
        required(&[part::<client::Named>]),
    ),
    (
        "decline_redeal",
        |reading| reading.named(RoomRequest::Act(Choice::Redeal(RedealDecision::Decline))),
        required(&[part::<client::Named>]),
    ),
    ("sync_request", connection::sync_request, required(&[part::<client::SyncRequest>])),
    ("server_time", connection::server_time, optional(&[part::<client::Empty>])),
    ("ping", connection::ping, required(&[part::<client::Ping>])),
    ("chat", room::chat, required(&[part::<client::Chat>])),
    ("get_room_state", |_| Ok(Said::Ask(Request::Room(RoomRequest::Describe))), optional(&[part::<client::Empty>])),
];

/// Reads one message.
pub(super) fn decode(game: &mut Game, text: &str, speaker: &Speaker<'_>) -> Incoming {
    let mut incoming =
        Incoming { client_sequence: None, digest: 0, warnings: Vec::new(), said: Said::Malformed(Malformed::NoEvent) };
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
    // Decoded first, so that every answer can return it, even an error.
    incoming.client_sequence = envelope.optional_integer("sequence", 0, u64::MAX)?;
    refuse_nul(&message, Some("data"))?;
    let event = match message.get("event") {
        Some(Value::String(event)) => event.as_str(),
        _ => return Err(Malformed::NoEvent.into()),
    };
    let reader = reader(&EVENTS, event)?;
    check_envelope(&envelope)?;
    if incoming.client_sequence.is_some() {
        incoming.digest = digest(event, message.get("data"));
    }
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

/// Checks the types of the envelope's optional fields, even of those that are not used.
fn check_envelope(envelope: &Fields<'_>) -> Result<(), Malformed> {
    envelope.optional_number("timestamp")?;
    envelope.optional_text("version")?;
    envelope.optional_text("client_id")?;
    Ok(())
}

impl Reading<'_> {
    /// Checks that `player_name` is the sender's own. A sender without a seat is rejected later.
    fn own_name(&self) -> Result<(), Malformed> {
        let text = self.data.text("player_name")?;
        match self.speaker.player {
            Some(own) if own.is_meant_by(text) => Ok(()),
            Some(own) => self.data.name("player_name").and(Err(Malformed::OutOfRange {
                field: self.data.path("player_name"),
                problem: "is not your own name".to_owned(),
                allowed: Value::from(vec![own.as_str()]),
            })),
            None => self.data.name("player_name").map(drop),
        }
    }

    /// Decodes a message that has nothing but the sender's name.
    fn named(&mut self, request: RoomRequest) -> Result<Said, Stop> {
        self.own_name()?;
        Ok(Said::Ask(Request::Room(request)))
    }

    fn answer(&self, event: &'static str, data: &impl serde::Serialize) -> Said {
        Said::Answer(encode::message(event, data, &self.stamp))
    }
}
