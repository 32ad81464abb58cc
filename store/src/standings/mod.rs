//! The open store's door to standings.

mod read;
pub(crate) mod types;
pub(crate) mod write;

use tokio::sync::watch;
use vocabulary::Timestamp;

use crate::{
    database::{
        error::StoreError,
        store::{Store, in_transaction},
    },
    guilds::types::Guilds,
    journal::types::Batch,
    standings::types::{AccountGame, Counted, Participation, Ranked, RecentGames, Standing, Standings},
};

impl Store {
    /// Changes whenever this store may have got a finished game that accounts took part in.
    #[must_use]
    pub fn games_ended(&self) -> watch::Receiver<u64> {
        self.inner.games_ended.subscribe()
    }

    /// A batch that failed counts too, for it may have been written all the same.
    pub(crate) fn tell_of_games(&self, batch: &Batch) {
        let has_players =
            batch.ended.iter().filter_map(|ended| ended.game.as_ref()).any(|game| !game.players.is_empty());
        if has_players {
            self.inner.games_ended.send_modify(|count| *count = count.wrapping_add(1));
        }
    }

    /// Rates games in the order in which they ended, some hundreds at most, and says how many; 0 when there is none left.
    /// The first rule gets the moment of a game's end, its accounts, and which of their games counted in the day before; it
    /// says for each account what the game counts, which the other rules find in its [`Participation`]. The second gets each
    /// game's accounts and changes their standings; an account without one has played nothing so far. The third gets the moment of the game's end, its accounts, and the guilds of accounts of these games, with these
    /// alone of their members. Each game is rated exactly once, whatever breaks off when: its mark, all standings and all guilds
    /// are written in one go.
    ///
    /// # Errors
    /// [`Duplicate`](StoreError::Duplicate) when another server rates the same games; or the database fails.
    pub async fn rate_games(
        &self,
        weigh: impl Fn(Timestamp, &[Participation], &RecentGames) -> Vec<Counted>,
        rule: impl Fn(&[Participation], &mut Standings),
        earn: impl Fn(Timestamp, &[Participation], &mut Guilds),
    ) -> Result<u64, StoreError> {
        let rated = in_transaction!(self, writer, |connection| write::rate(connection, weigh, rule, earn));
        // What failed may have been written all the same.
        if !matches!(rated, Ok((_, false))) {
            self.tell_of_guilds();
        }
        Ok(rated?.0)
    }

    /// What the account's games came to; `None` when none of them is rated.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing(&self, account: &str) -> Result<Option<Standing>, StoreError> {
        self.patiently(read::standing(&self.inner.readers, account)).await
    }

    /// The leaderboard: so many after the first `offset`, and how many there are in all. First is whose rating less three
    /// deviations is the highest, then who won more games, then by id. Blocked accounts are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn leaderboard(&self, offset: u64, limit: u64) -> Result<(Vec<Ranked>, u64), StoreError> {
        self.patiently(async {
            let page = read::leaderboard(&self.inner.readers, offset, limit).await?;
            Ok((page, read::ranked_accounts(&self.inner.readers).await?))
        })
        .await
    }

    /// The account's finished games, rated or not, newest first: so many after the first `offset`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_games(&self, account: &str, offset: u64, limit: u64) -> Result<Vec<AccountGame>, StoreError> {
        self.patiently(read::games_of(&self.inner.readers, account, offset, limit)).await
    }
}
