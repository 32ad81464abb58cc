//! Points and news of guilds: each rated game earns once, and what is news is kept until it was published.

use store::{
    Batch, Counted, Ended, Finished, GuildScope, Guilds, Participation, RecentGames, Standings, Store, StoreError,
};
use vocabulary::Timestamp;

use crate::{
    guilds::{accounts, change, event, guild, ids, keep, look, member, of_guild, war},
    place::{Place, founding, on_both, together},
};

on_both! {
    a_rated_game_earns_once
    points_that_cannot_be_written_leave_the_game_unrated
    changes_at_once_lose_no_points
    news_outlive_a_restart_and_go_when_they_are_told
    only_what_has_news_is_told
}

fn player(account: &str) -> Participation {
    Participation {
        account: account.to_owned(),
        place: 1,
        won: true,
        score: 9,
        rounds: 9,
        exact_declarations: 4,
        ..Participation::default()
    }
}

async fn play(store: &Store, room: &str, at: u64, accounts: &[&str]) {
    let players = accounts.iter().map(|account| player(account)).collect();
    let game =
        Some(Finished { result: "{}".to_owned(), record: b"record".to_vec(), public: true, of_bots: false, players });
    let ended = Batch { ended: vec![Ended { room: room.to_owned(), at: Timestamp(at), game }], ..Batch::default() };
    store.append(&together([founding(&[room]), ended])).await.unwrap();
}

fn in_full(_: Timestamp, players: &[Participation], _: &RecentGames) -> Vec<Counted> {
    vec![Counted { weight: Counted::WHOLE, discount: None }; players.len()]
}

fn no_rating(_: &[Participation], _: &mut Standings) {}

/// Each game earns the moment of its end, for the member and the guild, and is news.
fn earn(ended_at: Timestamp, players: &[Participation], guilds: &mut Guilds) {
    for player in players {
        let Some(member) = guilds.members.iter_mut().find(|member| member.account == player.account) else { continue };
        member.points += ended_at.millis();
        let guild = guilds.guilds.iter_mut().find(|guild| guild.id == member.guild).unwrap();
        guild.points += ended_at.millis();
        guilds.news.push(event(&member.guild, &format!("\"{}\"", player.account)));
    }
}

async fn points(store: &Store) -> (i64, i64, usize) {
    let seen = look(store, &of_guild("one")).await;
    let own = seen.members.iter().map(|member| member.points).sum();
    (seen.guilds[0].points, own, store.guild_news(99).await.unwrap().len())
}

async fn a_rated_game_earns_once(place: &Place) {
    let (store, other) = (place.open().await, place.open().await);
    let members = vec![member("a", "one", 1), member("b", "one", 2), member("c", "two", 1)];
    keep(&store, vec![guild("one", 0), guild("two", 0)], members, vec![war("two", "one", 9)]).await;
    play(&store, "r1", 20, &["a", "nobody"]).await;
    play(&store, "r2", 1, &["nobody"]).await;
    play(&store, "r3", 300, &["b", "a"]).await;
    let see = |ended_at: Timestamp, players: &[Participation], guilds: &mut Guilds| {
        assert_eq!((accounts(guilds).len(), ids(guilds), guilds.wars.len()), (2, vec!["one", "two"], 1));
        earn(ended_at, players, guilds);
    };
    let outcomes = tokio::join!(store.rate_games(in_full, no_rating, see), other.rate_games(in_full, no_rating, earn));
    assert_eq!(outcomes.0.unwrap_or_default() + outcomes.1.unwrap_or_default(), 3);
    assert_eq!(points(&store).await, (620, 620, 3));
    store.close().await;
    let store = place.open().await;
    assert_eq!(store.rate_games(in_full, no_rating, earn).await, Ok(0));
    assert_eq!(points(&store).await, (620, 620, 3));
}

async fn points_that_cannot_be_written_leave_the_game_unrated(place: &Place) {
    let store = place.open().await;
    keep(&store, vec![guild("one", 0), guild("two", 0)], vec![member("a", "one", 1)], vec![]).await;
    play(&store, "r1", 7, &["a"]).await;
    place.tamper("CREATE UNIQUE INDEX one_news ON guild_news (at)").await;
    change(&store, &GuildScope::default(), |guilds| guilds.news.push(event("two", "{}"))).await;
    for _ in 0..2 {
        assert_eq!(store.rate_games(in_full, no_rating, earn).await, Err(StoreError::Duplicate));
        assert_eq!(points(&store).await, (0, 0, 1));
    }
    place.tamper("DROP INDEX one_news").await;
    assert_eq!(store.rate_games(in_full, no_rating, earn).await, Ok(1));
    assert_eq!(points(&store).await, (7, 7, 2));
}

async fn changes_at_once_lose_no_points(place: &Place) {
    let (store, other) = (place.open().await, place.open().await);
    keep(&store, vec![guild("one", 0)], vec![member("a", "one", 1)], vec![]).await;
    let scope = of_guild("one");
    for round in 0..10 {
        play(&store, &format!("r{round}"), 1_000, &["a"]).await;
        let more = |guilds: &mut Guilds| guilds.guilds[0].points += 1;
        let (rated, ()) = tokio::join!(store.rate_games(in_full, no_rating, earn), change(&other, &scope, more));
        assert_eq!(rated, Ok(1));
    }
    assert_eq!(points(&store).await, (10_010, 10_000, 10));
}

async fn news_outlive_a_restart_and_go_when_they_are_told(place: &Place) {
    let store = place.open().await;
    let note = async |store: &Store, texts: &[&str]| {
        change(store, &GuildScope::default(), |guilds| {
            guilds.news.extend(texts.iter().map(|text| event("one", text)));
        })
        .await;
    };
    note(&store, &["1", "2"]).await;
    note(&store, &["3"]).await;
    store.close().await;
    let store = place.open().await;
    let news = store.guild_news(2).await.unwrap();
    let texts: Vec<&str> = news.iter().map(|news| news.data.as_str()).collect();
    assert_eq!((texts, news[0].id < news[1].id), (vec!["1", "2"], true));
    let first = &news[0];
    assert_eq!((first.at.0, first.guild.as_str(), first.guild_name.as_str()), (9, "one", "Guild one"));
    assert_eq!((first.guild_level, first.event.as_str()), (2, "member_joined"));
    store.guild_news_told(news[1].id).await.unwrap();
    let left = store.guild_news(9).await.unwrap();
    assert_eq!((left.len(), left[0].data.as_str()), (1, "3"));
    store.guild_news_told(left[0].id).await.unwrap();
    note(&store, &["4"]).await;
    assert!(store.guild_news(9).await.unwrap()[0].id > left[0].id, "a number never comes again");
}

async fn only_what_has_news_is_told(place: &Place) {
    let store = place.open().await;
    let mut told = store.guild_news_there();
    keep(&store, vec![guild("one", 0)], vec![member("a", "one", 1)], vec![]).await;
    play(&store, "r1", 1, &["nobody"]).await;
    store.rate_games(in_full, no_rating, earn).await.unwrap();
    assert!(!told.has_changed().unwrap());
    play(&store, "r2", 1, &["a"]).await;
    store.rate_games(in_full, no_rating, earn).await.unwrap();
    assert!(told.has_changed().unwrap());
    told.mark_unchanged();
    change(&store, &GuildScope::default(), |guilds| guilds.news.push(event("one", "{}"))).await;
    assert!(told.has_changed().unwrap());
}
