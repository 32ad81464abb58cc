//! By which names the server may be asked: what a page could make its own name point at is refused.

use tempfile::TempDir;
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::support::{Answer, KEY, Process, TestServer, within};

const HANDSHAKE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// Sends a GET with these headers and nothing else.
async fn get(port: u16, path: &str, headers: &str) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(format!("GET {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n").as_bytes()).await.unwrap();
    within("the answer", Answer::read(&mut stream)).await
}

async fn status(port: u16, host: &str) -> u16 {
    get(port, "/health", &format!("Host: {host}\r\n")).await.status
}

#[tokio::test]
async fn on_loopback_other_names_are_421_for_requests_and_for_upgrades() {
    let server = TestServer::with(&["--public-hosts", "play.example.org, Liap.Example"]);
    for host in [
        "127.0.0.1",
        "127.0.0.1:8000",
        "[::1]:8000",
        "192.0.2.1",
        "localhost",
        "LOCALHOST:1",
        "localhost.",
        "play.example.org",
        "PLAY.example.org:443",
        "liap.example",
    ] {
        assert_eq!(status(server.port(), host).await, 200, "{host}");
    }
    for host in [
        "evil.example",
        "évil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "x.play.example.org",
        "a@localhost",
        "",
    ] {
        for (path, more) in [("/health", ""), ("/users/me", ""), ("/nothing", ""), ("/", ""), ("/ws/lobby", HANDSHAKE)]
        {
            let answer = get(server.port(), path, &format!("Host: {host}\r\n{more}")).await;
            answer.refused(421, "UNKNOWN_HOST");
            assert!(answer.body.contains("PUBLIC_HOSTS"), "{host}: {}", answer.body);
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer:?}");
        }
    }
}

#[tokio::test]
async fn behind_a_trusted_proxy_the_name_that_it_was_asked_by_counts() {
    let server = TestServer::with(&["--trusted-proxies", "127.0.0.1", "--public-hosts", "play.example.org"]);
    for (forwarded, expected) in [("play.example.org", 200), ("evil.example", 421)] {
        let headers = format!("Host: backend:8000\r\nX-Forwarded-Host: {forwarded}\r\n");
        assert_eq!(get(server.port(), "/health", &headers).await.status, expected, "{forwarded}");
    }
    let server = TestServer::with(&["--public-hosts", "play.example.org"]);
    let headers = "Host: evil.example\r\nX-Forwarded-Host: play.example.org\r\n";
    get(server.port(), "/health", headers).await.refused(421, "UNKNOWN_HOST");
}

#[tokio::test]
async fn where_others_reach_it_every_name_is_taken_but_not_in_production() {
    let data = TempDir::new().unwrap();
    let server = Process::start(data.path(), &["--api-host", "0.0.0.0"]).await;
    assert_eq!(status(server.port, "anything.example").await, 200, "in development");
    server.killed().await;
    let production = ["--api-env", "production", "--auth-secret-key", KEY, "--public-hosts", "play.example.org"];
    let flags = [&["--api-host", "0.0.0.0", "--trusted-proxies", "10.0.0.1"], &production[..]].concat();
    let server = Process::start(data.path(), &flags).await;
    assert_eq!(status(server.port, "anything.example").await, 421);
    assert_eq!(status(server.port, "play.example.org").await, 200);
    assert_eq!(status(server.port, "127.0.0.1").await, 200, "probes ask by address");
    server.killed().await;
}

#[tokio::test]
async fn a_host_or_an_origin_that_is_there_twice_is_refused() {
    let server = TestServer::with(&["--cors-origins", "https://a.example"]);
    for (path, more) in [("/health", ""), ("/ws/lobby", HANDSHAKE)] {
        let two_hosts = format!("Host: localhost\r\nHost: localhost\r\n{more}");
        assert_eq!(get(server.port(), path, &two_hosts).await.status, 400, "{path}");
        let two_origins =
            format!("Host: localhost\r\nOrigin: https://a.example\r\nOrigin: https://evil.example\r\n{more}");
        get(server.port(), path, &two_origins).await.invalid("Origin");
        assert_eq!(get(server.port(), path, more).await.status, 400, "no host: {path}");
    }
}
