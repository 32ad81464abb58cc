//! Refusals: which code, which words, which facts.

use game_rules::{Declaration, DeclarationSet, IllegalDeclaration, PieceSet, Seat};
use serde_json::json;
use vocabulary::{Denial, InvalidPlay};

use super::{Row, fatal, row};
use crate::game::{
    server::PieceId,
    situation::{phase_name, position},
};

pub(super) fn denial_row(denial: &Denial) -> Row {
    match denial {
        Denial::GuestsNotAllowed => fatal("1002", "This server takes no guests", json!({ "guests_allowed": false })),
        Denial::WrongToken => {
            fatal("1002", "The session token belongs to no seat of this room", json!({ "field": "session_token" }))
        }
        Denial::RoomNotFound { room } => fatal("1003", "There is no such room", json!({ "room_id": room })),
        Denial::RoomFull => fatal("1004", "The room is full", json!({ "seats": Seat::COUNT })),
        Denial::AlreadyInRoom => row("1005", "This connection has a seat already", json!({})),
        Denial::NameTaken { name } => row(
            "1005",
            "Someone of that name is in the room; choose another name, or bring the seat's session token",
            json!({ "field": "player_name", "player_name": name.as_str() }),
        ),
        Denial::NotInRoom => row("1006", "Join a room first", json!({ "required_event": "join_room" })),
        Denial::HostOnly { host } => fatal("1007", "Only the host may do that", json!({ "host": host })),
        Denial::ForeignScope { scope } => row("1006", "You do not belong there", json!({ "scope": scope.to_string() })),
        Denial::WatchesOnly => row("1006", "This connection may only watch", json!({ "required_event": "join_room" })),
        Denial::ForeignPlayer { player } => row("3004", "That is another player", json!({ "player": player })),
        Denial::SeatTaken { free } => {
            row("3004", "That position is taken", json!({ "field": "position", "allowed": positions(free) }))
        }
        Denial::NoBotThere { bots } => {
            row("3004", "No bot sits at that position", json!({ "field": "position", "allowed": positions(bots) }))
        }
        Denial::NoPlayerThere { people } => row(
            "3004",
            "No other person sits at that position",
            json!({ "field": "position", "allowed": people.iter().map(|(seat, _)| position(*seat)).collect::<Vec<_>>() }),
        ),
        Denial::Removed { retry_after_ms } => row(
            "1008",
            "You were removed from this room and can't join it again yet",
            json!({ "reason": "removed", "retry_after_ms": retry_after_ms }),
        ),
        Denial::NotStarted
        | Denial::AlreadyStarted
        | Denial::NotEnoughPlayers { .. }
        | Denial::NotYourTurn { .. }
        | Denial::WrongPhase { .. }
        | Denial::NoRedealDecision
        | Denial::InvalidDeclaration { .. }
        | Denial::AlreadyDeclared { .. }
        | Denial::NoPiecesSelected
        | Denial::InvalidPlay(_) => game_row(denial),
        Denial::SequenceReused { sequence } => row(
            "3004",
            "That message number was used for another message, or is too old",
            json!({ "field": "sequence", "sequence": sequence }),
        ),
        Denial::RateLimited { .. }
        | Denial::QuotaReached { .. }
        | Denial::Busy
        | Denial::NotDurable
        | Denial::LowOnDisk { .. }
        | Denial::ServerError
        | Denial::Maintenance
        | Denial::TooManyRooms { .. } => system_row(denial),
    }
}

fn game_row(denial: &Denial) -> Row {
    match denial {
        Denial::NotStarted => row("2001", "The game has not started", json!({ "phase": "NOT_STARTED" })),
        Denial::AlreadyStarted => fatal("2008", "The game has started already", json!({ "status": "playing" })),
        Denial::NotEnoughPlayers { present } => row(
            "2009",
            "Not enough players, and the room is not to be filled with bots",
            json!({ "present": present, "required": Seat::COUNT }),
        ),
        Denial::NotYourTurn { current_player, your_position } => fatal(
            "2002",
            "It's not your turn",
            json!({ "current_player": current_player, "your_position": position(*your_position) }),
        ),
        Denial::WrongPhase { phase } => {
            row("2007", "That can't be done in this phase", json!({ "phase": phase_name(*phase) }))
        }
        Denial::NoRedealDecision => row("2010", "No redeal decision is open for you", json!({})),
        Denial::InvalidDeclaration { declared, legal, reason } => invalid_declaration(*declared, *legal, *reason),
        Denial::AlreadyDeclared { declared } => {
            row("2005", "You have declared in this round", json!({ "declaration": declared.value() }))
        }
        Denial::InvalidPlay(invalid) => invalid_play(invalid),
        _ => row("2006", "Select at least one piece", json!({ "min": 1, "max": 6 })),
    }
}

fn invalid_declaration(declared: Declaration, legal: DeclarationSet, reason: IllegalDeclaration) -> Row {
    let (message, rule) = match reason {
        IllegalDeclaration::ForbiddenTotal => ("The last declaration may not make that sum", "forbidden_total"),
        IllegalDeclaration::ZeroStreak => ("You have declared zero too many times in a row", "zero_streak"),
    };
    let legal: Vec<u8> = legal.iter().map(Declaration::value).collect();
    row("2004", message, json!({ "declaration": declared.value(), "reason": rule, "valid_declarations": legal }))
}

fn invalid_play(invalid: &InvalidPlay) -> Row {
    let (message, details) = match invalid {
        InvalidPlay::UnknownPiece { id } => {
            ("There is no such piece", json!({ "reason": "unknown_piece", "piece_id": id, "allowed": "p1 to p32" }))
        }
        InvalidPlay::RepeatedPiece { piece } => {
            ("A piece is named twice", json!({ "reason": "repeated_piece", "piece_id": PieceId(*piece) }))
        }
        InvalidPlay::BadIndex { index, hand } => (
            "An index points past the hand, or is named twice",
            json!({ "reason": "bad_index", "index": index, "hand_count": hand }),
        ),
        InvalidPlay::ForeignPieces { pieces } => {
            ("You do not hold these pieces", json!({ "reason": "not_in_hand", "piece_ids": ids(*pieces) }))
        }
        InvalidPlay::WrongCount { required, played } => (
            "Play as many pieces as the leader",
            json!({ "reason": "wrong_count", "required_piece_count": required, "played": played }),
        ),
        InvalidPlay::TooMany { played } => {
            ("No set has more than six pieces", json!({ "reason": "wrong_count", "max": 6, "played": played }))
        }
        InvalidPlay::NoValidSet { pieces } => {
            ("These pieces form no set to lead with", json!({ "reason": "no_valid_set", "piece_ids": ids(*pieces) }))
        }
    };
    row("2003", message, details)
}

fn system_row(denial: &Denial) -> Row {
    match denial {
        Denial::RateLimited { limit, window, retry_after_ms } => row(
            "4001",
            "Too many requests; nothing was done, try again later",
            json!({ "limit": limit, "window_seconds": window.as_secs(), "retry_after_ms": retry_after_ms }),
        ),
        Denial::QuotaReached { held, limit, retry_after_ms } => row(
            "4001",
            capitalised(held.sentence()),
            json!({ "reason": held.as_str(), "limit": limit, "retry_after_ms": retry_after_ms }),
        ),
        Denial::Busy => row("4002", "The room is busy; nothing was done, try again", json!({ "reason": "busy" })),
        Denial::NotDurable => row(
            "4002",
            "What you asked can't be made durable now; nothing was done, try again",
            json!({ "reason": "not_durable" }),
        ),
        Denial::LowOnDisk { retry_after_ms } => row(
            "4002",
            "The server is short of disk space: no new game can begin now, those that are played continue",
            json!({ "reason": "low_on_disk", "retry_after_ms": retry_after_ms }),
        ),
        Denial::Maintenance => row("4003", "The server takes no new rooms now", json!({ "reason": "maintenance" })),
        Denial::TooManyRooms { limit } => {
            row("4002", "The server has as many rooms as it may", json!({ "reason": "too_many_rooms", "limit": limit }))
        }
        _ => fatal("4002", "The server failed", json!({ "reason": "server_error" })),
    }
}

fn capitalised(sentence: &str) -> String {
    let (first, rest) = sentence.split_at_checked(1).unwrap_or_default();
    first.to_ascii_uppercase() + rest
}

fn ids(pieces: PieceSet) -> Vec<PieceId> {
    pieces.iter().map(PieceId).collect()
}

fn positions(seats: &[Seat]) -> Vec<u8> {
    seats.iter().map(|seat| position(*seat)).collect()
}
