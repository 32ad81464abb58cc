//! Text → request, for contract *state*: the envelope, and the table of types.

use game_rules::{Declaration, Piece, PieceSet, RedealDecision};
use serde_json::{Value, json};
use vocabulary::{Choice, Denial, InvalidPlay, Occupant, Pieces, Request, RoomId, RoomRequest};

use super::client;
use crate::{
    Incoming, Malformed, Said, Speaker,
    asked::{Asked, reader},
    fields::Fields,
    iso8601,
    nul::refuse_nul,
    schema::part,
    text::parse,
};

/// Why a message does not become a request.
pub(super) enum Stop {
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

pub(super) type Read = fn(&Fields<'_>, &Speaker<'_>) -> Result<Request, Stop>;

/// All types that a client may send.
pub(super) const TYPES: [Asked<Read>; 2] = [
    ("game_state_request", game_state_request, part::<client::GameStateRequest>),
    ("player_action", player_action, part::<client::PlayerAction>),
];

/// Reads one message.
pub(super) fn decode(text: &str, speaker: &Speaker<'_>) -> Incoming {
    let said = match read(text, speaker) {
        Ok(request) => Said::Ask(request),
        Err(Stop::Malformed(malformed)) => Said::Malformed(malformed),
        Err(Stop::Denied(denial)) => Said::Denied(denial),
    };
    Incoming { client_sequence: None, digest: 0, warnings: Vec::new(), said }
}

fn read(text: &str, speaker: &Speaker<'_>) -> Result<Request, Stop> {
    let message = parse(text)?;
    refuse_nul(&message, None)?;
    let Some(Value::String(kind)) = message.get("type") else {
        return Err(Malformed::NoEvent.into());
    };
    let reader = reader(&TYPES, kind)?;
    reader(&Fields::new(&message).object("data")?, speaker)
}

fn game_state_request(data: &Fields<'_>, _: &Speaker<'_>) -> Result<Request, Stop> {
    let game = data.text("game_id")?;
    Ok(Request::Follow(room(game)?))
}

/// The actions of a seat, and of the host before the start.
#[derive(Clone, Copy)]
enum Kind {
    Declare,
    Play,
    Redeal(RedealDecision),
    Start,
    RemovePlayer,
}

const KINDS: [(&str, Kind); 6] = [
    ("declare", Kind::Declare),
    ("play", Kind::Play),
    ("accept_redeal", Kind::Redeal(RedealDecision::Accept)),
    ("decline_redeal", Kind::Redeal(RedealDecision::Decline)),
    ("start_game", Kind::Start),
    ("remove_player", Kind::RemovePlayer),
];

fn player_action(data: &Fields<'_>, speaker: &Speaker<'_>) -> Result<Request, Stop> {
    data.require(&["game_id", "player_id", "action"])?;
    let (game, player) = (data.text("game_id")?, data.text("player_id")?);
    let kind = data.word("action", &KINDS)?;
    moment(data)?;
    let request = match kind {
        Kind::Declare => RoomRequest::Act(Choice::Declare(declaration(data)?)),
        Kind::Play => RoomRequest::Act(Choice::Play(Pieces::Named(pieces(data)?))),
        Kind::Redeal(decision) => RoomRequest::Act(Choice::Redeal(decision)),
        Kind::Start => RoomRequest::Start,
        Kind::RemovePlayer => RoomRequest::RemovePlayer(Occupant::Named(data.text("value")?.to_owned())),
    };
    own(player, speaker)?;
    Ok(Request::At(room(game)?, request))
}

/// Decodes a game's id. A text that is not a valid id is an unknown game.
fn room(text: &str) -> Result<RoomId, Stop> {
    text.parse().map_err(|_| Stop::Denied(Denial::RoomNotFound { room: shortened(text) }))
}

/// Checks that the action is for the sender's own account.
fn own(player: &str, speaker: &Speaker<'_>) -> Result<(), Stop> {
    if speaker.account.is_some_and(|account| account.to_string() == player) {
        return Ok(());
    }
    Err(Stop::Denied(Denial::ForeignPlayer { player: shortened(player) }))
}

/// Checks the client's clock, which is not used.
fn moment(data: &Fields<'_>) -> Result<(), Malformed> {
    match data.optional_text("timestamp")? {
        Some(text) if iso8601::parse(text).is_none() => Err(Malformed::OutOfRange {
            field: data.path("timestamp"),
            problem: "is no date and time of ISO 8601 with a zone".to_owned(),
            allowed: json!("2024-03-21T14:30:00.000Z"),
        }),
        _ => Ok(()),
    }
}

fn declaration(data: &Fields<'_>) -> Result<Declaration, Malformed> {
    let number = data.integer("value", 0, 8)?;
    Ok(u8::try_from(number).ok().and_then(Declaration::new).unwrap_or_default())
}

fn pieces(data: &Fields<'_>) -> Result<PieceSet, Stop> {
    let invalid = |invalid| Stop::Denied(Denial::InvalidPlay(invalid));
    let mut set = PieceSet::EMPTY;
    for value in data.list("value")? {
        let id = value.as_str().ok_or_else(|| data.wrong_type("value", "array of strings", value))?;
        let unknown = || invalid(InvalidPlay::UnknownPiece { id: id.chars().take(16).collect() });
        let piece: Piece = id.parse().map_err(|_| unknown())?;
        if set.contains(piece) {
            return Err(invalid(InvalidPlay::RepeatedPiece { piece }));
        }
        set.insert(piece);
    }
    if set.is_empty() { Err(Stop::Denied(Denial::NoPiecesSelected)) } else { Ok(set) }
}

fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}
