//! `get_history`

use serde_json::{Value, json};

use super::listener::{Listener, direct, one_of_each, post, saying, serve};
use crate::support::TestServer;

/// So many messages, the oldest first.
async fn filled(server: &TestServer, count: usize) -> Vec<Value> {
    let mut stored = Vec::new();
    for number in 0..count {
        stored.push(post(server.port(), &saying(&format!("number {number}"))).await);
    }
    stored
}

#[tokio::test]
async fn the_newest_come_first_in_pages_with_the_total() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    let empty = json!({ "action": "history", "messages": [], "total_count": 0, "limit": 100, "offset": 0 });
    assert_eq!(log.history(json!({})).await, empty);
    let mut newest = filled(&server, 7).await;
    newest.reverse();
    let page = log.history(json!({ "limit": 3, "offset": 2 })).await;
    let expected = json!({ "action": "history", "messages": newest[2..5], "total_count": 7, "limit": 3, "offset": 2 });
    assert_eq!(page, expected);
    assert_eq!(log.history(json!({})).await["messages"], json!(newest));
    assert_eq!(log.history(json!({ "limit": 500, "offset": 6 })).await["messages"], json!(newest[6..]));
    for offset in [7_u64, 1 << 53] {
        let beyond = log.history(json!({ "offset": offset })).await;
        assert_eq!((&beyond["messages"], &beyond["total_count"]), (&json!([]), &json!(7)));
    }
}

#[tokio::test]
async fn null_and_unknown_fields_are_as_if_they_were_not_there() {
    let server = serve(&[]);
    let stored = filled(&server, 1).await;
    let mut log = Listener::at(server.port(), "").await;
    log.send_raw(r#"{"action":"get_history","limit":null,"offset":null,"filters":null,"more":[{}]}"#).await;
    assert_eq!(log.expect("history").await["messages"], json!(stored));
    log.send_raw(
        r#"{"action":"get_history","filters":{"type":null,"user_id":null,"channel":null,"date_to":null,"x":1}}"#,
    )
    .await;
    assert_eq!(log.expect("history").await["messages"], json!(stored));
}

#[tokio::test]
async fn every_filter_narrows_and_all_that_are_named_must_hold() {
    let server = serve(&[]);
    let mut stored = Vec::new();
    for message in one_of_each("01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10", "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a11") {
        stored.push(post(server.port(), &message).await);
    }
    let [user, system, _, raid, party, guild] = <[Value; 6]>::try_from(stored).unwrap();
    let mut log = Listener::at(server.port(), "").await;
    for message in [&user, &system, &raid, &party, &guild] {
        assert_eq!(log.listed(json!({ "type": message["type"] })).await, std::slice::from_ref(message));
    }
    // From or about: who says it, who is in the raid, who leads the party, who joins it.
    let of_master = log.listed(json!({ "user_id": "user_12345" })).await;
    assert_eq!(of_master, [party.clone(), raid, system.clone(), user.clone()]);
    assert_eq!(log.listed(json!({ "user_id": "user_99999" })).await, std::slice::from_ref(&party));
    assert_eq!(log.listed(json!({ "channel": "general" })).await, std::slice::from_ref(&user));
    let all = json!({ "type": "user", "user_id": "user_12345", "channel": "general" });
    assert_eq!(log.listed(all).await, [user]);
    for nothing in [
        json!({ "type": "raid", "channel": "general" }),
        json!({ "type": "guild", "user_id": "user_12345" }),
        json!({ "user_id": "USER_12345" }),
        json!({ "user_id": "user_1234" }),
        json!({ "channel": "%" }),
        json!({ "channel": "general' OR ''='" }),
    ] {
        assert_eq!(log.listed(nothing.clone()).await, [Value::Null; 0], "{nothing}");
    }
}

#[tokio::test]
async fn dates_are_included_at_both_ends_and_may_have_an_offset() {
    let server = serve(&[]);
    let stored = filled(&server, 1).await.remove(0);
    let mut log = Listener::at(server.port(), "").await;
    let at = stored["timestamp"].as_str().unwrap();
    // The same moment as people east of Greenwich write it.
    let zoned = at.replace('Z', "+00:00");
    for there in [
        json!({ "date_from": at }),
        json!({ "date_to": at }),
        json!({ "date_from": at, "date_to": at }),
        json!({ "date_from": zoned, "date_to": zoned }),
        json!({ "date_from": "1970-01-01T00:00:00Z", "date_to": "9999-12-30T00:00:00Z" }),
        json!({ "date_from": "2025-12-03T00:00:00Z", "type": "user" }),
    ] {
        assert_eq!(log.listed(there.clone()).await, std::slice::from_ref(&stored), "{there}");
    }
    for elsewhere in [
        json!({ "date_to": "2025-12-03T23:59:59Z" }),
        json!({ "date_from": "2999-01-01T00:00:00Z" }),
        json!({ "date_from": "9999-12-30T00:00:00Z", "date_to": "1970-01-01T00:00:00Z" }),
        json!({ "date_from": at, "type": "raid" }),
    ] {
        assert_eq!(log.listed(elsewhere.clone()).await, [Value::Null; 0], "{elsewhere}");
    }
}

#[tokio::test]
async fn a_page_of_500_comes_whole() {
    let server = serve(&[]);
    let port = server.port();
    let (from, to) = ("01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10", "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a11");
    let posts =
        (0..501).map(|number| async move { post(port, &saying(&format!("{number} {}", "x".repeat(200)))).await });
    futures_util::future::join_all(posts).await;
    post(port, &direct(from, to, "not counted for others")).await;
    let mut log = Listener::at(port, "").await;
    let page = log.history(json!({ "limit": 500 })).await;
    assert_eq!((page["messages"].as_array().unwrap().len(), &page["total_count"]), (500, &json!(501)));
    let times: Vec<&str> =
        page["messages"].as_array().unwrap().iter().map(|message| message["timestamp"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older));
}
