//! One error body everywhere: methods, types, sizes, text that is no JSON, addresses where nothing is.

use serde_json::json;

use crate::support::{PASSWORD, Request, TestServer};

const POSTS: [&str; 4] = ["/auth/register", "/auth/login", "/auth/refresh", "/auth/logout"];

#[tokio::test]
async fn an_unknown_address_is_not_found() {
    let server = TestServer::start();
    for path in
        ["/auth", "/auth/", "/auth/login/", "/auth/none", "/users", "/api", "/api/v1", "/api/v1/none", "/api/v2/token"]
    {
        server.send(Request::new("GET", path)).await.refused(404, "NOT_FOUND");
        server.post(path, &json!({})).await.refused(404, "NOT_FOUND");
    }
}

#[tokio::test]
async fn another_method_is_told_which_ones_there_are() {
    let server = TestServer::start();
    for prefix in ["", "/api/v1"] {
        for (path, allowed) in [
            ("/auth/register", "POST"),
            ("/auth/login", "POST"),
            ("/auth/refresh", "POST"),
            ("/auth/logout", "POST"),
            ("/token", "POST"),
            ("/users/me", "GET, PATCH"),
            ("/users/x", "GET"),
        ] {
            let answer = server.send(Request::new("DELETE", &format!("{prefix}{path}"))).await;
            answer.refused(405, "METHOD_NOT_ALLOWED");
            assert_eq!(answer.header("allow"), Some(allowed), "{path}");
        }
    }
    for path in ["/health", "/ready", "/metrics", "/ws/lobby"] {
        let answer = server.post(path, &json!({})).await;
        answer.refused(405, "METHOD_NOT_ALLOWED");
        assert_eq!(answer.header("allow"), Some("GET"), "{path}");
    }
}

#[tokio::test]
async fn a_body_of_another_type_is_refused() {
    let server = TestServer::start();
    let body = json!({ "username": "Ann", "password": PASSWORD, "refreshToken": "x" }).to_string();
    for path in POSTS {
        for content_type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
            let answer = server.send(Request::new("POST", path).body(content_type, body.clone())).await;
            answer.refused(415, "UNSUPPORTED_MEDIA_TYPE");
        }
        server.send(Request::new("POST", path)).await.refused(415, "UNSUPPORTED_MEDIA_TYPE");
    }
    let typed = Request::new("POST", "/auth/register").body("Application/JSON; charset=utf-8", body);
    server.send(typed).await.expect(201);
}

#[tokio::test]
async fn what_is_no_json_object_is_refused() {
    let server = TestServer::start();
    let deep = "[".repeat(10_000);
    for path in POSTS {
        for body in ["", "{", "nonsense", "[]", "\"text\"", "7", "null", "{\"username\":\"Ann\"}}", &deep] {
            let answer = server.send(Request::new("POST", path).body("application/json", body)).await;
            answer.refused(400, "MALFORMED_JSON");
        }
        let bytes = Request::new("POST", path).body("application/json", b"{\"username\":\"\xff\"}".as_slice());
        server.send(bytes).await.refused(400, "MALFORMED_JSON");
    }
    let ann = server.person("Ann").await;
    let change = Request::new("PATCH", "/users/me").body("application/json", "[1]");
    ann.send(change).await.refused(400, "MALFORMED_JSON");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_and_the_largest_is_read() {
    let server = TestServer::start();
    let sized = |bytes: usize| {
        let empty = json!({ "username": "Ann", "password": PASSWORD, "filler": "" }).to_string();
        json!({ "username": "Ann", "password": PASSWORD, "filler": "x".repeat(bytes - empty.len()) })
    };
    for path in POSTS {
        server.post(path, &sized(16_385)).await.refused(413, "BODY_TOO_LARGE");
    }
    server.post("/auth/register", &sized(16_384)).await.expect(201);
    let ann = server.login("Ann", PASSWORD).await.expect(200);
    let change = Request::new("PATCH", "/users/me").bearer(ann["token"].as_str().unwrap()).json(&sized(16_385));
    server.send(change).await.refused(413, "BODY_TOO_LARGE");
}

#[tokio::test]
async fn the_largest_body_is_a_setting() {
    let server = TestServer::with(&["--battles-max-message-bytes", "1024"]);
    let body = json!({ "username": "Ann", "password": PASSWORD, "filler": "x".repeat(1_024) });
    server.post("/auth/register", &body).await.refused(413, "BODY_TOO_LARGE");
}

#[tokio::test]
async fn a_refusal_never_repeats_a_password() {
    let server = TestServer::start();
    let secret = "Secret-Horse-77";
    for body in [
        json!({ "password": secret }).to_string(),
        json!({ "username": secret.repeat(4), "password": secret }).to_string(),
        json!([secret]).to_string(),
        format!("{{\"username\":\"Ann\",\"password\":\"{secret}\""),
        format!("\"{secret}"),
    ] {
        for path in POSTS {
            let answer = server.send(Request::new("POST", path).body("application/json", body.clone())).await;
            assert!(!answer.body.contains(secret), "{path}: {}", answer.body);
        }
    }
}
