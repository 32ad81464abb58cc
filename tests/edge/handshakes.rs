//! The handshake of a WebSocket, byte by byte (RFC 6455, section 4.2.1).

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Answer, TestServer, within};

const KEY: &str = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
const VERSION: &str = "Sec-WebSocket-Version: 13";
const UPGRADE: &str = "Upgrade: websocket";
const CONNECTION: &str = "Connection: Upgrade";

/// Sends a request by hand: the first line, the headers.
async fn ask(server: &TestServer, first: &str, headers: &[&str]) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).await.unwrap();
    let request = format!("{first}\r\nHost: localhost\r\n{}\r\n\r\n", headers.join("\r\n"));
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// The answer to what is not a handshake.
async fn refusal(server: &TestServer, first: &str, headers: &[&str]) -> Answer {
    let mut stream = ask(server, first, headers).await;
    within("the answer", Answer::read_one(&mut stream)).await
}

#[tokio::test]
async fn what_is_not_a_handshake_is_400_at_every_address() {
    let server = TestServer::start();
    for path in ["/ws/lobby", "/ws/ABCD2345", "/ws/battles/ABCD2345", "/ws", "/ws/state", "/ws/chat", "/ws/live-log"] {
        let now = format!("GET {path} HTTP/1.1");
        let old = format!("GET {path} HTTP/1.0");
        for (first, headers, why) in [
            (&old, vec![CONNECTION, UPGRADE, VERSION, KEY], "HTTP/1.1"),
            (&now, vec![CONNECTION, "Upgrade: xwebsockety", VERSION, KEY], "Upgrade"),
            (&now, vec![CONNECTION, "Upgrade: h2c", VERSION, KEY], "Upgrade"),
            (&now, vec![CONNECTION, VERSION, KEY], "pgrade"),
            (&now, vec![UPGRADE, VERSION, KEY], "pgrade"),
            (&now, vec!["Connection: keep-alive", UPGRADE, VERSION, KEY], "pgrade"),
            (&now, vec![CONNECTION, UPGRADE, VERSION], "key"),
            (&now, vec![CONNECTION, UPGRADE, VERSION, "Sec-WebSocket-Key:"], "key"),
            (&now, vec![CONNECTION, UPGRADE, VERSION, "Sec-WebSocket-Key: short"], "key"),
            (&now, vec![CONNECTION, UPGRADE, VERSION, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSE="], "key"),
            (&now, vec![CONNECTION, UPGRADE, VERSION, "Sec-WebSocket-Key: ????????????????????????"], "key"),
            (&now, vec![CONNECTION, UPGRADE, VERSION, KEY, KEY], "more than once"),
            (&now, vec![CONNECTION, UPGRADE, VERSION, VERSION, KEY], "more than once"),
            (&now, vec![CONNECTION, UPGRADE, VERSION, KEY, "Content-Length: 5"], "body"),
            (&now, vec![CONNECTION, UPGRADE, VERSION, KEY, "Transfer-Encoding: chunked"], "body"),
        ] {
            let answer = refusal(&server, first, &headers).await;
            answer.refused(400, "BAD_HANDSHAKE");
            assert!(answer.body.contains(why), "{first} {headers:?}: {}", answer.body);
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer:?}");
            // In HTTP/1.0 that goes without saying.
            let ends = answer.header("connection") == Some("close") || first.ends_with("1.0");
            assert!(ends, "{first} {headers:?}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn another_version_is_426_and_told_the_one_that_is_spoken() {
    let server = TestServer::start();
    for version in ["8", "7", "14", "0", "13, 8", "x", ""] {
        let version = format!("Sec-WebSocket-Version: {version}");
        let answer = refusal(&server, "GET /ws/lobby HTTP/1.1", &[CONNECTION, UPGRADE, &version, KEY]).await;
        answer.refused(426, "BAD_HANDSHAKE");
        let told = (answer.header("sec-websocket-version"), answer.header("upgrade"));
        assert_eq!(told, (Some("13"), Some("websocket")), "{version}");
    }
    refusal(&server, "GET /ws/lobby HTTP/1.1", &[CONNECTION, UPGRADE, KEY]).await.refused(426, "BAD_HANDSHAKE");
}

#[tokio::test]
async fn a_handshake_is_taken_however_it_is_written() {
    let server = TestServer::start();
    for (upgrade, connection) in [
        (UPGRADE, CONNECTION),
        ("upgrade:WebSocket", "connection:upgrade"),
        ("UPGRADE: WEBSOCKET", "Connection: keep-alive, Upgrade"),
    ] {
        let mut stream = ask(&server, "GET /ws/lobby HTTP/1.1", &[connection, upgrade, VERSION, KEY]).await;
        let mut first = [0; 12];
        within("the answer", stream.read_exact(&mut first)).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 101", "{upgrade} {connection}");
    }
}
