//! The OpenAPI document and its page: complete, true, and without help from other hosts.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::support::{Request, TestServer};

/// Every address with its methods.
const ROUTES: [(&str, &[&str]); 41] = [
    ("/auth/register", &["post"]),
    ("/auth/login", &["post"]),
    ("/auth/refresh", &["post"]),
    ("/auth/logout", &["post"]),
    ("/token", &["post"]),
    ("/users/me", &["get", "patch"]),
    ("/users/me/games", &["get"]),
    ("/users/{id}", &["get"]),
    ("/users/{id}/stats", &["get"]),
    ("/leaderboard", &["get"]),
    ("/battles", &["get", "post"]),
    ("/battles/{id}", &["get"]),
    ("/battles/{id}/join", &["post"]),
    ("/battles/{id}/start", &["post"]),
    ("/battles/{id}/leave", &["post"]),
    ("/battles/{id}/kick", &["post"]),
    ("/battles/{id}/forfeit", &["post"]),
    ("/state", &["get"]),
    ("/state/history", &["get"]),
    ("/state/replay/{id}", &["get"]),
    ("/game/state", &["get", "post"]),
    ("/ai/action", &["post"]),
    ("/guilds", &["get", "post"]),
    ("/guilds/{id}", &["get"]),
    ("/guilds/{id}/join", &["post"]),
    ("/guilds/{id}/leave", &["post"]),
    ("/guilds/{id}/deposit", &["post"]),
    ("/guilds/{id}/war", &["post"]),
    ("/admin/rooms", &["get"]),
    ("/admin/rooms/{id}", &["delete"]),
    ("/admin/bans", &["get", "post"]),
    ("/admin/bans/{id}", &["delete"]),
    ("/admin/disconnect", &["post"]),
    ("/admin/broadcast", &["get", "post", "delete"]),
    ("/admin/maintenance", &["get", "post", "delete"]),
    ("/admin/live-log/analytics", &["get"]),
    ("/admin/users", &["get"]),
    ("/admin/users/{id}/block", &["post"]),
    ("/admin/users/{id}/unblock", &["post"]),
    ("/admin/users/{id}/password", &["post"]),
    ("/live-log/messages", &["post"]),
];

async fn document(server: &TestServer) -> Value {
    server.send(Request::new("GET", "/api/openapi.json")).await.expect(200)
}

fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let of = |(path, methods): (&String, &Value)| {
        let methods = methods.as_object().unwrap().clone().into_iter();
        let path = path.clone();
        methods.map(move |(method, operation)| (path.clone(), method, operation)).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of).collect()
}

#[tokio::test]
async fn the_document_lists_every_route_at_the_root_and_below_the_version() {
    let server = TestServer::start();
    let document = document(&server).await;
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")), "{}", document["openapi"]);
    let listed: HashSet<(String, String)> =
        operations(&document).into_iter().map(|(path, method, _)| (path, method)).collect();
    let routes = ["", "/api/v1"].into_iter().flat_map(|prefix| {
        let of = move |(path, methods): (&str, &'static [&str])| {
            let path = format!("{prefix}{path}");
            methods.iter().map(move |method| (path.clone(), (*method).to_owned())).collect::<Vec<_>>()
        };
        ROUTES.into_iter().flat_map(of)
    });
    assert_eq!(listed, routes.collect());
}

#[tokio::test]
async fn what_the_document_lists_is_there() {
    let server = TestServer::start();
    for (path, method, _) in operations(&document(&server).await) {
        let method = if method == "get" {
            "GET"
        } else if method == "patch" {
            "PATCH"
        } else if method == "delete" {
            "DELETE"
        } else {
            "POST"
        };
        let answer = server.send(Request::new(method, &path.replace("{id}", "x")).json(&json!({}))).await;
        assert!([400, 401, 415].contains(&answer.status), "{method} {path}: {answer:?}");
    }
}

#[tokio::test]
async fn every_operation_has_a_name_of_its_own_and_says_what_it_answers() {
    let server = TestServer::start();
    let mut names = HashSet::new();
    for (path, method, operation) in operations(&document(&server).await) {
        let name = operation["operationId"].as_str().expect("a name");
        assert!(names.insert(name.to_owned()), "{name} is there twice");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.len() >= 2, "{method} {path}");
        for (status, response) in responses {
            assert!(response["description"].as_str().is_some_and(|text| !text.is_empty()), "{method} {path} {status}");
            let schema = &response["content"]["application/json"]["schema"];
            let schema = schema["$ref"].as_str().or(schema["items"]["$ref"].as_str()).unwrap_or_default();
            let is_error = status.starts_with(['4', '5']);
            assert_eq!(schema.ends_with("/ErrorResponse"), is_error, "{method} {path} {status}: {schema}");
        }
        let proof = if path.contains("/auth/") || path.ends_with("/token") {
            Value::Null
        } else if path.ends_with("/live-log/messages") {
            json!([{ "apiKey": [] }])
        } else if path.ends_with("/ai/action") || path.contains("/state/replay/") {
            json!([{ "bearer": [] }, { "seat": [] }])
        } else {
            json!([{ "bearer": [] }])
        };
        assert_eq!(operation["security"], proof, "{method} {path}");
    }
}

#[tokio::test]
async fn every_schema_that_is_named_is_there_and_every_code_is_listed() {
    let server = TestServer::start();
    let document = document(&server).await;
    let text = document.to_string();
    for named in text.split("\"#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document["components"]["schemas"][named].is_object(), "{named} is missing");
    }
    let codes = document["components"]["schemas"]["ErrorCode"].to_string();
    for code in contracts::battles::error::Code::ALL {
        let code = serde_json::to_string(&code).unwrap();
        assert!(codes.contains(&code), "{code} is not in {codes}");
    }
    assert_eq!(document["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
    assert_eq!(document["components"]["securitySchemes"]["seat"]["scheme"], "bearer");
    assert_eq!(document["components"]["securitySchemes"]["apiKey"]["name"], "X-API-Key");
    assert_eq!(document["info"]["license"]["identifier"], "MIT OR Apache-2.0");
}

#[tokio::test]
async fn what_a_service_may_post_to_the_live_log_is_told_to_the_last_field() {
    let server = TestServer::start();
    let schemas = &document(&server).await["components"]["schemas"];
    let kinds = schemas["LogMessageRequest"]["oneOf"].as_array().unwrap();
    let mut words = Vec::new();
    for kind in kinds {
        assert_eq!((&kind["type"], &kind["additionalProperties"]), (&json!("object"), &json!(false)), "{kind}");
        assert!(kind["required"].as_array().unwrap().contains(&json!("type")), "{kind}");
        let fields = kind["properties"].as_object().unwrap();
        assert!(fields.len() > 3 && !fields.contains_key("id") && !fields.contains_key("timestamp"), "{kind}");
        words.push(fields["type"]["enum"][0].as_str().unwrap());
    }
    assert_eq!(words, ["user", "system", "dm", "raid", "party", "guild"]);
    assert_eq!(schemas["LogRaidParticipant"]["additionalProperties"], false);
    assert_eq!(kinds[2]["properties"]["read"]["type"], json!(["boolean", "null"]));
    assert_eq!(schemas["LogRaidStatus"]["enum"], json!(["preparing", "in_progress", "wipe", "victory"]));
    assert_eq!(schemas["LogSystemEvent"]["enum"][2], "user_leveled_up");
    assert_eq!(schemas["LogUserMetadata"]["additionalProperties"], true);
}

#[tokio::test]
async fn the_page_comes_whole_from_this_server() {
    let server = TestServer::start();
    let moved = server.send(Request::new("GET", "/api/docs")).await;
    assert_eq!((moved.status, moved.header("location")), (307, Some("/api/docs/")));
    let page = server.send(Request::new("GET", "/api/docs/")).await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").is_some_and(|kind| kind.starts_with("text/html")), "{page:?}");
    assert!(!page.body.contains("://"), "the page names another host: {}", page.body);
    let sources = page.body.split("src=\"").chain(page.body.split("href=\"")).skip(1);
    let mut loaded = 0;
    for source in sources.filter_map(|rest| rest.split('"').next()).filter(|source| !source.starts_with('<')) {
        let path = format!("/api/docs/{}", source.trim_start_matches("./"));
        assert_eq!(server.send(Request::new("GET", &path)).await.status, 200, "{path}");
        loaded += 1;
    }
    assert!(loaded >= 3, "scripts and styles: {}", page.body);
    let start = server.send(Request::new("GET", "/api/docs/swagger-initializer.js")).await;
    assert!(start.body.contains("/api/openapi.json") && start.body.contains("\"validatorUrl\": \"none\""), "{start:?}");
}
