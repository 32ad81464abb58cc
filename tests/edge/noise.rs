//! What clients get wrong does not fill the log: it is counted, and summed up.

use futures_util::{StreamExt, stream};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Process, Request, within};

/// How often each mistake is made.
const TIMES: usize = 300;

/// Sends this many times the same bytes, each time over a connection of its own, and reads until its end.
async fn send(port: u16, bytes: &[u8]) {
    stream::iter(0..TIMES)
        .for_each_concurrent(20, async |_| {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
            // A connection that was refused may have ended before all was sent.
            let _ = stream.write_all(bytes).await;
            let _ = within("the end", stream.read_to_end(&mut Vec::new())).await;
        })
        .await;
}

/// The figure of a reason, in the metrics or in the summary.
fn figure(text: &str, before: &str) -> usize {
    let figures = text.split(before).skip(1).map(|rest| rest.split_whitespace().next().unwrap_or_default());
    figures.filter_map(|figure| figure.parse::<usize>().ok()).sum()
}

fn handshake_then(frame: &[u8]) -> Vec<u8> {
    let head = "GET /ws/lobby HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    [head.as_bytes(), frame].concat()
}

#[tokio::test]
async fn thousands_of_bad_requests_and_frames_are_counted_and_leave_a_few_lines() {
    let data = TempDir::new().unwrap();
    let server = Process::start(data.path(), &["--log", "info"]).await;
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(200_000));
    for bytes in [
        b"\x16\x03\x01 no HTTP at all\r\n\r\n".to_vec(),
        b"GET / HTTP/9.9\r\n\r\n".to_vec(),
        b"POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n".to_vec(),
        b"POST /auth/login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_vec(),
        long.into_bytes(),
        b"GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".to_vec(),
        b"GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".to_vec(),
        b"GET /ws/lobby HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".to_vec(),
        handshake_then(&[0x09, 0x80, 0, 0, 0, 0]),
        handshake_then(&[0x81, 0xFF, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0]),
        handshake_then(&[0x81, 0x81, 0, 0, 0, 0, 0xFF]),
        handshake_then(&[0x81, 0x81, 0, 0, 0, 0, b'{', 0x88, 0x80, 0, 0, 0, 0]),
    ] {
        send(server.port, &bytes).await;
    }
    let metrics = Request::new("GET", "/metrics").send(server.port).await.body;
    for reason in [
        "http_unreadable",
        "http_421",
        "http_404",
        "frame_against_protocol",
        "message_too_big",
        "frame_not_utf8",
        "message_malformed",
    ] {
        let counted = figure(&metrics, &format!("liap_client_mistakes_total{{reason=\"{reason}\"}} "));
        assert!(counted > 0, "{reason} in {metrics}");
    }
    let log = server.stopped().await;
    assert!(log.lines().count() < 40, "{} lines: {}", log.lines().count(), &log[..log.len().min(4_000)]);
    assert!(!log.contains("ERROR") && !log.contains("WARN actix"), "{log}");
    assert_eq!(figure(&log, " frame_against_protocol="), TIMES, "{log}");
}

#[tokio::test]
async fn thousands_of_broken_tls_handshakes_are_counted_and_leave_a_few_lines() {
    let data = TempDir::new().unwrap();
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let [cert_file, key_file] = ["cert.pem", "key.pem"].map(|name| data.path().join(name));
    std::fs::write(&cert_file, cert.pem()).unwrap();
    std::fs::write(&key_file, signing_key.serialize_pem()).unwrap();
    let (cert, key) = (cert_file.to_str().unwrap(), key_file.to_str().unwrap());
    let server = Process::start(data.path(), &["--log", "info", "--tls-cert", cert, "--tls-key", key]).await;
    let alert = [0x15, 3, 1, 0, 2, 1, 0x5A, 0x15, 3, 1, 0, 2, 2, 0x28];
    for bytes in [&b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"[..], &[0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0], &alert] {
        send(server.port, bytes).await;
    }
    let log = server.stopped().await;
    assert!(log.lines().count() < 40, "{} lines: {}", log.lines().count(), &log[..log.len().min(4_000)]);
    assert!(!log.contains("ERROR") && !log.contains("WARN rustls"), "{log}");
    assert!(figure(&log, " tls_handshake=") >= 3 * TIMES, "{log}");
}
