//! Nobody may take all the time or all the room: heads, bodies, connections.

use futures_util::{StreamExt, future::join_all};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use tokio_tungstenite::tungstenite::Message;

use crate::support::{Answer, Request, TestServer, within};

const IMPATIENT: [&str; 3] =
    ["--client-request-timeout-seconds=1", "--keep-alive-seconds=1", "--client-answer-timeout-seconds=1"];

async fn connect(server: &TestServer) -> TcpStream {
    TcpStream::connect(("127.0.0.1", server.port())).await.unwrap()
}

/// Sends these bytes, keeps the connection open, and reads until the server ends it.
async fn answer_to(server: &TestServer, bytes: &str) -> Answer {
    let mut stream = connect(server).await;
    // A server that has refused need not read the rest.
    let _ = stream.write_all(bytes.as_bytes()).await;
    within("the end of the connection", Answer::read(&mut stream)).await
}

#[tokio::test]
async fn a_head_that_does_not_come_in_whole_is_408_and_the_end() {
    let server = TestServer::unlimited(&IMPATIENT);
    for head in ["G", "GET /health HTTP/1.1\r\nHost: localhost\r\n"] {
        assert_eq!(answer_to(&server, head).await.status, 408, "{head}");
    }
}

#[tokio::test]
async fn a_second_head_that_does_not_come_in_whole_is_the_end_too() {
    let server = TestServer::unlimited(&IMPATIENT);
    let answer = answer_to(&server, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\nGET /heal").await;
    assert_eq!(answer.status, 200);
    let mut stream = connect(&server).await;
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    assert!(within("the first answer", stream.read(&mut [0; 4096])).await.unwrap() > 0);
    stream.write_all(b"GET /health HTTP/1.1\r\n").await.unwrap();
    let mut rest = Vec::new();
    let _ = within("the end of the connection", stream.read_to_end(&mut rest)).await;
}

#[tokio::test]
async fn a_connection_that_asks_nothing_more_ends() {
    let server = TestServer::unlimited(&IMPATIENT);
    assert_eq!(answer_to(&server, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").await.status, 200);
}

#[tokio::test]
async fn a_body_that_does_not_come_in_whole_is_408_and_the_end() {
    let server = TestServer::unlimited(&IMPATIENT);
    let bodies = [
        "Content-Length: 100\r\n\r\n{\"user",
        "Content-Length: 100\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"use",
    ];
    for (path, kind) in [("/auth/login", "application/json"), ("/token", "application/x-www-form-urlencoded")] {
        let requests =
            bodies.map(|body| format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n{body}"));
        for answer in join_all(requests.iter().map(|request| answer_to(&server, request))).await {
            answer.refused(408, "REQUEST_TIMEOUT");
            assert_eq!(answer.header("connection"), Some("close"));
        }
    }
}

#[tokio::test]
async fn an_address_that_reads_no_body_does_not_wait_for_one() {
    let server = TestServer::unlimited(&IMPATIENT);
    let request = "POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nx";
    answer_to(&server, request).await.refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn who_does_not_fetch_the_answers_is_cut() {
    let server = TestServer::unlimited(&IMPATIENT);
    let mut stream = connect(&server).await;
    let ask = b"GET /api/docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n";
    // The answers are larger than the buffers on the way; in the end the questions find nobody who takes them.
    within("the end of the connection", async { while stream.write_all(ask).await.is_ok() {} }).await;
}

#[tokio::test]
async fn a_player_who_only_listens_is_not_cut() {
    let server = TestServer::unlimited(&[&IMPATIENT[..], &["--game-heartbeat-seconds", "1"]].concat());
    let stream = connect(&server).await;
    let address = format!("ws://127.0.0.1:{}/ws/lobby", server.port());
    let (mut socket, _) = within("the handshake", tokio_tungstenite::client_async(address, stream)).await.unwrap();
    let mut pings = 0;
    while pings < 6 {
        match within("a message", socket.next()).await.expect("an open connection").expect("a message") {
            Message::Ping(_) => pings += 1,
            Message::Close(_) => panic!("it was cut"),
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_head_that_is_too_long_or_has_too_many_lines_is_431_and_the_end() {
    let server = TestServer::start();
    let long = format!("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: {}\r\n\r\n", "x".repeat(200_000));
    let many = format!("GET /health HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X-Many: x\r\n".repeat(200));
    let path = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(200_000));
    for (head, status) in [(many, 431), (long, 431), (path, 431)] {
        assert_eq!(answer_to(&server, &head).await.status, status, "{:.60}", head);
    }
    server.send(Request::new("GET", "/health")).await.expect(200);
}

#[tokio::test]
async fn what_is_no_http_is_400_and_the_end() {
    let server = TestServer::start();
    assert_eq!(answer_to(&server, "\u{16}\u{3}\u{1}nonsense\r\n\r\n").await.status, 400);
}

#[tokio::test]
async fn a_client_that_holds_the_last_sockets_and_asks_nothing_loses_them() {
    let few = ["--max-connections", "1", "--max-http-connections", "1", "--trusted-proxies", "127.0.0.1"];
    let server = TestServer::unlimited(&[&IMPATIENT[..], &few].concat());
    let (mut first, mut second) = (connect(&server).await, connect(&server).await);
    first.write_all(b"G").await.unwrap();
    second.write_all(b"G").await.unwrap();
    assert_eq!(Answer::read(&mut first).await.status, 408);
    drop(first);
    within("a place that is given back", async {
        loop {
            let mut third = connect(&server).await;
            // A socket past their number is closed, and may refuse the request as well.
            let _ = third.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
            if matches!(third.read(&mut [0; 12]).await, Ok(12)) {
                return;
            }
        }
    })
    .await;
}
