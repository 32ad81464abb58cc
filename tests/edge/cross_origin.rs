//! Pages of other sites: what browsers are told (CORS).

use crate::support::{Answer, Request, TestServer};

const SITE: &str = "https://play.example.org";
const ALLOWED: &str = "access-control-allow-origin";

async fn preflight(server: &TestServer, origin: &str, method: &str, headers: &str) -> Answer {
    let request = Request::new("OPTIONS", "/users/me").header("Origin", origin);
    let request = request.header("Access-Control-Request-Method", method);
    server.send(request.header("Access-Control-Request-Headers", headers)).await
}

async fn ask(server: &TestServer, origin: &str) -> Answer {
    server.send(Request::new("GET", "/users/me").header("Origin", origin)).await
}

fn words(answer: &Answer, header: &str) -> Vec<String> {
    let value = answer.header(header).unwrap_or_default();
    let mut words: Vec<String> = value.split(',').map(|word| word.trim().to_ascii_lowercase()).collect();
    words.sort();
    words
}

#[tokio::test]
async fn a_listed_site_may_ask_and_read_what_it_needs() {
    let server = TestServer::with(&["--cors-origins", "http://localhost:5173, https://Play.Example.org:443"]);
    for origin in [SITE, "http://localhost:5173"] {
        let answer = preflight(&server, origin, "PATCH", "authorization,content-type,if-none-match").await;
        assert_eq!((answer.status, answer.header(ALLOWED)), (200, Some(origin)), "{answer:?}");
        assert_eq!(
            words(&answer, "access-control-allow-methods"),
            ["delete", "get", "patch", "post", "put"],
            "{answer:?}"
        );
        assert_eq!(answer.header("access-control-max-age"), Some("600"));
        let answer = ask(&server, origin).await;
        answer.refused(401, "UNAUTHORIZED");
        assert_eq!(answer.header(ALLOWED), Some(origin));
        let readable =
            ["etag", "retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "x-total-count"];
        assert_eq!(words(&answer, "access-control-expose-headers"), readable);
        assert_eq!(answer.header("access-control-allow-credentials"), None);
        assert!(words(&answer, "vary").contains(&"origin".to_owned()), "{answer:?}");
    }
}

#[tokio::test]
async fn a_page_can_read_a_refusal_for_too_many_requests() {
    let server = TestServer::with(&["--cors-origins", SITE, "--rate-limit-requests", "1"]);
    for _ in 0..3 {
        assert_eq!(preflight(&server, SITE, "GET", "authorization").await.status, 200);
    }
    ask(&server, SITE).await.refused(401, "UNAUTHORIZED");
    let answer = ask(&server, SITE).await;
    answer.refused(429, "RATE_LIMITED");
    assert_eq!(answer.header(ALLOWED), Some(SITE));
}

#[tokio::test]
async fn another_site_is_told_nothing() {
    let server = TestServer::with(&["--cors-origins", SITE]);
    for origin in ["https://evil.example", "https://play.example.org.evil.example", "http://play.example.org", "null"] {
        let answer = preflight(&server, origin, "GET", "authorization").await;
        answer.refused(403, "ORIGIN_NOT_ALLOWED");
        assert_eq!(answer.header(ALLOWED), None, "{origin}");
        assert_eq!(ask(&server, origin).await.header(ALLOWED), None, "{origin}");
    }
    let plain = server.send(Request::new("GET", "/health")).await;
    assert_eq!((plain.status, plain.header(ALLOWED)), (200, None));
}

#[tokio::test]
async fn a_method_or_header_that_no_address_knows_is_named() {
    let server = TestServer::with(&["--cors-origins", SITE]);
    preflight(&server, SITE, "TRACE", "authorization").await.invalid("Access-Control-Request-Method");
    preflight(&server, SITE, "GET", "x-strange").await.invalid("Access-Control-Request-Headers");
}

#[tokio::test]
async fn without_a_list_no_site_may() {
    for flags in [&[][..], &["--cors-origins", ""]] {
        let server = TestServer::with(flags);
        preflight(&server, SITE, "GET", "authorization").await.refused(405, "METHOD_NOT_ALLOWED");
        assert_eq!(ask(&server, SITE).await.header(ALLOWED), None);
    }
}

#[tokio::test]
async fn in_development_all_sites_may() {
    let server = TestServer::with(&["--cors-origins", "*"]);
    assert_eq!(preflight(&server, SITE, "GET", "authorization").await.header(ALLOWED), Some("*"));
    assert_eq!(ask(&server, "null").await.header(ALLOWED), Some("*"));
}
