//! Guilds: what a rule changes is kept whole or not at all, and its news with it.

use store::{
    Account, Batch, Counted, Ended, Finished, Guild, GuildEvent, GuildMember, GuildScope, GuildWar, Guilds,
    Participation, RecentGames, Standings, Store, StoreError,
};

use crate::place::{Place, founding, on_both, together};

on_both! {
    a_rule_sees_what_its_scope_names_and_what_it_changes_is_kept
    a_rule_that_refuses_changes_nothing
    a_change_that_is_dropped_in_the_middle_is_kept_whole_or_not_at_all
    of_two_founders_with_one_name_one_founds
    who_joins_two_guilds_at_once_is_in_one
    a_dissolved_guild_leaves_its_name
    guilds_are_listed_by_their_points
    a_rated_game_earns_once
    points_that_cannot_be_written_leave_the_game_unrated
    changes_at_once_lose_no_points
    a_guild_is_seen_as_of_one_moment
    news_outlive_a_restart_and_go_when_they_are_told
    only_what_has_news_is_told
    wars_are_found_by_their_end
}

fn guild(id: &str, points: i64) -> Guild {
    Guild {
        id: id.to_owned(),
        name: format!("Guild {id}"),
        leader: "a".to_owned(),
        points,
        treasury: 3,
        created_at: 5,
        dissolved: false,
    }
}

fn member(account: &str, guild: &str, joined_at: i64) -> GuildMember {
    GuildMember { account: account.to_owned(), guild: guild.to_owned(), points: 0, joined_at }
}

fn war(attacker: &str, defender: &str, ends_at: i64) -> GuildWar {
    GuildWar {
        id: format!("{attacker} on {defender}"),
        attacker: attacker.to_owned(),
        defender: defender.to_owned(),
        territory: None,
        attacker_wins: 1,
        defender_wins: 2,
        started_at: 1,
        ends_at,
        over: false,
    }
}

fn event(guild: &str, data: &str) -> GuildEvent {
    GuildEvent {
        at: 9,
        guild: guild.to_owned(),
        guild_name: format!("Guild {guild}"),
        guild_level: 2,
        event: "member_joined".to_owned(),
        data: data.to_owned(),
    }
}

/// Keeps these as they are.
async fn keep(store: &Store, guilds: Vec<Guild>, members: Vec<GuildMember>, wars: Vec<GuildWar>) {
    let all = Guilds { guilds, members, wars, news: Vec::new() };
    change(store, &GuildScope::default(), |guilds| *guilds = all).await;
}

async fn change<T>(store: &Store, scope: &GuildScope<'_>, rule: impl FnOnce(&mut Guilds) -> T) -> T {
    store.change_guilds(scope, |guilds| Ok::<T, ()>(rule(guilds))).await.unwrap().unwrap()
}

async fn look(store: &Store, scope: &GuildScope<'_>) -> Guilds {
    change(store, scope, |guilds| guilds.clone()).await
}

fn of_account(account: &str) -> GuildScope<'_> {
    GuildScope { account: Some(account), ..GuildScope::default() }
}

fn of_guild(guild: &str) -> GuildScope<'_> {
    GuildScope { guilds: vec![guild], ..GuildScope::default() }
}

fn ids(guilds: &Guilds) -> Vec<&str> {
    guilds.guilds.iter().map(|guild| guild.id.as_str()).collect()
}

fn accounts(guilds: &Guilds) -> Vec<&str> {
    guilds.members.iter().map(|member| member.account.as_str()).collect()
}

async fn register(store: &Store, id: &str) {
    let account = Account {
        id: id.to_owned(),
        username: format!("user-{id}"),
        display_name: format!("User {id}"),
        avatar_url: None,
        password_hash: String::new(),
        role: "user".to_owned(),
        created_at: 1,
        blocked: false,
        version: 1,
    };
    store.create_account(&account).await.unwrap();
}

async fn a_rule_sees_what_its_scope_names_and_what_it_changes_is_kept(place: &Place) {
    let store = place.open().await;
    assert_eq!(look(&store, &of_account("a")).await, Guilds::default());
    assert_eq!(store.guild("one").await.unwrap(), None);
    for account in ["a", "b", "c"] {
        register(&store, account).await;
    }
    let members = vec![member("b", "one", 7), member("a", "one", 6), member("c", "two", 6)];
    let wars = vec![GuildWar { territory: Some("Dragon Valley".to_owned()), ..war("two", "one", 50) }];
    keep(&store, vec![guild("one", 10), guild("two", 20), guild("three", 30)], members, wars.clone()).await;

    let seen = look(&store, &of_account("a")).await;
    assert_eq!((ids(&seen), accounts(&seen)), (vec!["one", "two"], vec!["a", "b"]));
    assert_eq!((&seen.wars, &seen.guilds[0]), (&wars, &guild("one", 10)));
    let by_name = GuildScope { name: Some("GUILD THREE"), ..GuildScope::default() };
    assert_eq!(ids(&look(&store, &by_name).await), ["three"]);
    let both = GuildScope { guilds: vec!["three", "nobody"], account: Some("c"), ..GuildScope::default() };
    assert_eq!(ids(&look(&store, &both).await), ["one", "three", "two"]);

    change(&store, &of_guild("one"), |guilds| {
        guilds.guilds[0] = Guild { leader: "b".to_owned(), treasury: 8, ..guild("one", 11) };
        guilds.members.retain(|member| member.account != "a");
        guilds.members[0].points = 4;
        guilds.wars[0].defender_wins = 9;
        guilds.news.push(event("one", "{}"));
    })
    .await;
    let page = store.guild("one").await.unwrap().unwrap();
    assert_eq!(page.guild, Guild { leader: "b".to_owned(), treasury: 8, ..guild("one", 11) });
    assert_eq!(page.members.len(), 1);
    assert_eq!(page.members[0].member, GuildMember { points: 4, ..member("b", "one", 7) });
    assert_eq!((page.members[0].username.as_str(), page.members[0].display_name.as_str()), ("user-b", "User b"));
    let expected = GuildWar { defender_wins: 9, ..wars[0].clone() };
    assert_eq!(page.war, Some((expected.clone(), "Guild two".to_owned())));
    let other = store.guild("two").await.unwrap().unwrap();
    assert_eq!((other.war, other.members.len()), (Some((expected, "Guild one".to_owned())), 1));
}

async fn a_rule_that_refuses_changes_nothing(place: &Place) {
    let store = place.open().await;
    keep(&store, vec![guild("one", 10)], vec![member("a", "one", 1)], vec![]).await;
    let before = look(&store, &of_guild("one")).await;
    let mut told = store.guild_news_there();
    told.mark_unchanged();
    let refused = store
        .change_guilds(&of_guild("one"), |guilds| {
            guilds.guilds.clear();
            guilds.members.clear();
            guilds.news.push(event("one", "{}"));
            Err::<(), _>("no")
        })
        .await;
    assert_eq!(refused, Ok(Err("no")));
    assert_eq!(look(&store, &of_guild("one")).await, before);
    assert!(store.guild_news(9).await.unwrap().is_empty() && !told.has_changed().unwrap());
}

async fn a_change_that_is_dropped_in_the_middle_is_kept_whole_or_not_at_all(place: &Place) {
    let store = place.open().await;
    keep(&store, vec![guild("one", 0)], vec![member("a", "one", 1)], vec![]).await;
    for polls in 1..30 {
        let scope = of_guild("one");
        let mut changing = Box::pin(store.change_guilds(&scope, |guilds| {
            guilds.guilds[0].points += 1;
            guilds.members[0].points += 1;
            guilds.news.push(event("one", "{}"));
            Ok::<(), ()>(())
        }));
        for _ in 0..polls {
            tokio::select! {
                biased;
                outcome = &mut changing => { outcome.unwrap().unwrap(); break; }
                () = tokio::task::yield_now() => {}
            }
        }
        drop(changing);
        let seen = look(&store, &of_guild("one")).await;
        assert_eq!(seen.guilds[0].points, seen.members[0].points);
        let news = i64::try_from(store.guild_news(99).await.unwrap().len()).unwrap();
        assert_eq!(seen.guilds[0].points, news);
    }
}

/// As a founder does who looks first whether the name is free.
async fn found(store: &Store, account: &str, id: &str, name: &str) -> Result<(), &'static str> {
    let scope = GuildScope { account: Some(account), name: Some(name), ..GuildScope::default() };
    let new = Guild { name: name.to_owned(), leader: account.to_owned(), ..guild(id, 0) };
    let rule = |guilds: &mut Guilds| {
        if guilds.members.iter().any(|member| member.account == account) {
            return Err("is in a guild");
        }
        if !guilds.guilds.is_empty() {
            return Err("is taken");
        }
        guilds.guilds.push(new);
        guilds.members.push(member(account, id, 1));
        Ok(())
    };
    store.change_guilds(&scope, rule).await.unwrap()
}

async fn of_two_founders_with_one_name_one_founds(place: &Place) {
    let (store, other) = (place.open().await, place.open().await);
    for round in 0..8 {
        let (name, same) = (format!("Riders {round}"), format!("RIDERS {round}"));
        let (a, b) = (format!("a{round}"), format!("b{round}"));
        let (first, second) = tokio::join!(found(&store, &a, &a, &name), found(&other, &b, &b, &same));
        assert!(
            matches!((first, second), (Ok(()), Err("is taken")) | (Err("is taken"), Ok(()))),
            "{first:?} {second:?}"
        );
    }
    assert_eq!(store.guild_list(0, 99).await.unwrap().1, 8);
    // A rule that does not look is refused by the database.
    let twice = Guild { name: "riders 0".to_owned(), ..guild("late", 0) };
    let rule = |guilds: &mut Guilds| {
        guilds.guilds.push(twice);
        Ok::<(), ()>(())
    };
    assert_eq!(store.change_guilds(&GuildScope::default(), rule).await, Err(StoreError::Duplicate));
    assert_eq!(found(&store, "c", "c", "Others").await, Ok(()), "the writer goes on");
}

async fn who_joins_two_guilds_at_once_is_in_one(place: &Place) {
    let (store, other) = (place.open().await, place.open().await);
    keep(&store, vec![guild("one", 0), guild("two", 0)], vec![], vec![]).await;
    let join = async |store: &Store, account: &str, id: &str| {
        let scope = GuildScope { account: Some(account), guilds: vec![id], ..GuildScope::default() };
        let rule = |guilds: &mut Guilds| {
            let is_free = guilds.members.iter().all(|member| member.account != account);
            guilds.members.extend(is_free.then(|| member(account, id, 1)));
            is_free.then_some(()).ok_or(())
        };
        store.change_guilds(&scope, rule).await.unwrap()
    };
    for round in 0..8 {
        let account = format!("a{round}");
        let (first, second) = tokio::join!(join(&store, &account, "one"), join(&other, &account, "two"));
        assert_ne!(first, second);
    }
}

async fn a_dissolved_guild_leaves_its_name(place: &Place) {
    let store = place.open().await;
    found(&store, "a", "one", "Riders").await.unwrap();
    assert_eq!(found(&store, "b", "two", "riders").await, Err("is taken"));
    change(&store, &of_guild("one"), |guilds| {
        guilds.guilds[0].dissolved = true;
        guilds.members.clear();
    })
    .await;
    assert_eq!(found(&store, "b", "two", "riders").await, Ok(()));
    assert_eq!(look(&store, &of_guild("one")).await, Guilds::default());
    assert!(store.guild("one").await.unwrap().unwrap().guild.dissolved);
    let (list, total) = store.guild_list(0, 9).await.unwrap();
    assert_eq!((list.len(), total, list[0].guild.id.as_str(), list[0].members), (1, 1, "two", 1));
}

async fn guilds_are_listed_by_their_points(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.guild_list(0, 9).await.unwrap(), (vec![], 0));
    let members = vec![member("x", "b", 1), member("y", "b", 2)];
    keep(&store, vec![guild("a", 5), guild("c", 7), guild("b", 7)], members, vec![]).await;
    let page = async |offset, limit| {
        let (guilds, total) = store.guild_list(offset, limit).await.unwrap();
        assert_eq!(total, 3);
        guilds.iter().map(|summary| format!("{}{}", summary.guild.id, summary.members)).collect::<Vec<_>>()
    };
    assert_eq!(page(0, 9).await, ["b2", "c0", "a0"]);
    assert_eq!(page(1, 1).await, ["c0"]);
    assert_eq!(page(u64::MAX, 1).await, [""; 0]);
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

async fn play(store: &Store, room: &str, at: i64, accounts: &[&str]) {
    let players = accounts.iter().map(|account| player(account)).collect();
    let game =
        Some(Finished { result: "{}".to_owned(), record: b"record".to_vec(), public: true, of_bots: false, players });
    let ended = Batch { ended: vec![Ended { room: room.to_owned(), at, game }], ..Batch::default() };
    store.append(&together([founding(&[room]), ended])).await.unwrap();
}

fn in_full(_: i64, players: &[Participation], _: &RecentGames) -> Vec<Counted> {
    vec![Counted { weight: Counted::WHOLE, discount: None }; players.len()]
}

fn no_rating(_: &[Participation], _: &mut Standings) {}

/// Each game earns the moment of its end, for the member and the guild, and is news.
fn earn(ended_at: i64, players: &[Participation], guilds: &mut Guilds) {
    for player in players {
        let Some(member) = guilds.members.iter_mut().find(|member| member.account == player.account) else { continue };
        member.points += ended_at;
        let guild = guilds.guilds.iter_mut().find(|guild| guild.id == member.guild).unwrap();
        guild.points += ended_at;
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
    let see = |ended_at: i64, players: &[Participation], guilds: &mut Guilds| {
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

async fn a_guild_is_seen_as_of_one_moment(place: &Place) {
    let store = place.open().await;
    register(&store, "a").await;
    keep(&store, vec![guild("one", 0)], vec![member("a", "one", 1)], vec![]).await;
    let scope = of_guild("one");
    let changing = async {
        for _ in 0..200 {
            change(&store, &scope, |guilds| {
                guilds.guilds[0].points += 1;
                guilds.members[0].points += 1;
            })
            .await;
        }
    };
    let looking = async {
        loop {
            let page = store.guild("one").await.unwrap().unwrap();
            assert_eq!(page.guild.points, page.members[0].member.points);
            if page.guild.points == 200 {
                return;
            }
        }
    };
    tokio::join!(changing, looking);
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
    assert_eq!((first.at, first.guild.as_str(), first.guild_name.as_str()), (9, "one", "Guild one"));
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

async fn wars_are_found_by_their_end(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.next_war_end().await, Ok(None));
    let guilds = ["a", "b", "c", "d"].map(|id| guild(id, 0)).to_vec();
    keep(&store, guilds, vec![], vec![war("a", "b", 50), war("d", "c", 40)]).await;
    assert_eq!(store.next_war_end().await, Ok(Some(40)));
    let due = |moment| GuildScope { wars_due: Some(moment), ..GuildScope::default() };
    assert_eq!(look(&store, &due(39)).await, Guilds::default());
    assert_eq!(ids(&look(&store, &due(40)).await), ["c", "d"]);
    let ends = change(&store, &due(50), |guilds| {
        guilds.wars[0].over = true;
        guilds.wars.iter().map(|war| war.ends_at).collect::<Vec<_>>()
    })
    .await;
    assert_eq!(ends, [40, 50]);
    assert_eq!(store.next_war_end().await, Ok(Some(50)));
    assert_eq!(look(&store, &of_guild("d")).await.wars, []);
    assert_eq!(store.guild("c").await.unwrap().unwrap().war, None);
}
