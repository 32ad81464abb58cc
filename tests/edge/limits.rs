//! Every REST address is limited; what operators and players need is not.

use serde_json::Value;

use crate::support::{Answer, PASSWORD, Request, TestServer};

fn told(answer: &Answer) -> (u64, u64, u64) {
    let number = |header: &str| answer.header(header).and_then(|value| value.parse().ok()).unwrap_or(u64::MAX);
    (number("x-ratelimit-limit"), number("x-ratelimit-remaining"), number("x-ratelimit-reset"))
}

async fn get(server: &TestServer, path: &str) -> Answer {
    server.send(Request::new("GET", path)).await
}

#[tokio::test]
async fn all_other_addresses_share_one_limit_whatever_they_answer() {
    let server = TestServer::with(&["--rate-limit-requests", "6", "--rate-limit-period", "3600"]);
    let asked = [
        ("GET", "/users/me", 401),
        ("GET", "/users/x", 401),
        ("GET", "/nothing", 404),
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", "/users/me", 405),
        ("GET", "/api/openapi.json", 200),
    ];
    for (remaining, (method, path, status)) in (0..6).rev().zip(asked) {
        let answer = server.send(Request::new(method, path)).await;
        assert_eq!(answer.status, status, "{path}");
        let (limit, left, reset) = told(&answer);
        assert_eq!((limit, left), (6, remaining), "{path}");
        assert!((60..=3600).contains(&reset), "{path}: {reset}");
    }
    for (method, path, _) in asked {
        let answer = server.send(Request::new(method, path)).await;
        answer.refused(429, "RATE_LIMITED");
        assert_eq!(answer.header("retry-after"), answer.header("x-ratelimit-reset"));
        assert!(told(&answer).2 > 60, "the window is an hour: {answer:?}");
    }
    assert_eq!(server.login("Ann", PASSWORD).await.status, 401, "logins have their own");
}

#[tokio::test]
async fn what_operators_and_players_need_is_not_limited() {
    let server = TestServer::with(&["--rate-limit-requests", "1"]);
    get(&server, "/nothing").await.refused(404, "NOT_FOUND");
    get(&server, "/nothing").await.refused(429, "RATE_LIMITED");
    for path in ["/health", "/ready", "/metrics", "/api/docs/", "/api/docs/swagger-ui.css"] {
        for _ in 0..3 {
            let answer = get(&server, path).await;
            assert_eq!((answer.status, answer.header("x-ratelimit-limit")), (200, None), "{path}");
        }
    }
    let plain = get(&server, "/ws/lobby").await;
    assert_eq!((plain.status, plain.header("x-ratelimit-limit")), (400, None));
}

#[tokio::test]
async fn zero_turns_every_limit_off() {
    let server = TestServer::start();
    for _ in 0..110 {
        let answer = get(&server, "/users/me").await;
        assert_eq!((answer.status, answer.header("x-ratelimit-limit")), (401, None));
    }
    for _ in 0..6 {
        let answer = server.refresh("nonsense").await;
        assert_eq!((answer.status, answer.header("x-ratelimit-limit")), (401, None));
    }
}

#[tokio::test]
async fn every_address_of_the_description_tells_of_its_limit() {
    let server = TestServer::with(&["--battles-auth-per-minute", "1000"]);
    let document: Value = get(&server, "/api/openapi.json").await.expect(200);
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let method = match method.as_str() {
                "get" => "GET",
                "post" => "POST",
                "patch" => "PATCH",
                "put" => "PUT",
                "delete" => "DELETE",
                other => panic!("{other}"),
            };
            let path = path.replace(['{', '}'], "x");
            let answer = server.send(Request::new(method, &path)).await;
            assert!(answer.header("x-ratelimit-limit").is_some(), "{method} {path} has no limit: {answer:?}");
        }
    }
}
