//! Frames that are too big or break the protocol, in all five contracts, from a client that goes on sending.

use serde_json::json;

use crate::{
    raw::{Raw, frame, header},
    support::TestServer,
};

const TEXT: u8 = 0x81;
const FIRST_TEXT: u8 = 0x01;
const LAST: u8 = 0x80;
const CLOSE: u8 = 0x88;

/// A path for each contract, and the largest message there.
async fn contracts(server: &TestServer) -> [(String, usize); 5] {
    let ann = server.person("Ann").await;
    let (battle, token) = (ann.create(&json!({})).await, &ann.token);
    [
        ("/ws/lobby".to_owned(), 16 * 1024),
        (format!("/ws/battles/{battle}?token={token}"), 16 * 1024),
        (format!("/ws/chat?token={token}"), 16 * 1024),
        ("/ws/live-log".to_owned(), 16 * 1024),
        (format!("/ws/state?token={token}"), 1024 * 1024),
    ]
}

#[tokio::test]
async fn a_message_far_beyond_the_limit_is_1009_in_every_contract() {
    let server = TestServer::unlimited(&["--chat-reconnections-per-minute", "1000"]);
    for (path, _) in contracts(&server).await {
        for size in [200 * 1024, 3 * 1024 * 1024, 20 * 1024 * 1024] {
            if path.starts_with("/ws/state") && size < 1024 * 1024 {
                continue;
            }
            let mut connection = Raw::open(server.port(), &path).await;
            connection.send(&frame(TEXT, &vec![b' '; size])).await;
            assert_eq!(connection.closed().await, 1009, "{path}: {size}");
        }
    }
}

#[tokio::test]
async fn an_announced_gigabyte_is_1009_before_any_of_it_comes() {
    let server = TestServer::unlimited(&["--chat-reconnections-per-minute", "1000"]);
    for (path, _) in contracts(&server).await {
        for kind in [TEXT, FIRST_TEXT] {
            let mut connection = Raw::open(server.port(), &path).await;
            // Without the mask: the length is enough.
            let announced = header(kind, 1 << 30);
            connection.send(&announced[..announced.len() - 4]).await;
            assert_eq!(connection.closed().await, 1009, "{path}");
        }
    }
}

#[tokio::test]
async fn fragments_are_1009_by_their_sum_before_the_last_one_comes() {
    let server = TestServer::unlimited(&["--chat-reconnections-per-minute", "1000"]);
    for (path, limit) in contracts(&server).await {
        let mut connection = Raw::open(server.port(), &path).await;
        connection.send(&frame(FIRST_TEXT, &vec![b' '; limit / 2])).await;
        connection.send(&frame(0x89, b"between")).await;
        connection.send(&header(LAST, u64::try_from(limit / 2 + 1).unwrap())).await;
        assert_eq!(connection.closed().await, 1009, "{path}");
    }
}

#[tokio::test]
async fn frames_that_break_the_protocol_are_1002_or_1007_in_every_contract() {
    let server = TestServer::unlimited(&["--chat-reconnections-per-minute", "1000"]);
    let close = |code: u16, reason: &[u8]| frame(CLOSE, &[&code.to_be_bytes(), reason].concat());
    let fragments = |parts: &[&[u8]]| parts.concat();
    for (path, _) in contracts(&server).await {
        for (bytes, code, what) in [
            (vec![TEXT, 0xFE, 0, 5, 0, 0, 0, 0, b'h', b'e', b'l', b'l', b'o'], 1002, "5 bytes in 16 bits"),
            (vec![TEXT, 0xFF, 0, 0, 0, 0, 0, 0, 0, 200], 1002, "200 bytes in 64 bits"),
            (vec![TEXT, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 1], 1002, "the top bit"),
            (vec![TEXT, 0x02, b'h', b'i'], 1002, "no mask"),
            (vec![0xC1, 0x80, 0, 0, 0, 0], 1002, "RSV1"),
            (vec![0xA1, 0x80, 0, 0, 0, 0], 1002, "RSV2"),
            (vec![0x91, 0x80, 0, 0, 0, 0], 1002, "RSV3"),
            (vec![0x83, 0x80, 0, 0, 0, 0], 1002, "a reserved opcode"),
            (vec![0x09, 0x80, 0, 0, 0, 0], 1002, "a fragmented ping"),
            (frame(0x89, &[b'x'; 126]), 1002, "a ping of 126 bytes"),
            (frame(LAST, b"x"), 1002, "a continuation of nothing"),
            (fragments(&[&frame(FIRST_TEXT, b"x"), &frame(TEXT, b"x")]), 1002, "a message in a message"),
            (frame(CLOSE, b"x"), 1002, "half a close code"),
            (close(999, b""), 1002, "a close code below 1000"),
            (close(1005, b""), 1002, "a close code that is never sent"),
            (close(2999, b""), 1002, "a close code of nobody's"),
            (close(5000, b""), 1002, "a close code beyond all"),
            (close(1000, b"\xFF"), 1007, "a close reason that is not UTF-8"),
            (frame(TEXT, b"\xC3\x28"), 1007, "a text that is not UTF-8"),
            (fragments(&[&frame(FIRST_TEXT, b"\xC3"), &frame(LAST, b"\x28")]), 1007, "fragments that are not UTF-8"),
        ] {
            let mut connection = Raw::open(server.port(), &path).await;
            connection.send(&bytes).await;
            assert_eq!(connection.closed().await, code, "{path}: {what}");
        }
    }
}

#[tokio::test]
async fn what_came_before_a_broken_frame_is_answered_before_the_end() {
    let server = TestServer::unlimited(&["--chat-reconnections-per-minute", "1000"]);
    let mut connection = Raw::open(server.port(), "/ws/lobby").await;
    let ask = frame(TEXT, br#"{"event":"server_time","data":{}}"#);
    let close = frame(CLOSE, &1000_u16.to_be_bytes());
    connection.send(&[&ask[..], &ask, &close].concat()).await;
    assert_eq!(connection.closed().await, 1000);
    let mut connection = Raw::open(server.port(), "/ws/lobby").await;
    connection.send(&[&ask[..], &header(TEXT, 1 << 30)].concat()).await;
    connection.hears("server_time").await;
    assert_eq!(connection.closed().await, 1009);
}
