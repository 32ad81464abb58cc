//! The one place where a room or a seat is admitted: who asks for it, what they have used up, what they hold.
//!
//! A room can't be made without a [`Permit`], and a permit is issued here alone, for a [`Requester`]. It is kept in the
//! index entry of its room, so what it counts is given back however the room ends.

mod ledger;
mod opener;
mod permit;
mod rates;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use vocabulary::{AccountId, ConnectionId, Denial, Held, RoomId};

pub(crate) use self::{
    ledger::Rank,
    opener::Opener,
    permit::{Permit, SeatPermit},
};
use self::{
    ledger::{Ledger, Refused},
    rates::Rates,
};
use crate::{Limit, Network};

/// When to try again after a quota: its owner can make room at any time, so this is only a hint.
const QUOTA_RETRY_MS: u64 = 60_000;

/// Who asks for a room or a seat, as limits count them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Requester {
    /// Where their client is.
    pub network: Network,
    /// Their account; `None` for guests.
    pub account: Option<AccountId>,
    /// Their WebSocket connection; `None` over REST.
    pub connection: Option<ConnectionId>,
}

/// How many rooms and seats one connection, network or account may have. 0 turns a limit off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RoomLimits {
    /// New rooms per minute and connection.
    pub created_per_connection: u32,
    /// New rooms per minute and network.
    pub created_per_network: u32,
    /// New rooms per minute and account, over all contracts.
    pub created_per_account: u32,
    /// Rooms that a network opened and that are still there.
    pub open_per_network: u32,
    /// Rooms that an account opened and that are still there.
    pub open_per_account: u32,
    /// Running games that a network opened and in which no person holds a seat.
    pub bot_games_per_network: u32,
    /// Such games of everybody, in percent of the rooms that the server may have; at least one game.
    pub bot_games_percent: u32,
    /// Seats that a network holds in waiting public rooms of others.
    pub waiting_seats_per_network: u32,
}

impl Default for RoomLimits {
    fn default() -> Self {
        Self {
            created_per_connection: 10,
            created_per_network: 120,
            created_per_account: contracts::battles::BattlesLimits::DEFAULT.create_per_minute,
            open_per_network: 200,
            open_per_account: 50,
            bot_games_per_network: 20,
            bot_games_percent: 25,
            waiting_seats_per_network: 50,
        }
    }
}

/// The permit of a new room, and the bot game that must close for it.
pub(crate) type Opened = (Permit, Option<RoomId>);

/// What was used and what is held, by whom.
pub(crate) struct RoomAdmission {
    rates: Rates,
    ledger: Mutex<Ledger>,
}

impl RoomAdmission {
    pub(crate) fn new(limits: RoomLimits, max_rooms: usize) -> Arc<Self> {
        Arc::new(Self { rates: Rates::new(&limits), ledger: Mutex::new(Ledger::new(limits, max_rooms)) })
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The permit of a room that the journal had, whose owner is known only if it is an account.
    pub(crate) fn recovered(self: &Arc<Self>, account: Option<AccountId>) -> Permit {
        let opener = Opener::Recovered(account);
        self.ledger().count(&opener);
        Permit::new(Arc::clone(self), opener)
    }

    /// Counts a seat in a waiting public room that somebody else opened.
    ///
    /// # Errors
    /// [`Denial::QuotaReached`] if the network holds as many as it may.
    pub(crate) fn sit(self: &Arc<Self>, network: Network) -> Result<SeatPermit, Denial> {
        match self.ledger().sit(network) {
            Ok(()) => Ok(SeatPermit::new(Arc::clone(self), network)),
            Err(limit) => {
                Limit::WaitingSeats.hit();
                Err(Denial::QuotaReached { held: Held::WaitingSeats, limit, retry_after_ms: QUOTA_RETRY_MS })
            }
        }
    }

    /// Counts the seat of somebody who returns to it, which no quota refuses.
    pub(crate) fn sit_again(self: &Arc<Self>, network: Network) -> SeatPermit {
        self.ledger().count_seat(network);
        SeatPermit::new(Arc::clone(self), network)
    }

    /// Admits the room of a person, whose rates it counts against.
    ///
    /// # Errors
    /// [`Denial::RateLimited`] and those of [`open`](Self::open). A room that is refused counts against nothing.
    pub(crate) fn open_for(self: &Arc<Self>, requester: &Requester) -> Result<Opened, Denial> {
        self.rates.take(requester).inspect_err(|_| Limit::RoomCreations.hit())?;
        self.open(Opener::Person(*requester)).inspect_err(|_| self.rates.give_back(requester))
    }

    /// Counts a new room, and returns its permit with the bot game that must make way for it, if the server is full.
    ///
    /// # Errors
    /// [`Denial::QuotaReached`], [`Denial::TooManyRooms`].
    pub(crate) fn open(self: &Arc<Self>, opener: Opener) -> Result<Opened, Denial> {
        match self.ledger().open(&opener) {
            Ok(makes_way) => Ok((Permit::new(Arc::clone(self), opener), makes_way)),
            Err(Refused::Quota(limit)) => {
                Limit::OpenRooms.hit();
                Err(Denial::QuotaReached { held: Held::OpenRooms, limit, retry_after_ms: QUOTA_RETRY_MS })
            }
            Err(Refused::Full(limit)) => {
                Limit::Rooms.hit();
                Err(Denial::TooManyRooms { limit })
            }
        }
    }
}
