//! The open store's door to the messages of the live log.

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

use crate::{
    database::{
        error::StoreError,
        store::{Store, in_transaction},
    },
    messages::{
        sweep::Old,
        types::{MessageFilter, MessagePage, MessagesFound, NewMessage, Reader},
        write::{Prepared, TOGETHER},
    },
};

/// So often a transaction is tried whose numbers or ids another server has taken meanwhile.
const TRIES: u32 = 5;

impl Store {
    /// Keeps messages; they are on the disk when this returns. One whose id is there already is left out, silently. Up to
    /// a thousand are written in one transaction, all or none; of more, some may be there after an error. The same call may
    /// simply be made again. On SQLite the journal waits meanwhile, about 0.1 ms for each message; a few hundred are well.
    ///
    /// # Errors
    /// When the database fails.
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
                    messages.iter_mut().for_each(Prepared::number_anew);
                }
                outcome => return outcome,
            }
        }
    }

    /// The messages that the reader may see and the filter allows, newest first: so many after the first `offset`, and exactly
    /// how many there are. Those of one millisecond count by the order in which they were stored.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn messages(
        &self,
        reader: &Reader,
        filter: &MessageFilter,
        offset: u64,
        limit: u64,
    ) -> Result<MessagePage, StoreError> {
        self.patiently(read::messages(&self.inner.readers, reader, filter, offset, limit)).await
    }

    /// The messages that the reader may see, the filter allows and the query finds, best first: so many after the first
    /// `offset`. The newest thousand of them are ranked, the older ones follow, newest first; beyond 10,000 there are none.
    ///
    /// Any text is a query. Its words, in any case and with or without accents, must all be there; `"some words"` stand
    /// together; `begin*` is the beginning of a word, from two letters on; `-word` must not be there; `OR` stands between two of
    /// which one will do. A query that looks for nothing finds nothing.
    ///
    /// # Errors
    /// When the database fails.
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

    /// How many messages there are of each kind in each minute, public and private: the kind, the beginning of the minute in
    /// Unix milliseconds and the count, by time and kind, without zeros. Minutes that have only a part between `from` and
    /// `to`, both inclusive, are among them in whole. Swept messages are no longer counted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message_counts(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(u8, Timestamp, i64)>, StoreError> {
        self.patiently(read::counts(&self.inner.readers, from, to)).await
    }

    /// The time that the newest message is stored under, in Unix milliseconds; `None` while there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn newest_message(&self) -> Result<Option<Timestamp>, StoreError> {
        self.patiently(read::newest(&self.inner.readers)).await
    }

    /// Deletes the oldest messages of a kind, at most `at_most` and a thousand: those made before `before`, in Unix
    /// milliseconds, and those beyond the newest `keep` of this kind. Returns how many; as long as it is not 0, there may be
    /// more. Some hundreds at a time delay the journal little. All tallies go down with them, those of
    /// [`message_counts`](Self::message_counts) too.
    ///
    /// # Errors
    /// When the database fails.
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
