//! How much a connection may send, and how many there may be.

use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::{io::AsyncReadExt, net::TcpStream};
use tokio_tungstenite::{client_async, tungstenite::client::IntoClientRequest};

use super::connecting::turned_away;
use crate::support::{Device, Person, Speaker, TestServer, within};

/// A question for a game that does not exist, padded to this many bytes.
fn question(bytes: usize) -> String {
    let bare = json!({ "type": "game_state_request", "data": { "game_id": "ABCD2345" }, "pad": "" }).to_string();
    let pad = "x".repeat(bytes - bare.len());
    bare.replace("\"pad\":\"\"", &format!("\"pad\":\"{pad}\""))
}

#[tokio::test]
async fn more_than_fifty_messages_a_second_are_refused_with_the_limit() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let mut device = Device::of(&ann).await;
    for _ in 0..200 {
        device.speaker.send_raw(&question(100)).await;
    }
    let (mut answered, mut refused) = (0, 0);
    while answered + refused < 200 {
        let error = device.next().await;
        let data = &error["data"];
        match data["code"].as_str() {
            Some("INVALID_STATE") => answered += 1,
            Some("ACTION_DENIED") => {
                refused += 1;
                assert_eq!(data["details"]["limit"], 50, "{error}");
                assert!(data["details"]["retry_after_ms"].as_u64().is_some_and(|wait| wait <= 1_000), "{error}");
            }
            _ => panic!("{error}"),
        }
    }
    assert!(answered >= 50, "the first fifty are read: {answered}");
    assert!(refused > 0, "200 at once took more than three seconds to read");
    // It stays open, and later messages are read again.
    within("the budget to fill up again", async {
        loop {
            device.ask("ABCD2345").await;
            if device.next().await["data"]["code"] == "INVALID_STATE" {
                return;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_number_of_messages_a_second_is_a_setting() {
    let server = TestServer::unlimited(&["--state-messages-per-second=1"]);
    let ann = server.person("Ann").await;
    let mut device = Device::of(&ann).await;
    for _ in 0..3 {
        device.speaker.send_raw(&question(100)).await;
    }
    device.refused("INVALID_STATE").await;
    assert_eq!(device.refused("ACTION_DENIED").await["limit"], 1);
}

#[tokio::test]
async fn a_message_of_one_mebibyte_is_read_and_a_larger_one_closes() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let mut device = Device::of(&ann).await;
    device.speaker.send_raw(&question(1_048_576)).await;
    assert_eq!(device.refused("INVALID_STATE").await["game_id"], "ABCD2345");
    device.speaker.send_raw(&question(1_048_577)).await;
    assert_eq!(device.speaker.end().await.0, 1009);
}

#[tokio::test]
async fn the_largest_message_is_a_setting() {
    let server = TestServer::unlimited(&["--state-max-message-bytes=1024"]);
    let ann = server.person("Ann").await;
    let mut device = Device::of(&ann).await;
    device.speaker.send_raw(&question(1024)).await;
    device.refused("INVALID_STATE").await;
    device.speaker.send_raw(&question(1025)).await;
    assert_eq!(device.speaker.end().await.0, 1009);
}

#[tokio::test]
async fn a_binary_message_is_answered_and_the_connection_stays() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let game = ann.create(&json!({})).await;
    let mut device = Device::at(&ann, &game).await;
    device.speaker.send_binary(b"\x00\x01").await;
    device.refused("INVALID_STATE").await;
    assert_eq!(device.follow(&game).await["state"]["status"], "not_started");
}

#[tokio::test]
async fn an_account_has_so_many_connections_and_the_next_is_refused() {
    let server = TestServer::unlimited(&["--state-connections-per-account=2"]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let mut first = Device::of(&ann).await;
    let mut second = Device::named(&ann, "observer", Some("phone")).await;
    let third = Speaker::state(&ann, "player", Some("tablet")).await;
    assert_eq!(turned_away(third).await, ("ACTION_DENIED".to_owned(), 1008));
    Device::of(&bob).await;
    // A chat is no connection of this contract, and a device that comes again takes nobody's place.
    Speaker::chat(&ann).await.expect("connection").await;
    let mut again = Device::named(&ann, "observer", Some("phone")).await;
    assert_eq!(second.speaker.end().await.0, 1000);
    let game = ann.create(&json!({})).await;
    first.follow(&game).await;
    again.follow(&game).await;
    first.speaker.close().await;
    within("a free place", async {
        loop {
            let mut next = Speaker::state(&ann, "player", None).await;
            if next.next().await["type"] == "connection_status" {
                return;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_hundred_connections_of_one_account_are_the_default() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let mut all = Vec::new();
    for _ in 0..100 {
        let mut state = Speaker::state(&ann, "player", None).await;
        assert_eq!(state.next().await["type"], "connection_status");
        all.push(state);
    }
    let next = Speaker::state(&ann, "player", None).await;
    assert_eq!(turned_away(next).await, ("ACTION_DENIED".to_owned(), 1008));
}

/// A connection below the protocol: nobody answers a ping.
async fn silent_connection(person: &Person) -> TcpStream {
    let mut request = format!("ws://127.0.0.1:{}/ws/state", person.port()).into_client_request().unwrap();
    request.headers_mut().insert("authorization", format!("Bearer {}", person.token).parse().unwrap());
    let stream = TcpStream::connect(("127.0.0.1", person.port())).await.unwrap();
    let (socket, _) = within("the handshake", client_async(request, stream)).await.unwrap();
    socket.into_inner()
}

#[tokio::test]
async fn who_gives_no_sign_of_life_is_closed_and_who_does_stays() {
    let server = TestServer::unlimited(&["--state-heartbeat-seconds=1", "--state-pong-seconds=1"]);
    let ann = server.person("Ann").await;
    let game = ann.create(&json!({ "turnTimeoutSeconds": 600 })).await;
    let mut silent = silent_connection(&ann).await;
    let mut lively = Device::at(&ann, &game).await;
    let reading = tokio::spawn(async move {
        let error = lively.speaker.hear().await;
        (lively, error)
    });
    let mut heard = Vec::new();
    within("the end of the connection", silent.read_to_end(&mut heard)).await.expect("an end");
    let heard = String::from_utf8_lossy(&heard);
    assert!(heard.contains("CONNECTION_LOST"), "{heard}");
    // The other one answered as many pings, and hears what happens next.
    ann.start(&game).await;
    let (mut lively, first) = reading.await.unwrap();
    assert_ne!(first.expect("no end")["type"], Value::from("error"));
    lively.ask(&game).await;
    lively.update().await;
}

#[tokio::test]
async fn connections_that_come_at_the_same_time_are_counted_too() {
    let server = TestServer::unlimited(&["--state-connections-per-account=2"]);
    let ann = server.person("Ann").await;
    let came = join_all((0..20).map(|_| Speaker::state(&ann, "player", None))).await;
    let first = join_all(came.into_iter().map(|mut state| async move {
        let kind = state.next().await["type"].clone();
        (state, kind)
    }));
    let let_in = first.await.into_iter().filter(|(_, kind)| kind == "connection_status").count();
    assert_eq!(let_in, 2);
}
