//! `GET /api/v1/admin/live-log/analytics`

use serde_json::{Value, json};

use super::listener::{Listener, one_of_each, post, saying, serve};
use crate::support::{PASSWORD, Person, Request, TestServer};

const PATH: &str = "/api/v1/admin/live-log/analytics";
const TO: &str = "2999-01-01T00:00:00Z";

async fn with_admin() -> (TestServer, Person) {
    let server = serve(&["--admin-username=Root", "--admin-password", PASSWORD]);
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    (server, root)
}

#[tokio::test]
async fn operators_see_how_many_messages_of_each_type_there_were_in_each_minute() {
    let (server, root) = with_admin().await;
    let (a, b) = ("01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10", "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a11");
    let mut times = Vec::new();
    for message in one_of_each(a, b) {
        times.push(post(server.port(), &message).await["timestamp"].as_str().unwrap().to_owned());
    }
    post(server.port(), &saying("once more")).await;
    let answer = root.get(PATH).await;
    let counted = answer.expect(200);
    assert_eq!(counted["totals"], json!({ "user": 2, "system": 1, "dm": 1, "raid": 1, "party": 1, "guild": 1 }));
    let minutes = counted["minutes"].as_array().unwrap();
    assert_eq!(minutes.iter().map(|minute| minute["count"].as_u64().unwrap()).sum::<u64>(), 7);
    let first = format!("{}:00.000Z", &times[2][..16]);
    let of_dm = minutes.iter().find(|minute| minute["type"] == "dm").unwrap();
    assert_eq!(of_dm, &json!({ "minute": first, "type": "dm", "count": 1 }));
    assert!(!answer.body.contains("Private message") && !answer.body.contains(a), "texts and people are not shown");
    assert_eq!(root.get("/admin/live-log/analytics").await.expect(200)["totals"], counted["totals"]);
}

#[tokio::test]
async fn a_span_is_asked_for_by_its_ends() {
    let (server, root) = with_admin().await;
    let at = post(server.port(), &saying("hello")).await["timestamp"].as_str().unwrap().to_owned();
    let there = root.get(&format!("{PATH}?from={at}&to={at}")).await.expect(200);
    assert_eq!((&there["totals"]["user"], &there["from"], &there["to"]), (&json!(1), &json!(at), &json!(at)));
    let before = root.get(&format!("{PATH}?from=2025-12-01T00:00:00Z&to=2025-12-03T00:00:00Z")).await.expect(200);
    assert_eq!((&before["totals"]["user"], &before["minutes"]), (&json!(0), &json!([])));
    let week = root.get(&format!("{PATH}?from=2025-12-01T00:00:00Z")).await.expect(200);
    assert_eq!((&week["to"], &week["minutes"]), (&json!("2025-12-08T00:00:00.000Z"), &json!([])));
    for (query, field) in [
        ("from=yesterday", "from"),
        ("to=1764547200", "to"),
        ("from=2025-12-03T00:00:00Z&to=2025-12-02T00:00:00Z", "from"),
        ("from=2025-12-01T00:00:00Z&to=2025-12-09T00:00:00Z", "from"),
        (&format!("from={TO}"), "from"),
        ("type=dm", "type"),
        ("to=2025-12-03T00:00:00Z&to=2025-12-03T00:00:00Z", "to"),
    ] {
        root.get(&format!("{PATH}?{query}")).await.invalid(field);
    }
}

#[tokio::test]
async fn only_operators_see_it() {
    let (server, _) = with_admin().await;
    let ann = server.person("Ann").await;
    ann.get(PATH).await.refused(403, "FORBIDDEN");
    server.send(Request::new("GET", PATH)).await.refused(401, "UNAUTHORIZED");
    let key = super::listener::KEY;
    server.send(Request::new("GET", PATH).header("X-API-Key", key)).await.refused(401, "UNAUTHORIZED");
    let mut log = Listener::of(&ann, &["user"]).await;
    log.send_raw(r#"{"action":"analytics"}"#).await;
    let details: Value = log.refused(1002, "Protocol Error").await;
    assert_eq!(details["field"], "action");
}
