//! Guilds: what a rule changes is kept whole or not at all, and its news with it.

use store::{Account, Guild, GuildEvent, GuildMember, GuildScope, GuildWar, Guilds, Store, StoreError};
use vocabulary::Timestamp;

use crate::place::{Place, on_both};

on_both! {
    a_rule_sees_what_its_scope_names_and_what_it_changes_is_kept
    a_rule_that_refuses_changes_nothing
    a_change_that_is_dropped_in_the_middle_is_kept_whole_or_not_at_all
    of_two_founders_with_one_name_one_founds
    who_joins_two_guilds_at_once_is_in_one
    a_dissolved_guild_leaves_its_name
    guilds_are_listed_by_their_points
    a_guild_is_seen_as_of_one_moment
    wars_are_found_by_their_end
}

pub(crate) fn guild(id: &str, points: i64) -> Guild {
    Guild {
        id: id.to_owned(),
        name: format!("Guild {id}"),
        leader: "a".to_owned(),
        points,
        treasury: 3,
        created_at: Timestamp(5),
        dissolved: false,
    }
}

pub(crate) fn member(account: &str, guild: &str, joined_at: u64) -> GuildMember {
    GuildMember { account: account.to_owned(), guild: guild.to_owned(), points: 0, joined_at: Timestamp(joined_at) }
}

pub(crate) fn war(attacker: &str, defender: &str, ends_at: u64) -> GuildWar {
    GuildWar {
        id: format!("{attacker} on {defender}"),
        attacker: attacker.to_owned(),
        defender: defender.to_owned(),
        territory: None,
        attacker_wins: 1,
        defender_wins: 2,
        started_at: Timestamp(1),
        ends_at: Timestamp(ends_at),
        over: false,
    }
}

pub(crate) fn event(guild: &str, data: &str) -> GuildEvent {
    GuildEvent {
        at: Timestamp(9),
        guild: guild.to_owned(),
        guild_name: format!("Guild {guild}"),
        guild_level: 2,
        event: "member_joined".to_owned(),
        data: data.to_owned(),
    }
}

/// Keeps these as they are.
pub(crate) async fn keep(store: &Store, guilds: Vec<Guild>, members: Vec<GuildMember>, wars: Vec<GuildWar>) {
    let all = Guilds { guilds, members, wars, news: Vec::new() };
    change(store, &GuildScope::default(), |guilds| *guilds = all).await;
}

pub(crate) async fn change<T>(store: &Store, scope: &GuildScope<'_>, rule: impl FnOnce(&mut Guilds) -> T) -> T {
    store.change_guilds(scope, |guilds| Ok::<T, ()>(rule(guilds))).await.unwrap().unwrap()
}

pub(crate) async fn look(store: &Store, scope: &GuildScope<'_>) -> Guilds {
    change(store, scope, |guilds| guilds.clone()).await
}

fn of_account(account: &str) -> GuildScope<'_> {
    GuildScope { account: Some(account), ..GuildScope::default() }
}

pub(crate) fn of_guild(guild: &str) -> GuildScope<'_> {
    GuildScope { guilds: vec![guild], ..GuildScope::default() }
}

pub(crate) fn ids(guilds: &Guilds) -> Vec<&str> {
    guilds.guilds.iter().map(|guild| guild.id.as_str()).collect()
}

pub(crate) fn accounts(guilds: &Guilds) -> Vec<&str> {
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
        created_at: Timestamp(1),
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

async fn wars_are_found_by_their_end(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.next_war_end().await, Ok(None));
    let guilds = ["a", "b", "c", "d"].map(|id| guild(id, 0)).to_vec();
    keep(&store, guilds, vec![], vec![war("a", "b", 50), war("d", "c", 40)]).await;
    assert_eq!(store.next_war_end().await, Ok(Some(Timestamp(40))));
    let due = |moment| GuildScope { wars_due: Some(Timestamp(moment)), ..GuildScope::default() };
    assert_eq!(look(&store, &due(39)).await, Guilds::default());
    assert_eq!(ids(&look(&store, &due(40)).await), ["c", "d"]);
    let ends = change(&store, &due(50), |guilds| {
        guilds.wars[0].over = true;
        guilds.wars.iter().map(|war| war.ends_at.0).collect::<Vec<_>>()
    })
    .await;
    assert_eq!(ends, [40, 50]);
    assert_eq!(store.next_war_end().await, Ok(Some(Timestamp(50))));
    assert_eq!(look(&store, &of_guild("d")).await.wars, []);
    assert_eq!(store.guild("c").await.unwrap().unwrap().war, None);
}
