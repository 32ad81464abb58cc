//! Text → request, for contract *state*: the envelope, and the table of types.

use game_rules::RedealDecision;
use serde_json::{Value, json};
use vocabulary::{Choice, Denial, Occupant, Pieces, Request, RoomId, RoomRequest};

use super::client;
use crate::{
    Incoming, Malformed, Said, Speaker,
    asked::{Asked, Stop, named_pieces, reader},
    fields::Fields,
    iso8601,
    nul::refuse_nul,
    schema::part,
    text::{parse, shortened},
};

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
        Kind::Declare => RoomRequest::Act(Choice::Declare(data.declaration("value")?)),
        Kind::Play => RoomRequest::Act(Choice::Play(Pieces::Named(named_pieces(data, "value", data.list("value")?)?))),
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
