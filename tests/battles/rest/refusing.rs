//! What every address of battles refuses alike: no token, another method, another type, no JSON, too much of it.

use serde_json::json;

use crate::support::{Request, TestServer};

const READS: [&str; 6] =
    ["/battles", "/battles/ABCD2345", "/state", "/state/history", "/state/replay/ABCD2345", "/game/state"];
const WITH_BODY: [&str; 4] = ["/battles", "/game/state", "/ai/action", "/battles/ABCD2345/join"];
const PRESSES: [&str; 3] = ["/battles/ABCD2345/start", "/battles/ABCD2345/leave", "/battles/ABCD2345/forfeit"];

#[tokio::test]
async fn without_a_valid_token_nobody_gets_in() {
    let server = TestServer::start();
    for prefix in ["", "/api/v1"] {
        let reads = READS.map(|path| ("GET", path));
        let posts = WITH_BODY.into_iter().chain(PRESSES).map(|path| ("POST", path));
        for (method, path) in reads.into_iter().chain(posts) {
            let request = || Request::new(method, &format!("{prefix}{path}"));
            server.send(request()).await.refused(401, "UNAUTHORIZED");
            server.send(request().bearer("x.y.z")).await.refused(401, "UNAUTHORIZED");
            server.send(request().header("Authorization", "Basic QTpC")).await.refused(401, "UNAUTHORIZED");
        }
    }
}

#[tokio::test]
async fn another_method_hears_which_ones_there_are() {
    let server = TestServer::start();
    for (path, allowed) in [
        ("/battles", "GET, POST"),
        ("/battles/x", "GET"),
        ("/battles/x/join", "POST"),
        ("/state", "GET"),
        ("/state/history", "GET"),
        ("/state/replay/x", "GET"),
        ("/game/state", "GET, POST"),
        ("/ai/action", "POST"),
    ] {
        let answer = server.send(Request::new("DELETE", &format!("/api/v1{path}"))).await;
        answer.refused(405, "METHOD_NOT_ALLOWED");
        assert_eq!(answer.header("allow"), Some(allowed), "{path}");
    }
}

#[tokio::test]
async fn a_body_of_another_type_without_json_or_too_large_is_refused() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for path in WITH_BODY {
        let request = |content_type: &str, body: &str| Request::new("POST", path).body(content_type, body);
        ann.send(request("text/plain", "{}")).await.refused(415, "UNSUPPORTED_MEDIA_TYPE");
        for body in ["{", "[]", "\"x\"", "null", "{}{}"] {
            ann.send(request("application/json", body)).await.refused(400, "MALFORMED_JSON");
        }
        let large = json!({ "name": "x".repeat(17_000) }).to_string();
        ann.send(request("application/json", &large)).await.refused(413, "BODY_TOO_LARGE");
    }
}

#[tokio::test]
async fn an_id_that_is_no_battles_is_not_found_anywhere() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for id in ["ABCD2345", "abcd2345", "x", "ABCD23456", "..%2F..", "%F0%9F%90%99"] {
        for path in [format!("/battles/{id}"), format!("/state?battleId={id}"), format!("/state/history?battleId={id}")]
        {
            ann.get(&path).await.refused(404, "BATTLE_NOT_FOUND");
        }
        ann.get(&format!("/state/replay/{id}")).await.refused(404, "BATTLE_NOT_FOUND");
        for what in ["join", "start", "leave", "forfeit"] {
            ann.press(&format!("/battles/{id}/{what}")).await.refused(404, "BATTLE_NOT_FOUND");
        }
    }
    let body = json!({ "battleId": "nowhere", "action": { "type": "start" } });
    ann.post("/game/state", &body).await.refused(404, "BATTLE_NOT_FOUND");
    ann.post("/ai/action", &json!({ "battleId": "ABCD2345" })).await.refused(404, "BATTLE_NOT_FOUND");
}

#[tokio::test]
async fn who_plays_in_no_battle_has_no_state() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for path in ["/state", "/state/history", "/game/state"] {
        ann.get(path).await.refused(404, "BATTLE_NOT_FOUND");
    }
}

#[tokio::test]
async fn a_parameter_that_is_unknown_or_cannot_be_is_refused_by_name() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for (path, field) in [
        ("/battles?status=OPEN", "status"),
        ("/battles?status=waiting", "status"),
        ("/battles?limit=0", "limit"),
        ("/battles?limit=101", "limit"),
        ("/battles?offset=-1", "offset"),
        ("/battles?page=1", "page"),
        ("/battles?limit=1&limit=2", "limit"),
        ("/state?battle=ABCD2345", "battle"),
        ("/state/history?limit=ten", "limit"),
        ("/state/history?seat=1", "seat"),
        ("/game/state?hand=all", "hand"),
    ] {
        ann.get(path).await.invalid(field);
    }
}
