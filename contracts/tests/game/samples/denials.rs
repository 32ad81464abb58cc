//! Every refusal, with its code.

use std::time::Duration;

use game_rules::{DeclarationSet, IllegalDeclaration, PhaseKind, Piece};
use vocabulary::{Denial, Held, InvalidPlay, Scope};

use super::{pair, seat, three};
use crate::name;

/// Every denial, with the code that the contract gives it.
pub(crate) fn denials() -> Vec<(Denial, &'static str)> {
    let illegal =
        |reason| Denial::InvalidDeclaration { declared: three(), legal: DeclarationSet::FULL.without(three()), reason };
    let quota = |held| Denial::QuotaReached { held, limit: 200, retry_after_ms: 60_000 };
    let mut denials = vec![
        (Denial::GuestsNotAllowed, "1002"),
        (Denial::WrongToken, "1002"),
        (Denial::RoomNotFound { room: "NOSUCHID".to_owned() }, "1003"),
        (Denial::RoomFull, "1004"),
        (Denial::AlreadyInRoom, "1005"),
        (Denial::NameTaken { name: name("Bob") }, "1005"),
        (Denial::NotInRoom, "1006"),
        (Denial::HostOnly { host: "Alice".to_owned() }, "1007"),
        (Denial::NotStarted, "2001"),
        (Denial::NotYourTurn { current_player: "Bob".to_owned(), your_position: seat(2) }, "2002"),
        (illegal(IllegalDeclaration::ForbiddenTotal), "2004"),
        (illegal(IllegalDeclaration::ZeroStreak), "2004"),
        (Denial::AlreadyDeclared { declared: three() }, "2005"),
        (Denial::NoPiecesSelected, "2006"),
        (Denial::WrongPhase { phase: PhaseKind::Turn }, "2007"),
        (Denial::AlreadyStarted, "2008"),
        (Denial::NotEnoughPlayers { present: 2 }, "2009"),
        (Denial::NoRedealDecision, "2010"),
        (Denial::SeatTaken { free: vec![seat(3)] }, "3004"),
        (Denial::NoBotThere { bots: Vec::new() }, "3004"),
        (Denial::NoPlayerThere { people: vec![(seat(1), name("Bob"))] }, "3004"),
        (Denial::Removed { retry_after_ms: 600_000 }, "1008"),
        (Denial::SequenceReused { sequence: 7 }, "3004"),
        (Denial::RateLimited { limit: 50, window: Duration::from_secs(1), retry_after_ms: 20 }, "4001"),
        (quota(Held::OpenRooms), "4001"),
        (quota(Held::WaitingSeats), "4001"),
        (Denial::ForeignScope { scope: Scope::Lobby }, "1006"),
        (Denial::WatchesOnly, "1006"),
        (Denial::ForeignPlayer { player: "Bob".to_owned() }, "3004"),
        (Denial::Busy, "4002"),
        (Denial::NotDurable, "4002"),
        (Denial::LowOnDisk { retry_after_ms: 60_000 }, "4002"),
        (Denial::ServerError, "4002"),
        (Denial::TooManyRooms { limit: 10 }, "4002"),
        (Denial::Maintenance, "4003"),
    ];
    denials.extend(invalid_plays().into_iter().map(|play| (Denial::InvalidPlay(play), "2003")));
    denials
}

fn invalid_plays() -> [InvalidPlay; 7] {
    let pieces = pair().pieces();
    [
        InvalidPlay::UnknownPiece { id: "p33".to_owned() },
        InvalidPlay::RepeatedPiece { piece: Piece::ALL[0] },
        InvalidPlay::BadIndex { index: 9, hand: 8 },
        InvalidPlay::ForeignPieces { pieces },
        InvalidPlay::WrongCount { required: 2, played: 1 },
        InvalidPlay::TooMany { played: 7 },
        InvalidPlay::NoValidSet { pieces },
    ]
}
