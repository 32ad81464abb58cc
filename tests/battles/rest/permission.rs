//! Permission is checked before anything that the request brings: its body, its parameters.

use serde_json::Value;

use crate::support::{Request, TestServer};

/// What no address accepts, as content type and body; the last one is larger than the server reads.
fn bad_bodies() -> [(&'static str, Vec<u8>); 5] {
    [
        ("application/json", b"{".to_vec()),
        ("application/json", b"{}".to_vec()),
        ("application/json", b"\xff\xfe".to_vec()),
        ("text/plain", b"hello".to_vec()),
        ("application/json", vec![b' '; 2 * 1024 * 1024]),
    ]
}

/// Method and path of every operation whose security names this scheme.
async fn protected(server: &TestServer, scheme: &str) -> Vec<(&'static str, String)> {
    let document = server.send(Request::new("GET", "/api/openapi.json")).await.expect(200);
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let securities = operation["security"].as_array().map_or(&[][..], Vec::as_slice);
            if securities.iter().any(|security: &Value| security.get(scheme).is_some()) {
                let method = ["GET", "POST", "PATCH", "PUT", "DELETE"]
                    .into_iter()
                    .find(|known| known.eq_ignore_ascii_case(method));
                found.push((method.expect("a method"), path.replace("{id}", "ABCD2345")));
            }
        }
    }
    found
}

/// Sends every bad body, and parameters that are there twice, to an address.
async fn refused_every_time(server: &TestServer, request: &dyn Fn(&str) -> Request, path: &str, refusal: (u16, &str)) {
    for (content_type, body) in bad_bodies() {
        let answer = server.send(request(path).body(content_type, body)).await;
        answer.refused(refusal.0, refusal.1);
    }
    let answer = server.send(request(&format!("{path}?limit=x&limit=y&nonsense"))).await;
    answer.refused(refusal.0, refusal.1);
}

#[tokio::test]
async fn without_a_good_token_a_bad_request_is_a_401_at_every_address() {
    let server = TestServer::unlimited(&[]);
    let routes = protected(&server, "bearer").await;
    assert!(routes.len() > 50, "both at the root and below the version: {routes:?}");
    for (method, path) in &routes {
        let nobody = |path: &str| Request::new(method, path);
        refused_every_time(&server, &nobody, path, (401, "UNAUTHORIZED")).await;
        let forger = |path: &str| Request::new(method, path).bearer("a.forged.token");
        refused_every_time(&server, &forger, path, (401, "UNAUTHORIZED")).await;
    }
    for (method, path) in protected(&server, "apiKey").await {
        let service = |path: &str| Request::new(method, path).header("X-API-Key", "not-a-key");
        refused_every_time(&server, &service, &path, (401, "UNAUTHORIZED")).await;
    }
}

#[tokio::test]
async fn a_players_bad_request_to_an_operators_address_is_a_403() {
    let server = TestServer::unlimited(&[]);
    let ann = server.person("Ann").await;
    let routes: Vec<_> =
        protected(&server, "bearer").await.into_iter().filter(|(_, path)| path.contains("/admin/")).collect();
    assert!(routes.len() >= 22, "{routes:?}");
    for (method, path) in &routes {
        let player = |path: &str| Request::new(method, path).bearer(&ann.token);
        refused_every_time(&server, &player, path, (403, "FORBIDDEN")).await;
    }
}
