//! In production nobody's password crosses a network unencrypted: not to the server, and not to the proxy before it.

use serde_json::json;
use tempfile::TempDir;

use crate::support::{Answer, KEY, PASSWORD, Process, Request};

const PRODUCTION: [&str; 4] = ["--api-env", "production", "--auth-secret-key", KEY];
/// The tests' own connections are those of the proxy.
const PROXIED: [&str; 4] = ["--trusted-proxies", "127.0.0.1", "--public-hosts", "play.example.org"];

async fn started(flags: &[&str]) -> (TempDir, Process) {
    let data = TempDir::new().unwrap();
    let server = Process::start(data.path(), &[&PRODUCTION, flags].concat()).await;
    (data, server)
}

fn registration(scheme: Option<&str>) -> Request {
    let account = json!({ "username": "Ann", "password": PASSWORD });
    let request = Request::new("POST", "/auth/register").json(&account);
    scheme.into_iter().fold(request, |request, scheme| request.header("X-Forwarded-Proto", scheme))
}

async fn get(server: &Process, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers.iter().fold(Request::new("GET", path), |request, (name, value)| request.header(name, value));
    request.send(server.port).await
}

#[tokio::test]
async fn plain_http_for_everybody_is_refused_at_the_start() {
    for host in ["0.0.0.0", "::", "192.0.2.7", "[::]"] {
        let refused = [&PRODUCTION[..], &["--log", "error"]].concat();
        fails_on(host, &refused).await;
    }
}

async fn fails_on(host: &str, flags: &[&str]) {
    let data = TempDir::new().unwrap();
    let (code, errors) = Process::fails_on(host, data.path(), flags).await;
    assert_eq!((code, errors.trim().lines().count()), (Some(2), 1), "{host}: {errors}");
    for word in ["API_ENV is production", "TLS_CERT", "TRUSTED_PROXIES", "API_HOST=localhost", "ALLOW_PLAINTEXT"] {
        assert!(errors.contains(word), "{host}: {errors}");
    }
}

#[tokio::test]
async fn this_machine_itself_needs_no_tls() {
    let (_data, server) = started(&[]).await;
    registration(None).send(server.port).await.expect(201);
    // Nobody vouches for this header.
    get(&server, "/health", &[("X-Forwarded-Proto", "http")]).await.expect(200);
    server.stopped().await;
}

#[tokio::test]
async fn behind_a_proxy_reading_is_sent_on_to_https() {
    let (_data, server) = started(&PROXIED).await;
    for method in ["GET", "HEAD"] {
        let request = Request::new(method, "/battles?limit=5").header("X-Forwarded-Proto", "http");
        let answer = request.header("X-Forwarded-Host", "play.example.org:80").send(server.port).await;
        assert_eq!(answer.status, 308, "{answer:?}");
        assert_eq!(answer.header("location"), Some("https://play.example.org/battles?limit=5"));
    }
    for host in ["user@evil.example", "a b", ""] {
        let headers = [("X-Forwarded-Proto", "http"), ("X-Forwarded-Host", host)];
        let answer = get(&server, "/", &headers).await;
        let own = answer.header("location") == Some("https://127.0.0.1/");
        let refused = [403, 421].contains(&answer.status) && answer.header("location").is_none();
        assert!(refused || answer.status == 308 && host.is_empty() && own, "{host}: {answer:?}");
    }
    server.stopped().await;
}

#[tokio::test]
async fn behind_a_proxy_what_is_sent_over_http_is_refused() {
    let (_data, server) = started(&PROXIED).await;
    registration(Some("http")).send(server.port).await.refused(403, "FORBIDDEN");
    registration(Some("https, http")).send(server.port).await.refused(403, "FORBIDDEN");
    let upgrade = [
        ("X-Forwarded-Proto", "http"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];
    get(&server, "/ws/lobby", &upgrade).await.refused(403, "FORBIDDEN");
    registration(Some("https")).send(server.port).await.expect(201);
    server.stopped().await;
}

#[tokio::test]
async fn who_allows_plain_http_gets_it() {
    let (_data, server) = started(&[&PROXIED[..], &["--allow-plaintext", "true"]].concat()).await;
    registration(Some("http")).send(server.port).await.expect(201);
    server.stopped().await;
}
