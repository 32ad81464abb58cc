//! `connect`, `version_info`, `version_accepted`, `deprecation_warning`: which version a connection speaks.

use serde_json::{Value, json};

use crate::support::{Guest, TestServer};

async fn negotiate(guest: &mut Guest, data: Value) -> Value {
    guest.send("version_info", data).await;
    guest.expect("version_accepted").await["data"].take()
}

#[tokio::test]
async fn connect_names_the_version_in_the_envelope() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    guest.send_raw(r#"{"event":"connect","version":"1.0.0","data":{}}"#).await;
    let accepted = guest.expect("version_accepted").await["data"].take();
    assert_eq!(accepted["negotiated_version"], "1.0.0");
    assert!(accepted["server_version"].is_string());
    assert_eq!(accepted["features"]["weak_hand_redeal"], true);
    assert_eq!(accepted["features"]["bot_players"], true);
}

#[tokio::test]
async fn version_info_is_answered_with_the_best_that_both_speak() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    for (data, expected) in [
        (
            json!({ "client_version": "1.0.0", "supported_versions": ["1.0.0", "0.9.0"], "minimum_version": "0.9.0" }),
            "1.0.0",
        ),
        (json!({ "client_version": "0.9.0" }), "0.9.0"),
        (json!({ "supported_versions": ["0.9.0", "1.0.0"] }), "1.0.0"),
        (json!({ "client_version": "2.0.0", "supported_versions": ["2.0.0", "0.9.0"] }), "0.9.0"),
        (json!({}), "1.0.0"),
    ] {
        assert_eq!(negotiate(&mut guest, data.clone()).await["negotiated_version"], expected, "{data}");
    }
}

#[tokio::test]
async fn an_unsupported_version_is_4004_with_the_supported_ones() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    for version in ["0.8.0", "2.0.0", "x", ""] {
        guest.send("version_info", json!({ "client_version": version })).await;
        let details = guest.refused("4004").await["details"].take();
        assert_eq!(details["supported_versions"], json!(["1.0.0", "0.9.0"]));
        assert_eq!(details["minimum_version"], "0.9.0");
        assert_eq!(details["requested_version"], version);
    }
    assert_eq!(negotiate(&mut guest, json!({})).await["negotiated_version"], "1.0.0", "the connection lives on");
}

#[tokio::test]
async fn in_0_9_0_declare_carries_value_and_play_indices_with_one_warning_each() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let first = table.current();
    let guest = &mut table[first];
    negotiate(guest, json!({ "client_version": "0.9.0" })).await;
    guest.act_loose("declare", json!({ "value": 9 })).await;
    guest.refused("3004").await;
    guest.act_loose("declare", json!({ "value": 2 })).await;
    let warning = guest.expect("deprecation_warning").await["data"].take();
    assert_eq!(warning["deprecated_feature"], "old_declare_format");
    assert_eq!(warning["removal_version"], "2.0.0");
    assert_eq!(guest.expect("declaration_accepted").await["data"]["declaration"], 2);
    table.catch_up().await;
    table.reach_turns().await;
    assert_eq!(table.current(), first, "the starter leads");
    let piece = table[first].hand[3].clone();
    table[first].act_loose("play", json!({ "indices": [3] })).await;
    let warning = table[first].expect("deprecation_warning").await["data"].take();
    assert_eq!(warning["deprecated_feature"], "old_play_format");
    assert_eq!(table[first].expect("play_accepted").await["data"]["pieces_played"], json!([piece]));
    table[first].act_loose("play", json!({ "indices": [0] })).await;
    table[first].refused("2002").await;
    let warnings = table[first].seen.iter().filter(|event| event["event"] == "deprecation_warning");
    assert_eq!(warnings.count(), 2, "one each per connection");
}

#[tokio::test]
async fn an_index_past_any_hand_is_3004_and_one_named_twice_is_2003() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    let leader = table.current();
    negotiate(&mut table[leader], json!({ "client_version": "0.9.0" })).await;
    for index in [8, 300] {
        table[leader].act_loose("play", json!({ "indices": [index] })).await;
        assert_eq!(table[leader].refused("3004").await["details"]["field"], "indices");
    }
    table[leader].act_loose("play", json!({ "indices": [0, 0] })).await;
    assert_eq!(table[leader].refused("2003").await["details"]["reason"], "bad_index");
}

#[tokio::test]
async fn in_1_0_0_the_old_fields_are_missing_ones() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let current = table.current();
    table[current].act_loose("declare", json!({ "value": 2 })).await;
    assert_eq!(table[current].refused("3002").await["details"]["missing_fields"], json!(["declaration"]));
    table[current].act_loose("play", json!({ "indices": [0] })).await;
    assert_eq!(table[current].refused("3002").await["details"]["missing_fields"], json!(["piece_ids"]));
}

#[tokio::test]
async fn in_0_9_0_the_new_fields_work_without_a_warning() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let current = table.current();
    negotiate(&mut table[current], json!({ "client_version": "0.9.0" })).await;
    table[current].act("declare", json!({ "declaration": 2 })).await;
    table[current].expect("declaration_accepted").await;
    assert!(table[current].seen.iter().all(|event| event["event"] != "deprecation_warning"));
}
