//! Answers to one client. They are not events of a room and have no number.

use std::sync::Arc;

use bytestring::ByteString;
use game_rules::{PieceSet, Seat};

use crate::{
    AccountId, ConnectionId, LogFound, LogHistory, LogKind, Name, RoomId, Roster, Sequence, SessionToken, Situation,
};

/// An answer.
#[derive(Debug)]
pub enum Reply {
    /// A page of the public rooms.
    Rooms(RoomListing),
    /// One room.
    Room(Arc<Roster>),
    /// The missed events and the current state.
    Synchronised(Synchronisation),
    /// The connection has its seat again; the missed events follow.
    Reconnected(Reconnection),
    /// The connection of an account is in a room, as a player or as a spectator.
    Attending(Attendance),
    /// The current subscriptions of the connection.
    Subscribed(Vec<LogKind>),
    /// Messages of the live log, the newest first.
    History(LogHistory),
    /// Messages of the live log, the best match first.
    Found(LogFound),
}

/// A page of the public rooms.
#[derive(Clone, Debug)]
pub struct RoomListing {
    /// The rooms: waiting ones first, the newest first.
    pub rooms: Vec<Arc<Roster>>,
    /// The number of all public rooms.
    pub total: usize,
}

/// An event that a client has not seen, as its contract encodes it. `Debug` does not show the text, which may hold a hand.
#[derive(Clone)]
pub struct Missed {
    /// The event's number.
    pub sequence: Sequence,
    /// The whole message, as the connected members received it. A clone shares the bytes.
    pub text: ByteString,
}

impl std::fmt::Debug for Missed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Missed").field("sequence", &self.sequence).finish_non_exhaustive()
    }
}

/// The answer to `sync_request`.
pub struct Synchronisation {
    /// The number of the room's last event.
    pub current: Sequence,
    /// The events that this seat missed, in order, encoded in the contract that asks.
    pub missed: Vec<Missed>,
    /// Whether older events are no longer available.
    pub truncated: bool,
    /// The public state of the room.
    pub situation: Situation,
    /// The pieces of the seat; `None` before the start.
    pub hand: Option<PieceSet>,
    /// The hash of the state that the client has.
    pub client_hash: Option<String>,
}

/// The answer to `join_room` with the token of a seat.
pub struct Reconnection {
    /// The new connection.
    pub connection: ConnectionId,
    /// The room.
    pub room: RoomId,
    /// The player.
    pub player: Name,
    /// The number of events that follow.
    pub missed: usize,
    /// Whether older events are no longer available.
    pub truncated: bool,
    /// The public state of the room.
    pub situation: Situation,
    /// The pieces of the seat; `None` before the start.
    pub hand: Option<PieceSet>,
    /// The token of the seat, as it was sent; `None` if the account proved the seat.
    pub token: Option<SessionToken>,
    /// The highest message number that the server has received from this seat.
    pub last_client_sequence: Option<u64>,
}

/// The answer to a connection that belongs to an account and goes straight to a room.
pub struct Attendance {
    /// The connection.
    pub connection: ConnectionId,
    /// The account.
    pub account: AccountId,
    /// The account's seat; `None` for a spectator.
    pub seat: Option<Seat>,
    /// The public state of the room.
    pub situation: Situation,
    /// The pieces of the seat; `None` before the start, and for a spectator.
    pub hand: Option<PieceSet>,
    /// The number of missed events that follow; `None` if the seat was not away.
    pub missed: Option<usize>,
    /// Whether older events are no longer available.
    pub truncated: bool,
}

impl std::fmt::Debug for Attendance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attendance").field("seat", &self.seat).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Synchronisation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Synchronisation").field("current", &self.current).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Reconnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reconnection").field("room", &self.room).finish_non_exhaustive()
    }
}
