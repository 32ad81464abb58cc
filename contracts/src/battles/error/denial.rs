//! Every denial of the engine as a refusal.

use game_rules::{Declaration, DeclarationSet, IllegalDeclaration, Seat};
use serde_json::{Value, json};
use vocabulary::{Denial, InvalidPlay};

use super::{Code, Refusal, battle_not_found};
use crate::{
    battles::server::{GameStatus, ids},
    codes::{Refused, Row},
    reasons,
};

/// Encodes a refusal of the engine, with its facts.
#[must_use]
pub fn refusal(denial: &Denial) -> Refusal {
    row(denial).into()
}

fn row(denial: &Denial) -> Refused<Code> {
    match denial {
        Denial::GuestsNotAllowed => Code::Unauthorized.alone(),
        Denial::WrongToken => Code::NotSeated.because("The token belongs to no seat of this battle", json!({})),
        Denial::RoomNotFound { room } => battle_not_found(room),
        Denial::RoomFull => Code::BattleFull.with(json!({ "seats": Seat::COUNT })),
        Denial::AlreadyInRoom => Code::AlreadyJoined.alone(),
        Denial::NameTaken { name } => Code::NameTaken.with(json!({ "name": name.as_str() })),
        Denial::NotInRoom => Code::NotSeated.alone(),
        Denial::HostOnly { host } => Code::HostOnly.with(json!({ "host": host })),
        Denial::SeatTaken { free } => Code::SeatTaken.with(json!({ "free": seats(free) })),
        Denial::NoBotThere { bots } => Code::NoBotThere.with(json!({ "bots": seats(bots) })),
        Denial::NoPlayerThere { people } => {
            let people: Vec<usize> = people.iter().map(|(seat, _)| seat.index()).collect();
            Code::NoPlayerThere.with(json!({ "people": people }))
        }
        Denial::Removed { retry_after_ms } => Code::Removed.with(json!({ "retryAfterMs": retry_after_ms })),
        Denial::NotStarted => {
            Code::BattleNotActive.because("The battle has not started", json!({ "status": "WAITING" }))
        }
        Denial::AlreadyStarted => Code::AlreadyStarted.alone(),
        Denial::NotEnoughPlayers { present } => {
            Code::NotEnoughPlayers.with(json!({ "present": present, "required": Seat::COUNT }))
        }
        Denial::NotYourTurn { current_player, your_position } => {
            Code::NotYourTurn.with(json!({ "currentPlayer": current_player, "yourSeat": your_position.index() }))
        }
        Denial::WrongPhase { phase } => Code::WrongPhase.with(json!({ "status": GameStatus::from(*phase) })),
        Denial::NoRedealDecision => Code::NoRedealDecision.alone(),
        Denial::InvalidDeclaration { declared, legal, reason } => invalid_declaration(*declared, *legal, *reason),
        Denial::AlreadyDeclared { declared } => Code::AlreadyDeclared.with(json!({ "declared": declared.value() })),
        Denial::NoPiecesSelected => {
            Code::InvalidPlay.because("Select at least one piece", json!({ "reason": "no_pieces", "min": 1, "max": 6 }))
        }
        Denial::InvalidPlay(invalid) => invalid_play(invalid),
        Denial::SequenceReused { sequence } => Code::RequestIdReused.with(json!({ "requestId": sequence })),
        Denial::RateLimited { limit, window, retry_after_ms } => Code::RateLimited
            .with(json!({ "limit": limit, "windowSeconds": window.as_secs(), "retryAfterMs": retry_after_ms })),
        Denial::QuotaReached { held, limit, retry_after_ms } => {
            let details = json!({ "reason": held.as_str(), "limit": limit, "retryAfterMs": retry_after_ms });
            Code::RateLimited.because(held.sentence(), details)
        }
        Denial::ForeignScope { scope } => {
            Code::NotSeated.because("You do not belong there", json!({ "scope": scope.to_string() }))
        }
        Denial::ForeignPlayer { player } => {
            Code::NotSeated.because("This is another player", json!({ "playerId": player }))
        }
        Denial::WatchesOnly => Code::NotSeated.because("This connection may only watch", json!({})),
        Denial::Busy => Code::Busy.alone(),
        Denial::NotDurable => Code::NotDurable.alone(),
        Denial::LowOnDisk { retry_after_ms } => {
            Code::Unavailable.because(LOW_ON_DISK, json!({ "reason": "low_on_disk", "retryAfterMs": retry_after_ms }))
        }
        Denial::ServerError => Code::Internal.alone(),
        Denial::Maintenance => Code::Maintenance.alone(),
        Denial::TooManyRooms { limit } => Code::TooManyBattles.with(json!({ "limit": limit })),
    }
}

const LOW_ON_DISK: &str = "The server is low on disk space; new battles are not possible now, running ones continue";

fn invalid_declaration(declared: Declaration, legal: DeclarationSet, reason: IllegalDeclaration) -> Refused<Code> {
    let (reason, text) = reasons::declaration(reason);
    let valid: Vec<u8> = legal.iter().map(Declaration::value).collect();
    let details = json!({ "reason": reason, "declared": declared.value(), "validDeclarations": valid });
    Code::InvalidDeclaration.because(text, details)
}

fn invalid_play(invalid: &InvalidPlay) -> Refused<Code> {
    let (reason, text) = reasons::play(invalid);
    let mut details: Value = match invalid {
        InvalidPlay::UnknownPiece { id } => json!({ "pieceId": id }),
        InvalidPlay::RepeatedPiece { piece } => json!({ "pieceId": piece.to_string() }),
        InvalidPlay::BadIndex { index, hand } => json!({ "index": index, "hand": hand }),
        InvalidPlay::ForeignPieces { pieces } | InvalidPlay::NoValidSet { pieces } => {
            json!({ "pieceIds": ids(*pieces) })
        }
        InvalidPlay::WrongCount { required, played } => json!({ "requiredPieceCount": required, "played": played }),
        InvalidPlay::TooMany { played } => json!({ "max": 6, "played": played }),
    };
    details["reason"] = Value::from(reason);
    Code::InvalidPlay.because(text, details)
}

fn seats(seats: &[Seat]) -> Vec<usize> {
    seats.iter().map(|seat| seat.index()).collect()
}
