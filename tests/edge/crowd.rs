//! How many connections and requests one address may have, the places of operators, and who may read the metrics.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Answer, Attendant, PASSWORD, Person, Request, TestServer, within};

/// A test comes from one address, and speaks for others as a proxy would.
const PROXY: &str = "--trusted-proxies=127.0.0.1";

async fn knock(server: &TestServer, client: &str) -> Result<Attendant, (u16, Option<String>)> {
    Attendant::knock(server.port(), "/ws/lobby", &[("x-forwarded-for", client)]).await.map_err(|answer| {
        let wait = answer.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
        (answer.status().as_u16(), wait)
    })
}

async fn ask(server: &TestServer, path: &str, client: &str) -> Answer {
    server.send(Request::new("GET", path).header("X-Forwarded-For", client)).await
}

/// What `/metrics` tells of a limit.
async fn hits(server: &TestServer, limit: &str) -> u64 {
    let metrics = server.send(Request::new("GET", "/metrics")).await.body;
    let name = format!("liap_limit_hits_total{{limit=\"{limit}\"}} ");
    metrics.lines().find_map(|line| line.strip_prefix(&name)?.parse().ok()).unwrap_or_default()
}

#[tokio::test]
async fn one_address_has_as_many_connections_as_it_may_and_others_have_theirs() {
    let server = TestServer::unlimited(&["--max-connections-per-address=2", PROXY]);
    let before = hits(&server, "connections_per_address").await;
    let first = knock(&server, "2001:db8::1").await.unwrap();
    let _second = knock(&server, "2001:db8::2").await.unwrap();
    let refused = knock(&server, "2001:db8::3").await.err().unwrap();
    assert_eq!(refused, (429, Some("10".to_owned())), "the same /64");
    assert!(hits(&server, "connections_per_address").await > before);
    let _other = knock(&server, "2001:db8:0:1::1").await.unwrap();
    drop(first);
    within("a place that is given back", async { while knock(&server, "2001:db8::3").await.is_err() {} }).await;
}

#[tokio::test]
async fn operators_get_in_when_all_places_are_taken() {
    let flags =
        ["--max-connections=1", "--operator-connections=1", "--admin-username=Root", "--admin-password", PASSWORD];
    let server = TestServer::unlimited(&flags);
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    let ann = server.person("Ann").await;
    let open = async |token: Option<&str>| {
        let path = token.map_or_else(|| "/ws/lobby".to_owned(), |token| format!("/ws/lobby?token={token}"));
        Attendant::knock(server.port(), &path, &[]).await.map_err(|answer| answer.status().as_u16())
    };
    let _guest = open(None).await.unwrap();
    assert_eq!(open(Some(&ann.token)).await.err(), Some(503));
    let _root = open(Some(&root.token)).await.unwrap();
    assert_eq!(open(Some(&root.token)).await.err(), Some(503), "their places have an end, too");
}

/// Whether the server answers over this socket; if not, it has closed it.
async fn is_served(mut socket: TcpStream) -> Option<TcpStream> {
    // A socket that was closed at once may refuse the request as well.
    let _ = socket.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    match within("an answer or the end", socket.read(&mut [0; 12])).await {
        Ok(read) if read > 0 => Some(socket),
        Ok(_) | Err(_) => None,
    }
}

async fn socket(server: &TestServer) -> Option<TcpStream> {
    is_served(TcpStream::connect(("127.0.0.1", server.port())).await.unwrap()).await
}

#[tokio::test]
async fn sockets_of_one_address_past_their_number_are_closed_unread() {
    let server = TestServer::unlimited(&["--max-connections-per-address=2"]);
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(socket(&server).await.expect("one of three"));
    }
    assert!(socket(&server).await.is_none(), "half as many again as connections");
    open.pop();
    within("a place that is given back", async { while socket(&server).await.is_none() {} }).await;
}

#[tokio::test]
async fn when_all_sockets_are_taken_this_machine_still_gets_in() {
    let few = ["--max-connections=1", "--max-http-connections=1", "--operator-connections=1"];
    let strangers = TestServer::unlimited(&[&few[..], &[PROXY]].concat());
    let _open = (socket(&strangers).await.unwrap(), socket(&strangers).await.unwrap());
    assert!(socket(&strangers).await.is_none(), "a proxy is not this machine's operator");
    let operators = TestServer::unlimited(&few);
    let _open = (socket(&operators).await.unwrap(), socket(&operators).await.unwrap());
    assert!(socket(&operators).await.is_some());
}

#[tokio::test]
async fn requests_of_every_kind_count_for_the_address() {
    let server = TestServer::with(&["--all-requests-per-minute=7", PROXY]);
    for path in ["/", "/favicon.svg", "/health", "/ready", "/api/docs/", "/ws/lobby"] {
        assert_ne!(ask(&server, path, "203.0.113.1").await.status, 429, "{path}");
    }
    knock(&server, "203.0.113.1").await.unwrap();
    for path in ["/", "/health", "/ready", "/metrics", "/api/docs/", "/ws/lobby", "/nothing", "/users/me"] {
        let refused = ask(&server, path, "203.0.113.1").await;
        refused.refused(429, "RATE_LIMITED");
        assert!((1..=9).contains(&refused.header("retry-after").unwrap().parse::<u64>().unwrap()), "{refused:?}");
    }
    ask(&server, "/health", "203.0.113.2").await.expect(200);
    assert!(hits(&server, "all_requests").await >= 8);
}

#[tokio::test]
async fn metrics_are_for_this_machine_operators_and_holders_of_the_token() {
    let token = "a token of the tests";
    let admin = ["--admin-username=Root", "--admin-password", PASSWORD];
    let server = TestServer::unlimited(&[&admin[..], &["--metrics-token", token, PROXY]].concat());
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    let ann = server.person("Ann").await;
    for (client, bearer, status) in [
        (None, None, 200),
        (Some("203.0.113.1"), None, 403),
        (Some("203.0.113.1"), Some(token), 200),
        (Some("203.0.113.1"), Some("another token"), 403),
        (Some("203.0.113.1"), Some(root.token.as_str()), 200),
        (Some("203.0.113.1"), Some(ann.token.as_str()), 403),
    ] {
        let request = Request::new("GET", "/metrics");
        let request = client.into_iter().fold(request, |request, client| request.header("X-Forwarded-For", client));
        let request = bearer.into_iter().fold(request, |request, token| request.bearer(token));
        assert_eq!(server.send(request).await.status, status, "{client:?} {bearer:?}");
    }
}

#[tokio::test]
async fn a_proxy_that_nobody_trusts_does_not_open_the_metrics() {
    let server = TestServer::start();
    for header in ["X-Forwarded-For", "Forwarded", "X-Real-IP"] {
        server.send(Request::new("GET", "/metrics").header(header, "127.0.0.1")).await.refused(403, "FORBIDDEN");
    }
    let open = TestServer::unlimited(&["--metrics-public=true"]);
    assert_eq!(ask(&open, "/metrics", "203.0.113.1").await.status, 200);
}
