//! Every denial of the engine as a refusal. No wildcard arm: a new denial does not compile until it is worded.

use std::time::Duration;

use game_rules::{Declaration, DeclarationSet, IllegalDeclaration, PhaseKind, Seat};
use serde_json::{Value, json};
use vocabulary::{Denial, Held, InvalidPlay};

use super::{Code, Refusal};
use crate::battles::server::{GameStatus, ids};

/// Words a refusal of the engine, with its facts.
#[must_use]
pub fn refusal(denial: &Denial) -> Refusal {
    let with = Refusal::with;
    match denial {
        Denial::GuestsNotAllowed => Refusal::new(Code::Unauthorized, "this needs an account"),
        Denial::RoomNotFound { room } => Refusal::battle_not_found(room),
        Denial::RoomFull => with(Code::BattleFull, "all seats are taken", json!({ "seats": Seat::COUNT })),
        Denial::AlreadyInRoom => Refusal::new(Code::AlreadyJoined, "you have a seat in this battle"),
        Denial::NameTaken { name } => {
            with(Code::NameTaken, "someone of that name sits in this battle", json!({ "name": name.as_str() }))
        }
        Denial::NotInRoom => Refusal::new(Code::NotSeated, "you have no seat in this battle"),
        Denial::HostOnly { host } => with(Code::HostOnly, "only the host may do that", json!({ "host": host })),
        Denial::SeatTaken { .. } | Denial::NoBotThere { .. } | Denial::NoPlayerThere { .. } => other_seat(denial),
        Denial::NotStarted => with(Code::BattleNotActive, "the battle has not started", json!({ "status": "WAITING" })),
        Denial::AlreadyStarted => Refusal::new(Code::AlreadyStarted, "the battle has started already"),
        Denial::NotEnoughPlayers { present } => with(
            Code::NotEnoughPlayers,
            "seats are empty, and the battle is not to be filled with bots",
            json!({ "present": present, "required": Seat::COUNT }),
        ),
        Denial::NotYourTurn { current_player, your_position } => with(
            Code::NotYourTurn,
            "it is not your turn",
            json!({ "currentPlayer": current_player, "yourSeat": your_position.index() }),
        ),
        Denial::WrongPhase { phase } => wrong_phase(*phase),
        Denial::NoRedealDecision => Refusal::new(Code::NoRedealDecision, "no redeal decision is open for you"),
        Denial::InvalidDeclaration { declared, legal, reason } => invalid_declaration(*declared, *legal, *reason),
        Denial::AlreadyDeclared { declared } => {
            with(Code::AlreadyDeclared, "you have declared in this round", json!({ "declared": declared.value() }))
        }
        Denial::NoPiecesSelected => {
            with(Code::InvalidPlay, "select at least one piece", json!({ "reason": "no_pieces", "min": 1, "max": 6 }))
        }
        Denial::InvalidPlay(invalid) => invalid_play(invalid),
        Denial::SequenceReused { sequence } => with(
            Code::RequestIdReused,
            "that requestId was used for something else, or is too old",
            json!({ "requestId": sequence }),
        ),
        Denial::RateLimited { .. }
        | Denial::QuotaReached { .. }
        | Denial::Removed { .. }
        | Denial::LowOnDisk { .. }
        | Denial::TooManyRooms { .. } => beyond_limit(denial),
        Denial::WrongToken | Denial::ForeignScope { .. } | Denial::ForeignPlayer { .. } | Denial::WatchesOnly => {
            not_theirs(denial)
        }
        Denial::Busy => Refusal::new(Code::Busy, "the battle is busy; nothing was done, try again"),
        Denial::NotDurable => {
            Refusal::new(Code::NotDurable, "what you asked can't be made durable now; nothing was done, try again")
        }
        Denial::ServerError => Refusal::internal(),
        Denial::Maintenance => Refusal::new(Code::Maintenance, "the server takes no new battles now"),
    }
}

/// What a limit refuses for now.
fn beyond_limit(denial: &Denial) -> Refusal {
    match denial {
        Denial::RateLimited { limit, window, retry_after_ms } => rate_limited(*limit, *window, *retry_after_ms),
        Denial::QuotaReached { held, limit, retry_after_ms } => quota_reached(*held, *limit, *retry_after_ms),
        Denial::LowOnDisk { retry_after_ms } => low_on_disk(*retry_after_ms),
        Denial::Removed { retry_after_ms } => Refusal::with(
            Code::Removed,
            "you were removed from this battle and can't join it again yet",
            json!({ "retryAfterMs": retry_after_ms }),
        ),
        Denial::TooManyRooms { limit } => {
            Refusal::with(Code::TooManyBattles, "the server has as many battles as it may", json!({ "limit": limit }))
        }
        _ => Refusal::internal(),
    }
}

/// A seat that is not what the request takes it for, and those that are.
fn other_seat(denial: &Denial) -> Refusal {
    let (code, message, details) = match denial {
        Denial::SeatTaken { free } => (Code::SeatTaken, "that seat is taken", json!({ "free": seats(free) })),
        Denial::NoPlayerThere { people } => {
            let people: Vec<usize> = people.iter().map(|(seat, _)| seat.index()).collect();
            (Code::NoPlayerThere, "no other person sits there", json!({ "people": people }))
        }
        Denial::NoBotThere { bots } => (Code::NoBotThere, "no bot sits there", json!({ "bots": seats(bots) })),
        _ => return Refusal::internal(),
    };
    Refusal::with(code, message, details)
}

fn rate_limited(limit: u32, window: Duration, retry_after_ms: u64) -> Refusal {
    let details = json!({ "limit": limit, "windowSeconds": window.as_secs(), "retryAfterMs": retry_after_ms });
    Refusal::with(Code::RateLimited, "too many requests; nothing was done, try again later", details)
}

fn quota_reached(held: Held, limit: u32, retry_after_ms: u64) -> Refusal {
    let details = json!({ "reason": held.as_str(), "limit": limit, "retryAfterMs": retry_after_ms });
    Refusal::with(Code::RateLimited, held.sentence(), details)
}

fn low_on_disk(retry_after_ms: u64) -> Refusal {
    let message = "the server is short of disk space: no new battle can begin now, those that are played continue";
    Refusal::with(Code::Unavailable, message, json!({ "reason": "low_on_disk", "retryAfterMs": retry_after_ms }))
}

/// What only another may do.
fn not_theirs(denial: &Denial) -> Refusal {
    let (message, details) = match denial {
        Denial::ForeignScope { scope } => ("you do not belong there", json!({ "scope": scope.to_string() })),
        Denial::ForeignPlayer { player } => ("that is another player", json!({ "playerId": player })),
        Denial::WatchesOnly => return Refusal::new(Code::NotSeated, "this connection may only watch"),
        _ => return Refusal::new(Code::NotSeated, "the token belongs to no seat of this battle"),
    };
    Refusal::with(Code::NotSeated, message, details)
}

fn wrong_phase(phase: PhaseKind) -> Refusal {
    let details = json!({ "status": GameStatus::from(phase) });
    Refusal::with(Code::WrongPhase, "that can't be done in this phase", details)
}

fn invalid_declaration(declared: Declaration, legal: DeclarationSet, reason: IllegalDeclaration) -> Refusal {
    let (message, reason) = match reason {
        IllegalDeclaration::ForbiddenTotal => ("the last declaration may not make that sum", "forbidden_total"),
        IllegalDeclaration::ZeroStreak => ("you have declared zero too many times in a row", "zero_streak"),
    };
    let valid: Vec<u8> = legal.iter().map(Declaration::value).collect();
    let details = json!({ "reason": reason, "declared": declared.value(), "validDeclarations": valid });
    Refusal::with(Code::InvalidDeclaration, message, details)
}

fn invalid_play(invalid: &InvalidPlay) -> Refusal {
    let (message, details): (&str, Value) = match invalid {
        InvalidPlay::UnknownPiece { id } => {
            ("there is no such piece", json!({ "reason": "unknown_piece", "pieceId": id }))
        }
        InvalidPlay::RepeatedPiece { piece } => {
            ("a piece is named twice", json!({ "reason": "repeated_piece", "pieceId": piece.to_string() }))
        }
        InvalidPlay::BadIndex { index, hand } => {
            ("an index points past the hand", json!({ "reason": "bad_index", "index": index, "hand": hand }))
        }
        InvalidPlay::ForeignPieces { pieces } => {
            ("you do not hold these pieces", json!({ "reason": "not_in_hand", "pieceIds": ids(*pieces) }))
        }
        InvalidPlay::WrongCount { required, played } => (
            "play as many pieces as the leader",
            json!({ "reason": "wrong_count", "requiredPieceCount": required, "played": played }),
        ),
        InvalidPlay::TooMany { played } => {
            ("no set has more than six pieces", json!({ "reason": "wrong_count", "max": 6, "played": played }))
        }
        InvalidPlay::NoValidSet { pieces } => {
            ("these pieces form no set to lead with", json!({ "reason": "no_valid_set", "pieceIds": ids(*pieces) }))
        }
    };
    Refusal::with(Code::InvalidPlay, message, details)
}

fn seats(seats: &[Seat]) -> Vec<usize> {
    seats.iter().map(|seat| seat.index()).collect()
}
