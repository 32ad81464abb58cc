//! Guards for rooms and seats: each counts against its owner until it is dropped.

use std::sync::Arc;

use vocabulary::RoomId;

use super::{Opener, Rank, RoomAdmission};
use crate::Network;

/// The permit for one room, which counts until this is dropped.
pub(crate) struct Permit {
    admission: Arc<RoomAdmission>,
    opener: Opener,
    /// The room's place among the games that only bots play; `None` while a person plays.
    rank: Option<Rank>,
}

impl Permit {
    pub(super) const fn new(admission: Arc<RoomAdmission>, opener: Opener) -> Self {
        Self { admission, opener, rank: None }
    }

    /// The creator of the room.
    pub(crate) const fn opener(&self) -> Opener {
        self.opener
    }

    /// Ranks the room among the games that only bots play, and returns those that must close for it.
    pub(crate) fn note_bot_game(&mut self, room: RoomId, watched: bool) -> Vec<RoomId> {
        if self.opener.is_operator() {
            return Vec::new();
        }
        let mut ledger = self.admission.ledger();
        self.rank = Some(ledger.rank(self.rank, room, self.opener.network(), watched));
        ledger.excess(self.opener.network())
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.admission.ledger().close(&self.opener, self.rank);
    }
}

/// A seat in a waiting public room that somebody else created; it counts until this is dropped.
pub(crate) struct SeatPermit {
    admission: Arc<RoomAdmission>,
    network: Network,
}

impl SeatPermit {
    pub(super) const fn new(admission: Arc<RoomAdmission>, network: Network) -> Self {
        Self { admission, network }
    }
}

impl Drop for SeatPermit {
    fn drop(&mut self) {
        self.admission.ledger().stand(self.network);
    }
}
