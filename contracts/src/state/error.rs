//! The code table of contract *state*: what is refused, under which code, in which words, with which facts.

use bytestring::ByteString;
use game_rules::{Declaration, DeclarationSet, IllegalDeclaration, PieceSet, Seat};
use serde_json::{Value, json};
use vocabulary::{Denial, InvalidPlay, RoomId, Sequence, Stamp};

use super::{encode::message, server::ErrorData, situation::phase_name};
use crate::{Farewell, Malformed, Seconds, flaw::Flaw, iso8601::iso};

/// No valid proof of who they are.
const AUTH_FAILED: &str = "AUTH_FAILED";
/// It does not fit how things stand: ask for the state again.
pub(super) const INVALID_STATE: &str = "INVALID_STATE";
/// A rule or a permission is against it.
const ACTION_DENIED: &str = "ACTION_DENIED";
/// No sign of life.
const CONNECTION_LOST: &str = "CONNECTION_LOST";
/// It lies with the server.
const SERVER_ERROR: &str = "SERVER_ERROR";

/// Every code.
pub(super) const CODES: [&str; 5] = [AUTH_FAILED, INVALID_STATE, ACTION_DENIED, CONNECTION_LOST, SERVER_ERROR];

fn error(code: &'static str, text: impl Into<String>, details: Value, stamp: &Stamp) -> ByteString {
    message("error", ErrorData { code, message: text.into(), details, timestamp: iso(stamp.at) })
}

/// Words what is wrong with a message.
pub(super) fn malformed(malformed: &Malformed, stamp: &Stamp) -> ByteString {
    let flaw = Flaw::from(malformed);
    error(INVALID_STATE, flaw.sentence(), flaw.details(), stamp)
}

/// Words a refusal. Where the room was asked, the stamp has its id, and the number of its last event: what the client
/// must have seen to be up to date.
pub(super) fn deny(denial: &Denial, stamp: &Stamp) -> ByteString {
    let (text, mut details) = words(denial);
    let code = code(denial);
    if let Some(room) = stamp.room.as_ref().filter(|_| details.get("game_id").is_none()) {
        details["game_id"] = Value::from(RoomId::as_str(room));
    }
    if let Some(Sequence(number)) = stamp.sequence.filter(|_| code == INVALID_STATE) {
        details["sequence"] = Value::from(number);
    }
    error(code, text, details, stamp)
}

/// The code of a refusal.
pub(super) fn code(denial: &Denial) -> &'static str {
    match denial {
        Denial::GuestsNotAllowed | Denial::WrongToken => AUTH_FAILED,
        Denial::RoomNotFound { .. }
        | Denial::NotStarted
        | Denial::AlreadyStarted
        | Denial::WrongPhase { .. }
        | Denial::NoRedealDecision => INVALID_STATE,
        Denial::RoomFull
        | Denial::AlreadyInRoom
        | Denial::NameTaken { .. }
        | Denial::NotInRoom
        | Denial::HostOnly { .. }
        | Denial::SeatTaken { .. }
        | Denial::NoBotThere { .. }
        | Denial::NoPlayerThere { .. }
        | Denial::Removed { .. }
        | Denial::NotEnoughPlayers { .. }
        | Denial::NotYourTurn { .. }
        | Denial::InvalidDeclaration { .. }
        | Denial::AlreadyDeclared { .. }
        | Denial::NoPiecesSelected
        | Denial::InvalidPlay(_)
        | Denial::SequenceReused { .. }
        | Denial::RateLimited { .. }
        | Denial::QuotaReached { .. }
        | Denial::ForeignScope { .. }
        | Denial::ForeignPlayer { .. }
        | Denial::WatchesOnly => ACTION_DENIED,
        Denial::Busy
        | Denial::NotDurable
        | Denial::LowOnDisk { .. }
        | Denial::ServerError
        | Denial::Maintenance
        | Denial::TooManyRooms { .. } => SERVER_ERROR,
    }
}

fn words(denial: &Denial) -> (&'static str, Value) {
    match denial {
        Denial::GuestsNotAllowed => ("this needs an account", json!({})),
        Denial::WrongToken => ("the token belongs to no seat of this game", json!({})),
        Denial::RoomNotFound { room } => ("there is no such game", json!({ "game_id": room })),
        Denial::RoomFull => ("there is no place left: as many watch, or are watched, as may be", json!({})),
        Denial::AlreadyInRoom => ("you have a seat already", json!({})),
        Denial::NameTaken { name } => ("someone of that name sits there", json!({ "name": name.as_str() })),
        Denial::NotInRoom => ("you have no seat in this game", json!({})),
        Denial::HostOnly { host } => ("only the host may do that", json!({ "host": host })),
        Denial::SeatTaken { free } => ("that seat is taken", json!({ "free": seats(free) })),
        Denial::NoBotThere { bots } => ("no bot sits there", json!({ "bots": seats(bots) })),
        Denial::NoPlayerThere { people } => {
            let names: Vec<&str> = people.iter().map(|(_, name)| name.as_str()).collect();
            ("no other person of that name sits there", json!({ "people": names }))
        }
        Denial::NotStarted => ("the game has not started", json!({ "status": phase_name(None) })),
        Denial::AlreadyStarted => ("the game has started already", json!({})),
        Denial::NotEnoughPlayers { present } => (
            "seats are empty, and the game is not to be filled with bots",
            json!({ "present": present, "required": Seat::COUNT }),
        ),
        Denial::NotYourTurn { current_player, your_position } => {
            ("it is not your turn", json!({ "current_player": current_player, "your_position": your_position.index() }))
        }
        Denial::WrongPhase { phase } => {
            ("that can't be done in this phase", json!({ "status": phase_name(Some(*phase)) }))
        }
        Denial::NoRedealDecision => ("no redeal decision is open for you", json!({})),
        Denial::InvalidDeclaration { declared, legal, reason } => invalid_declaration(*declared, *legal, *reason),
        Denial::AlreadyDeclared { declared } => {
            ("you have declared in this round", json!({ "declared": declared.value() }))
        }
        Denial::NoPiecesSelected => ("select at least one piece", json!({ "reason": "no_pieces", "min": 1, "max": 6 })),
        Denial::InvalidPlay(invalid) => invalid_play(invalid),
        Denial::SequenceReused { sequence } => {
            ("that number was used for something else, or is too old", json!({ "number": sequence }))
        }
        Denial::RateLimited { .. }
        | Denial::QuotaReached { .. }
        | Denial::Removed { .. }
        | Denial::LowOnDisk { .. }
        | Denial::TooManyRooms { .. } => beyond_limit(denial),
        Denial::ForeignScope { scope } => ("you do not belong there", json!({ "scope": scope.to_string() })),
        Denial::WatchesOnly => ("this connection may only watch", json!({})),
        Denial::ForeignPlayer { player } => ("player_id is not your own id", json!({ "player_id": player })),
        Denial::Busy => ("the game is busy; nothing was done, try again", json!({})),
        Denial::NotDurable => ("what you asked can't be made durable now; nothing was done, try again", json!({})),
        Denial::ServerError => ("the server failed; its log says more", json!({})),
        Denial::Maintenance => ("the server takes no new games now", json!({})),
    }
}

/// What a limit refuses for now.
fn beyond_limit(denial: &Denial) -> (&'static str, Value) {
    match denial {
        Denial::RateLimited { limit, window, retry_after_ms } => (
            "too many requests; nothing was done, try again later",
            json!({ "limit": limit, "window_seconds": Seconds::from(*window), "retry_after_ms": retry_after_ms }),
        ),
        Denial::QuotaReached { held, limit, retry_after_ms } => {
            (held.sentence(), json!({ "reason": held.as_str(), "limit": limit, "retry_after_ms": retry_after_ms }))
        }
        Denial::Removed { retry_after_ms } => {
            ("you were removed from this game and can't join it again yet", json!({ "retry_after_ms": retry_after_ms }))
        }
        Denial::LowOnDisk { retry_after_ms } => (
            "the server is short of disk space: no new game can begin now, those that are played continue",
            json!({ "reason": "low_on_disk", "retry_after_ms": retry_after_ms }),
        ),
        Denial::TooManyRooms { limit } => ("the server has as many games as it may", json!({ "limit": limit })),
        _ => ("the server failed; its log says more", json!({})),
    }
}

fn invalid_declaration(
    declared: Declaration,
    legal: DeclarationSet,
    reason: IllegalDeclaration,
) -> (&'static str, Value) {
    let (text, reason) = match reason {
        IllegalDeclaration::ForbiddenTotal => ("the last declaration may not make that sum", "forbidden_total"),
        IllegalDeclaration::ZeroStreak => ("you have declared zero too many times in a row", "zero_streak"),
    };
    let valid: Vec<u8> = legal.iter().map(Declaration::value).collect();
    (text, json!({ "reason": reason, "declared": declared.value(), "valid_declarations": valid }))
}

fn invalid_play(invalid: &InvalidPlay) -> (&'static str, Value) {
    match invalid {
        InvalidPlay::UnknownPiece { id } => {
            ("there is no such piece", json!({ "reason": "unknown_piece", "piece_id": id }))
        }
        InvalidPlay::RepeatedPiece { piece } => {
            ("a piece is named twice", json!({ "reason": "repeated_piece", "piece_id": piece.to_string() }))
        }
        InvalidPlay::BadIndex { index, hand } => {
            ("an index points past the hand", json!({ "reason": "bad_index", "index": index, "hand": hand }))
        }
        InvalidPlay::ForeignPieces { pieces } => {
            ("you do not hold these pieces", json!({ "reason": "not_in_hand", "piece_ids": ids(*pieces) }))
        }
        InvalidPlay::WrongCount { required, played } => (
            "play as many pieces as the leader",
            json!({ "reason": "wrong_count", "required_piece_count": required, "played": played }),
        ),
        InvalidPlay::TooMany { played } => {
            ("no set has more than six pieces", json!({ "reason": "wrong_count", "max": 6, "played": played }))
        }
        InvalidPlay::NoValidSet { pieces } => {
            ("these pieces form no set to lead with", json!({ "reason": "no_valid_set", "piece_ids": ids(*pieces) }))
        }
    }
}

fn seats(seats: &[Seat]) -> Vec<usize> {
    seats.iter().map(|seat| seat.index()).collect()
}

fn ids(pieces: PieceSet) -> Vec<String> {
    pieces.iter().map(|piece| piece.to_string()).collect()
}

/// Words why the connection ends, where that is an error.
pub(super) fn ending(farewell: Farewell, stamp: &Stamp) -> ByteString {
    let code = match farewell {
        Farewell::NotAuthenticated | Farewell::InvalidToken | Farewell::TokenExpired | Farewell::Blocked => AUTH_FAILED,
        Farewell::Banned
        | Farewell::Removed
        | Farewell::NotAdmitted
        | Farewell::TooManyConnections
        | Farewell::TooManyAttempts => ACTION_DENIED,
        Farewell::UnknownRoom | Farewell::MessageTooBig | Farewell::BinaryRefused => INVALID_STATE,
        Farewell::HeartbeatLost => CONNECTION_LOST,
        Farewell::Replaced
        | Farewell::RoomClosed
        | Farewell::ClosedByOperator
        | Farewell::RoomFailed
        | Farewell::ServerStopping
        | Farewell::TooSlow => SERVER_ERROR,
    };
    error(code, farewell.reason(), json!({}), stamp)
}
