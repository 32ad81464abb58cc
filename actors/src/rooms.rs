//! The index of all rooms, read without asking an actor.

use std::{
    cmp::Reverse,
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use actix::Addr;
use chronicle::RoomView;
use dashmap::{DashMap, mapref::entry::Entry};
use parking_lot::RwLock;
use vocabulary::{AccountId, Page, RoomId, RoomListing, RoomStatus, Roster, Timestamp};

use crate::{
    admission::Permit,
    room::{Room, messages::Awake},
};

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

/// Where a room stands in a list: the newest first.
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

/// All rooms by id. A guard of a map never leaves a method, so none is held across an await. The other indexes change while
/// the room's own entry is locked, and none of their locks is held while an entry is looked up.
#[derive(Default)]
pub struct Rooms {
    by_id: DashMap<RoomId, Listed>,
    public: RwLock<Public>,
    /// The rooms where each account has a seat, or had one in the game.
    of_account: DashMap<AccountId, Vec<RoomId>>,
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
        self.index(None, Some(&view.situation.roster));
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
            self.index(Some(listed.roster()), Some(&view.situation.roster));
            listed.view = Arc::new(view);
        }
        self.changed.store(true, Ordering::Relaxed);
    }

    /// Forgets a room.
    pub(crate) fn remove(&self, room: RoomId) {
        self.by_id.remove_if(&room, |_, listed| {
            self.index(Some(listed.roster()), None);
            true
        });
        self.changed.store(true, Ordering::Relaxed);
    }

    /// Whether anything changed since this was last asked.
    pub(crate) fn take_changed(&self) -> bool {
        self.changed.swap(false, Ordering::Relaxed)
    }

    /// The public rooms that wait or play: waiting ones first, the newest first.
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
        // One that has gone in between is left out.
        (ids.into_iter().filter_map(|room| self.view(room)).collect(), total)
    }

    /// The same of all rooms that `wanted` takes, private and empty ones too: for operators. It looks at every room.
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

    /// The newest room that is not over and where this account has a seat.
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

    /// Notes what a change of a room's roster means for the lists. Most changes of a room leave its roster as it is.
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

/// Where a room is listed, if it is.
fn rank(roster: &Roster) -> Option<(RoomStatus, Rank)> {
    is_listed(roster).then_some((roster.status, (Reverse(roster.created_at), roster.room)))
}

/// Public, and not so new that its founder is still on the way in.
fn is_listed(roster: &Roster) -> bool {
    roster.options.public && roster.players().next().is_some()
}

#[cfg(test)]
mod tests {
    use actix::Actor;
    use chronicle::{Founding, State};
    use game_rules::SeatSet;
    use vocabulary::{Name, Player, PlayerKind};

    use super::*;
    use crate::{Engine, Settings};

    fn view(engine: &Engine, minute: u64) -> RoomView {
        let name = Name::parse("Room").unwrap();
        let options = engine.settings().room_defaults;
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
    fn looked_up(rooms: &Rooms) -> Vec<RoomId> {
        let everything = Page { offset: 0, limit: usize::MAX };
        let listed = |roster: &Roster| is_listed(roster) && roster.status != RoomStatus::Finished;
        rooms.all_views(everything, listed).0.iter().map(|view| view.situation.roster.room).collect()
    }

    #[actix::test]
    async fn every_list_is_as_if_all_rooms_had_been_looked_at() {
        let engine = Engine::start(Settings::default());
        let (rooms, account) = (Rooms::default(), AccountId::new());
        let founding = Founding {
            room: RoomId::random(),
            room_name: Name::parse("Any").unwrap(),
            options: engine.settings().room_defaults,
            at: Timestamp(0),
        };
        let permit = || engine.admit_bots().unwrap_or_else(|denial| panic!("{denial:?}"));
        let address = Room::new(engine.clone(), founding, permit().opener()).start();
        let [seat, other, ..] = game_rules::Seat::ALL;
        let mut entered = Vec::new();
        for minute in 0..40 {
            let empty = view(&engine, minute);
            assert!(rooms.enter(empty.clone(), permit(), || address.clone()).is_ok());
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
