//! The index of all rooms, read without asking an actor.

use std::{
    cmp::Reverse,
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use chronicle::RoomView;
use dashmap::{DashMap, mapref::entry::Entry};
use parking_lot::RwLock;
use vocabulary::{AccountId, Page, RoomId, RoomListing, RoomStatus, Roster, Timestamp};

use crate::admission::Permit;

/// A room's address, and what everybody may know of it.
struct Listed<A> {
    address: A,
    view: Arc<RoomView>,
    /// What the room counts for; given back with this entry.
    permit: Permit,
}

impl<A> Listed<A> {
    fn roster(&self) -> &Arc<Roster> {
        &self.view.situation.roster
    }
}

/// A room's place in a list: the newest first.
type Rank = (Reverse<Timestamp>, RoomId);

/// The public rooms in the order in which they are listed, so that a page costs no more than its rooms.
#[derive(Default)]
struct Public {
    waiting: BTreeSet<Rank>,
    playing: BTreeSet<Rank>,
}

impl Public {
    fn of(&self, status: RoomStatus) -> Option<&BTreeSet<Rank>> {
        match status {
            RoomStatus::Waiting => Some(&self.waiting),
            RoomStatus::Playing => Some(&self.playing),
            RoomStatus::Finished => None,
        }
    }

    fn of_mut(&mut self, status: RoomStatus) -> Option<&mut BTreeSet<Rank>> {
        match status {
            RoomStatus::Waiting => Some(&mut self.waiting),
            RoomStatus::Playing => Some(&mut self.playing),
            RoomStatus::Finished => None,
        }
    }
}

/// All open rooms by id, with addresses of type `A`: a room updates its own entry, so the index can't know what a room
/// is. A guard of a map never leaves a method, so none is held across an await. The other indexes change while the
/// room's own entry is locked, and none of their locks is held while an entry is looked up.
pub struct Rooms<A> {
    by_id: DashMap<RoomId, Listed<A>>,
    public: RwLock<Public>,
    /// The rooms in which each account has or had a seat.
    of_account: DashMap<AccountId, Vec<RoomId>>,
    changed: AtomicBool,
}

impl<A> Default for Rooms<A> {
    fn default() -> Self {
        Self {
            by_id: DashMap::new(),
            public: RwLock::default(),
            of_account: DashMap::new(),
            changed: AtomicBool::new(false),
        }
    }
}

impl<A> Rooms<A> {
    /// The number of open rooms.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether no room is open.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The address of a room; `None` if it is not open.
    pub fn address(&self, room: RoomId) -> Option<A>
    where
        A: Clone,
    {
        self.by_id.get(&room).map(|listed| listed.address.clone())
    }

    /// Visits every room while its entry is locked.
    pub(crate) fn each(&self, mut visit: impl FnMut(&Roster, &A)) {
        self.by_id.iter().for_each(|listed| visit(listed.roster(), &listed.address));
    }

    /// The roster of a room.
    pub fn roster(&self, room: RoomId) -> Option<Arc<Roster>> {
        self.by_id.get(&room).map(|listed| Arc::clone(listed.roster()))
    }

    /// The state of a room that everybody may see.
    pub fn view(&self, room: RoomId) -> Option<Arc<RoomView>> {
        self.by_id.get(&room).map(|listed| Arc::clone(&listed.view))
    }

    /// Adds a room, which `start` starts.
    ///
    /// # Errors
    /// Returns the unused permit if the id is taken.
    pub(crate) fn enter(&self, view: RoomView, permit: Permit, start: impl FnOnce() -> A) -> Result<A, Permit>
    where
        A: Clone,
    {
        let Entry::Vacant(place) = self.by_id.entry(view.situation.roster.room) else {
            return Err(permit);
        };
        // Started while the entry is locked, so that nobody can take the id meanwhile.
        let address = start();
        self.index(None, Some(&view.situation.roster));
        place.insert(Listed { address: address.clone(), view: Arc::new(view), permit });
        self.changed.store(true, Ordering::Relaxed);
        Ok(address)
    }

    /// Ranks a room in which only bots play among all such games, and returns those that must close for it.
    pub(crate) fn rank_bot_game(&self, room: RoomId, watched: bool) -> Vec<RoomId> {
        let listed = self.by_id.get_mut(&room);
        listed.map(|mut listed| listed.permit.note_bot_game(room, watched)).unwrap_or_default()
    }

    /// Removes a room that has to close, and returns its address; `None` if it was removed before.
    pub(crate) fn take(&self, room: RoomId) -> Option<A> {
        let (_, listed) = self.by_id.remove(&room)?;
        self.changed.store(true, Ordering::Relaxed);
        Some(listed.address)
    }

    /// Replaces the view of a room.
    pub(crate) fn update(&self, view: RoomView) {
        if let Some(mut listed) = self.by_id.get_mut(&view.situation.roster.room) {
            self.index(Some(listed.roster()), Some(&view.situation.roster));
            listed.view = Arc::new(view);
        }
        self.changed.store(true, Ordering::Relaxed);
    }

    /// Removes a room; does nothing if it was removed before.
    pub(crate) fn remove(&self, room: RoomId) {
        self.by_id.remove_if(&room, |_, listed| {
            self.index(Some(listed.roster()), None);
            true
        });
        self.changed.store(true, Ordering::Relaxed);
    }

    /// Whether a room was added, changed or removed since the last call.
    pub(crate) fn take_changed(&self) -> bool {
        self.changed.swap(false, Ordering::Relaxed)
    }

    /// A page of the public rooms that wait or play: waiting ones first, the newest first.
    pub fn list(&self, page: Page) -> RoomListing {
        let (views, total) = self.views(page, &[RoomStatus::Waiting, RoomStatus::Playing]);
        let rooms = views.iter().map(|view| Arc::clone(&view.situation.roster)).collect();
        RoomListing { rooms, total }
    }

    /// A page of the public rooms that wait or play, those of the first status first, and how many there are.
    pub fn views(&self, page: Page, statuses: &[RoomStatus]) -> (Vec<Arc<RoomView>>, usize) {
        let (ids, total): (Vec<RoomId>, usize) = {
            let public = self.public.read();
            let sets = || statuses.iter().filter_map(|status| public.of(*status));
            let ids = sets().flatten().skip(page.offset).take(page.limit).map(|(_, room)| *room);
            (ids.collect(), sets().map(BTreeSet::len).sum())
        };
        // A room may have been removed since its id was read.
        (ids.into_iter().filter_map(|room| self.view(room)).collect(), total)
    }

    /// A page of all rooms that `wanted` accepts, also private and empty ones, for operators. It visits every room.
    pub fn all_views(&self, page: Page, wanted: impl Fn(&Roster) -> bool) -> (Vec<Arc<RoomView>>, usize) {
        let listed = self.by_id.iter().filter(|listed| wanted(listed.roster()));
        let mut views: Vec<Arc<RoomView>> = listed.map(|listed| Arc::clone(&listed.view)).collect();
        let total = views.len();
        let order = |view: &Arc<RoomView>| {
            let roster = &view.situation.roster;
            (roster.status != RoomStatus::Waiting, Reverse(roster.created_at), roster.room)
        };
        views.sort_unstable_by_key(order);
        (views.into_iter().skip(page.offset).take(page.limit).collect(), total)
    }

    /// The newest room with an unfinished game in which this account has a seat.
    pub fn current_of(&self, account: AccountId) -> Option<Arc<RoomView>> {
        let is_theirs = |roster: &Roster| {
            let seat = roster.seat_of(account).and_then(|seat| roster.seats[seat].as_ref());
            roster.status != RoomStatus::Finished && seat.is_some_and(|player| !player.has_forfeited())
        };
        let rooms = self.of_account.get(&account).map(|rooms| rooms.clone()).unwrap_or_default();
        let views = rooms.into_iter().filter_map(|room| self.view(room));
        let theirs = views.filter(|view| is_theirs(&view.situation.roster));
        theirs.max_by_key(|view| view.situation.roster.created_at)
    }

    /// Updates the lists after a change of a room's roster. Most changes of a room leave its roster as it is.
    fn index(&self, before: Option<&Arc<Roster>>, after: Option<&Arc<Roster>>) {
        if let (Some(before), Some(after)) = (before, after)
            && Arc::ptr_eq(before, after)
        {
            return;
        }
        let (left, listed) = (before.and_then(|roster| rank(roster)), after.and_then(|roster| rank(roster)));
        if left != listed {
            let mut public = self.public.write();
            if let Some((set, rank)) = left.and_then(|(status, rank)| Some((public.of_mut(status)?, rank))) {
                set.remove(&rank);
            }
            if let Some((set, rank)) = listed.and_then(|(status, rank)| Some((public.of_mut(status)?, rank))) {
                set.insert(rank);
            }
        }
        for account in accounts(before).filter(|account| !accounts(after).any(|other| other == *account)) {
            let room = before.map(|roster| roster.room);
            self.of_account.remove_if_mut(&account, |_, rooms| {
                rooms.retain(|other| Some(*other) != room);
                rooms.is_empty()
            });
        }
        for account in accounts(after).filter(|account| !accounts(before).any(|other| other == *account)) {
            self.of_account.entry(account).or_default().extend(after.map(|roster| roster.room));
        }
    }
}

fn accounts(roster: Option<&Arc<Roster>>) -> impl Iterator<Item = AccountId> + '_ {
    roster.into_iter().flat_map(|roster| roster.players().filter_map(|(_, player)| player.account))
}

/// The list that shows a room, and the room's place in it.
fn rank(roster: &Roster) -> Option<(RoomStatus, Rank)> {
    is_listed(roster).then_some((roster.status, (Reverse(roster.created_at), roster.room)))
}

/// Whether a room is public and has a player: its creator sits down only after it is in the index.
fn is_listed(roster: &Roster) -> bool {
    roster.options.public && roster.players().next().is_some()
}

#[cfg(test)]
mod tests {
    use chronicle::{Founding, State};
    use game_rules::SeatSet;
    use vocabulary::{Name, Player, PlayerKind, RoomOptions};

    use super::*;
    use crate::admission::{RoomAdmission, RoomLimits};

    fn view(minute: u64) -> RoomView {
        let name = Name::parse("Room").unwrap();
        let options = RoomOptions::default();
        let founding = Founding { room: RoomId::random(), room_name: name, options, at: Timestamp(minute * 60_000) };
        State::new(&founding).view(SeatSet::default())
    }

    fn with(view: &RoomView, change: impl FnOnce(&mut Roster)) -> RoomView {
        let mut changed = view.clone();
        change(Arc::make_mut(&mut changed.situation.roster));
        changed
    }

    fn seated(roster: &mut Roster, seat: game_rules::Seat, account: AccountId) {
        let name = Name::parse("Ann").unwrap();
        let player = Player { name, kind: PlayerKind::Human, stand_in: None, account: Some(account) };
        roster.seats[seat] = Some(player);
    }

    /// The lists as they were made before there was an index.
    fn looked_up(rooms: &Rooms<u64>) -> Vec<RoomId> {
        let everything = Page { offset: 0, limit: usize::MAX };
        let listed = |roster: &Roster| is_listed(roster) && roster.status != RoomStatus::Finished;
        rooms.all_views(everything, listed).0.iter().map(|view| view.situation.roster.room).collect()
    }

    #[test]
    fn every_list_is_as_if_all_rooms_had_been_looked_at() {
        let admission = RoomAdmission::new(RoomLimits::default(), 100);
        let (rooms, account) = (Rooms::default(), AccountId::new());
        let [seat, other, ..] = game_rules::Seat::ALL;
        let mut entered = Vec::new();
        for minute in 0..40 {
            let empty = view(minute);
            assert!(rooms.enter(empty.clone(), admission.recovered(None), || minute).is_ok());
            let waiting = with(&empty, |roster| seated(roster, seat, account));
            rooms.update(waiting.clone());
            let now = with(&waiting, |roster| match minute % 5 {
                1 => roster.status = RoomStatus::Playing,
                2 => roster.status = RoomStatus::Finished,
                3 => roster.options.public = false,
                4 => roster.seats[seat] = None,
                _ => seated(roster, other, AccountId::new()),
            });
            rooms.update(now);
            entered.push(empty.situation.roster.room);
            let listed: Vec<RoomId> =
                rooms.list(Page { offset: 0, limit: 1_000 }).rooms.iter().map(|roster| roster.room).collect();
            assert_eq!(listed, looked_up(&rooms), "after {minute} rooms");
            let third = rooms.list(Page { offset: 2, limit: 1 });
            assert_eq!(third.total, listed.len());
            assert_eq!(third.rooms.first().map(|roster| roster.room), listed.get(2).copied());
        }
        assert_eq!(rooms.current_of(account).unwrap().situation.roster.room, entered[38], "39 has no player any more");
        entered.iter().for_each(|room| rooms.remove(*room));
        assert_eq!((rooms.list(Page::default()).total, rooms.current_of(account).is_none()), (0, true));
        assert!(rooms.of_account.is_empty(), "nothing is left of rooms that have gone");
    }
}
