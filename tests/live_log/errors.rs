//! The errors of the seed's table: what a client hears, and that nothing was done.

use serde_json::{Value, json};

use super::listener::{Listener, post, saying, serve};

const PROTOCOL: &str = "Protocol Error";

#[tokio::test]
async fn what_is_no_command_is_1002_and_the_connection_stays() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    let deep = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    for text in ["", "{", "[]", "null", "\"ping\"", "1e999", "{\"action\":\"ping\"} x", "\u{feff}{}", &deep] {
        log.send_raw(text).await;
        log.refused(1002, PROTOCOL).await;
    }
    for text in ["{}", r#"{"action":null}"#, r#"{"action":1}"#, r#"{"action":["ping"]}"#, r#"{"type":"ping"}"#] {
        log.send_raw(text).await;
        assert_eq!(log.refused(1002, PROTOCOL).await["field"], "action", "{text}");
    }
    log.send(&json!({ "action": "ping" })).await;
    assert_eq!(log.next().await["action"], "pong");
}

#[tokio::test]
async fn an_unknown_action_is_1002_and_told_what_there_is() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    for action in ["publish", "PING", "", "connected", "history"] {
        log.send_raw(&json!({ "action": action }).to_string()).await;
        let details = log.refused(1002, PROTOCOL).await;
        assert_eq!((&details["field"], &details["action"]), (&json!("action"), &json!(action)));
        assert_eq!(details["allowed"], json!(["subscribe", "unsubscribe", "get_history", "search", "ping"]));
    }
}

#[tokio::test]
async fn a_wrong_type_of_message_is_1002_and_subscribes_to_nothing() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    let seven = json!(["user", "user", "user", "user", "user", "user", "user"]);
    for types in [json!(["user", "chat"]), json!([]), json!("user"), json!([1]), json!([null]), seven, json!(["User"])]
    {
        for action in ["subscribe", "unsubscribe"] {
            log.send_raw(&json!({ "action": action, "message_types": types }).to_string()).await;
            assert_eq!(log.refused(1002, PROTOCOL).await["field"], "message_types", "{types}");
        }
    }
    log.send_raw(r#"{"action":"subscribe"}"#).await;
    assert_eq!(log.refused(1002, PROTOCOL).await["field"], "message_types");
    post(server.port(), &saying("unheard")).await;
    assert_eq!(log.subscribe(&["raid"]).await, json!(["raid"]));
}

#[tokio::test]
async fn a_wrong_field_is_1002_and_named() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    let long = "x".repeat(201);
    let cases: [(&str, Value); 27] = [
        ("limit", json!({ "limit": 0 })),
        ("limit", json!({ "limit": 501 })),
        ("limit", json!({ "limit": -1 })),
        ("limit", json!({ "limit": 1.5 })),
        ("limit", json!({ "limit": "100" })),
        ("limit", json!({ "limit": 1e300 })),
        ("offset", json!({ "offset": -1 })),
        ("offset", json!({ "offset": 18_446_744_073_709_551_615_u64 })),
        ("offset", json!({ "offset": true })),
        ("filters", json!({ "filters": [] })),
        ("filters", json!({ "filters": "user" })),
        ("filters.type", json!({ "filters": { "type": "chat" } })),
        ("filters.type", json!({ "filters": { "type": ["user"] } })),
        ("filters.user_id", json!({ "filters": { "user_id": 7 } })),
        ("filters.user_id", json!({ "filters": { "user_id": "" } })),
        ("filters.user_id", json!({ "filters": { "user_id": long } })),
        ("filters.channel", json!({ "filters": { "channel": "  " } })),
        ("filters.channel", json!({ "filters": { "channel": {} } })),
        ("filters.date_from", json!({ "filters": { "date_from": "yesterday" } })),
        ("filters.date_from", json!({ "filters": { "date_from": "2025-12-01" } })),
        ("filters.date_from", json!({ "filters": { "date_from": "2025-12-01T00:00:00" } })),
        ("filters.date_from", json!({ "filters": { "date_from": 1_764_547_200 } })),
        ("filters.date_to", json!({ "filters": { "date_to": "2025-13-01T00:00:00Z" } })),
        ("filters.date_to", json!({ "filters": { "date_to": "2025-02-30T00:00:00Z" } })),
        ("filters.date_to", json!({ "filters": { "date_to": "" } })),
        ("filters.date_to", json!({ "filters": { "date_to": "+99999-01-01T00:00:00Z" } })),
        ("filters.date_to", json!({ "filters": { "date_to": "2025-12-01T25:00:00Z" } })),
    ];
    for (field, mut asked) in cases {
        for action in ["get_history", "search"] {
            asked["action"] = json!(action);
            asked["query"] = json!("dragon");
            log.send_raw(&asked.to_string()).await;
            assert_eq!(log.refused(1002, PROTOCOL).await["field"], field, "{asked}");
        }
    }
    for query in [json!(null), json!(""), json!("   "), json!(7), json!(["dragon"]), json!(long)] {
        log.send_raw(&json!({ "action": "search", "query": query }).to_string()).await;
        assert_eq!(log.refused(1002, PROTOCOL).await["field"], "query", "{query}");
    }
    assert_eq!(log.history(json!({})).await["total_count"], 0, "it still answers");
}

#[tokio::test]
async fn a_binary_message_is_1003_and_the_connection_stays() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    log.send_binary(br#"{"action":"subscribe","message_types":["user"]}"#).await;
    log.refused(1003, "Unsupported data").await;
    log.send_binary(b"\xff\x00").await;
    log.refused(1003, "Unsupported data").await;
    assert_eq!(log.subscribe(&["raid"]).await, json!(["raid"]), "nothing was done");
}

#[tokio::test]
async fn a_message_beyond_the_limit_is_1009_and_the_end() {
    let server = serve(&["--live-log-max-message-bytes=1024"]);
    let mut log = Listener::at(server.port(), "").await;
    let padded = |length: usize| {
        let text = json!({ "action": "ping", "x": "" }).to_string();
        json!({ "action": "ping", "x": "x".repeat(length - text.len()) }).to_string()
    };
    log.send_raw(&padded(1_024)).await;
    assert_eq!(log.next().await["action"], "pong");
    log.send_raw(&padded(1_025)).await;
    log.refused(1009, "Message too big").await;
    assert_eq!(log.end().await.0, 1009);
}

#[tokio::test]
async fn by_itself_the_limit_is_16_kib() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    let text = |length: usize| format!("{{\"action\":\"ping\",\"x\":\"{}\"}}", "x".repeat(length - 25));
    log.send_raw(&text(16 * 1024)).await;
    assert_eq!(log.next().await["action"], "pong");
    log.send_raw(&text(16 * 1024 + 2)).await;
    log.refused(1009, "Message too big").await;
    assert_eq!(log.end().await.0, 1009);
}

#[tokio::test]
async fn u_0000_in_any_text_is_1002_with_the_field() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    for (command, field) in [
        (json!({ "action": "search", "query": "a\0b" }), "query"),
        (json!({ "action": "ping", "more": { "deep": "\0" } }), "more.deep"),
    ] {
        log.send(&command).await;
        assert_eq!(log.refused(1002, PROTOCOL).await["field"], field);
    }
}
