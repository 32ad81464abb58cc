//! The open store's door to guilds.

mod read;
mod rows;
pub(crate) mod types;
pub(crate) mod write;

use tokio::sync::watch;

use vocabulary::Timestamp;

use crate::{
    database::{
        error::StoreError,
        store::{Store, in_transaction},
    },
    guilds::types::{GuildNews, GuildPage, GuildScope, GuildSummary, Guilds},
};

impl Store {
    /// Lets the rule change what the scope names, in one transaction: all that it changed is written with its news, or
    /// nothing. What the rule refuses is the inner error, and nothing is written. Such changes, and those of
    /// [`rate_games`](Self::rate_games), are made one after the other, even by two servers on one database.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_guilds<T, E>(
        &self,
        scope: &GuildScope<'_>,
        rule: impl FnOnce(&mut Guilds) -> Result<T, E>,
    ) -> Result<Result<T, E>, StoreError> {
        let changed = in_transaction!(self, writer, |connection| write::change(connection, scope, rule));
        // A change that failed may have been written all the same.
        if !matches!(changed, Ok((_, false))) {
            self.tell_of_guilds();
        }
        Ok(changed?.0)
    }

    /// Guilds that are not dissolved, those with the most points first: so many after the first `offset`, and how many there
    /// are in all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn guild_list(&self, offset: u64, limit: u64) -> Result<(Vec<GuildSummary>, u64), StoreError> {
        self.patiently(read::list(&self.inner.readers, offset, limit)).await
    }

    /// The guild with this id, perhaps a dissolved one, with its members and its war.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn guild(&self, id: &str) -> Result<Option<GuildPage>, StoreError> {
        self.patiently(read::one(&self.inner.readers, id)).await
    }

    /// When the next war ends that is not over, in milliseconds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_war_end(&self) -> Result<Option<Timestamp>, StoreError> {
        self.patiently(read::next_end(&self.inner.readers)).await
    }

    /// Changes whenever there may be new [`guild_news`](Self::guild_news) of this store.
    #[must_use]
    pub fn guild_news_there(&self) -> watch::Receiver<u64> {
        self.inner.guild_news.subscribe()
    }

    pub(crate) fn tell_of_guilds(&self) {
        self.inner.guild_news.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// What happened in guilds and was not told yet, oldest first, so many at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn guild_news(&self, limit: u64) -> Result<Vec<GuildNews>, StoreError> {
        self.patiently(read::news(&self.inner.readers, limit)).await
    }

    /// Forgets the news up to the one with this number, for they have been told.
    ///
    /// # Errors
    /// When the database fails; then they may come again.
    pub async fn guild_news_told(&self, up_to_id: i64) -> Result<(), StoreError> {
        in_transaction!(self, writer, |connection| write::forget_news(connection, up_to_id))
    }
}
