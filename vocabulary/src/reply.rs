//! Answers to one client that are no events of a room: they have no number.

use std::sync::Arc;

use bytestring::ByteString;
use game_rules::{PieceSet, Seat};

use crate::{
    AccountId, ConnectionId, LogFound, LogHistory, LogKind, Name, RoomId, Roster, Sequence, SessionToken, Situation,
};

/// An answer.
#[derive(Debug)]
pub enum Reply {
    /// The public rooms.
    Rooms(RoomListing),
    /// One room.
    Room(Arc<Roster>),
    /// What was missed.
    Synchronised(Synchronisation),
    /// Back in the seat; what was missed follows.
    Reconnected(Reconnection),
    /// Here, by one's account, to play or to watch.
    Attending(Attendance),
    /// All types of the live log that the connection is subscribed to now.
    Subscribed(Vec<LogKind>),
    /// Messages of the live log, the newest first.
    History(LogHistory),
    /// Messages of the live log, the best first.
    Found(LogFound),
}

/// A page of the public rooms.
#[derive(Clone, Debug)]
pub struct RoomListing {
    /// Waiting rooms first, the newest first.
    pub rooms: Vec<Arc<Roster>>,
    /// How many public rooms there are.
    pub total: usize,
}

/// An event that a client has not seen, as its contract encodes it. `Debug` does not show the text, which may hold a hand.
#[derive(Clone)]
pub struct Missed {
    /// Its number.
    pub sequence: Sequence,
    /// The whole message that those who were there were sent. A clone shares the bytes.
    pub text: ByteString,
}

impl std::fmt::Debug for Missed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Missed").field("sequence", &self.sequence).finish_non_exhaustive()
    }
}

/// The answer to `sync_request`.
pub struct Synchronisation {
    /// The last number given out.
    pub current: Sequence,
    /// What this seat missed, in order, in the words of the contract that asks.
    pub missed: Vec<Missed>,
    /// Whether older events were left out.
    pub truncated: bool,
    /// How things stand.
    pub situation: Situation,
    /// The seat's own pieces; none before the start.
    pub hand: Option<PieceSet>,
    /// The hash of the state that the client has.
    pub client_hash: Option<String>,
}

/// The answer to `join_room` with the token of a seat.
pub struct Reconnection {
    /// The new connection.
    pub connection: ConnectionId,
    /// Where.
    pub room: RoomId,
    /// Who.
    pub player: Name,
    /// How many events follow.
    pub missed: usize,
    /// Whether older events were left out.
    pub truncated: bool,
    /// How things stand.
    pub situation: Situation,
    /// The seat's own pieces; none before the start.
    pub hand: Option<PieceSet>,
    /// The seat's secret, as it was presented; none when the account proved the seat.
    pub token: Option<SessionToken>,
    /// The highest message number that the server has from this seat.
    pub last_client_sequence: Option<u64>,
}

/// The answer to a connection that belongs to an account and goes straight to a room.
pub struct Attendance {
    /// The connection.
    pub connection: ConnectionId,
    /// Whose it is.
    pub account: AccountId,
    /// The account's seat; none for one who watches.
    pub seat: Option<Seat>,
    /// How things stand.
    pub situation: Situation,
    /// The seat's own pieces; none before the start, and for one who watches.
    pub hand: Option<PieceSet>,
    /// How many events that the seat missed follow; none when it was not away.
    pub missed: Option<usize>,
    /// Whether older events were left out.
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
