//! The index of all rooms, read without asking an actor.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use actix::Addr;
use dashmap::{DashMap, mapref::entry::Entry};
use vocabulary::{AccountId, Page, RoomId, RoomListing, RoomStatus, Roster, Sequence, Situation, Timestamp};

use crate::{
    admission::Permit,
    room::{Room, messages::Awake},
};

/// What everybody may know of a room, as of its last event.
#[derive(Clone, Debug)]
pub struct RoomView {
    /// How it stands.
    pub situation: Situation,
    /// The number of its last event.
    pub sequence: Sequence,
    /// When that was.
    pub updated_at: Timestamp,
}

/// Where a room is, and what everybody may know of it.
struct Listed {
    address: Addr<Room>,
    view: Arc<RoomView>,
    /// What the room counts for; given back with this entry.
    permit: Permit,
}

impl Listed {
    fn roster(&self) -> &Arc<Roster> {
        &self.view.situation.roster
    }
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

    /// Tells every room that the process has paused.
    pub(crate) fn wake(&self) {
        self.by_id.iter().for_each(|listed| listed.address.do_send(Awake));
    }

    /// The rooms whose game has not begun.
    pub(crate) fn waiting(&self) -> Vec<Addr<Room>> {
        let waiting = self.by_id.iter().filter(|listed| listed.roster().status == RoomStatus::Waiting);
        waiting.map(|listed| listed.address.clone()).collect()
    }

    /// What everybody may know of a room.
    pub fn roster(&self, room: RoomId) -> Option<Arc<Roster>> {
        self.by_id.get(&room).map(|listed| Arc::clone(listed.roster()))
    }

    /// How a room stands.
    pub fn view(&self, room: RoomId) -> Option<Arc<RoomView>> {
        self.by_id.get(&room).map(|listed| Arc::clone(&listed.view))
    }

    /// Enters a room that `start` makes.
    ///
    /// # Errors
    /// If the id is taken, the unused permit.
    pub(crate) fn enter(
        &self,
        view: RoomView,
        permit: Permit,
        start: impl FnOnce() -> Addr<Room>,
    ) -> Result<Addr<Room>, Permit> {
        let Entry::Vacant(place) = self.by_id.entry(view.situation.roster.room) else {
            return Err(permit);
        };
        let address = start();
        place.insert(Listed { address: address.clone(), view: Arc::new(view), permit });
        self.changed.store(true, Ordering::Relaxed);
        Ok(address)
    }

    /// Notes that only bots play in a room, and returns the rooms that must close for that.
    pub(crate) fn note_bot_game(&self, room: RoomId, watched: bool) -> Vec<RoomId> {
        let listed = self.by_id.get_mut(&room);
        listed.map(|mut listed| listed.permit.note_bot_game(room, watched)).unwrap_or_default()
    }

    /// Forgets a room that has to close, and returns where it is; `None` if it was forgotten before.
    pub(crate) fn take(&self, room: RoomId) -> Option<Addr<Room>> {
        let (_, listed) = self.by_id.remove(&room)?;
        self.changed.store(true, Ordering::Relaxed);
        Some(listed.address)
    }

    /// Notes how a room is now.
    pub(crate) fn update(&self, view: RoomView) {
        if let Some(mut listed) = self.by_id.get_mut(&view.situation.roster.room) {
            listed.view = Arc::new(view);
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
        let (views, total) = self.views(page, |roster| roster.status != RoomStatus::Finished);
        let rooms = views.iter().map(|view| Arc::clone(&view.situation.roster)).collect();
        RoomListing { rooms, total }
    }

    /// A page of the public rooms that `wanted` takes, in the same order, and how many there are.
    pub fn views(&self, page: Page, wanted: impl Fn(&Roster) -> bool) -> (Vec<Arc<RoomView>>, usize) {
        self.all_views(page, |roster| is_listed(roster) && wanted(roster))
    }

    /// The same of all rooms, private and empty ones too: for operators.
    pub fn all_views(&self, page: Page, wanted: impl Fn(&Roster) -> bool) -> (Vec<Arc<RoomView>>, usize) {
        let listed = self.by_id.iter().filter(|listed| wanted(listed.roster()));
        let mut views: Vec<Arc<RoomView>> = listed.map(|listed| Arc::clone(&listed.view)).collect();
        let total = views.len();
        let order = |view: &Arc<RoomView>| {
            let roster = &view.situation.roster;
            (roster.status != RoomStatus::Waiting, std::cmp::Reverse(roster.created_at), roster.room)
        };
        views.sort_unstable_by_key(order);
        (views.into_iter().skip(page.offset).take(page.limit).collect(), total)
    }

    /// The newest room that is not over and where this account has a seat.
    pub fn current_of(&self, account: AccountId) -> Option<Arc<RoomView>> {
        let is_theirs = |roster: &Roster| {
            let seat = roster.seat_of(account).and_then(|seat| roster.seats[seat].as_ref());
            roster.status != RoomStatus::Finished && seat.is_some_and(|player| !player.has_forfeited())
        };
        let theirs = self.by_id.iter().filter(|listed| is_theirs(listed.roster()));
        let newest = theirs.max_by_key(|listed| listed.roster().created_at)?;
        Some(Arc::clone(&newest.view))
    }
}

/// Public, and not so new that its founder is still on the way in.
fn is_listed(roster: &Roster) -> bool {
    roster.options.public && roster.players().next().is_some()
}
