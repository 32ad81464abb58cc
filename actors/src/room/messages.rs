//! The room's door: all that other actors may say to it.

use std::{sync::Arc, time::Instant};

use actix::Message;
use bytestring::ByteString;
use contracts::ContractId;
use game_rules::{Action, Seat};
use vocabulary::{ConnectionId, Denial, Name, RoomRequest, Sequence, SessionToken};

use crate::session::Outbox;

/// A connection, as a room knows it.
#[derive(Clone)]
pub(crate) struct Listener {
    pub(crate) connection: ConnectionId,
    pub(crate) contract: ContractId,
    pub(crate) outbox: Arc<Outbox>,
}

/// Sit down, or come back. The room itself sends the answer to the listener; the session learns its seat.
#[derive(Message)]
#[rtype(result = "Result<Seated, Denial>")]
pub(crate) struct Enter {
    pub(crate) listener: Listener,
    pub(crate) player: Name,
    pub(crate) token: Option<SessionToken>,
    pub(crate) last_sequence: Option<Sequence>,
    /// Whether this is who made the room.
    pub(crate) creates: bool,
    pub(crate) client_sequence: Option<u64>,
}

/// What a session learns of its seat.
pub(crate) struct Seated {
    pub(crate) seat: Seat,
    pub(crate) name: Name,
    /// The answer that the listener was sent, for a repeat of the request.
    pub(crate) answer: ByteString,
}

/// A request from a seated connection. The room answers to its outbox.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Ask {
    pub(crate) connection: ConnectionId,
    pub(crate) client_sequence: Option<u64>,
    pub(crate) digest: u64,
    pub(crate) request: RoomRequest,
    /// When it came, for the latency histogram.
    pub(crate) received: Instant,
}

/// A connection has ended.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Gone(pub(crate) ConnectionId);

/// A bot has decided.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Decided {
    pub(crate) seat: Seat,
    /// The ticket that it was asked with.
    pub(crate) ticket: u64,
    pub(crate) action: Action,
}

/// Start the game with four bots.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct StartAlone;
