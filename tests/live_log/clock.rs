//! A wall clock that was ahead and is right again: what is new still sorts above what is old.

use serde_json::{Value, json};
use store::{Location, NewMessage, Store};
use tempfile::TempDir;
use vocabulary::Timestamp;

use super::listener::{GENEROUS, Listener, post, saying};
use crate::support::Process;

/// An id of tomorrow: a UUID of version 7 has its milliseconds in front.
fn id_of(milliseconds: u64) -> String {
    let hex = format!("{milliseconds:012x}");
    format!("msg_{}-{}-7fff-bfff-ffffffffffff", &hex[..8], &hex[8..])
}

fn id(message: &Value) -> &str {
    message["id"].as_str().unwrap()
}

#[tokio::test]
async fn new_messages_sort_above_old_ones_when_the_clock_steps_back() {
    let data = TempDir::new().unwrap();
    let process = Process::start(data.path(), &GENEROUS).await;
    let mut old = post(process.port, &saying("from tomorrow")).await;
    process.killed().await;
    let at = Timestamp(Timestamp::now().0 + 86_400_000);
    old["id"] = json!(id_of(at.0));
    let store = Store::open(&Location::Sqlite(data.path().join("liap-tui.db"))).await.unwrap();
    let message = NewMessage { id: id(&old).to_owned(), at, body: old.to_string(), ..NewMessage::default() };
    store.store_messages(&[message]).await.unwrap();
    store.close().await;

    let mut stored = vec![old];
    for life in 0..2 {
        let process = Process::start(data.path(), &GENEROUS).await;
        for number in 0..3 {
            stored.push(post(process.port, &saying(&format!("life {life}, message {number}"))).await);
        }
        let listed = Listener::at(process.port, "").await.listed(json!({ "type": "user" })).await;
        let listed: Vec<&str> = listed.iter().map(id).collect();
        let newest_first: Vec<&str> = stored.iter().rev().map(id).collect();
        assert_eq!(listed[..newest_first.len()], newest_first);
        process.killed().await;
    }
    assert!(stored.iter().map(id).is_sorted(), "ids sort by age: {stored:?}");
}
