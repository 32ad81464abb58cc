//! Signs of life. The answer may take five seconds, so that a busy machine does not end a healthy connection.

use crate::support::{Connection, TestServer};

fn watchful() -> TestServer {
    TestServer::for_guests(&["--game-heartbeat-seconds", "1", "--game-pong-seconds", "5"])
}

#[tokio::test]
async fn a_client_without_a_sign_of_life_is_closed() {
    let server = watchful();
    let mut connection = Connection::open(server.port(), "lobby").await;
    connection.next().await;
    // Whoever does not read does not answer pings either.
    let socket = connection.into_socket();
    server.wait_for_sessions(0).await;
    drop(socket);
}

#[tokio::test]
async fn a_client_that_answers_pings_stays() {
    let server = watchful();
    let mut connection = Connection::open(server.port(), "lobby").await;
    connection.next().await;
    // One ping more than fit into the time that a silent client has.
    connection.answer_pings(7).await;
    connection.ping_pong(b"still here").await;
}

#[tokio::test]
async fn the_seat_of_a_client_that_fell_silent_can_be_regained() {
    let server = watchful();
    let mut host = server.guest("Ann").await;
    host.create_room(serde_json::json!({})).await;
    let (room, token) = (host.room().to_owned(), host.token().to_owned());
    let socket = host.into_connection().into_socket();
    server.wait_for_sessions(0).await;
    let mut back = server.guest_at(&room, "Ann").await;
    back.act("join_room", serde_json::json!({ "session_token": token })).await;
    back.expect("reconnected").await;
    drop(socket);
}
