//! Methods of the store for guilds.

mod read;
mod rows;
pub(crate) mod types;
pub(crate) mod write;

use tokio::sync::watch;

use vocabulary::Timestamp;

use self::types::{GuildNews, GuildPage, GuildScope, GuildSummary, Guilds};
use crate::database::{Store, StoreError, in_transaction};

impl Store {
    /// Loads what the scope names, applies the rule and writes what it changed, with its news, in one transaction. If
    /// the rule fails, its error is the inner one and nothing is written. Such changes, and those of
    /// [`rate_games`](Self::rate_games), are made one after the other, even by two servers on one database.
    pub async fn change_guilds<T, E>(
        &self,
        scope: &GuildScope<'_>,
        rule: impl FnOnce(&mut Guilds) -> Result<T, E>,
    ) -> Result<Result<T, E>, StoreError> {
        let changed = in_transaction!(self, writer, |connection| write::change(connection, scope, rule));
        // A change that failed may have been written nevertheless.
        if !matches!(changed, Ok((_, false))) {
            self.notify_of_guild_news();
        }
        Ok(changed?.0)
    }

    /// At most `limit` guilds after the first `offset`, those with the most points first, and the number of all guilds.
    /// Dissolved guilds are left out.
    pub async fn guild_list(&self, offset: u64, limit: u64) -> Result<(Vec<GuildSummary>, u64), StoreError> {
        self.patiently(read::list(&self.inner.readers, offset, limit)).await
    }

    /// The guild with this id, dissolved or not, with its members and its war.
    pub async fn guild(&self, id: &str) -> Result<Option<GuildPage>, StoreError> {
        self.patiently(read::one(&self.inner.readers, id)).await
    }

    /// The end of the war that ends next; `None` if there is no war.
    pub async fn next_war_end(&self) -> Result<Option<Timestamp>, StoreError> {
        self.patiently(read::next_end(&self.inner.readers)).await
    }

    /// A counter that changes whenever there may be new [`guild_news`](Self::guild_news).
    #[must_use]
    pub fn guild_news_there(&self) -> watch::Receiver<u64> {
        self.inner.guild_news.subscribe()
    }

    pub(crate) fn notify_of_guild_news(&self) {
        self.inner.guild_news.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// At most `limit` events of guilds that are not published yet, oldest first.
    pub async fn guild_news(&self, limit: u64) -> Result<Vec<GuildNews>, StoreError> {
        self.patiently(read::news(&self.inner.readers, limit)).await
    }

    /// Deletes the news up to the one with this number, which have been published.
    ///
    /// # Errors
    /// When the database fails; then the same news may be returned again.
    pub async fn guild_news_told(&self, up_to_id: i64) -> Result<(), StoreError> {
        in_transaction!(self, writer, |connection| write::forget_news(connection, up_to_id))
    }
}
