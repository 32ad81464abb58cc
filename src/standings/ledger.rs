//! The ledger rates games as they end, in that order, each once; guilds earn their points in the same transaction.

use std::{
    collections::HashMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use actors::{Engine, Limit, Source};
use contracts::live_log::report;
use store::{Discount, Guilds, Participation, Standing, Standings, Store, StoreError};
use vocabulary::{Name, Timestamp};

use super::{rating, weight::Weighing};

/// The shortest time between two writes, so that many games at once become few writes. A single game does not wait.
const REST: Duration = Duration::from_millis(50);
/// The pause after a failure.
const PAUSE: Duration = Duration::from_secs(2);
/// How often it looks without a notice, as the end of a game may have been written although the write failed.
const ROUND: Duration = Duration::from_secs(60);

/// What the guilds of these players earn with a game that ended then.
pub type Earn = fn(Timestamp, &[Participation], &mut Guilds);

/// The rules by which finished games are counted.
#[derive(Clone, Copy)]
pub struct Ledger {
    weighing: Weighing,
    earn: Earn,
}

impl Ledger {
    /// A ledger for games that count as `weighing` says, with which guilds earn points as `earn` says.
    #[must_use]
    pub const fn new(weighing: Weighing, earn: Earn) -> Self {
        Self { weighing, earn }
    }

    /// Rates every finished game that is not rated yet, and returns how many they were.
    ///
    /// # Errors
    /// When the database fails. Games that were rated until then stay rated, and the others can be rated later.
    pub async fn settle(self, store: &Store) -> Result<u64, StoreError> {
        self.settle_with(store, &Risen::default()).await
    }

    /// Keeps the standings up to date as long as it is polled, and reports new levels to the live log. Dropping it
    /// loses nothing but such a report.
    pub(crate) async fn keep(self, store: Store, engine: Engine) {
        let mut ended = store.games_ended();
        let mut failed = false;
        loop {
            // Marked before the games are read, so that one that ends meanwhile is not missed.
            ended.mark_unchanged();
            let risen = Risen::default();
            let settled = self.settle_with(&store, &risen).await;
            tell(&store, &engine, risen).await;
            match settled {
                Ok(_) => {
                    failed = false;
                    tokio::time::sleep(REST).await;
                    // The next round is as good as a notice.
                    let _ = tokio::time::timeout(ROUND, ended.changed()).await;
                }
                Err(error) => {
                    if !failed {
                        log::warn!("can't rate finished games now, and will try again: {error}");
                    }
                    failed = true;
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    async fn settle_with(self, store: &Store, risen: &Risen) -> Result<u64, StoreError> {
        let mut games = 0;
        loop {
            let discounted = AtomicU64::new(0);
            let rate = |players: &[Participation], standings: &mut Standings| {
                discounted.fetch_add(players.iter().filter(|player| is_limited(player)).count() as u64, Relaxed);
                risen.rate(players, standings);
            };
            let weigh =
                |ended_at, players: &[Participation], recent: &_| self.weighing.weigh(ended_at, players, recent);
            match store.rate_games(weigh, rate, self.earn).await {
                Ok(0) => return Ok(games),
                Ok(some) => {
                    games += some;
                    (0..discounted.into_inner()).for_each(|_| Limit::RatedGames.hit());
                }
                Err(error) => {
                    // What was not written did not happen.
                    risen.forget();
                    return Err(error);
                }
            }
        }
    }
}

/// The accounts of rated games, with their level before and their standing now.
#[derive(Default)]
struct Risen(Mutex<HashMap<String, (u32, Standing)>>);

impl Risen {
    /// Rates a game and notes the levels before and after.
    fn rate(&self, players: &[Participation], standings: &mut Standings) {
        let level_before = |account: &str| standings.get(account).map_or(1, rating::level);
        let before: Vec<u32> = players.iter().map(|player| level_before(&player.account)).collect();
        rating::rate(players, standings);
        let mut risen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (player, before) in players.iter().zip(before) {
            let Some(standing) = standings.get(&player.account) else { continue };
            risen.entry(player.account.clone()).or_insert_with(|| (before, standing.clone())).1 = standing.clone();
        }
    }

    fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Whether the game counts less because there were too many like it.
fn is_limited(player: &Participation) -> bool {
    let discount = player.counted.and_then(|counted| counted.discount);
    matches!(discount, Some(Discount::Repeated | Discount::TooMany))
}

async fn tell(store: &Store, engine: &Engine, Risen(risen): Risen) {
    for (id, (before, standing)) in risen.into_inner().unwrap_or_else(PoisonError::into_inner) {
        let level = rating::level(&standing);
        if level <= before {
            continue;
        }
        let Ok(Some(account)) = store.account_by_id(&id).await else { continue };
        if let Ok(id) = id.parse() {
            let name = Name::stored(&account.username);
            let message = report::leveled_up(id, &name, level, rating::shown(standing.rating));
            engine.live_log().publish_of(Source::Account(id), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use store::{Batch, Ended, Finished, Founded, Location};
    use tempfile::TempDir;

    use super::*;

    async fn open(folder: &TempDir) -> Store {
        Store::open(&Location::Sqlite(folder.path().join("store.db"))).await.unwrap()
    }

    const LEDGER: Ledger = Ledger::new(Weighing { games_per_hour: 12 }, |_, _, _| ());

    /// A game of two accounts, from beginning to end.
    fn game(room: &str) -> Batch {
        let player = |account: &str, place| Participation {
            account: account.to_owned(),
            seat: place,
            place,
            won: place == 1,
            score: 7,
            rounds: 5,
            exact_declarations: 2,
            ..Participation::default()
        };
        let players = vec![player("a", 1), player("b", 2)];
        let game = Finished { result: String::new(), record: Vec::new(), public: true, of_bots: false, players };
        Batch {
            founded: vec![Founded { room: room.to_owned(), founding: Vec::new(), at: Timestamp(1) }],
            entries: Vec::new(),
            ended: vec![Ended { room: room.to_owned(), at: Timestamp(2), game: Some(game) }],
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

    #[actix_web::test]
    async fn a_game_is_rated_as_soon_as_it_is_written() {
        let folder = TempDir::new().unwrap();
        let store = open(&folder).await;
        store.append(&game("r0")).await.unwrap();
        let engine = Engine::start(actors::Settings::default());
        let ledger = actix_web::rt::spawn(LEDGER.keep(store.clone(), engine));
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
        assert_eq!(LEDGER.settle(&store).await.unwrap(), 600, "more than one write");
        assert_eq!(LEDGER.settle(&store).await.unwrap(), 0);
        assert_eq!(store.standing("a").await.unwrap().unwrap().games_played, 600);
    }
}
