//! Battles that have ended, from their records.

use actors::{Engine, room::Seen};
use chronicle::{
    RoomView,
    replay::{self, ReplayError},
};
use store::{FinishedGame, Store};
use vocabulary::{AccountId, Denial, RoomId, Roster};

use super::refused::{no_such_battle, not_seated};
use crate::rest::{
    answer::{Refused, Stored},
    query::Page,
    work::Work,
};

/// What a failure of the database is about.
pub(super) const BATTLES: &str = "ended battles";

/// The state of a battle, or the last one of an ended battle, as this account may see it.
///
/// # Errors
/// `NOT_SEATED` for a private battle in which the account has no seat.
pub(super) async fn seen(
    engine: &Engine,
    store: &Store,
    work: &Work,
    account: AccountId,
    room: RoomId,
) -> Result<Seen, Refused> {
    let seen = match engine.look(account, room).await {
        Err(Denial::RoomNotFound { .. }) => {
            let game = kept(store, room).await?;
            let view = read(work, move || replay::ended(&game.record)).await?;
            let seat = view.situation.roster.seat_of(account);
            Seen { view, seat, hand: None }
        }
        found => found?,
    };
    must_be_open(&seen.view.situation.roster, account)?;
    Ok(seen)
}

/// Checks whether an account may read a battle: a private one is open only to accounts with a seat in it, also if they
/// have forfeited.
pub(super) fn must_be_open(roster: &Roster, account: AccountId) -> Result<(), Refused> {
    if roster.options.public || roster.seat_of(account).is_some() { Ok(()) } else { Err(not_seated()) }
}

/// The finished game of a battle.
pub(super) async fn kept(store: &Store, room: RoomId) -> Result<FinishedGame, Refused> {
    let game = store.finished(room.as_str()).await.of(BATTLES)?;
    game.ok_or_else(|| no_such_battle(room.as_str()))
}

/// A page of the public battles that have ended, newest first, and how many there are.
pub(super) async fn finished(store: &Store, work: &Work, page: Page) -> Result<(Vec<RoomView>, usize), Refused> {
    let (games, total) = store.finished_public(page.offset, page.limit).await.of(BATTLES)?;
    let mut views = Vec::with_capacity(games.len());
    for game in games {
        // One at a time: a page of them takes long, and others need the thread as well.
        views.push(read(work, move || replay::ended(&game.record)).await?);
    }
    Ok((views, usize::try_from(total).unwrap_or(usize::MAX)))
}

/// Reading a record takes milliseconds: too long for a serving thread.
pub(super) async fn read<T: Send + 'static>(
    work: &Work,
    reading: impl FnOnce() -> Result<T, ReplayError> + Send + 'static,
) -> Result<T, Refused> {
    work.run(reading).await?.map_err(|error| Refused::internal("the record of a battle", &error))
}
