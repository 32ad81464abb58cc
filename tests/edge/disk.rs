//! Before the disk is full no new game begins, and those that are played go on.

use std::path::Path;

use serde_json::{Value, json};
use tokio::process::Command;

use crate::support::{Guest, ServerProcess, get, moment, within};

/// More than any disk has.
const EVERYTHING: &str = "--disk-reserve-bytes=18446744073709551615";
const GIB: u64 = 1 << 30;

async fn health(server: &ServerProcess) -> Value {
    get(server.port(), "/health").await.json()["disk"].take()
}

/// Waits until the disk is short of space, or is no longer.
async fn is_short(server: &ServerProcess, short: bool) {
    within("the disk to be measured", async {
        while (health(server).await["state"] == "short") != short {
            moment().await;
        }
    })
    .await;
}

async fn refused_for_space(guest: &mut Guest) {
    let error = guest.refused("4002").await;
    assert_eq!(error["details"], json!({ "reason": "low_on_disk", "retry_after_ms": 60_000 }), "{error}");
}

#[tokio::test]
async fn below_the_reserve_no_room_opens_and_operators_see_it() {
    let server = ServerProcess::start(&[EVERYTHING]).await;
    assert_eq!(health(&server).await["state"], "short", "it is measured before the first request");
    let mut ann = Guest::connect(server.port(), "lobby", "Ann").await;
    ann.act("create_room", json!({ "room_name": "Tuesday" })).await;
    refused_for_space(&mut ann).await;
    let ready = get(server.port(), "/ready").await;
    assert_eq!(ready.status, 200, "whoever plays must reach it: {}", ready.body);
    let ready: Value = serde_json::from_str(&ready.body).unwrap();
    assert_eq!((&ready["status"], &ready["newGames"]), (&json!("ready"), &json!(false)));
    let metrics = get(server.port(), "/metrics").await.body;
    assert!(metrics.contains("liap_limit_hits_total{limit=\"disk_reserve\"} 1"), "{metrics}");
    assert!(metrics.contains("liap_disk_usable_bytes "), "{metrics}");
}

#[tokio::test]
async fn without_a_reserve_games_begin_whatever_the_disk_has() {
    let server = ServerProcess::start(&["--disk-reserve-bytes=0"]).await;
    let health = health(&server).await;
    assert!(health["state"] == "ample" && health["usableBytes"].as_u64().is_some_and(|bytes| bytes > 0), "{health}");
    let mut ann = Guest::connect(server.port(), "lobby", "Ann").await;
    ann.create_room(json!({})).await;
}

/// Takes space of the disk without writing it.
async fn take(file: &Path, bytes: u64) {
    let mut fallocate = Command::new("fallocate");
    let status = fallocate.arg("--length").arg(bytes.to_string()).arg(file).status().await;
    assert!(status.expect("fallocate is there").success(), "there must be {bytes} bytes free for this test");
}

/// Two GiB are taken of a disk that has one more than the reserve, so that what others write meanwhile does not matter.
#[tokio::test]
async fn while_the_disk_is_short_games_go_on_and_no_other_begins() {
    let server = ServerProcess::start(&["--disk-reserve-bytes=0"]).await;
    let usable = health(&server).await["usableBytes"].as_u64().unwrap();
    assert!(usable > 3 * GIB, "there must be three GiB free for this test");
    let reserve = format!("--disk-reserve-bytes={}", usable - GIB);
    let server = server.stopped_and_started_again(&[&reserve]).await;
    is_short(&server, false).await;
    let mut ann = Guest::connect(server.port(), "lobby", "Ann").await;
    ann.create_room(json!({ "pace": "instant", "rules": { "max_rounds": 1 } })).await;
    ann.act("start_game", json!({})).await;
    ann.expect("game_started").await;
    let mut ben = Guest::connect(server.port(), "lobby", "Ben").await;
    ben.create_room(json!({ "pace": "instant" })).await;

    let file = server.data().join("something else");
    take(&file, 2 * GIB).await;
    is_short(&server, true).await;
    ben.act("start_game", json!({})).await;
    refused_for_space(&mut ben).await;
    let mut cid = Guest::connect(server.port(), "lobby", "Cid").await;
    cid.act("create_room", json!({ "room_name": "Tuesday" })).await;
    refused_for_space(&mut cid).await;
    ann.play_to_the_end().await;

    std::fs::remove_file(&file).unwrap();
    is_short(&server, false).await;
    ben.act("start_game", json!({})).await;
    ben.expect("game_started").await;
    cid.create_room(json!({})).await;
}
