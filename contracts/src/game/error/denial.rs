//! Every denial of the engine as a row of the table, with its facts.

use game_rules::{Declaration, DeclarationSet, IllegalDeclaration, PieceSet, Seat};
use serde_json::{Value, json};
use vocabulary::{Denial, InvalidPlay};

use super::Code;
use crate::{
    codes::{Refused, Row},
    game::{
        server::PieceId,
        situation::{phase_name, position},
    },
    reasons,
};

pub(super) fn denial_row(denial: &Denial) -> Refused<Code> {
    match denial {
        Denial::GuestsNotAllowed => Code::GuestsNotAllowed.with(json!({ "guests_allowed": false })),
        Denial::WrongToken => Code::WrongToken.with(json!({ "field": "session_token" })),
        Denial::RoomNotFound { room } => Code::RoomNotFound.with(json!({ "room_id": room })),
        Denial::RoomFull => Code::RoomFull.with(json!({ "seats": Seat::COUNT })),
        Denial::AlreadyInRoom => Code::AlreadySeated.alone(),
        Denial::NameTaken { name } => {
            Code::NameTaken.with(json!({ "field": "player_name", "player_name": name.as_str() }))
        }
        Denial::NotInRoom => Code::NotInRoom.with(json!({ "required_event": "join_room" })),
        Denial::HostOnly { host } => Code::HostOnly.with(json!({ "host": host })),
        Denial::ForeignScope { scope } => Code::ForeignScope.with(json!({ "scope": scope.to_string() })),
        Denial::WatchesOnly => Code::WatchesOnly.with(json!({ "required_event": "join_room" })),
        Denial::ForeignPlayer { player } => Code::ForeignPlayer.with(json!({ "player": player })),
        Denial::SeatTaken { free } => elsewhere("This position is taken", free.iter()),
        Denial::NoBotThere { bots } => elsewhere("There is no bot at this position", bots.iter()),
        Denial::NoPlayerThere { people } => {
            elsewhere("There is no other person at this position", people.iter().map(|(seat, _)| seat))
        }
        Denial::Removed { retry_after_ms } => {
            Code::Removed.with(json!({ "reason": "removed", "retry_after_ms": retry_after_ms }))
        }
        Denial::NotStarted => Code::NotStarted.with(json!({ "phase": "NOT_STARTED" })),
        Denial::AlreadyStarted => Code::AlreadyStarted.with(json!({ "status": "playing" })),
        Denial::NotEnoughPlayers { present } => {
            Code::NotEnoughPlayers.with(json!({ "present": present, "required": Seat::COUNT }))
        }
        Denial::NotYourTurn { current_player, your_position } => Code::NotYourTurn
            .with(json!({ "current_player": current_player, "your_position": position(*your_position) })),
        Denial::WrongPhase { phase } => Code::WrongPhase.with(json!({ "phase": phase_name(*phase) })),
        Denial::NoRedealDecision => Code::NoRedealDecision.alone(),
        Denial::InvalidDeclaration { declared, legal, reason } => invalid_declaration(*declared, *legal, *reason),
        Denial::AlreadyDeclared { declared } => Code::AlreadyDeclared.with(json!({ "declaration": declared.value() })),
        Denial::NoPiecesSelected => Code::NoPieces.with(json!({ "min": 1, "max": 6 })),
        Denial::InvalidPlay(invalid) => invalid_play(invalid),
        Denial::SequenceReused { sequence } => {
            Code::NumberReused.with(json!({ "field": "sequence", "sequence": sequence }))
        }
        Denial::RateLimited { limit, window, retry_after_ms } => Code::RateLimited
            .with(json!({ "limit": limit, "window_seconds": window.as_secs(), "retry_after_ms": retry_after_ms })),
        Denial::QuotaReached { held, limit, retry_after_ms } => {
            let details = json!({ "reason": held.as_str(), "limit": limit, "retry_after_ms": retry_after_ms });
            Code::RateLimited.because(held.sentence(), details)
        }
        Denial::Busy => Code::Busy.with(json!({ "reason": "busy" })),
        Denial::NotDurable => Code::NotDurable.with(json!({ "reason": "not_durable" })),
        Denial::LowOnDisk { retry_after_ms } => {
            Code::LowOnDisk.with(json!({ "reason": "low_on_disk", "retry_after_ms": retry_after_ms }))
        }
        Denial::TooManyRooms { limit } => {
            Code::TooManyRooms.with(json!({ "reason": "too_many_rooms", "limit": limit }))
        }
        Denial::ServerError => Code::Failed.with(json!({ "reason": "server_error" })),
        Denial::Maintenance => Code::Maintenance.with(json!({ "reason": "maintenance" })),
    }
}

/// The position is not the right one; `allowed` are those that are.
fn elsewhere<'a>(text: &'static str, allowed: impl Iterator<Item = &'a Seat>) -> Refused<Code> {
    let allowed: Vec<u8> = allowed.map(|seat| position(*seat)).collect();
    Code::OutOfRange.because(text, json!({ "field": "position", "allowed": allowed }))
}

fn invalid_declaration(declared: Declaration, legal: DeclarationSet, reason: IllegalDeclaration) -> Refused<Code> {
    let (reason, text) = reasons::declaration(reason);
    let legal: Vec<u8> = legal.iter().map(Declaration::value).collect();
    let details = json!({ "declaration": declared.value(), "reason": reason, "valid_declarations": legal });
    Code::InvalidDeclaration.because(text, details)
}

fn invalid_play(invalid: &InvalidPlay) -> Refused<Code> {
    let (reason, text) = reasons::play(invalid);
    let mut details: Value = match invalid {
        InvalidPlay::UnknownPiece { id } => json!({ "piece_id": id, "allowed": "p1 to p32" }),
        InvalidPlay::RepeatedPiece { piece } => json!({ "piece_id": PieceId(*piece) }),
        InvalidPlay::BadIndex { index, hand } => json!({ "index": index, "hand_count": hand }),
        InvalidPlay::ForeignPieces { pieces } | InvalidPlay::NoValidSet { pieces } => {
            json!({ "piece_ids": ids(*pieces) })
        }
        InvalidPlay::WrongCount { required, played } => json!({ "required_piece_count": required, "played": played }),
        InvalidPlay::TooMany { played } => json!({ "max": 6, "played": played }),
    };
    details["reason"] = Value::from(reason);
    Code::InvalidPlay.because(text, details)
}

fn ids(pieces: PieceSet) -> Vec<PieceId> {
    pieces.iter().map(PieceId).collect()
}
