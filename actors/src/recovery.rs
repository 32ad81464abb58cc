//! Rooms that were kept come back: all of them at the start, one when it failed.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use actix::{Actor, Arbiter};
use chronicle::{
    Kept,
    codec::{self, Unreadable},
};
use game_rules::SeatSet;
use metrics::{counter, describe_counter};
use store::{Damaged, StoreError, StoredRoom};
use tokio::sync::oneshot;
use vocabulary::{RoomId, Timestamp, clock};

use crate::{Engine, room::Room};

/// How long a store that can't be read is left alone.
const RETRY: Duration = Duration::from_secs(1);

/// What a start brought back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Rooms that go on.
    pub rooms: usize,
    /// Rooms whose facts can't be read: they are kept in the store, and out of the way.
    pub quarantined: usize,
}

/// A room whose facts can't be read, and why.
struct Unread {
    room: String,
    reason: Unreadable,
}

impl Engine {
    /// Brings back every unfinished room of the journal, spread over so many threads.
    ///
    /// # Errors
    /// When the store can't be read. A room that can't be read is no error: it is put aside.
    pub async fn recover(&self, threads: usize) -> Result<Recovered, StoreError> {
        describe_counter!("liap_rooms_quarantined_total", "Rooms whose journal could not be read");
        if let Some(newest) = self.newest_message().await? {
            // Not within the same millisecond, where another process has given out ids.
            clock::not_before(Timestamp(newest.0.saturating_add(1)));
        }
        let Some(journal) = self.journal() else { return Ok(Recovered::default()) };
        let rooms = journal.store().unfinished().await?;
        let found = rooms.len();
        let mut unread = Vec::new();
        for done in self.rebuild_on_threads(rooms, threads.max(1)) {
            unread.extend(done.await.unwrap_or_default());
        }
        let quarantined = unread.len();
        for unread in unread {
            self.put_aside(&unread.room, &unread.reason).await?;
        }
        Ok(Recovered { rooms: found - quarantined, quarantined })
    }

    /// The time of the newest message of the live log: whatever the system's clock says, new ones sort after it.
    async fn newest_message(&self) -> Result<Option<Timestamp>, StoreError> {
        let Some(store) = self.store() else { return Ok(None) };
        store.newest_message().await
    }

    fn rebuild_on_threads(&self, mut rooms: Vec<StoredRoom>, threads: usize) -> Vec<oneshot::Receiver<Vec<Unread>>> {
        let share = rooms.len().div_ceil(threads);
        let mut working = Vec::new();
        while !rooms.is_empty() {
            let mine = rooms.split_off(rooms.len().saturating_sub(share));
            let (engine, (done, waiting)) = (self.clone(), oneshot::channel());
            Arbiter::new().spawn_fn(move || {
                let unread = mine.into_iter().filter_map(|stored| engine.rebuild(stored).err()).collect();
                let _ = done.send(unread);
            });
            working.push(waiting);
        }
        working
    }

    /// Brings one room back, in the current arbiter, as soon as the store can be read.
    pub(crate) async fn recover_room(&self, room: RoomId) -> Result<(), StoreError> {
        let Some(journal) = self.journal() else { return Ok(()) };
        journal.flush().await;
        let stored = loop {
            match journal.store().unfinished_room(room.as_str()).await {
                // A database that comes and goes must not cost the room the rest of this process's life.
                Err(error) if error.is_temporary() => {
                    log::warn!("room {room} can't be read now, it is tried again: {error}");
                    tokio::time::sleep(RETRY).await;
                }
                read => break read?,
            }
        };
        let Some(stored) = stored else { return Ok(()) };
        match self.rebuild(stored) {
            Ok(()) => log::info!("room {room} goes on"),
            Err(unread) => self.put_aside(&unread.room, &unread.reason).await?,
        }
        Ok(())
    }

    /// Puts a room aside that can't go on; it stays in the store for someone to look at.
    pub(crate) async fn put_aside(&self, room: &str, reason: &impl std::fmt::Display) -> Result<(), StoreError> {
        log::error!("room {room} is put aside: {reason}");
        counter!("liap_rooms_quarantined_total").increment(1);
        match self.journal() {
            Some(journal) => journal.store().quarantine(room, &reason.to_string()).await,
            None => Ok(()),
        }
    }

    fn rebuild(&self, stored: StoredRoom) -> Result<(), Unread> {
        let room = stored.room.clone();
        // A fold that panics must not end the start.
        let kept = catch_unwind(AssertUnwindSafe(|| fold(&stored)));
        let kept = kept.unwrap_or_else(|_| Err(Unreadable::Founding("reading it panicked".to_owned())));
        let kept = kept.map_err(|reason| Unread { room, reason })?;
        let (view, left_to_bots) = (kept.state.view(SeatSet::default()), kept.state.is_left_to_bots());
        let id = view.situation.roster.room;
        let permit = self.room_admission().recovered(kept.creator());
        let opener = permit.opener();
        let entered = self.rooms().enter(view, permit, || Room::rebuilt(self.clone(), kept, opener).start());
        if left_to_bots && entered.is_ok() {
            // At once: from now on people may ask for its place.
            self.note_bot_game(id, false);
        }
        Ok(())
    }
}

fn fold(stored: &StoredRoom) -> Result<Kept, Unreadable> {
    match stored.damaged {
        Some(Damaged::Founding) => return Err(Unreadable::Damaged("the founding".to_owned())),
        Some(Damaged::Entry(number)) => return Err(Unreadable::Damaged(format!("fact {number}"))),
        None => {}
    }
    if stored.gap {
        return Err(Unreadable::Gap);
    }
    Kept::fold(codec::read_founding(&stored.founding)?, codec::read_entries(&stored.entries)?)
}
