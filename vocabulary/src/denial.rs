//! Every reason to say no. A denial carries facts; each contract finds its own code and words for it.

use std::time::Duration;

use game_rules::{Declaration, DeclarationSet, IllegalDeclaration, PhaseKind, Piece, PieceSet, Seat};

use crate::{Name, Scope};

/// Why a request was refused. Nothing has changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Denial {
    /// The server takes no guests.
    GuestsNotAllowed,
    /// The token belongs to no seat of this room.
    WrongToken,
    /// There is no such room (any more).
    RoomNotFound {
        /// What was asked for.
        room: String,
    },
    /// All seats are taken.
    RoomFull,
    /// This connection has a seat already.
    AlreadyInRoom,
    /// Someone of that name sits here, and no token proves it to be the same person.
    NameTaken {
        /// The name.
        name: Name,
    },
    /// The connection has no seat here.
    NotInRoom,
    /// Only the host may do that.
    HostOnly {
        /// Who the host is; empty while there is none.
        host: String,
    },
    /// The seat is not free.
    SeatTaken {
        /// The seats that are.
        free: Vec<Seat>,
    },
    /// No bot sits there.
    NoBotThere {
        /// The seats where bots sit.
        bots: Vec<Seat>,
    },
    /// No other person sits there.
    NoPlayerThere {
        /// The other people, and where they sit.
        people: Vec<(Seat, Name)>,
    },
    /// They were removed from this room and may not come back yet.
    Removed {
        /// When they may, in milliseconds.
        retry_after_ms: u64,
    },
    /// The game has not started.
    NotStarted,
    /// The game has started already.
    AlreadyStarted,
    /// Empty seats, and no bots wanted for them.
    NotEnoughPlayers {
        /// How many seats are taken.
        present: usize,
    },
    /// It is someone else's turn.
    NotYourTurn {
        /// Whose.
        current_player: String,
        /// The seat of who asked.
        your_position: Seat,
    },
    /// The action belongs to another phase.
    WrongPhase {
        /// The present one.
        phase: PhaseKind,
    },
    /// No redeal decision is open for this seat.
    NoRedealDecision,
    /// The number breaks a rule.
    InvalidDeclaration {
        /// The number.
        declared: Declaration,
        /// The numbers that are legal.
        legal: DeclarationSet,
        /// The rule.
        reason: IllegalDeclaration,
    },
    /// The seat has declared in this round.
    AlreadyDeclared {
        /// What.
        declared: Declaration,
    },
    /// A play without pieces.
    NoPiecesSelected,
    /// The pieces can't be played.
    InvalidPlay(InvalidPlay),
    /// The client's message number was used for something else, or is too old to tell.
    SequenceReused {
        /// The number.
        sequence: u64,
    },
    /// Too many requests in a time: of messages, of new rooms.
    RateLimited {
        /// The most in the window.
        limit: u32,
        /// The length of the window.
        window: Duration,
        /// When to try again, in milliseconds.
        retry_after_ms: u64,
    },
    /// The address or the account holds as much as it may at once.
    QuotaReached {
        /// What it holds.
        held: Held,
        /// The most that it may hold.
        limit: u32,
        /// When to try again, in milliseconds: the quota is free as soon as something is given up.
        retry_after_ms: u64,
    },
    /// They do not belong to that room, or there is no such account to speak to.
    ForeignScope {
        /// Where they wanted to speak.
        scope: Scope,
    },
    /// The connection may only watch.
    WatchesOnly,
    /// Someone spoke for another player (contract *state*, `player_id`).
    ForeignPlayer {
        /// For whom, as it was sent.
        player: String,
    },
    /// The room has more to do than it can queue; nothing was done.
    Busy,
    /// What was asked can't be made durable now; nothing was done.
    NotDurable,
    /// The disk is short of space, and the games that are played need what is left: no new game begins.
    LowOnDisk {
        /// When to try again, in milliseconds.
        retry_after_ms: u64,
    },
    /// The server failed; nothing was done, or the room is gone.
    ServerError,
    /// The server takes no new rooms.
    Maintenance,
    /// The server has as many rooms as it may.
    TooManyRooms {
        /// How many.
        limit: usize,
    },
}

/// What an address or an account may hold a limited number of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Held {
    /// Rooms that it opened and that have not ended.
    OpenRooms,
    /// Seats in waiting public rooms that others opened.
    WaitingSeats,
}

impl Held {
    /// The `reason` of the refusal, in every contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OpenRooms => "open_rooms",
            Self::WaitingSeats => "waiting_seats",
        }
    }

    /// The refusal as a sentence without its first capital and its full stop.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::OpenRooms => "too many open rooms from your address or account; end one, or try again later",
            Self::WaitingSeats => "too many seats at waiting tables from your address; leave one, or try again later",
        }
    }
}

/// What is wrong with the pieces of a play.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InvalidPlay {
    /// No piece has that id.
    UnknownPiece {
        /// What was sent.
        id: String,
    },
    /// A piece was named twice.
    RepeatedPiece {
        /// Which.
        piece: Piece,
    },
    /// An index points past the hand, or twice at one place.
    BadIndex {
        /// The index.
        index: u8,
        /// How many pieces the hand has.
        hand: usize,
    },
    /// Pieces that the player does not hold.
    ForeignPieces {
        /// Which.
        pieces: PieceSet,
    },
    /// Not as many pieces as the leader played.
    WrongCount {
        /// How many it must be.
        required: u8,
        /// How many it were.
        played: u8,
    },
    /// More than the six pieces of the largest set.
    TooMany {
        /// How many it were.
        played: usize,
    },
    /// The leader's pieces form no valid set.
    NoValidSet {
        /// Which.
        pieces: PieceSet,
    },
}
