//! Notices and replies → messages of contract *state*. No wildcard arm: a new notice does not compile until it is
//! encoded.

use bytestring::ByteString;
use game_rules::{Action, PieceSet, RedealDecision};
use serde::Serialize;
use vocabulary::{
    Announcement, Attendance, Bulletin, By, Finale, Maintenance, PrivateNotice, PublicNotice, Reply, RoomId, Secret,
    Sequence, Situation, Stamp, Synchronisation, Who,
};

use super::{
    error::{Code, ending},
    server::{
        ActionValue, ConnectionStatus, Count, Envelope, ErrorData, GameState, GameStateUpdate, HandUpdate, PlayerAction,
    },
};
use crate::{Arrival, Farewell, codes::Refused, piece::PieceId};

/// Encodes a message; the types of this contract can't fail to serialise.
fn message(kind: &'static str, data: impl Serialize) -> ByteString {
    serde_json::to_string(&Envelope { r#type: kind, data }).unwrap_or_default().into()
}

/// Encodes a refusal.
pub(super) fn error(Refused { row, text, details }: Refused<Code>, stamp: &Stamp) -> ByteString {
    let data = ErrorData { code: row.as_str(), message: text.into_owned(), details, timestamp: stamp.at.into() };
    message("error", data)
}

/// Encodes the first message.
pub(super) fn greet(arrival: &Arrival<'_>, stamp: &Stamp) -> ByteString {
    let greeting = ConnectionStatus {
        connection_id: Some(arrival.connection.to_string()),
        device_id: arrival.device.map(str::to_owned),
        ..status("connected", "welcome", stamp)
    };
    message("connection_status", greeting)
}

fn status(status: &'static str, reason: impl Into<String>, stamp: &Stamp) -> ConnectionStatus {
    ConnectionStatus { status, reason: reason.into(), timestamp: stamp.at.into(), ..ConnectionStatus::default() }
}

/// Encodes the public state of a game.
fn update(situation: &Situation, stamp: &Stamp) -> GameStateUpdate {
    GameStateUpdate {
        game_id: situation.roster.room.to_string(),
        state: GameState::of(situation, stamp.at),
        timestamp: stamp.at.into(),
        sequence: number(stamp),
        deck_commitment: None,
        deck_seed: None,
        winners: None,
    }
}

fn number(stamp: &Stamp) -> Option<u64> {
    stamp.sequence.map(|Sequence(number)| number)
}

fn game_id(stamp: &Stamp) -> String {
    stamp.room.as_ref().map(RoomId::to_string).unwrap_or_default()
}

/// The ids of these pieces, by descending points.
fn ids(pieces: PieceSet) -> Vec<PieceId> {
    pieces.iter().map(PieceId).collect()
}

/// Encodes a public event; `None` if the following state says it as well.
pub(super) fn public(notice: &PublicNotice, stamp: &Stamp) -> Option<ByteString> {
    match notice {
        PublicNotice::GameStarted { deck_commitment, situation } => Some(started(deck_commitment, situation, stamp)),
        PublicNotice::PhaseChanged(situation) => Some(message("game_state_update", update(situation, stamp))),
        PublicNotice::GameOver(finale) => Some(message("game_state_update", over(finale, stamp))),
        PublicNotice::PlayerActed { who, action, by } => Some(acted(who, *action, *by, stamp)),
        PublicNotice::PlayerJoined { .. }
        | PublicNotice::PlayerLeft { .. }
        | PublicNotice::Bonus { .. }
        | PublicNotice::PlayerTimedOut { .. }
        | PublicNotice::BotActivated { .. }
        | PublicNotice::BotThinking { .. }
        | PublicNotice::BotFailed { .. }
        | PublicNotice::Presence { .. } => None,
    }
}

/// Encodes the start of the game: the host's action. A game of only bots has no host, and only its state is sent.
fn started(deck_commitment: &str, situation: &Situation, stamp: &Stamp) -> ByteString {
    let roster = &*situation.roster;
    let deck_commitment = Some(deck_commitment.to_owned());
    let host = roster.host.and_then(|host| Some((roster.player_id(host)?, roster.name(host))));
    let Some((id, name)) = host else {
        return message("game_state_update", GameStateUpdate { deck_commitment, ..update(situation, stamp) });
    };
    let acted = PlayerAction {
        game_id: game_id(stamp),
        player_id: id.to_string(),
        player_name: name.to_owned(),
        action: "start_game",
        value: ActionValue::Nothing,
        automatic: false,
        deck_commitment,
        timestamp: stamp.at.into(),
        sequence: number(stamp),
    };
    message("player_action", acted)
}

fn over(finale: &Finale, stamp: &Stamp) -> GameStateUpdate {
    let roster = &*finale.situation.roster;
    GameStateUpdate {
        deck_seed: Some(finale.deck_seed.clone()),
        winners: Some(finale.winners.iter().map(|seat| roster.name(seat).to_owned()).collect()),
        ..update(&finale.situation, stamp)
    }
}

fn acted(who: &Who, action: Action, by: By, stamp: &Stamp) -> ByteString {
    let (word, value) = match action {
        Action::Declare(number) => ("declare", ActionValue::Number(Count(number.value()))),
        Action::Play(play) => ("play", ActionValue::Pieces(ids(play.pieces()))),
        Action::Redeal(RedealDecision::Accept) => ("accept_redeal", ActionValue::Nothing),
        Action::Redeal(RedealDecision::Decline) => ("decline_redeal", ActionValue::Nothing),
    };
    let acted = PlayerAction {
        game_id: game_id(stamp),
        player_id: who.id.to_string(),
        player_name: who.name.to_string(),
        action: word,
        value,
        automatic: by == By::Clock,
        deck_commitment: None,
        timestamp: stamp.at.into(),
        sequence: number(stamp),
    };
    message("player_action", acted)
}

/// Encodes an event for one seat. `None` for a seat's token, as accounts prove their seats here.
pub(super) fn private(notice: &PrivateNotice, stamp: &Stamp) -> Option<ByteString> {
    match &notice.secret {
        Secret::RoomCreated { situation, .. } | Secret::RoomJoined { situation, .. } => {
            let mut update = update(situation, stamp);
            update.state.you = Some(situation.roster.name(notice.seat).to_owned());
            Some(message("game_state_update", update))
        }
        Secret::RoomLeft(_) => None,
        Secret::Accepted { who, action } => Some(acted(who, *action, By::Player, stamp)),
        Secret::Hand(hand) => {
            let update = HandUpdate {
                game_id: game_id(stamp),
                hand: ids(*hand),
                timestamp: stamp.at.into(),
                sequence: number(stamp),
            };
            Some(message("hand_update", update))
        }
    }
}

/// Encodes an answer; `None` for the answer to a request that this contract does not have.
pub(super) fn reply(reply: &Reply, stamp: &Stamp) -> Option<ByteString> {
    match reply {
        Reply::Attending(Attendance { seat, situation, hand, .. }) => {
            let mut update = update(situation, stamp);
            update.state.you = seat.map(|seat| situation.roster.name(seat).to_owned());
            update.state.hand = hand.filter(|_| seat.is_some()).map(ids);
            Some(message("game_state_update", update))
        }
        Reply::Synchronised(Synchronisation { current: Sequence(current), situation, hand, .. }) => {
            let mut update = GameStateUpdate { sequence: Some(*current), ..update(situation, stamp) };
            update.state.hand = hand.map(ids);
            Some(message("game_state_update", update))
        }
        Reply::Rooms(_)
        | Reply::Room(_)
        | Reply::Reconnected(_)
        | Reply::Subscribed(_)
        | Reply::History(_)
        | Reply::Found(_) => None,
    }
}

/// Encodes what operators send to every connection, as `connection_status`: the seed has no other message about the
/// server.
pub(super) fn announce(bulletin: &Bulletin, stamp: &Stamp) -> ByteString {
    let told = match bulletin {
        Bulletin::Announcement(announcement) => announced(announcement, false, stamp),
        Bulletin::AnnouncementWithdrawn(announcement) => announced(announcement, true, stamp),
        Bulletin::Maintenance(pause) => maintenance(pause, "maintenance planned", false, stamp),
        Bulletin::MaintenanceOver(pause) => maintenance(pause, "maintenance over", true, stamp),
    };
    message("connection_status", told)
}

fn announced(announcement: &Announcement, ended: bool, stamp: &Stamp) -> ConnectionStatus {
    ConnectionStatus {
        severity: Some(announcement.severity.as_str()),
        announced_at: Some(announcement.at.into()),
        ends_at: Some(announcement.end().into()),
        ended: Some(ended),
        ..status("connected", &announcement.message, stamp)
    }
}

fn maintenance(pause: &Maintenance, reason: &str, ended: bool, stamp: &Stamp) -> ConnectionStatus {
    ConnectionStatus {
        ended: Some(ended),
        event: Some(pause.event.as_str()),
        scheduled_time: Some(pause.scheduled.into()),
        duration: Some(pause.duration.as_secs()),
        ..status("connected", reason, stamp)
    }
}

/// Encodes the last message before the server closes the connection.
pub(super) fn farewell(farewell: Farewell, stamp: &Stamp) -> ByteString {
    let word = if farewell == Farewell::ServerStopping { "reconnecting" } else { "disconnected" };
    match ending(farewell) {
        Some(refused) => error(refused, stamp),
        None => message("connection_status", status(word, farewell.reason(), stamp)),
    }
}
