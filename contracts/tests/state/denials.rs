//! Every reason to say no and every reason to hang up, for the tests of several contracts.

use std::time::Duration;

use contracts::{Farewell, Malformed};
use game_rules::{Declaration, DeclarationSet, IllegalDeclaration, PhaseKind, Piece, PieceSet, Seat};
use serde_json::Value;
use vocabulary::{Denial, Held, InvalidPlay, Name, Scope};

fn seat(index: usize) -> Seat {
    Seat::new(index).unwrap()
}

pub(crate) fn denials() -> Vec<Denial> {
    let three = Declaration::new(3).unwrap();
    let illegal =
        |reason| Denial::InvalidDeclaration { declared: three, legal: DeclarationSet::FULL.without(three), reason };
    let limited = |limit, window| Denial::RateLimited { limit, window, retry_after_ms: 1_500 };
    let quota = |held| Denial::QuotaReached { held, limit: 200, retry_after_ms: 60_000 };
    let mut denials = vec![
        Denial::GuestsNotAllowed,
        Denial::WrongToken,
        Denial::RoomNotFound { room: "NOSUCHID".to_owned() },
        Denial::RoomFull,
        Denial::AlreadyInRoom,
        Denial::NameTaken { name: Name::parse("Bob").unwrap() },
        Denial::NotInRoom,
        Denial::HostOnly { host: "Alice".to_owned() },
        Denial::SeatTaken { free: vec![seat(3)] },
        Denial::NoBotThere { bots: Vec::new() },
        Denial::NoPlayerThere { people: vec![(seat(1), Name::parse("Bob").unwrap())] },
        Denial::Removed { retry_after_ms: 600_000 },
        Denial::NotStarted,
        Denial::AlreadyStarted,
        Denial::NotEnoughPlayers { present: 2 },
        Denial::NotYourTurn { current_player: "Bob".to_owned(), your_position: seat(2) },
        Denial::WrongPhase { phase: PhaseKind::Turn },
        Denial::NoRedealDecision,
        illegal(IllegalDeclaration::ForbiddenTotal),
        illegal(IllegalDeclaration::ZeroStreak),
        Denial::AlreadyDeclared { declared: three },
        Denial::NoPiecesSelected,
        Denial::SequenceReused { sequence: 7 },
        limited(10, Duration::from_secs(1)),
        limited(100, Duration::from_secs(60)),
        limited(7, Duration::from_secs(90)),
        quota(Held::OpenRooms),
        quota(Held::WaitingSeats),
        Denial::ForeignScope { scope: Scope::Room("ABCD2345".parse().unwrap()) },
        Denial::WatchesOnly,
        Denial::ForeignPlayer { player: "bob".to_owned() },
        Denial::Busy,
        Denial::NotDurable,
        Denial::LowOnDisk { retry_after_ms: 60_000 },
        Denial::ServerError,
        Denial::Maintenance,
        Denial::TooManyRooms { limit: 10 },
    ];
    denials.extend(invalid_plays().map(Denial::InvalidPlay));
    denials
}

fn invalid_plays() -> [InvalidPlay; 7] {
    let pieces = Piece::ALL.into_iter().take(2).fold(PieceSet::EMPTY, PieceSet::with);
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

pub(crate) const FAREWELLS: [Farewell; 19] = [
    Farewell::Replaced,
    Farewell::RoomClosed,
    Farewell::ClosedByOperator,
    Farewell::Blocked,
    Farewell::Banned,
    Farewell::Removed,
    Farewell::RoomFailed,
    Farewell::ServerStopping,
    Farewell::TooSlow,
    Farewell::UnknownRoom,
    Farewell::HeartbeatLost,
    Farewell::MessageTooBig,
    Farewell::NotAdmitted,
    Farewell::BinaryRefused,
    Farewell::NotAuthenticated,
    Farewell::InvalidToken,
    Farewell::TokenExpired,
    Farewell::TooManyConnections,
    Farewell::TooManyAttempts,
];

pub(crate) fn malformed() -> Vec<Malformed> {
    vec![
        Malformed::NotJson { reason: "x".to_owned() },
        Malformed::TooDeep { max_depth: 127 },
        Malformed::Binary,
        Malformed::NoEvent,
        Malformed::UnknownEvent { event: "fly".to_owned(), known: vec!["walk"] },
        Malformed::MissingFields { fields: vec!["a".to_owned()], received: Value::Null },
        Malformed::MissingFields { fields: vec!["a".to_owned(), "b".to_owned()], received: Value::Null },
        Malformed::WrongType { field: "a".to_owned(), expected: "object", received: "array" },
        Malformed::OutOfRange { field: "a".to_owned(), problem: "is wrong".to_owned(), allowed: Value::from(1) },
        Malformed::UnsupportedVersion { requested: "7".to_owned() },
    ]
}
