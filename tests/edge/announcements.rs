//! Announcements and pauses as newcomers hear of them, and how announcements end.

use serde_json::{Value, json};

use crate::{
    maintenance::{BROADCAST, Five, end, plan, with_admin},
    support::{Guest, Person, Request, Speaker, within},
};

async fn announce(root: &Person, message: &str) -> Value {
    root.post(BROADCAST, &json!({ "message": message, "severity": "warning" })).await.expect(200)
}

async fn withdraw(root: &Person) -> Value {
    root.send(Request::new("DELETE", BROADCAST)).await.expect(200)
}

/// What a guest's new connection hears of operators before it is answered, by event.
async fn told_first(port: u16) -> Vec<Value> {
    let mut guest = Guest::connect(port, "lobby", "Late").await;
    guest.send("server_time", json!({})).await;
    let mut told = Vec::new();
    loop {
        let message = guest.next().await;
        match message["event"].as_str() {
            Some("server_time") => return told,
            Some("announcement" | "maintenance" | "error") => told.push(message),
            _ => {}
        }
    }
}

#[tokio::test]
async fn who_arrives_hears_of_the_pause_and_the_announcement_in_every_contract() {
    let (server, root) = with_admin().await;
    let bob = server.person("Bob").await;
    let battle = bob.create(&json!({})).await;
    let mut host = Guest::connect(server.port(), "lobby", "Host").await;
    host.create_room(json!({})).await;
    plan(&root, &json!({ "event": "restart", "duration": 600 })).await;
    announce(&root, "Back at noon").await;

    let told = told_first(server.port()).await;
    let events: Vec<&Value> = told.iter().map(|message| &message["event"]).collect();
    assert_eq!(events, ["maintenance", "announcement"], "the error is for those who ask for a room: {told:?}");
    assert_eq!((&told[0]["data"]["event"], &told[0]["data"]["ended"]), (&json!("restart"), &json!(false)));
    assert_eq!((&told[1]["data"]["message"], &told[1]["data"]["ended"]), (&json!("Back at noon"), &json!(false)));

    let mut at_table = host.again().await;
    assert_eq!(at_table.expect("maintenance").await["data"]["event"], "restart");
    assert_eq!(at_table.expect("announcement").await["data"]["severity"], "warning");
    let mut connection = bob.attend(&battle).await;
    assert_eq!(connection.next().await["event"], "connect", "who and where comes first");
    assert_eq!(connection.expect("system:maintenance").await["event"], "restart");
    assert_eq!(connection.expect("system:update").await["message"], "Back at noon");
    let mut chat = Speaker::chat(&bob).await;
    assert_eq!(chat.next().await["type"], "connection");
    assert_eq!(chat.expect("system").await["payload"]["event"], "restart");
    assert_eq!(chat.expect("broadcast").await["payload"]["message"], "Back at noon");
    let mut state = Speaker::state(&bob, "kivy", None).await;
    state.expect_that("connection_status", |status| status["data"]["event"] == "restart").await;
    state.expect_that("connection_status", |status| status["data"]["reason"] == "Back at noon").await;
    let mut log = Speaker::live_log(server.port(), "").await;
    assert_eq!(log.expect("maintenance").await["event"], "restart");
    assert_eq!(log.expect("announcement").await["message"], "Back at noon");
}

#[tokio::test]
async fn what_was_withdrawn_or_called_off_is_gone_everywhere() {
    let (server, root) = with_admin().await;
    let mut five = Five::listen(&server).await;
    let reached = announce(&root, "Back at noon").await["reached"].take();
    assert_eq!(reached, 5);
    let current = root.get(BROADCAST).await.expect(200);
    assert_eq!((&current["message"], &current["severity"]), (&json!("Back at noon"), &json!("warning")));
    assert_eq!(withdraw(&root).await["reached"], reached);
    let withdrawn = five.battle.expect_that("system:update", |told| told["ended"] == true).await;
    assert_eq!(withdrawn["message"], "Back at noon");
    let is_it = |message: &Value| message["payload"]["message"] == "Withdrawn: Back at noon";
    five.chat.expect_that("broadcast", is_it).await;
    five.state.expect_that("connection_status", |status| status["data"]["ended"] == true).await;
    five.log.expect_that("announcement", |told| told["ended"] == true).await;
    assert_eq!(five.guest.expect("announcement").await["data"]["ended"], false);
    assert_eq!(five.guest.expect("announcement").await["data"]["ended"], true);
    root.get(BROADCAST).await.refused(404, "NOT_FOUND");
    root.send(Request::new("DELETE", BROADCAST)).await.refused(404, "NOT_FOUND");

    plan(&root, &json!({ "event": "maintenance", "duration": 600 })).await;
    end(&root).await.expect(200);
    let told = told_first(server.port()).await;
    assert!(told.is_empty(), "{told:?}");
}

#[tokio::test]
async fn an_announcement_ends_by_itself_and_a_newer_one_takes_its_place() {
    let (server, root) = with_admin().await;
    announce(&root, "The first").await;
    let short = json!({ "message": "The second", "durationSeconds": 1 });
    root.post(BROADCAST, &short).await.expect(200);
    within("the end of the announcement", async {
        while root.get(BROADCAST).await.status == 200 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert!(told_first(server.port()).await.is_empty());
    announce(&root, "The third").await;
    announce(&root, "The fourth").await;
    let told = told_first(server.port()).await;
    assert_eq!((told.len(), &told[0]["data"]["message"]), (1, &json!("The fourth")));
    for duration in [json!(0), json!(604_801), json!("60"), json!(1.5), json!(-1)] {
        root.post(BROADCAST, &json!({ "message": "x", "durationSeconds": duration })).await.invalid("durationSeconds");
    }
}
