//! The news of guilds.

use serde_json::{Value, json};
use store::GuildScope;

use super::listener::{Listener, play_out, post, serve};
use crate::support::Person;

async fn found(by: &Person, name: &str) -> String {
    by.post("/guilds", &json!({ "name": name })).await.expect(201)["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_members_do_is_told_under_the_guilds_name_and_level() {
    let server = serve(&[]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let mut log = Listener::to(server.port(), &["guild"]).await;
    let riders = found(&ann, "Dragon Riders").await;
    let founded = log.next().await;
    assert_eq!((&founded["guild_id"], &founded["guild_name"]), (&json!(riders), &json!("Dragon Riders")));
    assert_eq!((&founded["event"], &founded["guild_level"]), (&json!("member_joined"), &json!(1)));
    assert_eq!(founded["event_data"]["member_name"], "Ann");
    assert!(founded["id"].as_str().unwrap().starts_with("guild_"), "{founded}");
    bob.press(&format!("/guilds/{riders}/join")).await.expect(200);
    let joined = log.next().await;
    assert_eq!(
        (&joined["event"], &joined["event_data"]["member_id"]),
        (&json!("member_joined"), &json!(bob.id().await))
    );
    bob.press(&format!("/guilds/{riders}/leave")).await.expect(200);
    assert_eq!(log.next().await["event"], "member_left");
    let wolves = found(&bob, "Wolves").await;
    log.next().await;
    let war = json!({ "guildId": wolves, "territory": "Dragon Valley" });
    ann.post(&format!("/guilds/{riders}/war"), &war).await.expect(200);
    let mut events = Vec::new();
    for _ in 0..2 {
        let message = log.next().await;
        events
            .push((message["event"].as_str().unwrap().to_owned(), message["guild_name"].as_str().unwrap().to_owned()));
    }
    events.sort();
    let expected = [("war_declared", "Dragon Riders"), ("war_declared", "Wolves")];
    assert_eq!(events, expected.map(|(event, guild)| (event.to_owned(), guild.to_owned())));
    assert_eq!(log.found("\"dragon valley\"").await.len(), 2);
    let about_bob = log.listed(json!({ "user_id": bob.id().await })).await;
    assert_eq!(about_bob.iter().filter(|message| message["type"] == "guild").count(), 3, "{about_bob:?}");
}

#[tokio::test]
async fn a_finished_game_lifts_the_guild_and_points_that_are_deposited_are_told() {
    let server = serve(&[]);
    let ann = server.person("Ann").await;
    let riders = found(&ann, "Riders").await;
    let scope = GuildScope { guilds: vec![&riders], ..GuildScope::default() };
    let nearly = |guilds: &mut store::Guilds| {
        guilds.guilds[0].points = 499;
        Ok::<(), ()>(())
    };
    server.store().await.change_guilds(&scope, nearly).await.unwrap().unwrap();
    let mut log = Listener::to(server.port(), &["guild"]).await;
    // Only whole games of several accounts count.
    let bob = server.person("Bob").await;
    let battle = ann.create(&json!({ "pace": "instant", "botDifficulty": "hard", "turnTimeoutSeconds": 600 })).await;
    bob.join(&battle).await;
    ann.start(&battle).await;
    bob.press(&format!("/battles/{battle}/forfeit")).await.expect(200);
    // Who reads also answers the server's pings.
    let rises = log.expect_that("guild", |message| message["event"] == "upgrade_complete");
    let (risen, ()) = tokio::join!(rises, play_out(&ann, &battle));
    assert_eq!((&risen["guild_level"], &risen["event_data"]["level"]), (&json!(2), &json!(2)));
    assert!(risen["event_data"]["points"].as_i64().is_some_and(|points| points >= 500), "{risen}");
    ann.post(&format!("/guilds/{riders}/deposit"), &json!({ "points": 1 })).await.expect(200);
    let deposit = log.next().await;
    assert_eq!((&deposit["event"], &deposit["guild_level"]), (&json!("treasury_deposit"), &json!(2)), "{deposit}");
}

#[tokio::test]
async fn a_war_that_ends_completes_its_conquest() {
    let server = serve(&["--guild-war-seconds=1"]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let (riders, wolves) = (found(&ann, "Riders").await, found(&bob, "Wolves").await);
    let mut log = Listener::to(server.port(), &["guild"]).await;
    let war = json!({ "guildId": wolves, "territory": "Dragon Valley" });
    ann.post(&format!("/guilds/{riders}/war"), &war).await.expect(200);
    let complete = log.expect_that("guild", |message| message["event"] == "conquest_complete").await;
    assert_eq!(complete["event_data"]["territory"], "Dragon Valley", "{complete}");
}

#[tokio::test]
async fn a_service_may_tell_of_every_event_of_a_guild() {
    let server = serve(&[]);
    let mut log = Listener::to(server.port(), &["guild"]).await;
    for event in [
        "member_joined",
        "member_left",
        "conquest_started",
        "conquest_complete",
        "upgrade_complete",
        "war_declared",
        "treasury_deposit",
    ] {
        let message: Value =
            json!({ "type": "guild", "guild_id": "g", "guild_name": "G", "guild_level": 1, "event": event });
        let stored = post(server.port(), &message).await;
        assert_eq!(log.next().await, stored);
    }
}
