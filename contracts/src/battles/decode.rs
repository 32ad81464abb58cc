//! Text → request, for contract *battles*: the envelope, and the table of events.

use serde_json::{Map, Value, json};
use vocabulary::{Request, RoomRequest, Sequence, Stamp};

use super::{
    client::{self, action, only},
    encode,
    error::Refusal,
};
use crate::{
    Incoming, Malformed, Said, Speaker,
    asked::{Asked, reader},
    fields::Fields,
    nul::refuse_nul,
    schema::part,
    text::{digest, parse},
};

/// Why a message does not become a request.
pub(super) enum Stop {
    /// Not a valid request.
    Malformed(Malformed),
    /// Something that no message may ask.
    Refused(Refusal),
}

impl From<Malformed> for Stop {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

pub(super) type Read = fn(&Map<String, Value>) -> Result<RoomRequest, Stop>;

/// All events that a client may send.
pub(super) const EVENTS: [Asked<Read>; 2] = [
    ("game:action", game_action, part::<client::GameAction>),
    ("game:update", game_update, part::<client::GameUpdate>),
];

/// Reads one message.
pub(super) fn decode(text: &str, speaker: &Speaker<'_>) -> Incoming {
    let mut incoming =
        Incoming { client_sequence: None, digest: 0, warnings: Vec::new(), said: Said::Malformed(Malformed::NoEvent) };
    incoming.said = match read(text, speaker, &mut incoming) {
        Ok(request) => Said::Ask(Request::Room(request)),
        Err(Stop::Malformed(malformed)) => Said::Malformed(malformed),
        Err(Stop::Refused(refusal)) => {
            let stamp =
                Stamp { room: speaker.room, sequence: None, at: speaker.at, client_sequence: incoming.client_sequence };
            Said::Answer(encode::error(refusal, &stamp))
        }
    };
    incoming
}

fn read(text: &str, speaker: &Speaker<'_>, incoming: &mut Incoming) -> Result<RoomRequest, Stop> {
    let message = parse(text)?;
    let envelope = Fields::new(&message);
    let empty = Map::new();
    let data = match envelope.get("data") {
        None => &empty,
        Some(Value::Object(data)) => data,
        Some(other) => return Err(envelope.wrong_type("data", "object", other).into()),
    };
    let fields = Fields::new(data);
    // Decoded first, so that every answer can return it, even an error.
    incoming.client_sequence = fields.optional_integer("requestId", 0, u64::MAX)?;
    refuse_nul(&message, Some("data"))?;
    let event = match message.get("event") {
        Some(Value::String(event)) => event.as_str(),
        _ => return Err(Malformed::NoEvent.into()),
    };
    let reader = reader(&EVENTS, event)?;
    fields.optional_number("timestamp")?;
    own_battle(&fields, speaker)?;
    if incoming.client_sequence.is_some() {
        incoming.digest = digest(event, message.get("data"));
    }
    reader(data)
}

/// Checks that the message is about the connection's own battle.
fn own_battle(data: &Fields<'_>, speaker: &Speaker<'_>) -> Result<(), Malformed> {
    let own = speaker.room.as_ref().map_or("", vocabulary::RoomId::as_str);
    match data.optional_text("battleId")? {
        Some(named) if named != own => Err(Malformed::OutOfRange {
            field: data.path("battleId"),
            problem: "is not the battle of this connection".to_owned(),
            allowed: json!([own]),
        }),
        _ => Ok(()),
    }
}

fn game_action(data: &Map<String, Value>) -> Result<RoomRequest, Stop> {
    only(data, "", &["action", "battleId", "requestId", "timestamp"])?;
    Ok(action(data)?)
}

/// Requests the state that the sender may see. The answer has no missed events, so none are looked up.
fn game_update(data: &Map<String, Value>) -> Result<RoomRequest, Stop> {
    only(data, "", &["battleId", "requestId", "timestamp"])?;
    Ok(RoomRequest::Synchronise { since: Sequence(u64::MAX), state_hash: None })
}
