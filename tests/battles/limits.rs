//! Authentication is limited by address, and every limited answer says how much is left.

use serde_json::json;

use crate::support::{Answer, PASSWORD, Request, TestServer};

fn number(answer: &Answer, header: &str) -> u64 {
    let value = answer.header(header).unwrap_or_else(|| panic!("no {header}: {answer:?}"));
    value.parse().unwrap()
}

#[track_caller]
fn has_room(answer: &Answer, limit: u64, remaining: u64) {
    assert_eq!(number(answer, "x-ratelimit-limit"), limit, "{answer:?}");
    assert_eq!(number(answer, "x-ratelimit-remaining"), remaining, "{answer:?}");
    assert!((1..=60).contains(&number(answer, "x-ratelimit-reset")), "{answer:?}");
    assert_eq!(answer.header("retry-after"), None, "{answer:?}");
}

#[track_caller]
fn is_over(answer: &Answer, limit: u64) {
    answer.refused(429, "RATE_LIMITED");
    assert_eq!(number(answer, "x-ratelimit-limit"), limit);
    assert_eq!(number(answer, "x-ratelimit-remaining"), 0);
    assert!((1..=60).contains(&number(answer, "retry-after")), "{answer:?}");
    assert_eq!(answer.header("retry-after"), answer.header("x-ratelimit-reset"));
}

#[tokio::test]
async fn five_requests_a_minute_come_from_one_address_whatever_they_ask_and_get() {
    let server = TestServer::with(&[]);
    let answers = [
        server.post("/auth/register", &json!({ "username": "Ann", "password": PASSWORD })).await,
        server.login("Bob", PASSWORD).await,
        server.send(Request::new("POST", "/token").body("text/plain", "x")).await,
        server.refresh("nonsense").await,
        server.send(Request::new("POST", "/api/v1/auth/logout").body("application/json", "{")).await,
    ];
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [201, 401, 415, 401, 400]);
    for (remaining, answer) in (0..5).rev().zip(&answers) {
        has_room(answer, 5, remaining);
    }
    for path in ["/auth/register", "/auth/login", "/auth/refresh", "/auth/logout", "/token", "/api/v1/auth/login"] {
        is_over(&server.post(path, &json!({})).await, 5);
    }
}

#[tokio::test]
async fn other_addresses_of_the_server_are_not_limited_by_it() {
    let server = TestServer::with(&["--battles-auth-per-minute", "1"]);
    let ann = server.person("Ann").await;
    is_over(&server.login("Ann", PASSWORD).await, 1);
    let me = ann.get("/users/me").await;
    me.expect(200);
    has_room(&me, 100, 99);
    server.send(Request::new("GET", "/health")).await.expect(200);
}

#[tokio::test]
async fn a_wrong_method_does_not_count() {
    let server = TestServer::with(&["--battles-auth-per-minute", "1"]);
    for _ in 0..3 {
        server.send(Request::new("GET", "/auth/login")).await.refused(405, "METHOD_NOT_ALLOWED");
    }
    server.person("Ann").await;
}

#[tokio::test]
async fn the_figure_is_a_setting() {
    let server = TestServer::with(&["--battles-auth-per-minute", "2"]);
    has_room(&server.login("Ann", PASSWORD).await, 2, 1);
    has_room(&server.login("Ann", PASSWORD).await, 2, 0);
    is_over(&server.login("Ann", PASSWORD).await, 2);
}

#[tokio::test]
async fn attempts_on_a_password_in_a_profile_count_for_its_account_and_no_login() {
    let server = TestServer::with(&["--battles-auth-per-minute", "3"]);
    let ann = server.person("Ann").await;
    let guess = json!({ "password": "Battery-Staple-7", "currentPassword": "Wrong-Horse-99" });
    for remaining in [2, 1, 0] {
        let answer = ann.patch(&guess).await;
        answer.refused(401, "INVALID_CREDENTIALS");
        has_room(&answer, 3, remaining);
    }
    is_over(&ann.patch(&guess).await, 3);
    let name = ann.patch(&json!({ "displayName": "Annie" })).await;
    name.expect(200);
    assert_eq!(number(&name, "x-ratelimit-limit"), 100, "no password, no attempt");
    has_room(&server.login("aNN", PASSWORD).await, 3, 1);
}
