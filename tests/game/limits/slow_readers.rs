//! Clients that do not read: the server's memory for each is bounded, and nobody else notices.

use serde_json::json;
use socket2::{Domain, Socket, Type};
use tokio::net::TcpStream;

use crate::support::{Connection, Guest, TestServer, get};

/// A socket that takes in very little by itself.
fn narrow(port: u16) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let address: std::net::SocketAddr = ([127, 0, 0, 1], port).into();
    socket.connect(&address.into()).unwrap();
    socket.set_nonblocking(true).unwrap();
    TcpStream::from_std(socket.into()).unwrap()
}

/// A server that waits a second for whoever takes nothing.
fn impatient() -> TestServer {
    TestServer::for_guests(&[
        "--outbox-bytes",
        "16384",
        "--outbox-stall-seconds",
        "1",
        "--game-heartbeat-seconds",
        "1",
        "--game-messages-per-second",
        "1000000",
    ])
}

#[tokio::test]
async fn a_hundred_clients_that_never_read_are_cut_off_and_games_go_on() {
    let server = impatient();
    let mut greedy = Vec::new();
    for _ in 0..100 {
        let mut connection = Connection::over(narrow(server.port()), server.port(), "lobby").await;
        connection.next().await;
        greedy.push(tokio::spawn(ask_without_reading(connection)));
    }
    let mut host = server.guest("Ann").await;
    host.create_room(json!({ "pace": "instant" })).await;
    host.act("start_game", json!({})).await;
    host.play_to_the_end().await;
    for client in greedy {
        client.await.expect("a client that was cut off");
    }
    server.wait_for_sessions(1).await;
    let metrics = get(server.port(), "/metrics").await.body;
    assert!(metrics.contains(r#"liap_connections_closed_total{reason="too slow"}"#), "{metrics}");
}

/// Asks for long answers until the server has had enough.
async fn ask_without_reading(mut connection: Connection) {
    let question =
        json!({ "event": "no such event, so that the answer lists all that there are", "data": {} }).to_string();
    while connection.try_send_raw(&question).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_player_who_was_cut_off_for_not_reading_comes_back_with_the_token() {
    let server = impatient();
    let mut host = server.guest("Ann").await;
    host.create_room(json!({ "pace": "fast" })).await;
    let mut slow = Guest::over(narrow(server.port()), server.port(), "lobby", "Bob").await;
    slow.join(host.room()).await;
    let mut back = slow.again().await;
    let task = tokio::spawn(ask_without_reading(slow.into_connection()));
    task.await.expect("cut off");
    server.wait_for_sessions(2).await;
    let answer = back.come_back(None).await;
    assert_eq!(answer["data"]["player_name"], "Bob");
    assert_eq!(host.expect("player_joined").await["data"]["reconnected"], false);
    assert_eq!(host.expect("player_joined").await["data"]["reconnected"], true);
}
