//! `POST /guilds`, `GET /guilds`, `GET /guilds/{id}`, and what a member does there.

use std::time::{SystemTime, UNIX_EPOCH};

use liap_tui::startup::ledger;
use serde_json::{Value, json};
use store::{Batch, Ended, Finished, Founded, GuildNews, MessageFilter, Participation, Reader, Store};
use vocabulary::Timestamp;

use crate::support::{Four, Person, Process, Request, TestServer, player::body, within};

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis().try_into().unwrap()
}

/// Founds a guild: its id.
async fn found(by: &Person, name: &str) -> String {
    let answer = by.post("/guilds", &json!({ "name": name })).await;
    let guild = answer.expect(201);
    let id = guild["id"].as_str().unwrap().to_owned();
    assert_eq!(answer.header("location"), Some(format!("/guilds/{id}").as_str()));
    id
}

async fn guild(by: &Person, id: &str) -> Value {
    body(&by.get(&format!("/guilds/{id}")).await, "GuildDetails")
}

/// Presses a button of a guild: the guild afterwards.
async fn press(by: &Person, id: &str, what: &str) -> Value {
    body(&by.press(&format!("/guilds/{id}/{what}")).await, "GuildDetails")
}

/// A game that has just ended, in which these accounts won or not.
async fn played(store: &Store, room: &str, outcomes: &[(&str, bool)]) {
    let player = |(seat, (account, won)): (u8, &(&str, bool))| Participation {
        account: (*account).to_owned(),
        seat,
        place: if *won { 1 } else { 2 },
        won: *won,
        full_length: true,
        score: 10,
        rounds: 8,
        exact_declarations: 3,
        ..Participation::default()
    };
    let players = (0..).zip(outcomes).map(player).collect();
    let game = Finished { result: "{}".to_owned(), record: Vec::new(), public: true, of_bots: false, players };
    let batch = Batch {
        founded: vec![Founded { room: room.to_owned(), founding: Vec::new(), at: Timestamp(1) }],
        entries: Vec::new(),
        ended: vec![Ended { room: room.to_owned(), at: Timestamp::now(), game: Some(game) }],
    };
    store.append(&batch).await.unwrap();
    ledger(12).settle(store).await.unwrap();
}

/// What was told of guilds, and then what is yet to be told, oldest first, each as the live log words it. News that the
/// test's own hand has made are told when the server looks again.
async fn news(store: &Store) -> Vec<Value> {
    within("news that nobody is telling just now", async {
        loop {
            let untold = store.guild_news(1_000).await.unwrap();
            let told = store.messages(&Reader::default(), &of_guilds(), 0, 500).await.unwrap();
            if store.guild_news(1_000).await.unwrap() != untold {
                continue;
            }
            let mut all: Vec<Value> =
                told.bodies.iter().rev().map(|body| serde_json::from_str(body).unwrap()).collect();
            let waiting: Vec<Value> = untold.iter().map(worded).collect();
            if !waiting.iter().any(|news| all.iter().any(|told| same(told, news))) {
                all.extend(waiting);
                return all;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
}

fn of_guilds() -> MessageFilter {
    MessageFilter { kind: Some(5), ..MessageFilter::default() }
}

fn worded(news: &GuildNews) -> Value {
    let data: Value = serde_json::from_str(&news.data).unwrap();
    json!({
        "guild_id": news.guild, "guild_name": news.guild_name, "guild_level": news.guild_level, "event": news.event,
        "event_data": data,
    })
}

fn same(told: &Value, news: &Value) -> bool {
    ["guild_id", "event", "event_data"].iter().all(|field| told[field] == news[field])
}

fn events(news: &[Value]) -> Vec<&str> {
    news.iter().map(|news| news["event"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn who_founds_a_guild_leads_it() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    ann.patch(&json!({ "displayName": "Annie" })).await.expect(200);
    let id = found(&ann, "  Dragon Riders ").await;
    let (guild, own) = (guild(&ann, &id).await, ann.id().await);
    let fixed = json!({
        "id": id, "name": "Dragon Riders", "level": 1, "points": 0, "treasury": 0, "tier": "Tier 5", "memberCount": 1,
        "leaderId": own, "createdAt": guild["createdAt"], "war": null, "members": [{
            "id": own, "username": "Ann", "displayName": "Annie", "role": "LEADER", "points": 0,
            "joinedAt": guild["createdAt"],
        }],
    });
    assert_eq!(guild, fixed);
    assert!(guild["createdAt"].as_i64().is_some_and(|at| (now() - at).abs() < 60_000), "{guild}");
    assert_eq!(ann.get(&format!("/api/v1/guilds/{id}")).await.expect(200), guild);
}

#[tokio::test]
async fn a_name_is_taken_in_every_case_until_its_guild_is_dissolved() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let id = found(&ann, "Dragon Riders").await;
    let same = json!({ "name": "DRAGON riders" });
    bob.post("/guilds", &same).await.refused(409, "GUILD_NAME_TAKEN");
    let refused = ann.post("/guilds", &json!({ "name": "Others" })).await.refused(409, "ALREADY_IN_GUILD");
    assert_eq!(refused["guildId"], id);
    for name in [json!("ab"), json!("x".repeat(33)), json!("a\u{7}b"), json!(7), Value::Null] {
        bob.post("/guilds", &json!({ "name": name })).await.invalid("name");
    }
    let last = press(&ann, &id, "leave").await;
    assert_eq!((&last["memberCount"], &last["members"]), (&json!(0), &json!([])));
    ann.get(&format!("/guilds/{id}")).await.refused(404, "GUILD_NOT_FOUND");
    bob.post("/guilds", &same).await.expect(201);
    assert_eq!(events(&news(&server.store().await).await), ["member_joined", "member_left", "member_joined"]);
}

#[tokio::test]
async fn who_joins_and_leaves_is_seen() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let id = found(&ann, "Riders").await;
    let joined = press(&bob, &id, "join").await;
    assert_eq!((&joined["memberCount"], &joined["members"][1]["role"]), (&json!(2), &json!("MEMBER")));
    bob.press(&format!("/guilds/{id}/join")).await.refused(409, "ALREADY_IN_GUILD");
    let left = press(&ann, &id, "leave").await;
    assert_eq!((&left["memberCount"], &left["leaderId"]), (&json!(1), &json!(bob.id().await)));
    assert_eq!(left["members"][0]["role"], "LEADER");
    ann.press(&format!("/guilds/{id}/leave")).await.refused(403, "NOT_A_MEMBER");
    let told = news(&server.store().await).await;
    assert_eq!(events(&told), ["member_joined", "member_joined", "member_left"]);
    let bob = (&told[1]["event_data"]["member_name"], &told[1]["guild_name"], &told[1]["guild_level"]);
    assert_eq!(bob, (&json!("Bob"), &json!("Riders"), &json!(1)));
}

#[tokio::test]
async fn a_guild_takes_fifty_members() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let id = found(&ann, "Riders").await;
    let scope = store::GuildScope { guilds: vec![&id], ..store::GuildScope::default() };
    let fill = |guilds: &mut store::Guilds| {
        let more = (1..50).map(|number| store::GuildMember {
            account: format!("m{number}"),
            guild: id.clone(),
            points: 0,
            joined_at: Timestamp(9),
        });
        guilds.members.extend(more);
        Ok::<(), ()>(())
    };
    server.store().await.change_guilds(&scope, fill).await.unwrap().unwrap();
    server.person("Bob").await.press(&format!("/guilds/{id}/join")).await.refused(409, "GUILD_FULL");
}

#[tokio::test]
async fn nobody_finds_a_guild_that_is_not_there() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let own = found(&ann, "Riders").await;
    for id in ["01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10", "Riders", "'%20OR%20''='"] {
        ann.get(&format!("/guilds/{id}")).await.refused(404, "GUILD_NOT_FOUND");
        for what in ["join", "leave"] {
            ann.press(&format!("/guilds/{id}/{what}")).await.refused(404, "GUILD_NOT_FOUND");
        }
        let deposit = json!({ "points": 1 });
        ann.post(&format!("/guilds/{id}/deposit"), &deposit).await.refused(404, "GUILD_NOT_FOUND");
        let war = json!({ "guildId": own });
        ann.post(&format!("/guilds/{id}/war"), &war).await.refused(404, "GUILD_NOT_FOUND");
        let target = ann.post(&format!("/guilds/{own}/war"), &json!({ "guildId": "nobody" })).await;
        assert_eq!(target.refused(404, "GUILD_NOT_FOUND")["guildId"], "nobody");
    }
}

#[tokio::test]
async fn only_an_account_that_is_not_blocked_sees_and_does_anything() {
    let server = TestServer::unlimited(&["--admin-username=Root", "--admin-password=Correct-Horse-9"]);
    let ann = server.person("Ann").await;
    let id = found(&ann, "Riders").await;
    let all = [
        ("GET", "/guilds".to_owned()),
        ("POST", "/guilds".to_owned()),
        ("GET", format!("/guilds/{id}")),
        ("POST", format!("/guilds/{id}/join")),
        ("POST", format!("/guilds/{id}/leave")),
        ("POST", format!("/guilds/{id}/deposit")),
        ("POST", format!("/guilds/{id}/war")),
    ];
    let request = |method: &'static str, path: &str| match method {
        "POST" => Request::new("POST", path).json(&json!({ "name": "Others", "points": 1, "guildId": id })),
        _ => Request::new(method, path),
    };
    for (method, path) in &all {
        server.send(request(method, path)).await.refused(401, "UNAUTHORIZED");
        server.send(Request::new("DELETE", path)).await.refused(405, "METHOD_NOT_ALLOWED");
    }
    let root = Person::new(server.port(), &server.login("Root", "Correct-Horse-9").await.expect(200));
    let own = ann.id().await;
    root.press(&format!("/admin/users/{own}/block")).await.expect(200);
    for (method, path) in &all {
        ann.send(request(method, path)).await.refused(401, "UNAUTHORIZED");
    }
}

#[tokio::test]
async fn guilds_are_listed_in_pages_by_their_points() {
    let server = TestServer::start();
    let store = server.store().await;
    let mut ids = Vec::new();
    for name in ["Ann", "Bob", "Cem"] {
        let person = server.person(name).await;
        ids.push((found(&person, &format!("Guild of {name}")).await, person));
    }
    let cem = ids[2].1.id().await;
    let bob = ids[1].1.id().await;
    played(&store, "r1", &[(&cem, true), (&bob, false)]).await;
    let ann = &ids[0].1;
    let answer = ann.get("/guilds").await;
    assert_eq!(answer.header("x-total-count"), Some("3"));
    let list = answer.expect(200);
    let order: Vec<(&Value, &Value)> =
        list.as_array().unwrap().iter().map(|guild| (&guild["id"], &guild["points"])).collect();
    assert_eq!(order, [(&json!(ids[2].0), &json!(50)), (&json!(ids[1].0), &json!(25)), (&json!(ids[0].0), &json!(0))]);
    assert_eq!((&list[0]["memberCount"], &list[0]["members"]), (&json!(1), &Value::Null));
    let page = ann.get("/api/v1/guilds?offset=1&limit=1").await;
    assert_eq!((page.expect(200), page.header("x-total-count")), (json!([list[1]]), Some("3")));
    for (query, field) in [("limit=0", "limit"), ("limit=101", "limit"), ("offset=-1", "offset"), ("page=1", "page")] {
        ann.get(&format!("/guilds?{query}")).await.invalid(field);
    }
}

#[tokio::test]
async fn a_whole_game_of_members_earns_points_that_can_be_deposited() {
    let server = TestServer::start();
    let four =
        Four::seated(&server, json!({ "pace": "instant", "botDifficulty": "hard", "turnTimeoutSeconds": 600 })).await;
    let ann = &four.people[0];
    let id = found(ann, "Riders").await;
    press(&four.people[1], &id, "join").await;
    let mut connection = ann.attend(&four.battle).await;
    connection.expect("connect").await;
    ann.start(&four.battle).await;
    for other in &four.people[1..] {
        other.press(&format!("/battles/{}/forfeit", four.battle)).await.expect(200);
    }
    connection.play_over_rest(ann).await;
    let earned = within("the points", async {
        loop {
            let now = guild(ann, &id).await;
            if now["points"] != 0 {
                return now;
            }
            tokio::task::yield_now().await;
        }
    })
    .await;
    let balances: Vec<i64> =
        earned["members"].as_array().unwrap().iter().map(|member| member["points"].as_i64().unwrap()).collect();
    assert!(balances[0] >= 10 && balances[0] % 5 == 0, "{earned}");
    assert_eq!(balances[1], 0, "who gives up earns nothing");
    assert_eq!(earned["points"], balances.iter().sum::<i64>());

    let deposit =
        async |by: &Person, points: i64| by.post(&format!("/guilds/{id}/deposit"), &json!({ "points": points })).await;
    let after = body(&deposit(ann, 7).await, "GuildDetails");
    assert_eq!((&after["treasury"], &after["points"]), (&json!(7), &earned["points"]));
    assert_eq!(after["members"][0]["points"], balances[0] - 7);
    let refused = deposit(ann, balances[0]).await.refused(409, "NOT_ENOUGH_POINTS");
    assert_eq!(refused["balance"], balances[0] - 7);
    deposit(ann, 0).await.invalid("points");
    deposit(&four.people[2], 1).await.refused(403, "NOT_A_MEMBER");
    let told = news(&server.store().await).await;
    assert_eq!(told.last().unwrap()["event"], "treasury_deposit");
}

/// Two guilds, of Ann and of Bob, with a third person in Ann's.
async fn two_guilds(server: &TestServer) -> ([Person; 3], [String; 2]) {
    let people = [server.person("Ann").await, server.person("Bob").await, server.person("Cem").await];
    let guilds = [found(&people[0], "Riders").await, found(&people[1], "Wolves").await];
    press(&people[2], &guilds[0], "join").await;
    (people, guilds)
}

#[tokio::test]
async fn a_leader_declares_war_and_both_guilds_see_it() {
    let server = TestServer::start();
    let ([ann, bob, cem], [riders, wolves]) = two_guilds(&server).await;
    let declare = async |by: &Person, own: &str, wanted: Value| by.post(&format!("/guilds/{own}/war"), &wanted).await;
    let on_wolves = json!({ "guildId": wolves, "territory": " Dragon Valley " });
    declare(&cem, &riders, on_wolves.clone()).await.refused(403, "LEADER_ONLY");
    declare(&bob, &riders, on_wolves.clone()).await.refused(403, "NOT_A_MEMBER");
    declare(&ann, &riders, json!({ "guildId": riders })).await.invalid("guildId");
    declare(&ann, &riders, json!({})).await.invalid("guildId");
    declare(&ann, &riders, json!({ "guildId": wolves, "territory": "x".repeat(51) })).await.invalid("territory");
    let after = body(&declare(&ann, &riders, on_wolves.clone()).await, "GuildDetails");
    let war = &after["war"];
    let times = (war["startedAt"].as_i64().unwrap(), war["endsAt"].as_i64().unwrap());
    assert_eq!(times.1 - times.0, 86_400_000, "a day");
    let expected = json!({
        "id": war["id"], "opponentId": wolves, "opponentName": "Wolves", "territory": "Dragon Valley", "wins": 0,
        "losses": 0, "startedAt": times.0, "endsAt": times.1,
    });
    assert_eq!(*war, expected);
    let refused = declare(&ann, &riders, on_wolves).await.refused(409, "GUILD_AT_WAR");
    assert_eq!(refused["guildId"], riders);
    declare(&bob, &wolves, json!({ "guildId": riders })).await.refused(409, "GUILD_AT_WAR");

    played(&server.store().await, "r1", &[(&bob.id().await, true), (&cem.id().await, false)]).await;
    let other = guild(&cem, &wolves).await;
    assert_eq!((&other["war"]["wins"], &other["war"]["losses"]), (&json!(1), &json!(0)));
    assert_eq!(
        (&other["war"]["opponentName"], &guild(&ann, &riders).await["war"]["losses"]),
        (&json!("Riders"), &json!(1))
    );
    let told = news(&server.store().await).await;
    let of_war = ["war_declared", "war_declared", "conquest_started", "conquest_started"];
    assert_eq!(events(&told)[3..], of_war);
}

#[tokio::test]
async fn a_war_ends_by_itself_and_the_winner_has_its_points() {
    let server = TestServer::unlimited(&["--guild-war-seconds=2"]);
    let ([ann, bob, _], [riders, wolves]) = two_guilds(&server).await;
    let store = server.store().await;
    let wanted = json!({ "guildId": wolves });
    assert_eq!(ann.post(&format!("/guilds/{riders}/war"), &wanted).await.expect(200)["war"]["territory"], Value::Null);
    played(&store, "r1", &[(&bob.id().await, false), (&ann.id().await, true)]).await;
    assert_eq!(guild(&ann, &riders).await["war"]["wins"], 1);
    let after = ended(&ann, &riders).await;
    // The game, and the war.
    assert_eq!(after["points"], 50 + 120);
    assert_eq!((&guild(&bob, &wolves).await["war"], &guild(&bob, &wolves).await["points"]), (&Value::Null, &json!(25)));
    let told = news(&store).await;
    let last: Vec<(String, Value)> = told[told.len() - 2..]
        .iter()
        .map(|news| (news["guild_id"].as_str().unwrap().to_owned(), news["event_data"]["outcome"].clone()))
        .collect();
    assert_eq!(last, [(riders, json!("won")), (wolves, json!("lost"))]);
}

/// Waits until the guild is in no war: the guild then.
async fn ended(by: &Person, id: &str) -> Value {
    within("the end of the war", async {
        loop {
            let now = guild(by, id).await;
            if now["war"].is_null() {
                return now;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
}

#[tokio::test]
async fn a_war_that_ended_while_the_server_was_down_is_over_at_its_start() {
    let data = tempfile::TempDir::new().unwrap();
    let flags = ["--guild-war-seconds=1", "--rate-limit-requests=0"];
    let process = Process::start(data.path(), &flags).await;
    let mut people = Vec::new();
    for name in ["Ann", "Bob"] {
        let credentials = json!({ "username": name, "password": crate::support::PASSWORD });
        let answer = Request::new("POST", "/auth/register").json(&credentials).send(process.port).await;
        people.push(Person::new(process.port, &answer.expect(201)));
    }
    let (riders, wolves) = (found(&people[0], "Riders").await, found(&people[1], "Wolves").await);
    let wanted = json!({ "guildId": wolves });
    let declared = people[0].post(&format!("/guilds/{riders}/war"), &wanted).await.expect(200);
    process.killed().await;
    let ends_at = declared["war"]["endsAt"].as_i64().unwrap();
    while now() <= ends_at {
        tokio::task::yield_now().await;
    }
    let process = Process::start(data.path(), &flags).await;
    ended(&people[0].moved_to(process.port), &riders).await;
    process.stopped().await;
}
