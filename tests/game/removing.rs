//! `remove_player`: the host removes a person from a waiting room, who may not come back for a while.

use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::support::{Connection, Guest, ServerProcess, TestServer};

/// Behind this proxy every test chooses its clients' addresses.
const PROXY: &[&str] = &["--trusted-proxies", "127.0.0.1"];

/// A guest whose client has this address.
async fn guest_from(port: u16, address: &str, name: &str) -> Guest {
    let mut request = format!("ws://127.0.0.1:{port}/ws/lobby").into_client_request().unwrap();
    request.headers_mut().insert("x-forwarded-for", address.parse().unwrap());
    let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let mut guest = Guest::on(Connection::with(stream, request).await.unwrap(), port, name);
    guest.expect("connected").await;
    guest
}

/// Asks for a seat; the error, if it is one.
async fn wants_in(guest: &mut Guest, room: &str) -> Result<(), Value> {
    guest.act("join_room", json!({ "room_id": room })).await;
    loop {
        let mut message = guest.next().await;
        match message["event"].as_str() {
            Some("room_joined") => return Ok(()),
            Some("error" | "validation_error") => return Err(message["error"].take()),
            _ => {}
        }
    }
}

/// They are told that they were removed, and when they may come back.
fn is_kept_away(answer: Result<(), Value>) {
    let error = answer.expect_err("a removed person is refused");
    assert_eq!((&error["code"], &error["details"]["reason"]), (&json!("1008"), &json!("removed")), "{error}");
    let wait = error["details"]["retry_after_ms"].as_u64().unwrap();
    assert!(0 < wait && wait <= 600_000, "{error}");
}

/// Removes whoever sits there: what they and the host are told.
async fn removed(host: &mut Guest, removed: &mut Guest, position: u8) -> (Value, Value) {
    host.send("remove_player", json!({ "position": position })).await;
    (removed.expect("room_left").await, host.expect("player_left").await)
}

#[tokio::test]
async fn who_is_removed_is_told_why_and_the_others_too_and_the_seat_is_free() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({})).await;
    let room = table[0].room().to_owned();
    table[0].send("remove_player", json!({ "position": 1 })).await;
    let left = table[1].expect("room_left").await;
    assert_eq!(left["data"], json!({ "room_id": room, "reason": "removed" }));
    for others in [0, 2, 3] {
        let told = table[others].expect("player_left").await;
        assert_eq!((&told["data"]["player_name"], &told["data"]["position"]), (&json!("Bob"), &json!(1)));
        assert_eq!((&told["data"]["reason"], &told["data"]["host"]), (&json!("removed"), &json!("Ann")));
    }
    let mut eve = server.guest("Eve").await;
    eve.join(&room).await;
    assert_eq!(table[0].expect("player_joined").await["data"]["position"], 1);
    table[0].act("leave_room", json!({})).await;
    assert_eq!(table[0].expect("room_left").await["data"], json!({ "room_id": room }), "nobody removed the host");
}

#[tokio::test]
async fn who_is_removed_is_back_in_the_lobby_and_may_sit_down_elsewhere() {
    let server = TestServer::for_guests(&[]);
    let (mut ann, mut bob) = (server.guest("Ann").await, server.guest("Bob").await);
    ann.create_room(json!({})).await;
    bob.join(ann.room()).await;
    removed(&mut ann, &mut bob, 1).await;
    // Without a message of its own the connection is told of the rooms, as all in the lobby are.
    let pushed = bob.expect("room_list").await;
    assert_eq!(pushed["data"]["rooms"][0]["player_count"], 1);
    bob.create_room(json!({})).await;
    assert_ne!(bob.room(), ann.room());
}

#[tokio::test]
async fn who_is_removed_can_not_return_by_connection_secret_or_name() {
    let server = TestServer::for_guests(&[]);
    let (mut ann, mut bob) = (server.guest("Ann").await, server.guest("Bob").await);
    ann.create_room(json!({})).await;
    let room = ann.room().to_owned();
    bob.join(&room).await;
    let mut again = bob.again().await;
    removed(&mut ann, &mut bob, 1).await;
    is_kept_away(wants_in(&mut bob, &room).await);
    bob.name = "Somebody else".to_owned();
    is_kept_away(wants_in(&mut bob, &room).await);
    let secret = json!({ "session_token": again.token() });
    again.act("join_room", secret).await;
    again.refused("1008").await;
    for name in ["Bob", "bob", "Воb"] {
        is_kept_away(wants_in(&mut server.guest(name).await, &room).await);
    }
    // Whoever shares the host's address is known there, as a family is.
    wants_in(&mut server.guest("Cid").await, &room).await.expect("a seat for the host's neighbour");
}

#[tokio::test]
async fn a_removed_guest_can_not_return_under_another_name_from_the_network() {
    let server = TestServer::for_guests(PROXY);
    let port = server.port();
    let mut ann = guest_from(port, "203.0.113.1", "Ann").await;
    ann.create_room(json!({})).await;
    let room = ann.room().to_owned();
    let mut bob = guest_from(port, "2001:db8::7", "Bob").await;
    bob.join(&room).await;
    removed(&mut ann, &mut bob, 1).await;
    for (address, name) in [("2001:db8::7", "Cid"), ("2001:db8::8", "Dee")] {
        is_kept_away(wants_in(&mut guest_from(port, address, name).await, &room).await);
    }
    for (address, name) in [("2001:db8:0:1::7", "Eve"), ("203.0.113.1", "Fay")] {
        wants_in(&mut guest_from(port, address, name).await, &room).await.expect("a seat for another network");
    }
    // Only this room is closed to them.
    let mut gus = guest_from(port, "203.0.113.9", "Gus").await;
    gus.create_room(json!({})).await;
    wants_in(&mut guest_from(port, "2001:db8::7", "Bob").await, gus.room()).await.expect("a seat elsewhere");
}

#[tokio::test]
async fn only_the_host_removes_other_people_and_only_before_the_start() {
    let server = TestServer::for_guests(&[]);
    let (mut ann, mut bob) = (server.guest("Ann").await, server.guest("Bob").await);
    ann.create_room(json!({ "pace": "instant" })).await;
    bob.join(ann.room()).await;
    bob.send("remove_player", json!({ "position": 0 })).await;
    assert_eq!(bob.refused("1007").await["details"]["host"], "Ann");
    ann.send("add_bot", json!({ "position": 2 })).await;
    ann.expect("player_joined").await;
    ann.catch_up().await;
    for position in [0, 2, 3] {
        ann.send("remove_player", json!({ "position": position })).await;
        let details = ann.refused("3004").await["details"].take();
        assert_eq!((&details["field"], &details["allowed"]), (&json!("position"), &json!([1])));
    }
    for position in [json!(4), json!(-1), json!("1"), Value::Null] {
        ann.send_loose("remove_player", json!({ "position": position })).await;
        let code = if position.is_string() {
            "3003"
        } else if position.is_null() {
            "3002"
        } else {
            "3004"
        };
        ann.refused(code).await;
    }
    ann.act("start_game", json!({})).await;
    ann.expect("game_started").await;
    ann.send("remove_player", json!({ "position": 1 })).await;
    ann.refused("2008").await;
}

#[tokio::test]
async fn a_removal_that_is_sent_twice_removes_nobody_else() {
    let server = TestServer::for_guests(&[]);
    let (mut ann, mut bob) = (server.guest("Ann").await, server.guest("Bob").await);
    ann.create_room(json!({})).await;
    let room = ann.room().to_owned();
    bob.join(&room).await;
    ann.send_numbered(7, "remove_player", json!({ "position": 1 })).await;
    assert_eq!(ann.expect("player_left").await["client_sequence"], 7);
    server.guest("Cid").await.join(&room).await;
    ann.expect("player_joined").await;
    ann.send_numbered(7, "remove_player", json!({ "position": 1 })).await;
    let again = ann.expect("player_left").await;
    assert_eq!((&again["data"]["player_name"], &again["client_sequence"]), (&json!("Bob"), &json!(7)));
    ann.act("get_room_state", json!({})).await;
    assert_eq!(ann.expect("room_state").await["data"]["players"][1]["name"], "Cid");
}

#[tokio::test]
async fn a_removal_outlives_a_kill_of_the_server() {
    let server = ServerProcess::start(PROXY).await;
    let mut ann = guest_from(server.port(), "203.0.113.1", "Ann").await;
    ann.create_room(json!({})).await;
    let room = ann.room().to_owned();
    let mut bob = guest_from(server.port(), "203.0.113.2", "Bob").await;
    bob.join(&room).await;
    removed(&mut ann, &mut bob, 1).await;
    let server = server.killed_and_started_again(PROXY).await;
    let port = server.port();
    is_kept_away(wants_in(&mut guest_from(port, "198.51.100.1", "Bob").await, &room).await);
    is_kept_away(wants_in(&mut guest_from(port, "203.0.113.2", "Cid").await, &room).await);
    let mut back = bob.again_at(port).await;
    let secret = json!({ "session_token": bob.token() });
    back.act("join_room", secret).await;
    back.refused("1008").await;
    wants_in(&mut guest_from(port, "203.0.113.3", "Dee").await, &room).await.expect("a seat for a stranger");
}

#[tokio::test]
async fn after_the_time_is_over_the_person_may_come_back() {
    let server = TestServer::for_guests(&["--removed-player-seconds", "1"]);
    let (mut ann, mut bob) = (server.guest("Ann").await, server.guest("Bob").await);
    ann.create_room(json!({})).await;
    let room = ann.room().to_owned();
    bob.join(&room).await;
    removed(&mut ann, &mut bob, 1).await;
    while let Err(error) = wants_in(&mut bob, &room).await {
        assert_eq!(error["code"], "1008");
        let wait = error["details"]["retry_after_ms"].as_u64().unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(wait)).await;
    }
}
