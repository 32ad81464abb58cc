//! The ledger: it rates games as they end, in that order, each once; with that guilds earn their points.

use std::time::Duration;

use store::{Store, StoreError};

use super::rating;
use crate::guilds;

/// The least time between two writes, so that many games at once become few writes; a game that ends alone waits for nothing.
const REST: Duration = Duration::from_millis(50);
/// So long after a failure it tries again.
const PAUSE: Duration = Duration::from_secs(2);
/// So often it looks without being told: a game whose end was not known to be written may have been written.
const ROUND: Duration = Duration::from_secs(60);

/// Rates every game that has ended and is not rated, and says how many they were.
///
/// # Errors
/// When the database fails; what was rated until then stays so, and the rest can be rated later.
pub async fn settle(store: &Store) -> Result<u64, StoreError> {
    let mut games = 0;
    loop {
        match store.rate_games(rating::rate, guilds::earn).await? {
            0 => return Ok(games),
            some => games += some,
        }
    }
}

/// Keeps the standings up to date as long as it is polled. Dropping it loses nothing.
pub(crate) async fn keep(store: Store) {
    let mut ended = store.games_ended();
    let mut failed = false;
    loop {
        // Seen before the look, so that a game that ends during it is not missed.
        ended.mark_unchanged();
        match settle(&store).await {
            Ok(_) => {
                failed = false;
                tokio::time::sleep(REST).await;
                // The next round is as good as a notice.
                let _ = tokio::time::timeout(ROUND, ended.changed()).await;
            }
            Err(error) => {
                if !failed {
                    log::warn!("finished games can't be rated now and will be later: {error}");
                }
                failed = true;
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use store::{Batch, Ended, Finished, Founded, Location, Participation};
    use tempfile::TempDir;

    use super::*;

    async fn open(folder: &TempDir) -> Store {
        Store::open(&Location::Sqlite(folder.path().join("store.db"))).await.unwrap()
    }

    /// A game of two accounts, from beginning to end.
    fn game(room: &str) -> Batch {
        let player = |account: &str, place| Participation {
            account: account.to_owned(),
            seat: place,
            place,
            won: place == 1,
            forfeited: false,
            score: 7,
            rounds: 5,
            exact_declarations: 2,
        };
        let players = vec![player("a", 1), player("b", 2)];
        let game = Finished { result: String::new(), record: Vec::new(), public: true, players };
        Batch {
            founded: vec![Founded { room: room.to_owned(), founding: Vec::new(), at: 1 }],
            entries: Vec::new(),
            ended: vec![Ended { room: room.to_owned(), at: 2, game: Some(game) }],
        }
    }

    /// Asks again and again until so many games of the account are rated.
    async fn rated(store: &Store, games: i64) {
        let asking = async {
            while store.standing("a").await.unwrap().is_none_or(|standing| standing.games_played < games) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), asking).await.unwrap();
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_game_is_rated_as_soon_as_it_is_written() {
        let folder = TempDir::new().unwrap();
        let store = open(&folder).await;
        store.append(&game("r0")).await.unwrap();
        let ledger = tokio::spawn(keep(store.clone()));
        rated(&store, 1).await;
        for number in 2..8 {
            store.append(&game(&format!("r{number}"))).await.unwrap();
            let since = Instant::now();
            rated(&store, number).await;
            assert!(since.elapsed() < ROUND / 4, "it was told and did not wait for its round");
        }
        ledger.abort();
        assert_eq!(store.standing("a").await.unwrap().unwrap().games_played, 7);
    }

    #[tokio::test]
    async fn what_was_left_by_the_last_server_is_rated_once() {
        let folder = TempDir::new().unwrap();
        let store = open(&folder).await;
        for number in 0..600 {
            store.append(&game(&format!("r{number}"))).await.unwrap();
        }
        store.close().await;
        let store = open(&folder).await;
        assert_eq!(settle(&store).await.unwrap(), 600, "more than one write");
        assert_eq!(settle(&store).await.unwrap(), 0);
        assert_eq!(store.standing("a").await.unwrap().unwrap().games_played, 600);
    }
}
