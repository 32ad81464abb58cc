//! `sequence` and `client_sequence`: a message sent again gets the first answer again and acts once.

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn an_answer_carries_the_number_of_its_message() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    guest.act_numbered(1, "create_room", json!({ "room_name": "x" })).await;
    assert_eq!(guest.expect("room_created").await["client_sequence"], 1);
    guest.send_numbered(2, "server_time", json!({})).await;
    assert_eq!(guest.expect("server_time").await["client_sequence"], 2);
    guest.send_numbered(3, "get_room_state", json!({})).await;
    assert_eq!(guest.expect("room_state").await["client_sequence"], 3);
    guest.send_numbered(4, "sync_request", json!({ "last_sequence": 0 })).await;
    assert_eq!(guest.expect("sync_response").await["client_sequence"], 4);
    guest.send("server_time", json!({})).await;
    assert!(guest.expect("server_time").await.get("client_sequence").is_none());
}

#[tokio::test]
async fn a_repeated_declaration_gets_the_first_answer_and_acts_once() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let current = table.current();
    table[current].act_numbered(5, "declare", json!({ "declaration": 2 })).await;
    let first = table[current].expect("declaration_accepted").await;
    let after = table[current].snapshot().await;
    for _ in 0..3 {
        table[current].act_numbered(5, "declare", json!({ "declaration": 2 })).await;
        assert_eq!(table[current].expect("declaration_accepted").await, first, "to the letter");
    }
    assert_eq!(table[current].snapshot().await, after);
}

#[tokio::test]
async fn a_repeated_play_acts_once() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    let current = table.current();
    let piece = table[current].hand[0].clone();
    let play = json!({ "piece_ids": [piece] });
    table[current].act_numbered(9, "play", play.clone()).await;
    let first = table[current].expect("play_accepted").await;
    let after = table[current].snapshot().await;
    table[current].act_numbered(9, "play", play).await;
    assert_eq!(table[current].expect("play_accepted").await, first);
    assert_eq!(table[current].snapshot().await, after);
}

#[tokio::test]
async fn a_repeated_refusal_is_refused_again_even_when_it_would_be_right_by_now() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let next = table.idle();
    table[next].act_numbered(1, "declare", json!({ "declaration": 1 })).await;
    table[next].refused("2002").await;
    table.step().await;
    assert_eq!(table.current(), next, "now it is their turn");
    table[next].act_numbered(1, "declare", json!({ "declaration": 1 })).await;
    table[next].refused("2002").await;
    table[next].act_numbered(2, "declare", json!({ "declaration": 1 })).await;
    table[next].expect("declaration_accepted").await;
}

#[tokio::test]
async fn a_number_used_for_another_message_is_3004() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let current = table.current();
    table[current].act_numbered(7, "declare", json!({ "declaration": 2 })).await;
    table[current].expect("declaration_accepted").await;
    table[current].act_numbered(7, "declare", json!({ "declaration": 3 })).await;
    assert_eq!(table[current].refused("3004").await["details"]["field"], "sequence");
}

#[tokio::test]
async fn a_client_that_lost_its_connection_may_simply_send_again() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let current = table.current();
    table[current].act_numbered(3, "declare", json!({ "declaration": 2 })).await;
    let first = table[current].expect("declaration_accepted").await;
    let mut back = table[current].again().await;
    let known = table[current].last_sequence;
    let reconnected = back.come_back(Some(known)).await;
    assert_eq!(reconnected["data"]["last_client_sequence"], 3);
    back.act_numbered(3, "declare", json!({ "declaration": 2 })).await;
    assert_eq!(back.expect("declaration_accepted").await, first);
}

#[tokio::test]
async fn a_repeated_create_room_makes_one_room() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    guest.act_numbered(1, "create_room", json!({ "room_name": "x" })).await;
    let first = guest.expect("room_created").await;
    guest.act_numbered(1, "create_room", json!({ "room_name": "x" })).await;
    assert_eq!(guest.expect("room_created").await, first);
    let mut other = server.guest("Bob").await;
    other.send("room_list", json!({})).await;
    assert_eq!(other.expect("room_list").await["data"]["rooms"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_same_number_of_two_seats_means_two_messages() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    for _ in 0..2 {
        let current = table.current();
        table[current].act_numbered(1, "declare", json!({ "declaration": 1 })).await;
        table[current].expect("declaration_accepted").await;
        table.catch_up().await;
    }
}
