//! Methods of the store for standings.

mod read;
pub(crate) mod types;
pub(crate) mod write;

use tokio::sync::watch;
use vocabulary::Timestamp;

use self::types::{AccountGame, Counted, Participation, Ranked, RecentGames, Standing, Standings};
use crate::{
    database::{Store, StoreError, in_transaction},
    guilds::types::Guilds,
};

impl Store {
    /// A counter that changes whenever there may be a new finished game of accounts.
    #[must_use]
    pub fn games_ended(&self) -> watch::Receiver<u64> {
        self.inner.games_ended.subscribe()
    }

    pub(crate) fn notify_of_games(&self) {
        self.inner.games_ended.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Rates a few hundred games in the order in which they ended, and returns their number, 0 if none is left. `weigh`
    /// gets the end of a game, its accounts, and which of their games counted in the day before; it returns the weight
    /// for each account, which the other two find in its [`Participation`]. `rule` gets a game's accounts and changes
    /// their standings; an account without a standing has played no rated game. `earn` gets the end of a game, its
    /// accounts, and the guilds of all accounts in these games, without their other members. Each game is rated exactly
    /// once, even after a crash: its mark, all standings and all guilds are written in one transaction.
    ///
    /// # Errors
    /// [`Duplicate`](StoreError::Duplicate) if another server rates the same games; or the database fails.
    pub async fn rate_games(
        &self,
        weigh: impl Fn(Timestamp, &[Participation], &RecentGames) -> Vec<Counted>,
        rule: impl Fn(&[Participation], &mut Standings),
        earn: impl Fn(Timestamp, &[Participation], &mut Guilds),
    ) -> Result<u64, StoreError> {
        let rated = in_transaction!(self, writer, |connection| write::rate(connection, weigh, rule, earn));
        // A change that failed may have been written nevertheless.
        if !matches!(rated, Ok((_, false))) {
            self.notify_of_guild_news();
        }
        Ok(rated?.0)
    }

    /// The account's standing; `None` if none of its games is rated.
    pub async fn standing(&self, account: &str) -> Result<Option<Standing>, StoreError> {
        self.patiently(read::standing(&self.inner.readers, account)).await
    }

    /// At most `limit` accounts of the leaderboard after the first `offset`, and the number of all of them. They are
    /// ordered by rating minus three deviations, then by games won, then by id. Blocked accounts are left out.
    pub async fn leaderboard(&self, offset: u64, limit: u64) -> Result<(Vec<Ranked>, u64), StoreError> {
        self.patiently(async {
            let page = read::leaderboard(&self.inner.readers, offset, limit).await?;
            Ok((page, read::ranked_accounts(&self.inner.readers).await?))
        })
        .await
    }

    /// At most `limit` finished games of the account after the first `offset`, newest first, rated or not.
    pub async fn account_games(&self, account: &str, offset: u64, limit: u64) -> Result<Vec<AccountGame>, StoreError> {
        self.patiently(read::games_of(&self.inner.readers, account, offset, limit)).await
    }
}
