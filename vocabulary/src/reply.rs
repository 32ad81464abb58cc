//! Answers to one client that are no events of a room: they have no number.

use std::sync::Arc;

use game_rules::PieceSet;

use crate::{ConnectionId, Name, Notice, RoomId, Roster, Sequence, SessionToken, Situation, Stamp};

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
}

/// A page of the public rooms.
#[derive(Clone, Debug)]
pub struct RoomListing {
    /// Waiting rooms first, the newest first.
    pub rooms: Vec<Arc<Roster>>,
    /// How many public rooms there are.
    pub total: usize,
}

/// An event that a client has not seen.
#[derive(Debug)]
pub struct Missed {
    /// As it was sent.
    pub stamp: Stamp,
    /// What it was.
    pub notice: Notice,
}

/// The answer to `sync_request`.
pub struct Synchronisation {
    /// The last number given out.
    pub current: Sequence,
    /// What this seat missed, in order.
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
    /// The seat's secret, as it was presented.
    pub token: SessionToken,
    /// The highest message number that the server has from this seat.
    pub last_client_sequence: Option<u64>,
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
