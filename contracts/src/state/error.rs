//! Refusals of contract *state*: the table of codes, and each refusal as a row of it.

use game_rules::{Declaration, PieceSet, Seat};
use serde_json::{Value, json};
use vocabulary::{Denial, InvalidPlay, RoomId, Sequence, Stamp};

use super::phase::phase_name;
use crate::{
    Farewell, Malformed, Seconds,
    codes::{Refused, Row, codes, wire_codes},
    flaw::Flaw,
    reasons,
};

codes! {
    /// An error of the contract. `INVALID_STATE` asks the client to request the state again.
    pub(super) enum Code {
        AccountNeeded, "AUTH_FAILED", "This needs an account; log in first";
        WrongToken, "AUTH_FAILED", "The token belongs to no seat of this game";
        InvalidMessage, "INVALID_STATE", "The message is not valid";
        GameNotFound, "INVALID_STATE", "There is no such game";
        NotStarted, "INVALID_STATE", "The game has not started";
        AlreadyStarted, "INVALID_STATE", "The game has already started";
        WrongPhase, "INVALID_STATE", "This is not possible in the current phase";
        NoRedealDecision, "INVALID_STATE", "You have no pending redeal decision";
        GameFull, "ACTION_DENIED", "The spectator limit is reached";
        AlreadySeated, "ACTION_DENIED", "You already have a seat";
        NameTaken, "ACTION_DENIED", "A player of this game has this name";
        NotSeated, "ACTION_DENIED", "You have no seat in this game";
        HostOnly, "ACTION_DENIED", "Only the host may do this";
        SeatTaken, "ACTION_DENIED", "This seat is taken";
        NoBotThere, "ACTION_DENIED", "There is no bot at this seat";
        NoPlayerThere, "ACTION_DENIED", "There is no other person of this name in the game";
        Removed, "ACTION_DENIED", "The host has removed you from this game; you can't join it again yet";
        NotEnoughPlayers, "ACTION_DENIED", "Seats are empty, and bots are not to fill them";
        NotYourTurn, "ACTION_DENIED", "It is not your turn";
        InvalidDeclaration, "ACTION_DENIED", "The declaration breaks a rule";
        AlreadyDeclared, "ACTION_DENIED", "You have already declared in this round";
        NoPieces, "ACTION_DENIED", "Select at least one piece";
        InvalidPlay, "ACTION_DENIED", "The pieces can't be played";
        NumberReused, "ACTION_DENIED", "The message number was already used, or is too old to check";
        RateLimited, "ACTION_DENIED", "Too many requests; nothing was done, try again later";
        ForeignScope, "ACTION_DENIED", "You do not belong there";
        WatchesOnly, "ACTION_DENIED", "This connection may only watch";
        ForeignPlayer, "ACTION_DENIED", "player_id is not your own id";
        ConnectionLost, "CONNECTION_LOST", "The client has not answered in time";
        Busy, "SERVER_ERROR", "The game is busy; nothing was done, try again";
        NotDurable, "SERVER_ERROR", "The change could not be saved; nothing was done, try again";
        LowOnDisk, "SERVER_ERROR", "The server is low on disk space; new games are not possible now, running ones continue";
        Failed, "SERVER_ERROR", "The server failed; its log says more";
        Maintenance, "SERVER_ERROR", "The server is in maintenance; new games are not possible now";
        TooManyGames, "SERVER_ERROR", "The server has reached its limit of games";
    }
}

/// The code that a client answers with a new `game_state_request`.
const INVALID_STATE: &str = Code::InvalidMessage.as_str();

/// The codes of the contract, for the schema.
pub(super) fn codes() -> Vec<&'static str> {
    wire_codes(Code::ALL.map(Code::as_str))
}

/// What is wrong with a message, as a row of the table.
pub(super) fn malformed_row(malformed: &Malformed) -> Refused<Code> {
    let flaw = Flaw::from(malformed);
    Code::InvalidMessage.because(flaw.sentence(), flaw.details())
}

/// A refusal with what its stamp tells. If a room was asked, the stamp has its id, and the number of its last event:
/// what the client must have seen to be up to date.
pub(super) fn refused(denial: &Denial, stamp: &Stamp) -> Refused<Code> {
    let mut refused = denial_row(denial);
    if let Some(room) = stamp.room.as_ref().filter(|_| refused.details.get("game_id").is_none()) {
        refused.details["game_id"] = Value::from(RoomId::as_str(room));
    }
    if let Some(Sequence(number)) = stamp.sequence.filter(|_| refused.row.as_str() == INVALID_STATE) {
        refused.details["sequence"] = Value::from(number);
    }
    refused
}

/// A refusal as a row of the table.
pub(super) fn denial_row(denial: &Denial) -> Refused<Code> {
    match denial {
        Denial::GuestsNotAllowed => Code::AccountNeeded.alone(),
        Denial::WrongToken => Code::WrongToken.alone(),
        Denial::RoomNotFound { room } => Code::GameNotFound.with(json!({ "game_id": room })),
        Denial::RoomFull => Code::GameFull.alone(),
        Denial::AlreadyInRoom => Code::AlreadySeated.alone(),
        Denial::NameTaken { name } => Code::NameTaken.with(json!({ "name": name.as_str() })),
        Denial::NotInRoom => Code::NotSeated.alone(),
        Denial::HostOnly { host } => Code::HostOnly.with(json!({ "host": host })),
        Denial::SeatTaken { free } => Code::SeatTaken.with(json!({ "free": seats(free) })),
        Denial::NoBotThere { bots } => Code::NoBotThere.with(json!({ "bots": seats(bots) })),
        Denial::NoPlayerThere { people } => {
            let names: Vec<&str> = people.iter().map(|(_, name)| name.as_str()).collect();
            Code::NoPlayerThere.with(json!({ "people": names }))
        }
        Denial::Removed { retry_after_ms } => Code::Removed.with(json!({ "retry_after_ms": retry_after_ms })),
        Denial::NotStarted => Code::NotStarted.with(json!({ "status": phase_name(None) })),
        Denial::AlreadyStarted => Code::AlreadyStarted.alone(),
        Denial::NotEnoughPlayers { present } => {
            Code::NotEnoughPlayers.with(json!({ "present": present, "required": Seat::COUNT }))
        }
        Denial::NotYourTurn { current_player, your_position } => {
            Code::NotYourTurn.with(json!({ "current_player": current_player, "your_position": your_position.index() }))
        }
        Denial::WrongPhase { phase } => Code::WrongPhase.with(json!({ "status": phase_name(Some(*phase)) })),
        Denial::NoRedealDecision => Code::NoRedealDecision.alone(),
        Denial::InvalidDeclaration { declared, legal, reason } => {
            let (reason, text) = reasons::declaration(*reason);
            let valid: Vec<u8> = legal.iter().map(Declaration::value).collect();
            let details = json!({ "reason": reason, "declared": declared.value(), "valid_declarations": valid });
            Code::InvalidDeclaration.because(text, details)
        }
        Denial::AlreadyDeclared { declared } => Code::AlreadyDeclared.with(json!({ "declared": declared.value() })),
        Denial::NoPiecesSelected => Code::NoPieces.with(json!({ "reason": "no_pieces", "min": 1, "max": 6 })),
        Denial::InvalidPlay(invalid) => invalid_play(invalid),
        Denial::SequenceReused { sequence } => Code::NumberReused.with(json!({ "number": sequence })),
        Denial::RateLimited { limit, window, retry_after_ms } => Code::RateLimited.with(
            json!({ "limit": limit, "window_seconds": Seconds::from(*window), "retry_after_ms": retry_after_ms }),
        ),
        Denial::QuotaReached { held, limit, retry_after_ms } => {
            let details = json!({ "reason": held.as_str(), "limit": limit, "retry_after_ms": retry_after_ms });
            Code::RateLimited.because(held.sentence(), details)
        }
        Denial::ForeignScope { scope } => Code::ForeignScope.with(json!({ "scope": scope.to_string() })),
        Denial::WatchesOnly => Code::WatchesOnly.alone(),
        Denial::ForeignPlayer { player } => Code::ForeignPlayer.with(json!({ "player_id": player })),
        Denial::Busy => Code::Busy.alone(),
        Denial::NotDurable => Code::NotDurable.alone(),
        Denial::LowOnDisk { retry_after_ms } => {
            Code::LowOnDisk.with(json!({ "reason": "low_on_disk", "retry_after_ms": retry_after_ms }))
        }
        Denial::ServerError => Code::Failed.alone(),
        Denial::Maintenance => Code::Maintenance.alone(),
        Denial::TooManyRooms { limit } => Code::TooManyGames.with(json!({ "limit": limit })),
    }
}

fn invalid_play(invalid: &InvalidPlay) -> Refused<Code> {
    let (reason, text) = reasons::play(invalid);
    let mut details: Value = match invalid {
        InvalidPlay::UnknownPiece { id } => json!({ "piece_id": id }),
        InvalidPlay::RepeatedPiece { piece } => json!({ "piece_id": piece.to_string() }),
        InvalidPlay::BadIndex { index, hand } => json!({ "index": index, "hand": hand }),
        InvalidPlay::ForeignPieces { pieces } | InvalidPlay::NoValidSet { pieces } => {
            json!({ "piece_ids": ids(*pieces) })
        }
        InvalidPlay::WrongCount { required, played } => json!({ "required_piece_count": required, "played": played }),
        InvalidPlay::TooMany { played } => json!({ "max": 6, "played": played }),
    };
    details["reason"] = Value::from(reason);
    Code::InvalidPlay.because(text, details)
}

fn seats(seats: &[Seat]) -> Vec<usize> {
    seats.iter().map(|seat| seat.index()).collect()
}

fn ids(pieces: PieceSet) -> Vec<String> {
    pieces.iter().map(|piece| piece.to_string()).collect()
}

/// Why the connection ends, if that is an error of the client or of the room.
pub(super) fn ending(farewell: Farewell) -> Option<Refused<Code>> {
    let row = match farewell {
        Farewell::NotAuthenticated | Farewell::InvalidToken | Farewell::TokenExpired | Farewell::Blocked => {
            Code::AccountNeeded
        }
        Farewell::Banned | Farewell::Removed | Farewell::NotAdmitted => Code::NotSeated,
        Farewell::TooManyConnections | Farewell::TooManyAttempts => Code::RateLimited,
        Farewell::UnknownRoom | Farewell::MessageTooBig | Farewell::BinaryRefused => Code::InvalidMessage,
        Farewell::HeartbeatLost => Code::ConnectionLost,
        Farewell::RoomFailed => Code::Failed,
        Farewell::Replaced
        | Farewell::RoomClosed
        | Farewell::ClosedByOperator
        | Farewell::ServerStopping
        | Farewell::TooSlow => return None,
    };
    Some(row.because(farewell.reason(), json!({})))
}
