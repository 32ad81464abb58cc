//! How much a connection may ask, and how many there may be.

use serde_json::json;

use super::listener::{KEY, Listener, post, saying};
use crate::support::{Request, TestServer};

const LIMITED: &str = "Rate limit exceeded";

/// With the seed's own limits.
fn serve(flags: &[&str]) -> TestServer {
    TestServer::unlimited(&[&["--live-log-api-keys", KEY][..], flags].concat())
}

async fn is_alive(log: &mut Listener) {
    log.send(&json!({ "action": "ping" })).await;
    assert_eq!(log.next().await["action"], "pong");
}

#[tokio::test]
async fn ten_commands_a_minute_pass_and_the_next_is_4003_and_not_run() {
    let server = serve(&[]);
    let mut log = Listener::to(server.port(), &["user"]).await;
    for _ in 0..8 {
        log.send(&json!({ "action": "get_history" })).await;
        assert_eq!(log.next().await["action"], "history");
    }
    log.send(&json!({ "action": "search", "query": "x" })).await;
    let warning = log.next().await;
    assert_eq!(warning["action"], "rate_limit", "{warning}");
    assert_eq!((&warning["current_requests"], &warning["limit"]), (&json!(10), &json!(10)));
    assert_eq!(warning["window_seconds"], 60);
    assert!(warning["reset_in_seconds"].as_u64().is_some_and(|seconds| (1..=60).contains(&seconds)), "{warning}");
    assert_eq!(log.next().await["action"], "search_results");

    for _ in 0..3 {
        log.send(&json!({ "action": "unsubscribe", "message_types": ["user"] })).await;
        let details = log.refused(4003, LIMITED).await;
        assert_eq!((&details["limit"], &details["window_seconds"]), (&json!(10), &json!(60)));
        assert!(details["reset_in_seconds"].as_u64().is_some_and(|wait| (1..=60).contains(&wait)), "{details}");
    }
    is_alive(&mut log).await;
    let heard = post(server.port(), &saying("still subscribed")).await;
    assert_eq!(log.next().await, heard);
}

#[tokio::test]
async fn what_is_no_command_is_not_counted_as_one() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    for _ in 0..20 {
        is_alive(&mut log).await;
        log.send_raw(r#"{"action":"subscribe","message_types":[]}"#).await;
        log.refused(1002, "Protocol Error").await;
    }
    for _ in 0..9 {
        log.send(&json!({ "action": "get_history" })).await;
        assert_eq!(log.next().await["action"], "history");
    }
}

#[tokio::test]
async fn a_hundred_messages_a_minute_pass_and_the_next_is_4003() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    for number in 1..=100 {
        log.send(&json!({ "action": "ping" })).await;
        let mut answer = log.next().await;
        if number >= 95 {
            assert_eq!(answer["action"], "rate_limit", "{number}");
            assert_eq!((&answer["current_requests"], &answer["limit"]), (&json!(number), &json!(100)));
            answer = log.next().await;
        }
        assert_eq!(answer["action"], "pong", "{number}");
    }
    for text in [r#"{"action":"ping"}"#, r#"{"action":"get_history"}"#, "nonsense"] {
        log.send_raw(text).await;
        assert_eq!(log.refused(4003, LIMITED).await["limit"], 100);
    }
    let heard = post(server.port(), &saying("unheard")).await;
    assert_eq!(Listener::at(server.port(), "").await.listed(json!({})).await, [heard], "and the server goes on");
}

#[tokio::test]
async fn another_connection_has_limits_of_its_own_and_settings_change_them() {
    let server = serve(&["--live-log-commands-per-minute=2", "--live-log-messages-per-minute=4"]);
    for _ in 0..2 {
        let mut log = Listener::at(server.port(), "").await;
        log.subscribe(&["user"]).await;
        log.send(&json!({ "action": "get_history" })).await;
        assert_eq!(log.next().await["action"], "rate_limit");
        assert_eq!(log.next().await["action"], "history");
        log.send(&json!({ "action": "get_history" })).await;
        assert_eq!(log.refused(4003, LIMITED).await["limit"], 2);
        log.send(&json!({ "action": "ping" })).await;
        assert_eq!(log.next().await["limit"], 4);
        assert_eq!(log.next().await["action"], "pong");
        log.send(&json!({ "action": "ping" })).await;
        assert_eq!(log.refused(4003, LIMITED).await["limit"], 4);
    }
}

#[tokio::test]
async fn a_flood_is_answered_and_does_not_end_the_server() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    for _ in 0..1_000 {
        log.send_raw(r#"{"action":"ping"}"#).await;
    }
    let mut refused = 0;
    for _ in 0..1_006 {
        refused += usize::from(log.next().await["error_code"] == 4003);
    }
    assert_eq!(refused, 900);
    is_alive(&mut Listener::at(server.port(), "").await).await;
}

#[tokio::test]
async fn an_address_has_so_many_connections_and_the_next_is_4003_and_closed() {
    let server = serve(&["--live-log-connections-per-address=3"]);
    let mut connections = Vec::new();
    for _ in 0..3 {
        let mut log = Listener::at(server.port(), "").await;
        is_alive(&mut log).await;
        connections.push(log);
    }
    assert_eq!(Listener::turned_away(server.port(), "", &[]).await, 4003);
    let ann = server.person("Ann").await;
    assert_eq!(Listener::turned_away(server.port(), &format!("?token={}", ann.token), &[]).await, 4003);
    for log in &mut connections {
        is_alive(log).await;
    }
    let mut last = connections.pop().unwrap();
    last.cut().await;
    drop(last);
    // That the server has forgotten it is not said.
    crate::support::within("room for one more", async {
        loop {
            let mut log = crate::support::Speaker::live_log(server.port(), "").await;
            if log.next().await["action"] == "connected" {
                return;
            }
            assert_eq!(log.end().await.0, 4003);
        }
    })
    .await;
}

#[tokio::test]
async fn other_contracts_do_not_count_for_the_limit_of_connections() {
    let server = serve(&["--live-log-connections-per-address=1"]);
    let ann = server.person("Ann").await;
    let _chat = crate::support::Speaker::chat(&ann).await;
    is_alive(&mut Listener::at(server.port(), "").await).await;
}

#[tokio::test]
async fn services_may_post_so_many_a_minute_and_are_told_when_to_come_back() {
    let server = serve(&["--live-log-posts-per-minute=3"]);
    for number in 0..3 {
        post(server.port(), &saying(&format!("number {number}"))).await;
    }
    let answer = super::listener::send(server.port(), &saying("one too many")).await;
    answer.refused(429, "RATE_LIMITED");
    assert_eq!(answer.header("x-ratelimit-limit"), Some("3"));
    assert!(answer.header("retry-after").is_some_and(|wait| wait.parse::<u64>().is_ok_and(|wait| wait <= 60)));
    let guess = Request::new("POST", "/live-log/messages").header("X-API-Key", "a guess at a key").json(&json!({}));
    server.send(guess).await.refused(429, "RATE_LIMITED");
    let mut log = Listener::at(server.port(), "").await;
    assert_eq!(log.history(json!({})).await["total_count"], 3);
}
