//! Which finished games are kept: those that people played; of those that were left to bots none, or a few.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use store::{Batch, Ended, Finished, Founded, Location, Store};
use tempfile::TempDir;
use vocabulary::Timestamp;

use crate::support::{Connection, Guest, ServerProcess, get, moment, within};

/// Whoever is gone is replaced at once.
const FLAGS: [&str; 3] = ["--workers", "1", "--disconnect-grace-seconds=0"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    FLAGS.into_iter().chain(more.iter().copied()).collect()
}

/// Somebody whose game among bots has begun.
async fn playing(server: &ServerProcess, name: &str) -> Guest {
    let mut guest = Guest::connect(server.port(), "lobby", name).await;
    guest.create_room(json!({ "pace": "instant", "rules": { "max_rounds": 1 } })).await;
    guest.act("start_game", json!({})).await;
    guest.expect("game_started").await;
    guest
}

/// Somebody who began a game among bots and left it at once: the room.
async fn left(server: &ServerProcess, name: &str) -> String {
    let mut guest = playing(server, name).await;
    let room = guest.room().to_owned();
    guest.act("leave_room", json!({})).await;
    guest.expect("room_left").await;
    room
}

async fn metric(server: &ServerProcess, name: &str) -> u64 {
    let page = get(server.port(), "/metrics").await.body;
    let line = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.map_or(0, |value| value.parse().expect("a number"))
}

/// Waits until so many games have ended.
async fn finished(server: &ServerProcess, count: u64) {
    within("the end of the games", async {
        while metric(server, "liap_games_finished_total").await < count {
            moment().await;
        }
    })
    .await;
}

/// The rooms of the games that are kept, newest first.
async fn kept(server: &ServerProcess) -> Vec<String> {
    let (code, list, errors) = server.run(&["replay"]).await;
    assert_eq!(code, Some(0), "{errors}");
    list.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// Waits until these are kept.
async fn keeps(server: &ServerProcess, rooms: &[String]) {
    within("the games that are kept", async {
        while kept(server).await != rooms {
            moment().await;
        }
    })
    .await;
}

async fn rooms(server: &ServerProcess) -> Value {
    get(server.port(), "/health").await.json()["rooms"].take()
}

#[tokio::test]
async fn a_game_that_was_left_to_bots_is_not_kept_and_one_that_was_played_is() {
    let server = ServerProcess::start(&FLAGS).await;
    let abandoned = left(&server, "Ann").await;
    finished(&server, 1).await;
    within("the room to close", async {
        while rooms(&server).await != 0 {
            moment().await;
        }
    })
    .await;
    let mut ben = playing(&server, "Ben").await;
    ben.play_to_the_end().await;
    keeps(&server, &[ben.room().to_owned()]).await;
    assert_eq!(metric(&server, "liap_bot_games_not_kept_total").await, 1);
    let server = server.killed_and_started_again(&FLAGS).await;
    assert_eq!(rooms(&server).await, 0, "and no room comes back");
    let mut late = Connection::open(server.port(), &abandoned).await;
    assert_eq!(late.next().await["error"]["code"], "1003", "nothing is known of it");
    let mut late = Connection::open(server.port(), ben.room()).await;
    assert_eq!(late.next().await["error"]["code"], "2008", "it has ended");
}

#[tokio::test]
async fn a_game_whose_player_was_cut_off_is_kept_if_they_had_decided_something() {
    let server = ServerProcess::start(&FLAGS).await;
    let mut ann = playing(&server, "Ann").await;
    ann.cut().await;
    finished(&server, 1).await;
    let mut ben = playing(&server, "Ben").await;
    while ben.decision().is_none() {
        ben.next().await;
    }
    let (event, data) = ben.decision().unwrap();
    ben.act(event, data).await;
    ben.catch_up().await;
    ben.cut().await;
    finished(&server, 2).await;
    keeps(&server, &[ben.room().to_owned()]).await;
}

#[tokio::test]
async fn of_games_left_to_bots_the_newest_are_kept_if_an_operator_wants_them() {
    let flags = with(&["--bot-games-keep=10"]);
    let server = ServerProcess::start(&flags).await;
    let mut left_to_bots = Vec::new();
    for number in 1..=3 {
        left_to_bots.insert(0, left(&server, &format!("Ann {number}")).await);
        finished(&server, number).await;
    }
    let mut ben = playing(&server, "Ben").await;
    ben.play_to_the_end().await;
    let played = ben.room().to_owned();
    keeps(&server, &[std::slice::from_ref(&played), left_to_bots.as_slice()].concat()).await;
    let server = server.stopped_and_started_again(&with(&["--bot-games-keep=1"])).await;
    keeps(&server, &[played, left_to_bots[0].clone()]).await;
}

#[tokio::test]
async fn games_beyond_the_bytes_that_games_may_take_go() {
    let server = ServerProcess::start(&FLAGS).await;
    let mut room = String::new();
    for name in ["Ann", "Ben"] {
        let mut guest = playing(&server, name).await;
        guest.play_to_the_end().await;
        room = guest.room().to_owned();
    }
    within("both games", async {
        while kept(&server).await.len() < 2 {
            moment().await;
        }
    })
    .await;
    let server = server.stopped_and_started_again(&FLAGS).await;
    within("the gauge", async {
        while metric(&server, "liap_games_kept").await != 2 {
            moment().await;
        }
    })
    .await;
    let bytes = metric(&server, "liap_games_kept_bytes").await;
    let limit = format!("--games-keep-bytes={}", bytes - 1);
    let server = server.stopped_and_started_again(&with(&[&limit])).await;
    keeps(&server, &[room]).await;
    let server = server.stopped_and_started_again(&with(&["--games-keep-bytes=1"])).await;
    keeps(&server, &[]).await;
}

#[tokio::test]
async fn games_that_are_too_old_go() {
    let data = Arc::new(TempDir::new().unwrap());
    let store = Store::open(&Location::Sqlite(data.path().join("liap-tui.db"))).await.unwrap();
    let mut batch = Batch::default();
    for (room, hours) in [("ANCIENT2", 49), ("OLDAAAA2", 25), ("YOUNGAA2", 23)] {
        let (room, at) = (room.to_owned(), Timestamp::now() - Duration::from_hours(hours));
        let (result, record) = ("{}".to_owned(), Vec::new());
        let game = Finished { result, record, public: true, of_bots: false, players: Vec::new() };
        batch.founded.push(Founded { room: room.clone(), founding: Vec::new(), at });
        batch.ended.push(Ended { room, at, game: Some(game) });
    }
    store.append(&batch).await.unwrap();
    store.close().await;
    let server = ServerProcess::start_on(Arc::clone(&data), &[], &with(&["--games-keep-days=2"])).await;
    keeps(&server, &["YOUNGAA2", "OLDAAAA2"].map(str::to_owned)).await;
    let server = server.stopped_and_started_again(&with(&["--games-keep-days=1"])).await;
    keeps(&server, &["YOUNGAA2".to_owned()]).await;
}
