//! The rules alone: what happens to guilds, as values.

use serde_json::{Value, json};
use store::{Counted, Discount, Guilds, Participation};
use vocabulary::Timestamp;

use super::{
    Denied, Who,
    earnings::earn,
    membership,
    points::{level, tier},
    war::{self, Declaration},
};

fn who(id: &str) -> Who<'_> {
    Who { id, name: id }
}

/// A guild with these members, the first of whom founded it; they joined at 0, 1, 2 …
fn club(guilds: &mut Guilds, id: &str, members: &[&str]) {
    membership::found(guilds, who(members[0]), id, &format!("Guild {id}"), Timestamp(0)).unwrap();
    for (at, member) in (1..).zip(&members[1..]) {
        membership::join(guilds, who(member), id, Timestamp(at)).unwrap();
    }
    guilds.news.clear();
}

/// Two guilds at war from 100 to 200.
fn at_war() -> Guilds {
    let mut guilds = Guilds::default();
    club(&mut guilds, "one", &["a", "b"]);
    club(&mut guilds, "two", &["c", "d"]);
    declare(&mut guilds, "a", "one", "two").unwrap();
    guilds
}

fn declare(guilds: &mut Guilds, by: &str, own: &str, target: &str) -> Result<(), Denied> {
    let territory = Some("Dragon Valley".to_owned());
    war::declare(
        guilds,
        who(by),
        own,
        Declaration { id: "w".to_owned(), target, territory, at: Timestamp(100), ends_at: Timestamp(200) },
    )
}

fn player(account: &str, won: bool) -> Participation {
    Participation {
        account: account.to_owned(),
        place: if won { 1 } else { 2 },
        won,
        rounds: 8,
        ..Participation::default()
    }
}

fn points(guilds: &Guilds, id: &str) -> i64 {
    guilds.guilds.iter().find(|guild| guild.id == id).unwrap().points
}

fn balance(guilds: &Guilds, account: &str) -> i64 {
    guilds.members.iter().find(|member| member.account == account).unwrap().points
}

/// The news since the last look: guild, level, event, facts.
fn news(guilds: &mut Guilds) -> Vec<(String, i64, String, Value)> {
    let all = guilds.news.drain(..);
    all.map(|news| (news.guild, news.guild_level, news.event, serde_json::from_str(&news.data).unwrap())).collect()
}

fn told(guilds: &mut Guilds) -> Vec<(String, String)> {
    news(guilds).into_iter().map(|(guild, _, event, _)| (guild, event)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(guild, event)| ((*guild).to_owned(), (*event).to_owned())).collect()
}

#[test]
fn a_game_is_worth_10_and_5_for_each_exact_declaration_and_25_for_a_win() {
    let mut guilds = Guilds::default();
    club(&mut guilds, "one", &["a", "b"]);
    earn(
        Timestamp(9),
        &[Participation { exact_declarations: 3, ..player("a", true) }, player("b", false)],
        &mut guilds,
    );
    assert_eq!((balance(&guilds, "a"), balance(&guilds, "b"), points(&guilds, "one")), (50, 10, 60));
    earn(Timestamp(9), &[player("nobody", true)], &mut guilds);
    assert_eq!(points(&guilds, "one"), 60);
    assert_eq!(guilds.news, []);
}

#[test]
fn a_game_that_counts_in_part_is_worth_that_part_and_is_no_win_in_a_war() {
    let mut guilds = at_war();
    let counted = |weight: i64| Some(Counted { weight, discount: Some(Discount::Repeated) });
    let winner = |weight: i64| Participation { counted: counted(weight), exact_declarations: 3, ..player("a", true) };
    earn(Timestamp(150), &[winner(250_000), player("c", false)], &mut guilds);
    earn(Timestamp(150), &[winner(0), player("c", false)], &mut guilds);
    assert_eq!((balance(&guilds, "a"), guilds.wars[0].attacker_wins), (12, 0));
    earn(Timestamp(150), &[winner(Counted::WHOLE), player("c", false)], &mut guilds);
    assert_eq!((balance(&guilds, "a"), guilds.wars[0].attacker_wins), (62, 1));
}

#[test]
fn who_gives_up_or_joined_after_the_game_earns_nothing() {
    let mut guilds = Guilds::default();
    club(&mut guilds, "one", &["a", "b"]);
    let given_up = Participation { stood_in: true, exact_declarations: 5, ..player("a", true) };
    earn(Timestamp(9), &[given_up], &mut guilds);
    earn(Timestamp(0), &[player("b", true)], &mut guilds);
    assert_eq!(points(&guilds, "one"), 0);
    earn(Timestamp(1), &[player("b", true)], &mut guilds);
    assert_eq!(points(&guilds, "one"), 35, "the game ended as they joined");
}

#[test]
fn every_500_points_raise_the_level_and_that_is_news() {
    assert_eq!([0, 499, 500, 999, 1_000, -5].map(level), [1, 1, 2, 2, 3, 1]);
    let mut guilds = Guilds::default();
    club(&mut guilds, "one", &["a"]);
    guilds.guilds[0].points = 489;
    earn(Timestamp(9), &[player("a", false)], &mut guilds);
    assert_eq!(news(&mut guilds), []);
    earn(Timestamp(9), &[player("a", false)], &mut guilds);
    let facts = json!({ "level": 2, "points": 509 });
    assert_eq!(news(&mut guilds), [("one".to_owned(), 2, "upgrade_complete".to_owned(), facts)]);
    earn(Timestamp(9), &[Participation { exact_declarations: 300, ..player("a", false) }], &mut guilds);
    assert_eq!(news(&mut guilds)[0].1, 5, "several levels at once are one piece of news");
}

#[test]
fn tiers_begin_at_500_2000_10000_and_50000() {
    let tiers = [0, 499, 500, 1_999, 2_000, 9_999, 10_000, 49_999, 50_000].map(tier);
    let expected = ["5", "5", "4", "4", "3", "3", "2", "2", "1"].map(|number| format!("Tier {number}"));
    assert_eq!(tiers.to_vec(), expected);
}

#[test]
fn a_founder_leads_and_is_told_as_the_first_member() {
    let mut guilds = Guilds::default();
    membership::found(&mut guilds, Who { id: "a", name: "Ann" }, "one", "Riders", Timestamp(7)).unwrap();
    assert_eq!((guilds.guilds[0].leader.as_str(), guilds.guilds[0].created_at), ("a", Timestamp(7)));
    let facts = json!({ "member_id": "a", "member_name": "Ann", "member_count": 1 });
    assert_eq!(news(&mut guilds), [("one".to_owned(), 1, "member_joined".to_owned(), facts)]);
    assert_eq!(membership::found(&mut guilds, who("b"), "two", "RIDERS", Timestamp(8)), Err(Denied::NameTaken));
    let again = membership::found(&mut guilds, who("a"), "two", "Others", Timestamp(8));
    assert_eq!(again, Err(Denied::AlreadyInGuild("one".to_owned())));
}

#[test]
fn fifty_are_in_a_guild_and_no_more() {
    let mut guilds = Guilds::default();
    let names: Vec<String> = (0..50).map(|number| format!("m{number}")).collect();
    let members: Vec<&str> = names.iter().map(String::as_str).collect();
    club(&mut guilds, "one", &members);
    assert_eq!(membership::join(&mut guilds, who("late"), "one", Timestamp(99)), Err(Denied::Full));
    let again = membership::join(&mut guilds, who("m7"), "one", Timestamp(99));
    assert_eq!(again, Err(Denied::AlreadyInGuild("one".to_owned())));
    assert_eq!(
        membership::join(&mut guilds, who("late"), "two", Timestamp(99)),
        Err(Denied::NoSuchGuild("two".to_owned()))
    );
    membership::leave(&mut guilds, who("m7"), "one", Timestamp(99)).unwrap();
    membership::join(&mut guilds, who("late"), "one", Timestamp(100)).unwrap();
}

#[test]
fn the_first_who_joined_leads_when_the_leader_leaves() {
    let mut guilds = Guilds::default();
    club(&mut guilds, "one", &["a", "z", "b"]);
    earn(Timestamp(9), &[player("a", true)], &mut guilds);
    membership::leave(&mut guilds, who("a"), "one", Timestamp(10)).unwrap();
    assert_eq!((guilds.guilds[0].leader.as_str(), points(&guilds, "one")), ("z", 35), "the guild keeps its points");
    let facts =
        json!({ "member_id": "a", "member_name": "a", "member_count": 2, "dissolved": false, "leader_id": "z" });
    assert_eq!(news(&mut guilds), [("one".to_owned(), 1, "member_left".to_owned(), facts)]);
    membership::leave(&mut guilds, who("b"), "one", Timestamp(11)).unwrap();
    assert_eq!(guilds.guilds[0].leader, "z", "somebody else left");
    assert_eq!(membership::leave(&mut guilds, who("a"), "one", Timestamp(12)), Err(Denied::NotAMember));
    membership::join(&mut guilds, who("a"), "one", Timestamp(13)).unwrap();
    assert_eq!(balance(&guilds, "a"), 0, "who leaves leaves their points");
}

#[test]
fn the_last_to_leave_dissolves_the_guild_and_its_war_is_lost() {
    let mut guilds = at_war();
    guilds.guilds[1].points = 480;
    // The guild that goes is ahead; that does not help it.
    earn(Timestamp(150), &[player("a", true), player("c", false)], &mut guilds);
    guilds.news.clear();
    membership::leave(&mut guilds, who("a"), "one", Timestamp(160)).unwrap();
    assert!(guilds.news.iter().all(|news| news.event == "member_left"));
    membership::leave(&mut guilds, who("b"), "one", Timestamp(161)).unwrap();
    assert_eq!((guilds.guilds[0].dissolved, guilds.guilds[1].dissolved), (true, false));
    assert_eq!((guilds.wars[0].over, guilds.wars[0].ends_at), (true, Timestamp(161)));
    assert_eq!(points(&guilds, "two"), 590);
    let expected = [
        ("one", "member_left"),
        ("one", "member_left"),
        ("two", "conquest_complete"),
        ("two", "upgrade_complete"),
        ("one", "conquest_complete"),
    ];
    assert_eq!(told(&mut guilds), pairs(&expected));
}

#[test]
fn a_deposit_moves_points_from_the_member_to_the_treasury() {
    let mut guilds = Guilds::default();
    club(&mut guilds, "one", &["a", "b"]);
    earn(Timestamp(9), &[player("a", true)], &mut guilds);
    membership::deposit(&mut guilds, who("a"), "one", 30, Timestamp(10)).unwrap();
    assert_eq!((balance(&guilds, "a"), guilds.guilds[0].treasury, points(&guilds, "one")), (5, 30, 35));
    let facts = json!({ "member_id": "a", "member_name": "a", "points": 30, "treasury": 30 });
    assert_eq!(news(&mut guilds), [("one".to_owned(), 1, "treasury_deposit".to_owned(), facts)]);
    assert_eq!(membership::deposit(&mut guilds, who("a"), "one", 6, Timestamp(11)), Err(Denied::NotEnoughPoints(5)));
    assert_eq!(membership::deposit(&mut guilds, who("b"), "one", 1, Timestamp(11)), Err(Denied::NotEnoughPoints(0)));
    assert_eq!(membership::deposit(&mut guilds, who("c"), "one", 1, Timestamp(11)), Err(Denied::NotAMember));
    membership::deposit(&mut guilds, who("a"), "one", 5, Timestamp(12)).unwrap();
    assert_eq!((balance(&guilds, "a"), guilds.guilds[0].treasury), (0, 35));
}

#[test]
fn a_leader_declares_one_war_at_a_time_to_another_guild() {
    let mut guilds = at_war();
    let facts = json!({
        "war_id": "w", "territory": "Dragon Valley", "ends_at": 200, "attacker_guild_id": "one",
        "attacker_guild_name": "Guild one", "target_guild_id": "two", "target_guild_name": "Guild two",
    });
    let of = |guild: &str| (guild.to_owned(), 1, "war_declared".to_owned(), facts.clone());
    assert_eq!(news(&mut guilds), [of("one"), of("two")]);
    club(&mut guilds, "three", &["e"]);
    assert_eq!(declare(&mut guilds, "b", "one", "three"), Err(Denied::LeaderOnly));
    assert_eq!(declare(&mut guilds, "e", "one", "three"), Err(Denied::NotAMember));
    assert_eq!(declare(&mut guilds, "e", "three", "three"), Err(Denied::OwnGuild));
    assert_eq!(declare(&mut guilds, "e", "three", "four"), Err(Denied::NoSuchGuild("four".to_owned())));
    assert_eq!(declare(&mut guilds, "e", "three", "two"), Err(Denied::AtWar("two".to_owned())));
    assert_eq!(declare(&mut guilds, "a", "one", "three"), Err(Denied::AtWar("one".to_owned())));
    war::end(&mut guilds, Timestamp(200));
    assert_eq!(declare(&mut guilds, "e", "three", "two"), Ok(()));
}

#[test]
fn a_win_counts_in_a_game_with_members_of_both_guilds_during_the_war() {
    let mut guilds = at_war();
    guilds.news.clear();
    let wins = |guilds: &Guilds| (guilds.wars[0].attacker_wins, guilds.wars[0].defender_wins);
    earn(Timestamp(150), &[player("a", true), player("b", false)], &mut guilds);
    earn(Timestamp(150), &[player("a", true), player("nobody", false)], &mut guilds);
    earn(Timestamp(99), &[player("a", true), player("c", false)], &mut guilds);
    earn(Timestamp(200), &[player("a", true), player("c", false)], &mut guilds);
    earn(Timestamp(150), &[player("a", false), player("c", false), player("nobody", true)], &mut guilds);
    let given_up = Participation { stood_in: true, ..player("a", true) };
    earn(Timestamp(150), &[given_up, player("c", false)], &mut guilds);
    assert_eq!((wins(&guilds), guilds.news.len()), ((0, 0), 0));
    earn(Timestamp(100), &[player("a", false), player("d", true)], &mut guilds);
    assert_eq!(wins(&guilds), (0, 1));
    let started = news(&mut guilds);
    assert_eq!(started.len(), 2);
    let facts = json!({
        "war_id": "w", "territory": "Dragon Valley", "opponent_guild_id": "two", "opponent_guild_name": "Guild two",
        "wins": 0, "losses": 1,
    });
    assert_eq!(started[0], ("one".to_owned(), 1, "conquest_started".to_owned(), facts));
    earn(Timestamp(199), &[player("b", true), player("c", true)], &mut guilds);
    assert_eq!(
        (wins(&guilds), guilds.news.len()),
        ((1, 2), 0),
        "a shared win counts for both, and starts nothing again"
    );
}

#[test]
fn the_winner_of_a_war_earns_100_and_20_for_each_win_and_may_rise() {
    let mut guilds = at_war();
    for _ in 0..2 {
        earn(Timestamp(150), &[player("a", false), player("c", true)], &mut guilds);
    }
    earn(Timestamp(150), &[player("a", true), player("c", false)], &mut guilds);
    guilds.guilds[1].points = 1_900;
    guilds.news.clear();
    assert_eq!(war::end(&mut guilds, Timestamp(199)), 0);
    assert_eq!(war::end(&mut guilds, Timestamp(200)), 1);
    assert_eq!(war::end(&mut guilds, Timestamp(201)), 0, "it ends once");
    assert_eq!(points(&guilds, "two"), 2_040);
    let all = news(&mut guilds);
    let facts = json!({
        "war_id": "w", "territory": "Dragon Valley", "opponent_guild_id": "one", "opponent_guild_name": "Guild one",
        "wins": 2, "losses": 1, "outcome": "won", "points_earned": 140, "rank_change": "Tier 4 → Tier 3",
    });
    assert_eq!(all[0], ("two".to_owned(), 5, "conquest_complete".to_owned(), facts));
    assert_eq!((all[1].0.as_str(), all[1].2.as_str()), ("two", "upgrade_complete"));
    let (guild, _, event, facts) = &all[2];
    assert_eq!((guild.as_str(), event.as_str(), all.len()), ("one", "conquest_complete", 3));
    assert_eq!((&facts["outcome"], &facts["points_earned"]), (&json!("lost"), &json!(0)));
    assert_eq!((&facts["rank_change"], &facts["losses"]), (&json!("Tier 5"), &json!(2)));
}

#[test]
fn a_war_with_as_many_wins_on_both_sides_is_a_draw_and_earns_nothing() {
    for wins in [0, 1] {
        let mut guilds = at_war();
        for _ in 0..wins {
            earn(Timestamp(150), &[player("a", true), player("c", true)], &mut guilds);
        }
        let before = (points(&guilds, "one"), points(&guilds, "two"));
        guilds.news.clear();
        assert_eq!(war::end(&mut guilds, Timestamp(500)), 1);
        assert_eq!((points(&guilds, "one"), points(&guilds, "two")), before);
        for (_, _, event, facts) in news(&mut guilds) {
            assert_eq!((event.as_str(), &facts["outcome"]), ("conquest_complete", &json!("draw")));
            assert_eq!((&facts["points_earned"], &facts["rank_change"]), (&json!(0), &json!("Tier 5")));
        }
    }
}
