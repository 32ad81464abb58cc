//! Methods of the store for the journal of rooms and the finished games.

mod memory;
mod read;
pub(crate) mod retention;
mod rooms;
mod sweep;
pub(crate) mod types;
mod write;

use std::time::Duration;

use self::{
    retention::{GameQuota, GamesKept},
    types::{Batch, FinishedGame, FinishedSummary, JournalSize, StoredRoom},
};
use crate::database::{Store, StoreError, in_transaction};

/// Longest time that PostgreSQL may take to read the whole journal.
const PATIENCE: Duration = Duration::from_secs(300);

impl Store {
    /// Writes all of the batch or nothing; it is on the disk when this returns. Batches are written one after the
    /// other. A call that is dropped before it returns has also written all or nothing.
    ///
    /// # Errors
    /// After [`Duplicate`](StoreError::Duplicate) and [`NoSuchRoom`](StoreError::NoSuchRoom) nothing was written. After
    /// [`Unavailable`](StoreError::Unavailable) the batch may have been written; see
    /// [`last_number`](Self::last_number).
    pub async fn append(&self, batch: &Batch) -> Result<(), StoreError> {
        let outcome =
            self.patiently(async { memory::append(&mut *self.inner.writer().lock().await, batch).await }).await;
        // A batch that failed may have been written nevertheless.
        if batch.ended.iter().filter_map(|ended| ended.game.as_ref()).any(|game| !game.players.is_empty()) {
            self.notify_of_games();
        }
        outcome
    }

    /// The number of the room's last entry; `None` if it has none or is not an unfinished room. Every earlier batch
    /// that ended in [`Unavailable`](StoreError::Unavailable) is decided when this returns: an entry that is not
    /// counted here was not and will not be written.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn last_number(&self, room: &str) -> Result<Option<i64>, StoreError> {
        self.patiently(async { memory::last_number(&mut *self.inner.writer().lock().await, room).await }).await
    }

    /// All rooms that have not ended, oldest first, each with its entries in order. All of them are held in memory.
    pub async fn unfinished(&self) -> Result<Vec<StoredRoom>, StoreError> {
        let work = async {
            self.settle().await?;
            read::unfinished(&mut self.inner.origin.snapshot().await?).await
        };
        self.within(PATIENCE, work).await
    }

    /// One room that has not ended, as up to date as [`last_number`](Self::last_number). On SQLite this reads the whole
    /// journal, 0.1 s for ten thousand rooms: it is for the rare room that failed.
    pub async fn unfinished_room(&self, room: &str) -> Result<Option<StoredRoom>, StoreError> {
        self.patiently(async {
            self.settle().await?;
            read::unfinished_room(&self.inner.readers, room).await
        })
        .await
    }

    /// Quarantines an unreadable room for this reason: it is kept, but is no longer an unfinished room.
    ///
    /// # Errors
    /// [`NoSuchRoom`](StoreError::NoSuchRoom) if the room is not open; or the database fails.
    pub async fn quarantine(&self, room: &str, reason: &str) -> Result<(), StoreError> {
        self.patiently(async { memory::quarantine(&mut *self.inner.writer().lock().await, room, reason).await }).await
    }

    /// The quarantined rooms, oldest first, each with the reason.
    pub async fn quarantined(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.patiently(read::quarantined(&self.inner.readers)).await
    }

    /// The finished game of the room with this id.
    pub async fn finished(&self, room: &str) -> Result<Option<FinishedGame>, StoreError> {
        self.patiently(read::finished(&self.inner.readers, room)).await
    }

    /// At most `limit` finished games after the first `offset`, newest first, without their records.
    pub async fn finished_list(&self, offset: u64, limit: u64) -> Result<Vec<FinishedSummary>, StoreError> {
        self.patiently(read::finished_list(&self.inner.readers, offset, limit)).await
    }

    /// At most `limit` public finished games after the first `offset`, newest first, and the number of all of them.
    pub async fn finished_public(&self, offset: u64, limit: u64) -> Result<(Vec<FinishedGame>, u64), StoreError> {
        self.patiently(read::finished_public(&self.inner.readers, offset, limit)).await
    }

    /// The size of the journal, which is read from beginning to end for this.
    pub async fn size_of_journal(&self) -> Result<JournalSize, StoreError> {
        let work = async { read::size_of_journal(&mut self.inner.origin.snapshot().await?).await };
        self.within(PATIENCE, work).await
    }

    /// The number of finished games and their bytes. This reads a running tally, so it is cheap.
    pub async fn games_kept(&self) -> Result<GamesKept, StoreError> {
        self.patiently(retention::kept(&self.inner.readers)).await
    }

    /// Deletes finished games beyond the quota, at most `at_most` and never more than 1,000, also from the lists of
    /// their accounts. Returns the number of deleted games; until it is 0, there may be more. Games of bots beyond
    /// their number are deleted first, then those that are too old, then those beyond the bytes: of bots, of guests, of
    /// accounts, each the oldest first. A game that is not rated yet is kept; standings do not change. On SQLite the
    /// journal waits for this call; a few dozen games at a time delay it little.
    ///
    /// # Errors
    /// [`Duplicate`](StoreError::Duplicate) if another server deletes the same games; or the database fails.
    pub async fn sweep_games(&self, quota: &GameQuota, at_most: u64) -> Result<u64, StoreError> {
        in_transaction!(self, message_writer, |connection| retention::sweep(connection, quota, at_most))
    }

    async fn settle(&self) -> Result<(), StoreError> {
        self.inner.writer().lock().await.settle().await
    }
}
