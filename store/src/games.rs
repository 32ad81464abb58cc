//! The open store's door to what is kept of finished games.

use crate::{
    error::StoreError,
    game_sweep::{self, GameQuota, GamesKept},
    store::Store,
};

impl Store {
    /// How many finished games there are, and their bytes. It counts nothing, and is cheap.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn games_kept(&self) -> Result<GamesKept, StoreError> {
        self.patiently(game_sweep::kept(&self.inner.readers)).await
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
        self.patiently(async { self.inner.message_writer().lock().await.sweep_games(quota, at_most).await }).await
    }
}
