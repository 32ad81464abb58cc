//! What every answer tells a browser.

use serde_json::json;

use crate::support::{Answer, Request, TestServer};

#[track_caller]
fn is_safe(answer: &Answer) {
    for (header, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(header), Some(value), "{answer:?}");
    }
    let policy = answer.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("unsafe-eval") && !policy.contains("script-src"), "{policy}");
}

#[tokio::test]
async fn every_answer_is_safe_whatever_it_is() {
    let server = TestServer::with(&["--rate-limit-requests", "4", "--cors-origins", "https://a.example"]);
    for (method, path, status) in [
        ("GET", "/health", 200),
        ("GET", "/metrics", 200),
        ("GET", "/users/me", 401),
        ("GET", "/nothing", 404),
        ("PUT", "/users/me", 405),
        ("POST", "/auth/login", 415),
        ("GET", "/ws/lobby", 400),
        ("GET", "/api/docs", 307),
        ("GET", "/api/docs/", 200),
        ("GET", "/api/docs/swagger-ui-bundle.js", 200),
        ("GET", "/api/openapi.json", 200),
        ("GET", "/nothing", 429),
    ] {
        let answer = server.send(Request::new(method, path)).await;
        assert_eq!(answer.status, status, "{method} {path}");
        is_safe(&answer);
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert_eq!(policy.contains("unsafe-inline"), path.starts_with("/api/docs"), "{path}");
        assert_eq!(answer.header("strict-transport-security"), None, "there is no TLS");
    }
    let preflight = Request::new("OPTIONS", "/users/me").header("Origin", "https://a.example");
    let answer = server.send(preflight.header("Access-Control-Request-Method", "GET")).await;
    assert_eq!(answer.status, 200);
    is_safe(&answer);
}

#[tokio::test]
async fn the_page_of_the_description_has_no_script_that_its_policy_forbids() {
    let server = TestServer::start();
    let page = server.send(Request::new("GET", "/api/docs/")).await.body;
    let scripts: Vec<&str> = page.split("<script").skip(1).filter_map(|rest| rest.split('>').next()).collect();
    assert!(scripts.len() >= 3, "{page}");
    assert!(scripts.iter().all(|script| script.contains("src=\"./")), "{page}");
    assert!(!page.contains(" onload=") && !page.contains("javascript:"), "{page}");
}

#[tokio::test]
async fn nothing_that_belongs_to_an_account_is_kept_on_the_way() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for path in ["/users/me".to_owned(), format!("/users/{}", ann.id().await)] {
        let answer = ann.get(&path).await;
        answer.expect(200);
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
    let answer = ann.patch(&json!({ "displayName": "Annie" })).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-store")));
    assert_eq!(server.send(Request::new("GET", "/health")).await.header("cache-control"), None);
}

#[tokio::test]
async fn only_a_trusted_proxy_can_say_that_the_client_has_tls() {
    for (flags, header) in [
        (&["--trusted-proxies", "127.0.0.0/8"][..], Some("max-age=31536000")),
        (&["--trusted-proxies", "10.0.0.0/8"], None),
        (&[], None),
    ] {
        let server = TestServer::with(flags);
        let answer = server.send(Request::new("GET", "/health").header("X-Forwarded-Proto", "https")).await;
        assert_eq!(answer.header("strict-transport-security"), header, "{flags:?}");
        let answer = server.send(Request::new("GET", "/health").header("X-Forwarded-Proto", "http")).await;
        assert_eq!(answer.header("strict-transport-security"), None, "{flags:?}");
    }
}
