//! Who took part in finished games, and what that comes to.

use std::collections::HashMap;

use store::{
    Account, Batch, Counted, Discount, Ended, Finished, FinishedGame, Guilds, Participation, Ranked, RecentGames,
    Standing, Standings, Store, StoreError,
};
use vocabulary::Timestamp;

use crate::place::{Place, founding, on_both, together};

on_both! {
    a_game_is_kept_with_those_who_took_part
    an_account_that_is_in_a_game_twice_does_not_disturb_the_journal
    games_are_rated_in_the_order_in_which_they_ended_each_once
    what_a_game_counts_is_stored_and_follows_from_the_games_before_it
    a_thousand_games_are_rated_in_several_writes_each_whole
    a_standing_is_written_over_by_the_next
    rating_that_is_dropped_in_the_middle_is_written_whole_or_not_at_all
    rating_that_fails_in_the_middle_changes_nothing_and_succeeds_later
    what_another_server_rated_meanwhile_is_not_rated_again
    games_and_standings_outlive_a_restart
    who_is_better_leads
    the_blocked_are_left_out_of_the_leaderboard
    the_leaderboard_has_pages
    a_finished_game_with_accounts_is_told
}

fn player(account: &str, place: u8) -> Participation {
    Participation {
        account: account.to_owned(),
        seat: place - 1,
        place,
        won: place == 1,
        forfeited: place == 4,
        stood_in: place >= 3,
        full_length: place != 2,
        score: 30 - i64::from(place),
        rounds: 9,
        exact_declarations: 4,
        counted: None,
    }
}

fn ended(room: &str, at: u64, players: Vec<Participation>) -> Batch {
    let game =
        Some(Finished { result: "{}".to_owned(), record: b"record".to_vec(), public: true, of_bots: false, players });
    Batch { ended: vec![Ended { room: room.to_owned(), at: Timestamp(at), game }], ..Batch::default() }
}

async fn play(store: &Store, room: &str, at: u64, players: Vec<Participation>) {
    store.append(&together([founding(&[room]), ended(room, at, players)])).await.unwrap();
}

fn nothing(account: &str) -> Standing {
    Standing {
        account: account.to_owned(),
        games_played: 0,
        games_won: 0,
        rounds_played: 0,
        exact_declarations: 0,
        total_score: 0,
        best_score: 0,
        rating: 0,
        deviation: 0,
    }
}

fn in_full(_: Timestamp, players: &[Participation], _: &RecentGames) -> Vec<Counted> {
    vec![Counted { weight: Counted::WHOLE, discount: None }; players.len()]
}

/// Counts a game one less for each earlier one of the last day that counted for the account and the first of the game, down
/// to nothing; and for those who are below the first, one less again.
fn ever_less(ended_at: Timestamp, players: &[Participation], recent: &RecentGames) -> Vec<Counted> {
    let first = &players[0].account;
    let weight = |player: &Participation| {
        let together = recent.of_both(first, &player.account, ended_at - RecentGames::SPAN, ended_at);
        (3 - i64::try_from(together).unwrap() - i64::from(player.place > 1)).max(0)
    };
    let discount = Some(Discount::Repeated);
    players.iter().map(|player| Counted { weight: weight(player), discount }).collect()
}

/// A rule that shows the order: the rating's decimal digits are the places, the last game's last.
fn rule(players: &[Participation], standings: &mut Standings) {
    for player in players {
        let standing = standings.entry(player.account.clone()).or_insert_with(|| nothing(&player.account));
        standing.games_played += 1;
        standing.rating = standing.rating * 10 % 1_000_000 + i64::from(player.place);
    }
}

/// Nobody is in a guild here.
fn no_guilds(_: Timestamp, _: &[Participation], guilds: &mut Guilds) {
    assert_eq!(guilds, &Guilds::default());
}

async fn rate_all(store: &Store) -> u64 {
    let mut games = 0;
    loop {
        match store.rate_games(in_full, rule, no_guilds).await.unwrap() {
            0 => return games,
            some => games += some,
        }
    }
}

async fn rating(store: &Store, account: &str) -> Option<(i64, i64)> {
    store.standing(account).await.unwrap().map(|standing| (standing.games_played, standing.rating))
}

async fn a_game_is_kept_with_those_who_took_part(place: &Place) {
    let store = place.open().await;
    play(&store, "r1", 10, vec![player("a", 1), player("b", 4)]).await;
    play(&store, "r2", 30, vec![player("a", 2)]).await;
    play(&store, "r3", 20, vec![]).await;
    play(&store, "r4", 30, vec![player("a", 3)]).await;
    let games = store.account_games("a", 0, 10).await.unwrap();
    let order: Vec<(&str, u64)> = games.iter().map(|game| (game.room.as_str(), game.ended_at.0)).collect();
    assert_eq!(order, [("r4", 30), ("r2", 30), ("r1", 10)]);
    assert_eq!(games[2].participation, player("a", 1));
    assert_eq!(store.account_games("a", 1, 1).await.unwrap(), games[1..2]);
    assert_eq!(store.account_games("a", 3, u64::MAX).await.unwrap(), []);
    assert_eq!(store.account_games("c", 0, 10).await.unwrap(), []);
    assert_eq!(store.account_games("b", 0, 10).await.unwrap()[0].participation, player("b", 4));
    let FinishedGame { record, .. } = store.finished("r1").await.unwrap().unwrap();
    assert_eq!(record, b"record");
}

async fn an_account_that_is_in_a_game_twice_does_not_disturb_the_journal(place: &Place) {
    let store = place.open().await;
    play(&store, "r1", 10, vec![player("a", 1), player("a", 3)]).await;
    assert_eq!(store.account_games("a", 0, 10).await.unwrap()[0].participation, player("a", 1));
    assert_eq!(rate_all(&store).await, 1);
    assert_eq!(rating(&store, "a").await, Some((1, 1)));
}

async fn games_are_rated_in_the_order_in_which_they_ended_each_once(place: &Place) {
    let store = place.open().await;
    assert_eq!(rate_all(&store).await, 0);
    play(&store, "r1", 30, vec![player("a", 3), player("b", 1)]).await;
    play(&store, "r2", 10, vec![player("a", 1)]).await;
    play(&store, "r3", 20, vec![player("a", 2), player("c", 4)]).await;
    play(&store, "r4", 5, vec![]).await;
    assert_eq!(store.standing("a").await.unwrap(), None);
    assert_eq!(rate_all(&store).await, 3);
    assert_eq!(rate_all(&store).await, 0);
    assert_eq!(rating(&store, "a").await, Some((3, 123)));
    assert_eq!(rating(&store, "b").await, Some((1, 1)));
    play(&store, "r5", 1, vec![player("a", 4)]).await;
    assert_eq!(rate_all(&store).await, 1, "late, but not lost");
    assert_eq!(rating(&store, "a").await, Some((4, 1234)));
}

/// What the games of an account count, the newest first.
async fn counted(store: &Store, account: &str) -> Vec<Option<i64>> {
    let games = store.account_games(account, 0, 99).await.unwrap();
    games.iter().map(|game| game.participation.counted.map(|counted| counted.weight)).collect()
}

async fn what_a_game_counts_is_stored_and_follows_from_the_games_before_it(place: &Place) {
    let mut store = place.open().await;
    let day = u64::try_from(RecentGames::SPAN.as_millis()).unwrap();
    let of_two = || vec![player("a", 1), player("b", 2)];
    for (number, at) in [10, 20, 30, 40].into_iter().enumerate() {
        play(&store, &format!("r{number}"), at, of_two()).await;
        if number % 2 == 1 {
            continue;
        }
        // Now one game is rated and now two, by another server each time: that makes no difference.
        store.close().await;
        store = place.open().await;
        store.rate_games(ever_less, rule, no_guilds).await.unwrap();
    }
    play(&store, "unrated", 50, of_two()).await;
    assert_eq!(counted(&store, "a").await, [None, None, Some(1), Some(2), Some(3)]);
    play(&store, "next day", 25 + day, of_two()).await;
    assert_eq!(store.rate_games(ever_less, rule, no_guilds).await, Ok(3));
    assert_eq!(counted(&store, "a").await[..3], [Some(2), Some(0), Some(0)], "the first two are a day ago");
    assert_eq!(counted(&store, "b").await, [2, 0, 0, 0, 1, 2].map(Some));
    let newest = store.account_games("a", 0, 1).await.unwrap().remove(0).participation;
    assert_eq!(newest.counted, Some(Counted { weight: 2, discount: Some(Discount::Repeated) }));
    assert_eq!(newest, Participation { counted: newest.counted, ..player("a", 1) }, "all else is as it was");
}

async fn a_thousand_games_are_rated_in_several_writes_each_whole(place: &Place) {
    let store = place.open().await;
    let names: Vec<String> = (0..1_000).map(|room| format!("r{room}")).collect();
    let rooms: Vec<&str> = names.iter().map(String::as_str).collect();
    let of =
        |number: usize| (1..=3).map(move |place| player(&format!("p{}", number % 7 * 3 + usize::from(place)), place));
    let games = rooms.iter().enumerate().map(|(number, room)| ended(room, 9, of(number).collect()));
    store.append(&together([founding(&rooms)].into_iter().chain(games))).await.unwrap();
    let first = store
        .rate_games(
            in_full,
            |players, standings| {
                assert_eq!(players.len(), 3, "a game in pieces");
                rule(players, standings);
            },
            no_guilds,
        )
        .await
        .unwrap();
    assert!((1..1_000).contains(&first), "{first}");
    assert_eq!(first + rate_all(&store).await, 1_000);
    let mut counts = HashMap::new();
    (0..1_000).for_each(|number| of(number).for_each(|player| *counts.entry(player.account).or_insert(0) += 1));
    for (account, count) in counts {
        assert_eq!(rating(&store, &account).await.unwrap().0, count);
    }
}

async fn a_standing_is_written_over_by_the_next(place: &Place) {
    let store = place.open().await;
    let standing = |factor: i64| Standing {
        account: "a".to_owned(),
        games_played: factor,
        games_won: 2 * factor,
        rounds_played: 3 * factor,
        exact_declarations: 4 * factor,
        total_score: -5 * factor,
        best_score: -6 * factor,
        rating: 7_000_000_000_000 * factor,
        deviation: 8_000_000_000_000 * factor,
    };
    for factor in 1..3 {
        play(&store, &format!("r{factor}"), 1, vec![player("a", 1)]).await;
        store
            .rate_games(in_full, |_, standings| drop(standings.insert("a".to_owned(), standing(factor))), no_guilds)
            .await
            .unwrap();
        assert_eq!(store.standing("a").await.unwrap(), Some(standing(factor)));
    }
}

async fn rating_that_is_dropped_in_the_middle_is_written_whole_or_not_at_all(place: &Place) {
    let store = place.open().await;
    let mut played = 0;
    for polls in 1..40 {
        play(&store, &format!("r{polls}"), polls, vec![player("a", 1), player("b", 2)]).await;
        played += 1;
        let mut rate = Box::pin(store.rate_games(in_full, rule, no_guilds));
        for _ in 0..polls {
            tokio::select! {
                biased;
                outcome = &mut rate => { outcome.unwrap(); break; }
                () = tokio::task::yield_now() => {}
            }
        }
        drop(rate);
        // Deciding what the dropped one came to.
        store.last_number("a").await.unwrap();
        let of_both = (rating(&store, "a").await, rating(&store, "b").await);
        let count = |standing: Option<(i64, i64)>| standing.map_or(0, |(games, _)| games);
        assert_eq!(count(of_both.0), count(of_both.1), "half of a game");
    }
    rate_all(&store).await;
    assert_eq!(rating(&store, "a").await, Some((played, 111_111)));
    assert_eq!(rating(&store, "b").await, Some((played, 222_222)));
}

async fn rating_that_fails_in_the_middle_changes_nothing_and_succeeds_later(place: &Place) {
    let store = place.open().await;
    play(&store, "r1", 1, vec![player("a", 1)]).await;
    assert_eq!(rate_all(&store).await, 1);
    play(&store, "r2", 2, vec![player("a", 2), player("b", 1)]).await;
    // The games are marked first; then the standing of one account is refused.
    place.tamper("CREATE UNIQUE INDEX one_game_each ON standings (games_played)").await;
    play(&store, "r3", 3, vec![player("b", 1)]).await;
    for _ in 0..2 {
        assert_eq!(store.rate_games(in_full, rule, no_guilds).await, Err(StoreError::Duplicate));
        assert_eq!(rating(&store, "a").await, Some((1, 1)));
        assert_eq!(rating(&store, "b").await, None);
    }
    place.tamper("DROP INDEX one_game_each").await;
    assert_eq!(rate_all(&store).await, 2);
    assert_eq!(rating(&store, "a").await, Some((2, 12)));
    assert_eq!(rating(&store, "b").await, Some((2, 11)));
}

async fn what_another_server_rated_meanwhile_is_not_rated_again(place: &Place) {
    let (store, other) = (place.open().await, place.open().await);
    play(&store, "r1", 1, vec![player("a", 1)]).await;
    let outcomes = tokio::join!(store.rate_games(in_full, rule, no_guilds), other.rate_games(in_full, rule, no_guilds));
    let rated = [outcomes.0, outcomes.1].into_iter().map(Result::unwrap_or_default).sum::<u64>();
    assert_eq!(rated, 1);
    assert_eq!(rating(&store, "a").await, Some((1, 1)));
}

async fn games_and_standings_outlive_a_restart(place: &Place) {
    let store = place.open().await;
    play(&store, "r1", 1, vec![player("a", 1)]).await;
    rate_all(&store).await;
    play(&store, "r2", 2, vec![player("a", 2)]).await;
    store.close().await;
    let store = place.open().await;
    assert_eq!(rating(&store, "a").await, Some((1, 1)));
    assert_eq!(store.account_games("a", 0, 9).await.unwrap().len(), 2);
    assert_eq!(rate_all(&store).await, 1);
    assert_eq!(rating(&store, "a").await, Some((2, 12)));
}

/// Accounts with these ids, ratings, deviations and games won.
async fn ranked(store: &Store, all: &[(&str, i64, i64, i64)]) {
    for (id, ..) in all {
        let account = Account {
            version: 1,
            id: (*id).to_owned(),
            username: format!("user-{id}"),
            display_name: format!("User {id}"),
            avatar_url: (*id == "a").then(|| "https://a.example/1.png".to_owned()),
            password_hash: String::new(),
            role: "user".to_owned(),
            created_at: Timestamp(1),
            blocked: *id == "blocked",
        };
        store.create_account(&account).await.unwrap();
    }
    play(store, "ranked", 1, all.iter().map(|(id, ..)| player(id, 1)).collect()).await;
    let rule = |players: &[Participation], standings: &mut Standings| {
        for (player, (id, rating, deviation, games_won)) in players.iter().zip(in_order(all, players)) {
            assert_eq!(player.account, id);
            let standing = Standing { rating, deviation, games_won, ..nothing(id) };
            standings.insert(id.to_owned(), standing);
        }
    };
    assert_eq!(store.rate_games(in_full, rule, no_guilds).await.unwrap(), 1);
}

fn in_order<'a>(all: &[(&'a str, i64, i64, i64)], players: &[Participation]) -> Vec<(&'a str, i64, i64, i64)> {
    players.iter().filter_map(|player| all.iter().find(|(id, ..)| player.account == *id).copied()).collect()
}

fn ids(places: &[Ranked]) -> Vec<&str> {
    places.iter().map(|ranked| ranked.standing.account.as_str()).collect()
}

async fn who_is_better_leads(place: &Place) {
    let store = place.open().await;
    let all = [
        ("c", 1_000, 10, 1),
        ("unsure", 2_000, 500, 9),
        ("b", 1_000, 10, 2),
        ("a", 1_030, 20, 2),
        ("low", -900, 10, 0),
    ];
    ranked(&store, &all).await;
    let (places, total) = store.leaderboard(0, 10).await.unwrap();
    assert_eq!((ids(&places), total), (vec!["a", "b", "c", "unsure", "low"], 5));
    let expected = Ranked {
        standing: Standing { rating: 1_030, deviation: 20, games_won: 2, ..nothing("a") },
        username: "user-a".to_owned(),
        display_name: "User a".to_owned(),
        avatar_url: Some("https://a.example/1.png".to_owned()),
    };
    assert_eq!((&places[0], &places[1].avatar_url), (&expected, &None));
}

async fn the_blocked_are_left_out_of_the_leaderboard(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.leaderboard(0, 10).await.unwrap(), (vec![], 0));
    ranked(&store, &[("a", 9, 1, 0), ("blocked", 8, 1, 0), ("c", 7, 1, 0)]).await;
    let (places, total) = store.leaderboard(0, 10).await.unwrap();
    assert_eq!((ids(&places), total), (vec!["a", "c"], 2));
    assert_eq!(ids(&store.leaderboard(1, 1).await.unwrap().0), ["c"]);
}

async fn the_leaderboard_has_pages(place: &Place) {
    let store = place.open().await;
    ranked(&store, &[("a", 9, 1, 0), ("b", 8, 1, 0), ("c", 7, 1, 0), ("d", 6, 1, 0)]).await;
    let page = async |offset, limit| {
        let (places, total) = store.leaderboard(offset, limit).await.unwrap();
        assert_eq!(total, 4);
        ids(&places).concat()
    };
    assert_eq!(page(0, 2).await, "ab");
    assert_eq!(page(2, 2).await, "cd");
    assert_eq!(page(3, u64::MAX).await, "d");
    assert_eq!(page(4, 2).await, "");
    assert_eq!(page(u64::MAX, 2).await, "");
}

async fn a_finished_game_with_accounts_is_told(place: &Place) {
    let store = place.open().await;
    let mut told = store.games_ended();
    play(&store, "r1", 1, vec![]).await;
    store.append(&founding(&["r2"])).await.unwrap();
    assert!(!told.has_changed().unwrap());
    store.append(&ended("r2", 2, vec![player("a", 1)])).await.unwrap();
    assert!(told.has_changed().unwrap());
    told.mark_unchanged();
    assert!(store.append(&ended("r2", 2, vec![player("a", 1)])).await.is_err());
    assert!(told.has_changed().unwrap(), "it can't be known here that nothing was written");
}
