//! How many battles, actions and questions a minute takes.

use serde_json::json;

use crate::support::{Answer, Four, Person, Request, TestServer};

/// The seed's figures for battles; people may register as they like.
const FREE: [&str; 2] = ["--battles-auth-per-minute=0", "--rate-limit-requests=0"];

fn number(answer: &Answer, header: &str) -> u64 {
    let value = answer.header(header).unwrap_or_else(|| panic!("no {header}: {answer:?}"));
    value.parse().unwrap()
}

#[track_caller]
fn has_room(answer: &Answer, limit: u64, remaining: u64) {
    assert_ne!(answer.status, 429, "{answer:?}");
    assert_eq!(number(answer, "x-ratelimit-limit"), limit, "{answer:?}");
    assert_eq!(number(answer, "x-ratelimit-remaining"), remaining, "{answer:?}");
    assert!((1..=60).contains(&number(answer, "x-ratelimit-reset")), "{answer:?}");
    assert_eq!(answer.header("retry-after"), None, "{answer:?}");
}

#[track_caller]
fn is_over(answer: &Answer, limit: u64) {
    answer.refused(429, "RATE_LIMITED");
    assert_eq!((number(answer, "x-ratelimit-limit"), number(answer, "x-ratelimit-remaining")), (limit, 0));
    assert!((1..=60).contains(&number(answer, "retry-after")), "{answer:?}");
}

#[tokio::test]
async fn two_battles_a_minute_may_be_made() {
    let server = TestServer::with(&FREE);
    let ann = server.person("Ann").await;
    has_room(&ann.post("/battles", &json!({})).await, 2, 1);
    let refused = ann.post("/api/v1/battles", &json!({ "name": "" })).await;
    refused.invalid("name");
    has_room(&refused, 2, 0);
    is_over(&ann.post("/battles", &json!({})).await, 2);
    is_over(&server.person("Bob").await.post("/api/v1/battles", &json!({})).await, 2);
    let list = ann.get("/battles").await;
    has_room(&list, 60, 59);
    assert_eq!(list.expect(200).as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn thirty_actions_a_minute_are_taken_of_whatever_kind() {
    let server = TestServer::with(&FREE);
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({ "fillWithBots": false })).await;
    let paths = ["join", "start", "leave", "forfeit"].map(|what| format!("/battles/{id}/{what}"));
    let mut taken = Vec::new();
    for round in 0..5 {
        for path in &paths[..2] {
            taken.push(ann.press(path).await);
        }
        taken.push(ann.press(&paths[3]).await);
        taken.push(ann.act(&id, &json!({ "type": "start" })).await);
        taken.push(ann.post("/ai/action", &json!({ "battleId": id })).await);
        taken.push(ann.post("/api/v1/game/state", &json!({ "state": round })).await);
    }
    for (remaining, answer) in (0..30).rev().zip(&taken) {
        has_room(answer, 30, remaining);
    }
    is_over(&ann.act(&id, &json!({ "type": "start" })).await, 30);
    for path in &paths {
        is_over(&ann.press(path).await, 30);
    }
    has_room(&ann.get(&format!("/battles/{id}")).await, 60, 59);
}

#[tokio::test]
async fn sixty_questions_a_minute_are_answered_of_whatever_kind() {
    let server = TestServer::with(&FREE);
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({})).await;
    let paths = [
        "/battles".to_owned(),
        format!("/battles/{id}"),
        "/state".to_owned(),
        "/api/v1/game/state".to_owned(),
        "/state/history".to_owned(),
        format!("/api/v1/state/replay/{id}"),
    ];
    for (remaining, path) in (0..60).rev().zip(paths.iter().cycle()) {
        has_room(&ann.get(path).await, 60, remaining);
    }
    for path in &paths {
        is_over(&ann.get(path).await, 60);
    }
    has_room(&ann.press(&format!("/battles/{id}/join")).await, 30, 29);
}

#[tokio::test]
async fn they_count_for_the_account_anywhere_and_for_the_address_of_anybody() {
    let server = TestServer::with(&[&FREE[..], &["--trusted-proxies", "127.0.0.1"]].concat());
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let create = async |person: &Person, address: &str| {
        person.send(Request::new("POST", "/battles").json(&json!({})).header("X-Forwarded-For", address)).await
    };
    has_room(&create(&ann, "192.0.2.1").await, 2, 1);
    has_room(&create(&ann, "192.0.2.2").await, 2, 0);
    is_over(&create(&ann, "192.0.2.3").await, 2);
    has_room(&create(&bob, "192.0.2.1").await, 2, 0);
    is_over(&create(&bob, "192.0.2.1").await, 2);
    has_room(&create(&bob, "192.0.2.4").await, 2, 0);
}

#[tokio::test]
async fn the_figures_are_settings() {
    let flags = ["--battles-create-per-minute=1", "--battles-actions-per-minute=1", "--battles-state-per-minute=1"];
    let server = TestServer::with(&[&FREE[..], &flags].concat());
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({})).await;
    is_over(&ann.post("/battles", &json!({})).await, 1);
    ann.start(&id).await;
    is_over(&ann.press(&format!("/battles/{id}/forfeit")).await, 1);
    ann.battle(&id).await;
    is_over(&ann.get("/state").await, 1);
}

#[tokio::test]
async fn an_address_that_asks_for_too_much_work_learns_when_to_come_back() {
    let free = ["--battles-create-per-minute=0", "--battles-actions-per-minute=0", "--battles-state-per-minute=0"];
    let work = ["--address-work-kib-per-second=1", "--address-work-kib-at-once=256"];
    let server = TestServer::with(&[&FREE[..], &free, &work].concat());
    let four = Four::playing(&server).await;
    four.reach("DECLARATION").await;
    let ann = &four.people[0];
    let mut answered = 0;
    let refused = loop {
        let answer = ann.get(&format!("/state/history?battleId={}", four.battle)).await;
        if answer.status != 200 {
            break answer;
        }
        answered += 1;
    };
    assert!(answered > 0);
    refused.refused(429, "RATE_LIMITED");
    assert_eq!((number(&refused, "x-ratelimit-limit"), number(&refused, "x-ratelimit-remaining")), (1, 0));
    assert!(number(&refused, "retry-after") >= 1, "{refused:?}");
    for path in ["/battles".to_owned(), format!("/state/replay/{}", four.battle)] {
        ann.get(&path).await.refused(429, "RATE_LIMITED");
    }
    ann.get("/users/me").await.expect(200);
}
