//! Methods of the store for the messages of the live log.

mod query;
mod rank;
mod read;
mod search;
mod sweep;
mod tally;
pub(crate) mod types;
mod words;
mod write;

use vocabulary::Timestamp;

use self::{
    sweep::Old,
    types::{MessageFilter, MessagePage, MessagesFound, NewMessage, Reader},
    write::{Prepared, TOGETHER},
};
use crate::database::{Store, StoreError, in_transaction};

/// The most attempts for a transaction whose numbers or ids another server has taken in the meantime.
const TRIES: u32 = 5;

impl Store {
    /// Stores messages; they are on the disk when this returns. A message whose id is already stored is skipped. Each
    /// thousand messages are one transaction, so with more than that, some may be stored after an error. It is safe to
    /// make the same call again. On SQLite the journal waits for this call, about 0.1 ms per message; a few hundred
    /// messages are a good batch.
    pub async fn store_messages(&self, messages: &[NewMessage]) -> Result<(), StoreError> {
        for some in messages.chunks(TOGETHER) {
            let mut some: Vec<Prepared<'_>> =
                some.iter().map(|message| Prepared::of(message, self.inner.readers.is_postgres())).collect();
            self.store_together(&mut some).await?;
        }
        Ok(())
    }

    async fn store_together(&self, messages: &mut [Prepared<'_>]) -> Result<(), StoreError> {
        let mut tries = 0;
        loop {
            tries += 1;
            match in_transaction!(self, message_writer, |connection| write::write(connection, messages)) {
                Err(StoreError::Duplicate) if tries < TRIES => {
                    write::jump();
                    messages.iter_mut().for_each(Prepared::renumber);
                }
                outcome => return outcome,
            }
        }
    }

    /// At most `limit` messages after the first `offset` that the reader may see and the filter allows, newest first,
    /// and their exact total. Messages of the same millisecond are ordered by when they were stored.
    pub async fn messages(
        &self,
        reader: &Reader,
        filter: &MessageFilter,
        offset: u64,
        limit: u64,
    ) -> Result<MessagePage, StoreError> {
        self.patiently(read::messages(&self.inner.readers, reader, filter, offset, limit)).await
    }

    /// At most `limit` messages after the first `offset` that the reader may see, the filter allows and the query
    /// finds, best first. The newest 500 of them are ranked; older ones follow, newest first, up to 10,000 in all.
    ///
    /// Any text is a valid query. All its words must occur, in any case and with or without accents; `"some words"` is
    /// a phrase; `begin*` is a prefix of at least two letters; `-word` must not occur; `OR` between two words requires
    /// one of them. A query without words finds nothing.
    pub async fn search_messages(
        &self,
        reader: &Reader,
        query: &str,
        filter: &MessageFilter,
        offset: u64,
        limit: u64,
    ) -> Result<MessagesFound, StoreError> {
        self.patiently(search::search(&self.inner.readers, reader, query, filter, offset, limit)).await
    }

    /// Counts public and private messages per kind and minute: the kind, the beginning of the minute and the count,
    /// ordered by time and kind, without zeros. Minutes that lie partly between `from` and `to`, both inclusive, are
    /// included in whole. Swept messages are no longer counted.
    pub async fn message_counts(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(u8, Timestamp, i64)>, StoreError> {
        self.patiently(read::counts(&self.inner.readers, from, to)).await
    }

    /// The time of the newest message; `None` if there are no messages.
    pub async fn newest_message(&self) -> Result<Option<Timestamp>, StoreError> {
        self.patiently(read::newest(&self.inner.readers)).await
    }

    /// Deletes the oldest messages of a kind, at most `at_most` and never more than 1,000: those from before `before`
    /// and those beyond the newest `keep` of this kind. Returns the number of deleted messages; until it is 0, there
    /// may be more. A few hundred at a time delay the journal little. Deleted messages are no longer counted by
    /// [`message_counts`](Self::message_counts).
    pub async fn sweep_messages(
        &self,
        kind: u8,
        before: Timestamp,
        keep: u64,
        at_most: u64,
    ) -> Result<u64, StoreError> {
        let old = Old { kind, before, keep, at_most };
        in_transaction!(self, message_writer, |connection| sweep::sweep(connection, old))
    }
}
