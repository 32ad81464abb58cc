//! The index of all rooms, read without asking an actor.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use actix::Addr;
use dashmap::{DashMap, mapref::entry::Entry};
use vocabulary::{Page, RoomId, RoomListing, RoomStatus, Roster};

use crate::room::Room;

/// Where a room is, and what everybody may know of it.
struct Listed {
    address: Addr<Room>,
    roster: Arc<Roster>,
}

/// All rooms by id. A guard of the map never leaves a method, so none is held across an await.
#[derive(Default)]
pub struct Rooms {
    by_id: DashMap<RoomId, Listed>,
    changed: AtomicBool,
}

impl Rooms {
    /// How many rooms live.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether no room lives.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Where a room is.
    pub fn address(&self, room: RoomId) -> Option<Addr<Room>> {
        self.by_id.get(&room).map(|listed| listed.address.clone())
    }

    /// What everybody may know of a room.
    pub fn roster(&self, room: RoomId) -> Option<Arc<Roster>> {
        self.by_id.get(&room).map(|listed| Arc::clone(&listed.roster))
    }

    /// Enters a room that `start` makes, unless the id is taken.
    pub(crate) fn enter(&self, roster: Arc<Roster>, start: impl FnOnce() -> Addr<Room>) -> Option<Addr<Room>> {
        let Entry::Vacant(place) = self.by_id.entry(roster.room) else {
            return None;
        };
        let address = start();
        place.insert(Listed { address: address.clone(), roster });
        self.changed.store(true, Ordering::Relaxed);
        Some(address)
    }

    /// Notes how a room is now.
    pub(crate) fn update(&self, roster: &Arc<Roster>) {
        if let Some(mut listed) = self.by_id.get_mut(&roster.room) {
            listed.roster = Arc::clone(roster);
        }
        self.changed.store(true, Ordering::Relaxed);
    }

    /// Forgets a room.
    pub(crate) fn remove(&self, room: RoomId) {
        self.by_id.remove(&room);
        self.changed.store(true, Ordering::Relaxed);
    }

    /// Whether anything changed since this was last asked.
    pub(crate) fn take_changed(&self) -> bool {
        self.changed.swap(false, Ordering::Relaxed)
    }

    /// The public rooms that wait or play: waiting ones first, the newest first.
    pub fn list(&self, page: Page) -> RoomListing {
        let mut rooms: Vec<Arc<Roster>> = self
            .by_id
            .iter()
            .filter(|listed| is_listed(&listed.roster))
            .map(|listed| Arc::clone(&listed.roster))
            .collect();
        let total = rooms.len();
        let order = |roster: &Arc<Roster>| {
            (roster.status != RoomStatus::Waiting, std::cmp::Reverse(roster.created_at), roster.room)
        };
        rooms.sort_unstable_by_key(order);
        let rooms = rooms.into_iter().skip(page.offset).take(page.limit).collect();
        RoomListing { rooms, total }
    }
}

/// Public, not over, and not so new that its founder is still on the way in.
fn is_listed(roster: &Roster) -> bool {
    roster.options.public && roster.status != RoomStatus::Finished && roster.players().next().is_some()
}
