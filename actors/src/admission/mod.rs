//! The one place where a room or a seat is admitted: by who asks for it, what they have used up, and what they hold.
//!
//! A room can't be created without a [`Permit`], and only this module issues permits. A permit is kept in the index
//! entry of its room, so what it counts is released however the room ends.

mod ledger;
mod opener;
mod permit;
mod rates;

use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
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

/// Suggested wait after a quota was reached. It is only a hint: the requester can free a place at any time.
const QUOTA_RETRY_MS: u64 = 60_000;

/// The network, account and connection that a room or a seat counts against.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Requester {
    /// The network of their client.
    pub network: Network,
    /// Their account; `None` for guests.
    pub account: Option<AccountId>,
    /// Their WebSocket connection; `None` over REST.
    pub connection: Option<ConnectionId>,
}

/// The number of rooms and seats that one connection, network or account may have. 0 turns a limit off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RoomLimits {
    /// New rooms per minute and connection.
    pub created_per_connection: u32,
    /// New rooms per minute and network.
    pub created_per_network: u32,
    /// New rooms per minute and account, over all contracts.
    pub created_per_account: u32,
    /// Open rooms that a network created.
    pub open_per_network: u32,
    /// Open rooms that an account created.
    pub open_per_account: u32,
    /// Running games without a person that a network created.
    pub bot_games_per_network: u32,
    /// Running games without a person on the whole server, in percent of its room limit; at least one game.
    pub bot_games_percent: u32,
    /// Seats of a network in waiting public rooms that others created.
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

/// The rates and the counts of all rooms and seats.
pub(crate) struct RoomAdmission {
    rates: Rates,
    ledger: Mutex<Ledger>,
}

impl RoomAdmission {
    pub(crate) fn new(limits: RoomLimits, max_rooms: usize) -> Arc<Self> {
        Arc::new(Self { rates: Rates::new(&limits), ledger: Mutex::new(Ledger::new(limits, max_rooms)) })
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock()
    }

    /// The permit of a room that was restored from the journal, which counts against its creator only if that is an
    /// account.
    pub(crate) fn recovered(self: &Arc<Self>, account: Option<AccountId>) -> Permit {
        let opener = Opener::Recovered(account);
        self.ledger().count(&opener);
        Permit::new(Arc::clone(self), opener)
    }

    /// Counts a seat in a waiting public room that somebody else created.
    ///
    /// # Errors
    /// [`Denial::QuotaReached`] if the network has reached its limit.
    pub(crate) fn sit(self: &Arc<Self>, network: Network) -> Result<SeatPermit, Denial> {
        match self.ledger().sit(network) {
            Ok(()) => Ok(SeatPermit::new(Arc::clone(self), network)),
            Err(limit) => {
                Limit::WaitingSeats.hit();
                Err(Denial::QuotaReached { held: Held::WaitingSeats, limit, retry_after_ms: QUOTA_RETRY_MS })
            }
        }
    }

    /// Counts the seat of a returning player, which no quota refuses.
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
