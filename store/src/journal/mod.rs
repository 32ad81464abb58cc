//! The open store's door to the journal of rooms and to the finished games.

mod read;
pub(crate) mod retention;
pub(crate) mod rooms;
pub(crate) mod sweep;
pub(crate) mod types;
pub(crate) mod write;

use std::time::Duration;

use crate::{
    database::{
        error::StoreError,
        store::{Store, in_transaction},
    },
    journal::{
        retention::{GameQuota, GamesKept},
        types::{Batch, FinishedGame, FinishedSummary, JournalSize, StoredRoom},
    },
};

/// So long may PostgreSQL take to read the whole journal.
const PATIENCE: Duration = Duration::from_secs(300);

impl Store {
    /// Writes all of the batch or nothing; it is on the disk when this returns. Batches are written one after the other. A
    /// call that is dropped before it returns has written all or nothing too.
    ///
    /// # Errors
    /// [`Duplicate`](StoreError::Duplicate) and [`NoSuchRoom`](StoreError::NoSuchRoom): nothing was written. After
    /// [`Unavailable`](StoreError::Unavailable) it is not known here; see [`last_number`](Self::last_number).
    pub async fn append(&self, batch: &Batch) -> Result<(), StoreError> {
        let outcome = self.patiently(async { self.inner.writer().lock().await.append(batch).await }).await;
        self.tell_of_games(batch);
        outcome
    }

    /// The number of the room's last entry; `None` when it has none or is not among the unfinished rooms. Every batch that
    /// ended in [`Unavailable`](StoreError::Unavailable) before is decided by then: what this does not show will not come.
    ///
    /// # Errors
    /// As long as the database does not answer.
    pub async fn last_number(&self, room: &str) -> Result<Option<i64>, StoreError> {
        self.patiently(async { self.inner.writer().lock().await.last_number(room).await }).await
    }

    /// The rooms that have not ended, oldest first, each with all its entries in order. All of it is held in memory.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unfinished(&self) -> Result<Vec<StoredRoom>, StoreError> {
        let work = async {
            self.settle().await?;
            read::unfinished(&mut self.inner.origin.snapshot().await?).await
        };
        self.within(PATIENCE, work).await
    }

    /// One room that has not ended; decided like [`last_number`](Self::last_number). On SQLite this reads through the whole
    /// journal, a tenth of a second for ten thousand rooms: it is for the rare room that failed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unfinished_room(&self, room: &str) -> Result<Option<StoredRoom>, StoreError> {
        self.patiently(async {
            self.settle().await?;
            read::unfinished_room(&self.inner.readers, room).await
        })
        .await
    }

    /// Marks a room as unreadable, with why; it is kept and no longer among the unfinished.
    ///
    /// # Errors
    /// [`NoSuchRoom`](StoreError::NoSuchRoom), or the database fails.
    pub async fn quarantine(&self, room: &str, reason: &str) -> Result<(), StoreError> {
        self.patiently(async { self.inner.writer().lock().await.quarantine(room, reason).await }).await
    }

    /// The rooms in quarantine, oldest first, each with why.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn quarantined(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.patiently(read::quarantined(&self.inner.readers)).await
    }

    /// A finished game by the id of its room.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finished(&self, room: &str) -> Result<Option<FinishedGame>, StoreError> {
        self.patiently(read::finished(&self.inner.readers, room)).await
    }

    /// Finished games without their records, newest first: so many after the first `offset`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finished_list(&self, offset: u64, limit: u64) -> Result<Vec<FinishedSummary>, StoreError> {
        self.patiently(read::finished_list(&self.inner.readers, offset, limit)).await
    }

    /// Finished games that everybody may find, newest first: so many after the first `offset`, and how many there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finished_public(&self, offset: u64, limit: u64) -> Result<(Vec<FinishedGame>, u64), StoreError> {
        self.patiently(read::finished_public(&self.inner.readers, offset, limit)).await
    }

    /// How much the journal holds. Reads all of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn size_of_journal(&self) -> Result<JournalSize, StoreError> {
        let work = async { read::size_of_journal(&mut self.inner.origin.snapshot().await?).await };
        self.within(PATIENCE, work).await
    }

    /// How many finished games there are, and their bytes. It counts nothing, and is cheap.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn games_kept(&self) -> Result<GamesKept, StoreError> {
        self.patiently(retention::kept(&self.inner.readers)).await
    }

    /// Deletes finished games that are beyond the quota, at most `at_most` and a thousand, with the games' places in the
    /// lists of their accounts. Returns how many; as long as it is not 0, there may be more. First go those of bots beyond
    /// their number, then those that are too old, then those beyond the bytes: of bots, then of guests, then of accounts, the
    /// oldest first. A game that is not rated yet stays; standings do not change. The journal waits meanwhile on SQLite; some
    /// dozens at a time delay it little.
    ///
    /// # Errors
    /// [`Duplicate`](StoreError::Duplicate) when another server deletes the same games; or the database fails.
    pub async fn sweep_games(&self, quota: &GameQuota, at_most: u64) -> Result<u64, StoreError> {
        in_transaction!(self, message_writer, |connection| retention::sweep(connection, quota, at_most))
    }

    async fn settle(&self) -> Result<(), StoreError> {
        self.inner.writer().lock().await.settle().await
    }
}
