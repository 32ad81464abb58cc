//! Which sites' pages may open WebSockets.

use tokio::net::TcpStream;
use tokio_tungstenite::{
    client_async,
    tungstenite::{Error, client::IntoClientRequest, http::HeaderName},
};

use crate::support::{TestServer, within};

/// The status and the body with which the server answers a handshake with these headers.
async fn handshake(server: &TestServer, headers: &[(&'static str, &str)]) -> (u16, String) {
    let mut request = format!("ws://127.0.0.1:{}/ws/lobby", server.port()).into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(HeaderName::from_static(name), value.parse().unwrap());
    }
    let stream = TcpStream::connect(("127.0.0.1", server.port())).await.unwrap();
    match within("the handshake", client_async(request, stream)).await {
        Ok((_, answer)) => (answer.status().as_u16(), String::new()),
        Err(Error::Http(answer)) => {
            let body = answer.body().clone().unwrap_or_default();
            (answer.status().as_u16(), String::from_utf8(body).unwrap())
        }
        Err(error) => panic!("{error}"),
    }
}

#[track_caller]
fn is_refused((status, body): (u16, String), of: &str) {
    assert_eq!(status, 403, "{of}");
    let body: serde_json::Value = serde_json::from_str(&body).expect("the error body");
    assert_eq!(body["code"], "ORIGIN_NOT_ALLOWED", "{of}");
}

#[tokio::test]
async fn programs_pages_of_this_server_and_listed_sites_may_connect() {
    let server = TestServer::with(&["--cors-origins", "https://play.example.org", "--public-hosts", "liap.example"]);
    let own = format!("http://127.0.0.1:{}", server.port());
    assert_eq!(handshake(&server, &[]).await.0, 101, "no browser");
    for origin in [own.as_str(), "https://play.example.org"] {
        assert_eq!(handshake(&server, &[("origin", origin)]).await.0, 101, "{origin}");
    }
    assert_eq!(handshake(&server, &[("host", "liap.example"), ("origin", "http://liap.example")]).await.0, 101);
}

#[tokio::test]
async fn other_sites_are_refused_before_the_upgrade() {
    let server = TestServer::with(&["--cors-origins", "https://play.example.org"]);
    let port = server.port();
    for origin in [
        "https://evil.example",
        "http://play.example.org",
        "https://play.example.org:444",
        "https://play.example.org.evil.example",
        "null",
        "http://127.0.0.1",
        "*",
        &format!("https://127.0.0.1:{port}"),
        &format!("http://localhost:{port}"),
    ] {
        is_refused(handshake(&server, &[("origin", origin)]).await, origin);
    }
    let forwarded =
        [("origin", "https://liap.example"), ("x-forwarded-host", "liap.example"), ("x-forwarded-proto", "https")];
    is_refused(handshake(&server, &forwarded).await, "a proxy that nobody trusts");
}

#[tokio::test]
async fn behind_a_trusted_proxy_its_name_is_the_own_one() {
    let server = TestServer::with(&["--trusted-proxies", "127.0.0.1", "--public-hosts", "liap.example"]);
    let forwarded = |origin| [("origin", origin), ("x-forwarded-host", "liap.example"), ("x-forwarded-proto", "https")];
    assert_eq!(handshake(&server, &forwarded("https://liap.example")).await.0, 101);
    is_refused(handshake(&server, &forwarded("http://liap.example")).await, "another scheme");
    is_refused(handshake(&server, &forwarded("https://evil.example")).await, "another site");
}

#[tokio::test]
async fn with_a_star_every_site_may_connect() {
    let server = TestServer::with(&["--cors-origins", "*"]);
    for origin in ["https://anything.example", "null"] {
        assert_eq!(handshake(&server, &[("origin", origin)]).await.0, 101);
    }
}
