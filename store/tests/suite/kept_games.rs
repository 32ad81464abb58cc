//! Which finished games are kept, and which go.

use store::{Counted, Ended, Finished, GameQuota, GamesKept, Participation, RecentGames, Store, StoreError};
use vocabulary::Timestamp;

use crate::place::{Place, founding, on_both};

on_both! {
    games_are_counted_with_their_bytes_as_they_come_and_go
    games_that_are_too_old_go_with_all_that_belongs_to_them
    beyond_the_bytes_games_of_bots_go_first_then_of_guests_then_of_accounts
    of_bots_only_the_newest_few_are_kept
    a_game_is_not_deleted_before_it_was_rated
    a_room_of_a_deleted_game_may_come_again
    games_of_earlier_versions_are_counted_and_go_last
}

/// Keeps everything.
const ALL: GameQuota = GameQuota { before: None, bytes: u64::MAX, of_bots: u64::MAX };
/// The bytes of one game.
const BYTES: u64 = 2 + 98;

fn player(account: &str, place: u8) -> Participation {
    Participation {
        account: account.to_owned(),
        seat: place - 1,
        place,
        won: place == 1,
        forfeited: false,
        stood_in: false,
        full_length: true,
        score: 10,
        rounds: 3,
        exact_declarations: 1,
        counted: None,
    }
}

/// Who plays.
enum Who {
    Bots,
    Guests,
    Accounts,
}

async fn play(store: &Store, room: &str, at: u64, who: &Who) {
    let players = match who {
        Who::Bots | Who::Guests => Vec::new(),
        Who::Accounts => vec![player("ann", 1), player("bob", 2)],
    };
    let of_bots = matches!(who, Who::Bots);
    let game = Finished { result: "{}".to_owned(), record: vec![7; 98], public: true, of_bots, players };
    let mut batch = founding(&[room]);
    batch.ended.push(Ended { room: room.to_owned(), at: Timestamp(at), game: Some(game) });
    store.append(&batch).await.unwrap();
}

/// Every game counts in full.
fn in_full(_: Timestamp, players: &[Participation], _: &RecentGames) -> Vec<Counted> {
    vec![Counted { weight: Counted::WHOLE, discount: None }; players.len()]
}

async fn rate(store: &Store) -> u64 {
    store.rate_games(in_full, |_, _| {}, |_, _, _| {}).await.unwrap()
}

/// Sweeps in steps of two games until none goes: how many went.
async fn sweep(store: &Store, quota: GameQuota) -> u64 {
    let mut went = 0;
    loop {
        match store.sweep_games(&quota, 2).await.unwrap() {
            0 => return went,
            some => went += some,
        }
    }
}

/// The rooms of the games that are there, oldest first.
async fn there(store: &Store) -> Vec<String> {
    let list = store.finished_list(0, 100).await.unwrap();
    let kept = store.games_kept().await.unwrap();
    let count = u64::try_from(list.len()).unwrap();
    assert_eq!((kept.games, kept.bytes), (count, count * BYTES), "the tally is what is there");
    list.into_iter().rev().map(|game| game.room).collect()
}

async fn games_are_counted_with_their_bytes_as_they_come_and_go(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.games_kept().await.unwrap(), GamesKept::default());
    play(&store, "bots", 1, &Who::Bots).await;
    play(&store, "guests", 2, &Who::Guests).await;
    play(&store, "accounts", 3, &Who::Accounts).await;
    let expected = GamesKept { games: 3, of_bots: 1, bytes: 3 * BYTES };
    assert_eq!(store.games_kept().await.unwrap(), expected);
    store.close().await;
    let store = place.open().await;
    assert_eq!(store.games_kept().await.unwrap(), expected, "also after a restart");
    assert_eq!(sweep(&store, ALL).await, 0);
    assert_eq!(sweep(&store, GameQuota { bytes: 0, ..ALL }).await, 2, "the game of accounts is not rated");
    assert_eq!(there(&store).await, ["accounts"]);
}

async fn games_that_are_too_old_go_with_all_that_belongs_to_them(place: &Place) {
    let store = place.open().await;
    for (room, at) in [("a", 10), ("b", 20), ("c", 30), ("d", 40), ("e", 50)] {
        play(&store, room, at, &Who::Accounts).await;
    }
    assert_eq!(rate(&store).await, 5);
    assert_eq!(sweep(&store, GameQuota { before: Some(Timestamp(40)), ..ALL }).await, 3);
    assert_eq!(there(&store).await, ["d", "e"]);
    assert_eq!(store.finished("a").await.unwrap(), None);
    assert_eq!(store.finished("d").await.unwrap().unwrap().record, vec![7; 98]);
    assert_eq!(store.finished_public(0, 10).await.unwrap().1, 2);
    let of_ann: Vec<String> =
        store.account_games("ann", 0, 10).await.unwrap().into_iter().map(|game| game.room).collect();
    assert_eq!(of_ann, ["e", "d"], "nobody's list leads to a game that is gone");
}

async fn beyond_the_bytes_games_of_bots_go_first_then_of_guests_then_of_accounts(place: &Place) {
    let store = place.open().await;
    for (number, who) in
        [Who::Accounts, Who::Guests, Who::Bots, Who::Accounts, Who::Guests, Who::Bots].iter().enumerate()
    {
        play(&store, &format!("r{number}"), number as u64, who).await;
    }
    rate(&store).await;
    let gone = async |bytes| sweep(&store, GameQuota { bytes, ..ALL }).await;
    assert_eq!(gone(6 * BYTES).await, 0);
    assert_eq!(gone(6 * BYTES - 1).await, 1);
    assert_eq!(there(&store).await, ["r0", "r1", "r3", "r4", "r5"], "the older game of bots");
    assert_eq!(gone(3 * BYTES).await, 2);
    assert_eq!(there(&store).await, ["r0", "r3", "r4"], "the other one, then the older one of guests");
    assert_eq!(gone(BYTES + 1).await, 2);
    assert_eq!(there(&store).await, ["r3"]);
    assert_eq!(gone(0).await, 1);
    assert_eq!(there(&store).await, [""; 0]);
}

async fn of_bots_only_the_newest_few_are_kept(place: &Place) {
    let store = place.open().await;
    for number in 0..7 {
        play(&store, &format!("bots{number}"), number, &Who::Bots).await;
    }
    play(&store, "guests", 0, &Who::Guests).await;
    assert_eq!(sweep(&store, GameQuota { of_bots: 2, ..ALL }).await, 5);
    assert_eq!(there(&store).await, ["guests", "bots5", "bots6"]);
}

async fn a_game_is_not_deleted_before_it_was_rated(place: &Place) {
    let store = place.open().await;
    for number in 0..5 {
        play(&store, &format!("r{number}"), 10 + number, &Who::Accounts).await;
    }
    let everything = GameQuota { before: Some(Timestamp(100)), bytes: 0, of_bots: 0 };
    assert_eq!(sweep(&store, everything).await, 0);
    assert_eq!(rate(&store).await, 5);
    play(&store, "late", 9, &Who::Accounts).await;
    assert_eq!(sweep(&store, everything).await, 5);
    assert_eq!(there(&store).await, ["late"], "older than the others, and not rated");
    assert_eq!(rate(&store).await, 1);
    assert_eq!(sweep(&store, everything).await, 1);
    assert_eq!(there(&store).await, [""; 0]);
}

async fn a_room_of_a_deleted_game_may_come_again(place: &Place) {
    let store = place.open().await;
    play(&store, "again", 1, &Who::Guests).await;
    assert_eq!(store.append(&founding(&["again"])).await, Err(StoreError::Duplicate));
    assert_eq!(sweep(&store, GameQuota { bytes: 0, ..ALL }).await, 1);
    play(&store, "again", 2, &Who::Guests).await;
    assert_eq!(store.finished("again").await.unwrap().unwrap().ended_at, Timestamp(2));
}

async fn games_of_earlier_versions_are_counted_and_go_last(place: &Place) {
    let store = place.open().await;
    play(&store, "old", 1, &Who::Guests).await;
    play(&store, "older", 0, &Who::Accounts).await;
    rate(&store).await;
    store.close().await;
    // Back to the version before: what the twelfth migration made is gone.
    place
        .tamper(
            "DROP INDEX games_by_kind; ALTER TABLE games DROP COLUMN kind; DROP TABLE game_tally; \
             DROP INDEX messages_private_by_kind; DELETE FROM _sqlx_migrations WHERE version = 12",
        )
        .await;
    let store = place.open().await;
    assert_eq!(there(&store).await, ["older", "old"]);
    play(&store, "new", 2, &Who::Guests).await;
    assert_eq!(sweep(&store, GameQuota { bytes: 2 * BYTES, ..ALL }).await, 1);
    assert_eq!(there(&store).await, ["older", "old"], "who played them is not known");
    assert_eq!(sweep(&store, GameQuota { bytes: BYTES, ..ALL }).await, 1);
    assert_eq!(there(&store).await, ["old"]);
}
