//! `/health`, `/ready`, `/metrics`, and addresses where nothing is.

use serde_json::{Value, json};

use crate::support::{TestServer, get};

#[tokio::test]
async fn health_counts_rooms_and_connections() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    let answer = get(server.port(), "/health").await;
    assert_eq!(answer.status, 200);
    let health: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(health["status"], "ok");
    assert_eq!(health["rooms"], 1);
    assert_eq!(health["connections"], 1);
}

#[tokio::test]
async fn ready_says_so() {
    let server = TestServer::for_guests(&[]);
    let answer = get(server.port(), "/ready").await;
    assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"status":"ready"}"#));
}

#[tokio::test]
async fn metrics_tell_of_rooms_sessions_actions_errors_and_latency() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.step().await;
    table[0].send_loose("fly", json!({})).await;
    table[0].refused("3001").await;
    let answer = get(server.port(), "/metrics").await;
    assert_eq!(answer.status, 200);
    assert!(answer.head.contains("text/plain; version=0.0.4"), "{}", answer.head);
    for line in [
        "liap_rooms ",
        "liap_sessions ",
        "liap_actions_total{by=\"player\"}",
        "liap_errors_total{contract=\"game\",code=\"3001\"}",
        "liap_action_seconds_bucket{le=",
        "liap_action_seconds_count",
        "liap_messages_received_total",
        "liap_messages_delivered_total",
        "# HELP liap_games_started_total",
    ] {
        assert!(answer.body.contains(line), "{line} is not in\n{}", answer.body);
    }
}

#[tokio::test]
async fn metrics_show_no_name_token_or_piece() {
    let server = TestServer::for_guests(&[]);
    let table = server.declaring_table().await;
    let body = get(server.port(), "/metrics").await.body;
    for guest in &table.guests {
        assert!(!body.contains(guest.token()) && !body.contains(guest.name()) && !body.contains(guest.room()));
    }
}

#[tokio::test]
async fn an_address_where_nothing_is_answers_404_in_json() {
    let server = TestServer::for_guests(&[]);
    for path in ["/nothing", "/room", "/assets/none.js", "/ws/lobby/more"] {
        let answer = get(server.port(), path).await;
        assert_eq!(answer.status, 404, "{path}");
        let body: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!(body["code"], "NOT_FOUND");
    }
}

#[tokio::test]
async fn a_plain_request_at_a_websocket_is_a_clear_400() {
    let server = TestServer::for_guests(&[]);
    let answer = get(server.port(), "/ws/lobby").await;
    assert_eq!(answer.status, 400);
    assert!(answer.body.to_lowercase().contains("websocket"), "{}", answer.body);
}
