//! Message sizes, rates, counts: what is too much is refused and hurts nobody else.

use serde_json::json;

use crate::support::{Connection, TestServer};

#[tokio::test]
async fn a_message_past_the_size_limit_closes_with_1009() {
    let server = TestServer::for_guests(&[]);
    let mut connection = Connection::open(server.port(), "lobby").await;
    connection.next().await;
    let text = json!({ "event": "ping", "data": { "client_time": 1, "more": "x".repeat(16_384) } }).to_string();
    connection.send_raw(&text).await;
    assert_eq!(connection.closed().await.0, 1009);
}

#[tokio::test]
async fn a_message_at_the_size_limit_is_read() {
    let server = TestServer::for_guests(&[]);
    let mut connection = Connection::open(server.port(), "lobby").await;
    connection.next().await;
    let frame = json!({ "event": "server_time", "data": { "more": "" } }).to_string();
    let text = json!({ "event": "server_time", "data": { "more": "x".repeat(16_384 - frame.len()) } }).to_string();
    assert_eq!(text.len(), 16_384);
    connection.send_raw(&text).await;
    assert_eq!(connection.next().await["event"], "server_time");
}

#[tokio::test]
async fn a_message_in_many_fragments_has_the_same_limit() {
    let server = TestServer::for_guests(&[]);
    let mut connection = Connection::open(server.port(), "lobby").await;
    connection.next().await;
    connection.send_fragments(&[r#"{"event":"serv"#, r#"er_time","#, r#""data":{}}"#]).await;
    assert_eq!(connection.next().await["event"], "server_time");
    let piece = "x".repeat(1_000);
    let pieces: Vec<&str> = std::iter::repeat_n(piece.as_str(), 20).collect();
    connection.send_fragments(&pieces).await;
    assert_eq!(connection.closed().await.0, 1009);
}

#[tokio::test]
async fn more_messages_a_second_than_allowed_are_4001_and_are_not_done() {
    let server = TestServer::for_guests(&["--game-messages-per-second", "5"]);
    let mut guest = server.guest("Ann").await;
    let mut answered = 0;
    let mut refused = 0;
    for _ in 0..30 {
        guest.send("server_time", json!({})).await;
    }
    while answered + refused < 30 {
        let message = guest.next().await;
        match message["event"].as_str().unwrap() {
            "server_time" => answered += 1,
            "error" => {
                refused += 1;
                assert_eq!(message["error"]["code"], "4001");
                assert_eq!(message["error"]["recoverable"], true);
                assert_eq!(message["error"]["details"]["limit"], 5);
                assert!(message["error"]["details"]["retry_after_ms"].as_u64().unwrap() >= 1);
            }
            _ => {}
        }
    }
    assert!(answered >= 5 && refused >= 10, "{answered} answered, {refused} refused");
}

#[tokio::test]
async fn one_flooding_client_does_not_slow_the_others_rate() {
    let server = TestServer::for_guests(&["--game-messages-per-second", "5"]);
    let mut flood = server.guest("Ann").await;
    let mut other = server.guest("Bob").await;
    for _ in 0..50 {
        flood.send("server_time", json!({})).await;
    }
    other.send("server_time", json!({})).await;
    other.expect("server_time").await;
}

#[tokio::test]
async fn rooms_past_their_number_are_refused_and_a_free_place_is_given_again() {
    let server = TestServer::for_guests(&["--max-rooms", "2", "--room-idle-seconds", "1"]);
    let mut hosts = Vec::new();
    for name in ["Ann", "Bob"] {
        let mut host = server.guest(name).await;
        host.create_room(json!({})).await;
        hosts.push(host);
    }
    let mut third = server.guest("Cid").await;
    third.act("create_room", json!({ "room_name": "x" })).await;
    let error = third.refused("4002").await;
    assert_eq!(error["details"]["reason"], "too_many_rooms");
    assert_eq!(error["details"]["limit"], 2);
    drop(hosts.pop());
    loop {
        let list = third.expect("room_list").await;
        if list["data"]["rooms"].as_array().unwrap().len() == 1 {
            break;
        }
    }
    third.create_room(json!({})).await;
}

#[tokio::test]
async fn a_room_that_everybody_left_is_gone_at_once() {
    let server = TestServer::for_guests(&["--max-rooms", "1"]);
    let mut guest = server.guest("Ann").await;
    for _ in 0..20 {
        guest.create_room(json!({})).await;
        guest.act("leave_room", json!({})).await;
        guest.expect("room_left").await;
    }
}

#[tokio::test]
async fn connections_past_their_number_are_refused_before_the_upgrade() {
    let server = TestServer::for_guests(&["--max-connections", "2"]);
    let first = server.guest("Ann").await;
    let _second = server.guest("Bob").await;
    let stream = tokio::net::TcpStream::connect(("127.0.0.1", server.port())).await.unwrap();
    let refused = Connection::try_over(stream, server.port(), "lobby").await.err().expect("no upgrade");
    assert!(refused.to_string().contains("503"), "{refused}");
    drop(first);
    server.wait_for_sessions(1).await;
    server.guest("Cid").await;
}

#[tokio::test]
async fn frames_that_break_the_protocol_end_that_connection_only() {
    let server = TestServer::for_guests(&[]);
    let mut other = server.guest("Bob").await;
    for bytes in [
        &[0xC1_u8, 0x00][..],
        &[0x81, 0x05, b'h', b'e'],
        &[0x8F, 0x80, 0, 0, 0, 0],
        &[0x81, 0x82, 0, 0, 0, 0, 0xFF, 0xFE],
    ] {
        let mut connection = Connection::open(server.port(), "lobby").await;
        connection.next().await;
        let ended = connection.send_bytes_and_end(bytes).await;
        assert!(ended, "{bytes:?}");
    }
    other.send("server_time", json!({})).await;
    other.expect("server_time").await;
}
