//! `connected`, `disconnected`, `ping`, `server_time`: a connection before it has a seat.

use clients::End;
use serde_json::json;

use crate::support::{Connection, TestServer};

#[tokio::test]
async fn the_lobby_greets_with_connected() {
    let server = TestServer::for_guests(&[]);
    let mut connection = Connection::open(server.port(), "lobby").await;
    let connected = connection.next().await;
    assert_eq!(connected["event"], "connected");
    assert_eq!(connected["data"]["room_id"], "lobby");
    assert_eq!(connected["room_id"], "lobby");
    assert!(connected["data"]["connection_id"].as_str().unwrap().starts_with("conn_"));
}

#[tokio::test]
async fn a_room_greets_at_its_door_before_anyone_joins() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    // `guest_at` asserts the greeting: the room's id, no name, not reconnected.
    server.guest_at(host.room(), "Bob").await;
}

#[tokio::test]
async fn two_connections_have_two_ids() {
    let server = TestServer::for_guests(&[]);
    let first = server.guest("Ann").await.seen[0]["data"]["connection_id"].clone();
    let second = server.guest("Bob").await.seen[0]["data"]["connection_id"].clone();
    assert_ne!(first, second);
}

#[tokio::test]
async fn an_unknown_room_is_error_1003_then_close_1008() {
    let server = TestServer::for_guests(&[]);
    for door in ["ABCD2345", "abcd2345", "no-room", "%20", "ABCD23456789"] {
        let mut connection = Connection::open(server.port(), door).await;
        let error = connection.next().await;
        assert_eq!(error["event"], "error", "{door}");
        assert_eq!(error["error"]["code"], "1003");
        assert_eq!(error["error"]["recoverable"], false);
        let last = connection.next().await;
        assert_eq!(last["event"], "disconnected");
        assert_eq!(last["data"]["code"], 1008);
        assert_eq!(connection.hear().await, Err(End::Closed { code: 1008, reason: "unknown room".to_owned() }));
    }
}

#[tokio::test]
async fn a_ping_is_answered_with_its_own_time_and_number() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    guest.send("ping", json!({ "client_time": 1_673_890_270_000_u64, "sequence": 123 })).await;
    let pong = guest.expect("pong").await["data"].take();
    assert_eq!(pong["client_time"], 1_673_890_270_000_u64);
    assert_eq!(pong["sequence"], 123);
    let server_time = pong["server_time"].as_u64().expect("whole milliseconds");
    assert!(server_time > 1_700_000_000_000, "milliseconds since 1970");
    assert!(pong["latency"].as_f64().unwrap() > 0.0);
}

#[tokio::test]
async fn a_ping_from_a_clock_ahead_of_the_servers_has_no_negative_latency() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    guest.send("ping", json!({ "client_time": 9_000_000_000_000_u64 })).await;
    let pong = guest.expect("pong").await["data"].take();
    assert_eq!(pong["latency"].as_f64(), Some(0.0));
    assert!(pong.get("sequence").is_none(), "only what was sent comes back");
}

#[tokio::test]
async fn server_time_is_in_seconds_as_a_float() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    guest.send("server_time", json!({})).await;
    let time = guest.expect("server_time").await["data"]["server_time"].clone();
    assert!(time.is_f64());
    assert!((1.7e9..1.0e10).contains(&time.as_f64().unwrap()), "{time}");
}

#[tokio::test]
async fn a_websocket_ping_is_answered_by_the_protocol() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    guest.ping_pong(b"are you there").await;
}

#[tokio::test]
async fn a_client_that_closes_is_answered_with_a_close() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    guest.close(Some((1000, "bye"))).await;
    assert!(matches!(guest.hear().await, Err(End::Closed { code: 1000, .. })));
}
