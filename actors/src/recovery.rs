//! Restores rooms from the journal: all of them at the start, one when it has stopped.

use std::{
    fmt::Display,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
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
use vocabulary::RoomId;

use crate::room::{Room, Services};

/// Pause before a store that can't be read is read again.
const RETRY: Duration = Duration::from_secs(1);

/// The outcome of a recovery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Rooms that were restored.
    pub rooms: usize,
    /// Rooms whose facts can't be read. The store keeps them.
    pub quarantined: usize,
}

/// A room whose facts can't be read, and why.
struct Unread {
    room: String,
    reason: Unreadable,
}

/// Restores every unfinished room of the journal, on this number of new threads.
///
/// # Errors
/// The store can't be read. A room that can't be read is not an error: it is quarantined.
pub(crate) async fn restore_all(services: &Arc<Services>, threads: usize) -> Result<Recovered, StoreError> {
    describe_counter!("liap_rooms_quarantined_total", "Rooms whose journal could not be read");
    let Some(journal) = &services.journal else { return Ok(Recovered::default()) };
    let rooms = journal.store().unfinished().await?;
    let found = rooms.len();
    let mut unread = Vec::new();
    for done in rebuild_on_threads(services, rooms, threads.max(1)) {
        unread.extend(done.await.unwrap_or_default());
    }
    let quarantined = unread.len();
    for Unread { room, reason } in unread {
        quarantine(services, &room, &reason).await?;
    }
    Ok(Recovered { rooms: found - quarantined, quarantined })
}

fn rebuild_on_threads(
    services: &Arc<Services>,
    mut rooms: Vec<StoredRoom>,
    threads: usize,
) -> Vec<oneshot::Receiver<Vec<Unread>>> {
    let share = rooms.len().div_ceil(threads);
    let mut working = Vec::new();
    while !rooms.is_empty() {
        let mine = rooms.split_off(rooms.len().saturating_sub(share));
        let (services, (done, waiting)) = (Arc::clone(services), oneshot::channel());
        Arbiter::new().spawn_fn(move || {
            let unread = mine.into_iter().filter_map(|stored| rebuild(&services, stored).err()).collect();
            // The receiver is gone only if the start was given up.
            let _ = done.send(unread);
        });
        working.push(waiting);
    }
    working
}

/// Restores one room in the current arbiter, as soon as the store can be read.
pub(crate) async fn restore(services: &Arc<Services>, room: RoomId) -> Result<(), StoreError> {
    let Some(journal) = &services.journal else { return Ok(()) };
    // The room may have queued writes before it stopped.
    journal.flush().await;
    let stored = loop {
        match journal.store().unfinished_room(room.as_str()).await {
            // A database that comes and goes must not cost the room the rest of this process's life.
            Err(error) if error.is_temporary() => {
                log::warn!("room {room} can't be read now and will be tried again: {error}");
                tokio::time::sleep(RETRY).await;
            }
            read => break read?,
        }
    };
    let Some(stored) = stored else { return Ok(()) };
    match rebuild(services, stored) {
        Ok(()) => log::info!("room {room} was restored"),
        Err(Unread { room, reason }) => quarantine(services, &room, &reason).await?,
    }
    Ok(())
}

/// Quarantines a room that can't continue; the store keeps it for an operator to look at.
pub(crate) async fn quarantine(services: &Services, room: &str, reason: &impl Display) -> Result<(), StoreError> {
    log::error!("room {room} is quarantined: {reason}");
    counter!("liap_rooms_quarantined_total").increment(1);
    match &services.journal {
        Some(journal) => journal.store().quarantine(room, &reason.to_string()).await,
        None => Ok(()),
    }
}

fn rebuild(services: &Arc<Services>, stored: StoredRoom) -> Result<(), Unread> {
    let room = stored.room.clone();
    // A fold that panics must not end the start.
    let kept = catch_unwind(AssertUnwindSafe(|| fold(&stored)));
    let kept = kept.unwrap_or_else(|_| Err(Unreadable::Founding("reading it panicked".to_owned())));
    let kept = kept.map_err(|reason| Unread { room, reason })?;
    let (view, left_to_bots) = (kept.state.view(SeatSet::default()), kept.state.is_left_to_bots());
    let id = view.situation.roster.room;
    // A restored room is admitted even beyond the limits, because refusing it would lose a game.
    let permit = services.admission.recovered(kept.creator());
    let opener = permit.opener();
    let entered = services.rooms.enter(view, permit, || Room::rebuilt(Arc::clone(services), kept, opener).start());
    if left_to_bots && entered.is_ok() {
        // At once: from now on people may ask for its place.
        services.rooms.note_bot_game(id, false);
    }
    Ok(())
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
