//! The reasons to refuse a request. A denial has the facts; each contract has its own code and text for it.

use std::time::Duration;

use game_rules::{Declaration, DeclarationSet, IllegalDeclaration, PhaseKind, Piece, PieceSet, Seat};

use crate::{Name, Scope};

/// Why a request was refused. Nothing has changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Denial {
    /// Guests are not allowed on this server.
    GuestsNotAllowed,
    /// The token belongs to no seat of this room.
    WrongToken,
    /// There is no such room, or no longer.
    RoomNotFound {
        /// The requested id.
        room: String,
    },
    /// All seats are taken.
    RoomFull,
    /// This connection already has a seat.
    AlreadyInRoom,
    /// A player in the room has this name, and no token proves that it is the same person.
    NameTaken {
        /// The name.
        name: Name,
    },
    /// The connection has no seat in this room.
    NotInRoom,
    /// Only the host may do that.
    HostOnly {
        /// The name of the host; empty if there is none.
        host: String,
    },
    /// The seat is not free.
    SeatTaken {
        /// The free seats.
        free: Vec<Seat>,
    },
    /// There is no bot at this seat.
    NoBotThere {
        /// The seats of the bots.
        bots: Vec<Seat>,
    },
    /// There is no other person at this seat.
    NoPlayerThere {
        /// The other people and their seats.
        people: Vec<(Seat, Name)>,
    },
    /// The player was removed from this room and may not return yet.
    Removed {
        /// The time until the player may return, in milliseconds.
        retry_after_ms: u64,
    },
    /// The game has not started.
    NotStarted,
    /// The game has already started.
    AlreadyStarted,
    /// Seats are empty, and bots are not to fill them.
    NotEnoughPlayers {
        /// The number of taken seats.
        present: usize,
    },
    /// It is another player's turn.
    NotYourTurn {
        /// The name of that player.
        current_player: String,
        /// The seat of the player who asked.
        your_position: Seat,
    },
    /// The action belongs to another phase.
    WrongPhase {
        /// The current phase.
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
    /// The seat has already declared in this round.
    AlreadyDeclared {
        /// The number that it declared.
        declared: Declaration,
    },
    /// A play without pieces.
    NoPiecesSelected,
    /// The pieces can't be played.
    InvalidPlay(InvalidPlay),
    /// The client's message number was already used for another message, or is too old to check.
    SequenceReused {
        /// The number.
        sequence: u64,
    },
    /// Too many messages or new rooms in a time.
    RateLimited {
        /// The most in the window.
        limit: u32,
        /// The length of the window.
        window: Duration,
        /// When to try again, in milliseconds.
        retry_after_ms: u64,
    },
    /// The address or the account has reached a limit of what it may hold at once.
    QuotaReached {
        /// What it holds.
        held: Held,
        /// The most that it may hold.
        limit: u32,
        /// When to try again, in milliseconds. It may be possible earlier, as soon as something is given up.
        retry_after_ms: u64,
    },
    /// The sender does not belong to that room, or there is no such account.
    ForeignScope {
        /// The requested scope.
        scope: Scope,
    },
    /// The connection may only watch.
    WatchesOnly,
    /// The action is for another player (contract *state*, `player_id`).
    ForeignPlayer {
        /// The player's id, as it was sent.
        player: String,
    },
    /// The room's queue is full; nothing was done.
    Busy,
    /// The change could not be saved; nothing was done.
    NotDurable,
    /// The disk is low on space, and the running games need the rest: new games are not possible.
    LowOnDisk {
        /// When to try again, in milliseconds.
        retry_after_ms: u64,
    },
    /// The server failed; nothing was done, or the room is gone.
    ServerError,
    /// The server is in maintenance: new rooms are not possible.
    Maintenance,
    /// The server has reached its room limit.
    TooManyRooms {
        /// The limit.
        limit: usize,
    },
}

/// What an address or an account may hold only a limited number of.
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

    /// The refusal as a sentence without its full stop, the same in every contract.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::OpenRooms => "Too many open rooms from your address or account; end one, or try again later",
            Self::WaitingSeats => "Too many seats in waiting rooms from your address; leave one, or try again later",
        }
    }
}

/// What is wrong with the pieces of a play.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InvalidPlay {
    /// No piece has that id.
    UnknownPiece {
        /// The id, as it was sent.
        id: String,
    },
    /// A piece was named twice.
    RepeatedPiece {
        /// The piece.
        piece: Piece,
    },
    /// An index is not a piece of the hand, or is named twice.
    BadIndex {
        /// The index.
        index: u8,
        /// How many pieces the hand has.
        hand: usize,
    },
    /// Pieces that the player does not hold.
    ForeignPieces {
        /// The pieces.
        pieces: PieceSet,
    },
    /// The number of pieces is not that of the leader.
    WrongCount {
        /// The required number of pieces.
        required: u8,
        /// The number of pieces that were named.
        played: u8,
    },
    /// More than the six pieces of the largest set.
    TooMany {
        /// The number of pieces that were named.
        played: usize,
    },
    /// The leader's pieces form no valid set.
    NoValidSet {
        /// The pieces.
        pieces: PieceSet,
    },
}
