//! An answer that comes before the request's body was read reaches a client that is still sending.

use serde_json::json;
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::support::{Answer, TestServer, within};

/// Far more than the sockets' buffers hold.
const LARGE: usize = 20 * 1024 * 1024;

/// Sends a request with a large body, all of it, and only then reads the answer to its end, which must not be a reset.
async fn answer_after_all(server: &TestServer, head: &str, body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).await.unwrap();
    within("the server to read", async {
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.expect("a connection that is not reset");
    })
    .await;
    within("the answer", Answer::read_whole(&mut stream)).await
}

#[tokio::test]
async fn a_refusal_is_read_by_a_client_that_sends_its_large_body_first() {
    let server = TestServer::unlimited(&["--cors-origins", "https://a.example"]);
    let ann = server.person("Ann").await;
    let (body, bearer) = (vec![b' '; LARGE], format!("Authorization: Bearer {}\r\n", ann.token));
    let json = "Content-Type: application/json\r\n";
    for (line, host, headers, status) in [
        ("POST /auth/login", "localhost", json.to_owned(), 413),
        ("POST /auth/register", "localhost", json.to_owned(), 413),
        ("POST /token", "localhost", "Content-Type: application/x-www-form-urlencoded\r\n".to_owned(), 413),
        ("PATCH /users/me", "localhost", format!("{json}{bearer}"), 413),
        ("POST /battles", "localhost", format!("{json}{bearer}"), 413),
        ("POST /battles", "localhost", json.to_owned(), 401),
        ("POST /nothing", "localhost", json.to_owned(), 404),
        ("PUT /users/me", "localhost", json.to_owned(), 405),
        ("POST /auth/login", "localhost", "Content-Type: text/plain\r\n".to_owned(), 415),
        ("POST /auth/login", "evil.example", json.to_owned(), 421),
        ("GET /ws/lobby", "localhost", String::new(), 400),
    ] {
        let head = format!("{line} HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Length: {LARGE}\r\n\r\n");
        let answer = answer_after_all(&server, &head, &body).await;
        assert_eq!(answer.status, status, "{line} {host}: {answer:?}");
        assert_eq!(answer.header("connection"), Some("close"), "{line}: {answer:?}");
    }
}

#[tokio::test]
async fn a_rate_limit_is_read_by_a_client_that_sends_its_large_body_first() {
    let server = TestServer::with(&["--battles-auth-per-minute", "1"]);
    server
        .post("/auth/login", &json!({ "username": "Ann", "password": "x" }))
        .await
        .refused(401, "INVALID_CREDENTIALS");
    let head = format!(
        "POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {LARGE}\r\n\r\n"
    );
    answer_after_all(&server, &head, &vec![b' '; LARGE]).await.refused(429, "RATE_LIMITED");
}

#[tokio::test]
async fn a_body_is_too_large_by_its_announced_length_before_any_of_it_comes() {
    let server = TestServer::start();
    let head = "POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
                Content-Length: 1073741824\r\n\r\n";
    answer_after_all(&server, head, b"").await.refused(413, "BODY_TOO_LARGE");
}

#[tokio::test]
async fn a_chunked_body_is_too_large_by_the_sum_so_far() {
    let server = TestServer::start();
    let head = "POST /auth/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
                Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk = [format!("{:x}\r\n", 1024 * 1024).as_bytes(), &[b' '; 1024 * 1024], b"\r\n"].concat();
    // The rest never comes.
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).await.unwrap();
    stream.write_all(&[head.as_bytes(), &chunk].concat()).await.unwrap();
    within("the answer", Answer::read_one(&mut stream)).await.refused(413, "BODY_TOO_LARGE");
    // All of it comes, and the answer is read after that.
    answer_after_all(&server, head, &[&chunk.repeat(20)[..], b"0\r\n\r\n"].concat())
        .await
        .refused(413, "BODY_TOO_LARGE");
}
