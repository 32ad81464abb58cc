//! `room_list`: the answer, the pushes, what is shown and what is not.

use serde_json::{Value, json};

use crate::support::{Guest, TestServer};

/// Reads pushed lists until one fulfils what the test waits for.
async fn list_where(watcher: &mut Guest, fulfilled: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    loop {
        let mut message = watcher.expect("room_list").await;
        let Value::Array(rooms) = message["data"]["rooms"].take() else { panic!("no list: {message}") };
        if fulfilled(&rooms) {
            return rooms;
        }
    }
}

#[tokio::test]
async fn the_list_tells_who_waits_where() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    let mut other = server.guest("Bob").await;
    other.send("room_list", json!({})).await;
    let rooms = list_where(&mut other, |rooms| !rooms.is_empty()).await;
    assert_eq!(rooms.len(), 1);
    assert_eq!(rooms[0]["room_id"], host.room());
    assert_eq!(rooms[0]["room_name"], "Ann's room");
    assert_eq!(rooms[0]["host"], "Ann");
    assert_eq!(rooms[0]["status"], "waiting");
    assert_eq!(rooms[0]["players"], json!([{ "name": "Ann", "position": 0, "is_bot": false }]));
    assert_eq!(rooms[0]["player_count"], 1);
    assert!(rooms[0]["created_at"].is_f64());
}

#[tokio::test]
async fn the_lobby_is_told_of_rooms_that_open_fill_start_and_close() {
    let server = TestServer::for_guests(&[]);
    let mut watcher = server.guest("Wat").await;
    let mut host = server.guest("Ann").await;
    host.create_room(json!({ "pace": "normal" })).await;
    list_where(&mut watcher, |rooms| rooms.len() == 1 && rooms[0]["player_count"] == 1).await;
    let mut guest = server.guest("Bob").await;
    guest.join(host.room()).await;
    list_where(&mut watcher, |rooms| rooms.len() == 1 && rooms[0]["player_count"] == 2).await;
    host.act("start_game", json!({})).await;
    let rooms = list_where(&mut watcher, |rooms| rooms[0]["status"] == "playing").await;
    assert_eq!(rooms[0]["player_count"], 4, "bots have filled the seats");
}

#[tokio::test]
async fn a_private_room_is_not_listed_and_can_be_joined_by_its_id() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.act("create_room", json!({ "room_name": "secret", "is_public": false })).await;
    let created = host.expect("room_created").await;
    host.sit(&created);
    let mut other = server.guest("Bob").await;
    other.send("room_list", json!({})).await;
    assert_eq!(other.expect("room_list").await["data"]["rooms"], json!([]));
    other.join(host.room()).await;
    assert_eq!(host.expect("player_joined").await["data"]["player_name"], "Bob");
}

#[tokio::test]
async fn the_list_comes_in_pages_with_the_newest_first() {
    let server = TestServer::for_guests(&[]);
    let mut rooms = Vec::new();
    let mut hosts = Vec::new();
    for number in 0..5 {
        let mut host = server.guest(&format!("Host {number}")).await;
        host.create_room(json!({})).await;
        rooms.push(host.room().to_owned());
        hosts.push(host);
    }
    let mut other = server.guest_at(&rooms[0], "Bob").await;
    let mut seen = Vec::new();
    for offset in [0, 2, 4] {
        other.send("room_list", json!({ "offset": offset, "limit": 2 })).await;
        let page = other.expect("room_list").await;
        seen.extend(page["data"]["rooms"].as_array().unwrap().iter().map(|room| room["room_id"].clone()));
    }
    let newest_first: Vec<&String> = rooms.iter().rev().collect();
    assert_eq!(json!(seen), json!(newest_first));
}

#[tokio::test]
async fn a_list_beyond_its_bounds_is_3004() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    for data in [json!({ "limit": 0 }), json!({ "limit": 201 }), json!({ "offset": -1 })] {
        guest.send_loose("room_list", data).await;
        guest.refused("3004").await;
    }
}

#[tokio::test]
async fn get_room_state_describes_the_room_at_the_door() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({ "turn_timeout_seconds": 77, "bot_difficulty": "hard" })).await;
    let mut door = server.guest_at(host.room(), "Bob").await;
    door.send("get_room_state", json!({})).await;
    let state = door.expect("room_state").await["data"].take();
    assert_eq!(state["room_id"], host.room());
    assert_eq!(state["host"], "Ann");
    assert_eq!(state["status"], "waiting");
    assert_eq!(state["players"], json!([{ "name": "Ann", "position": 0, "is_bot": false }]));
    assert_eq!(state["options"]["turn_timeout_seconds"], 77);
    assert_eq!(state["options"]["bot_difficulty"], "hard");
    assert_eq!(state["options"]["rules"]["target_score"], 50);
}

#[tokio::test]
async fn in_the_lobby_there_is_no_room_to_describe() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    guest.send("get_room_state", json!({})).await;
    guest.refused("1006").await;
}
