//! `POST /api/v1/live-log/messages`: what services put into the log.

use serde_json::{Value, json};

use super::listener::{KEY, Listener, direct, one_of_each, post, saying, send, serve};
use crate::support::{Person, Request, TestServer};

const PREFIXES: [&str; 6] = ["msg_", "sys_", "dm_", "raid_", "party_", "guild_"];

async fn two(server: &TestServer) -> ([Person; 2], [String; 2]) {
    let people = [server.person("Ann").await, server.person("Bob").await];
    let ids = [people[0].id().await, people[1].id().await];
    (people, ids)
}

#[tokio::test]
async fn each_of_the_six_types_is_stored_as_it_was_posted_with_an_id_and_a_time() {
    let server = serve(&[]);
    let (people, [from, to]) = two(&server).await;
    let mut log = Listener::of(&people[0], &["user", "system", "dm", "raid", "party", "guild"]).await;
    for (message, prefix) in one_of_each(&from, &to).into_iter().zip(PREFIXES) {
        let stored = post(server.port(), &message).await;
        let mut expected = message;
        if expected["type"] == "dm" {
            expected["read"] = json!(false);
        }
        for set in ["id", "timestamp"] {
            expected[set] = stored[set].clone();
        }
        assert_eq!(stored, expected);
        let uuid = stored["id"].as_str().and_then(|id| id.strip_prefix(prefix)).expect(prefix);
        assert_eq!((uuid.len(), &uuid[14..15]), (36, "7"), "a UUIDv7: {uuid}");
        let kind = stored["type"].as_str().unwrap();
        log.expect_that(kind, |heard| *heard == stored).await;
        let listed = log.listed(json!({ "type": kind })).await;
        assert_eq!(listed[0], stored, "it is stored before it is delivered");
    }
}

#[tokio::test]
async fn both_addresses_take_it_and_nothing_but_post() {
    let server = serve(&[]);
    for path in ["/live-log/messages", "/api/v1/live-log/messages"] {
        let request = |method| Request::new(method, path).header("X-API-Key", KEY).json(&saying("hello"));
        server.send(request("POST")).await.expect(201);
        for method in ["GET", "PUT", "DELETE"] {
            server.send(request(method)).await.refused(405, "METHOD_NOT_ALLOWED");
        }
    }
}

#[tokio::test]
async fn without_a_key_or_with_another_it_is_401_and_nothing_is_stored() {
    let server = serve(&[]);
    let ann = server.person("Ann").await;
    let request = || Request::new("POST", "/api/v1/live-log/messages").json(&saying("spam"));
    server.send(request()).await.refused(401, "UNAUTHORIZED");
    server.send(request().bearer(&ann.token)).await.refused(401, "UNAUTHORIZED");
    server.send(request().bearer(KEY)).await.refused(401, "UNAUTHORIZED");
    for key in ["", "wrong", "THE KEY OF A SERVICE", "another key than that,the key of a service", &format!("{KEY}x")] {
        server.send(request().header("X-API-Key", key)).await.refused(401, "UNAUTHORIZED");
    }
    let in_address = Request::new("POST", "/live-log/messages?api_key=the%20key%20of%20a%20service");
    server.send(in_address.json(&saying("spam"))).await.refused(401, "UNAUTHORIZED");
    assert_eq!(Listener::at(server.port(), "").await.history(json!({})).await["total_count"], 0);
}

#[tokio::test]
async fn without_any_key_in_the_settings_nobody_may_post() {
    let server = TestServer::start();
    for key in ["", "undefined", KEY] {
        let request = Request::new("POST", "/live-log/messages").header("X-API-Key", key).json(&saying("spam"));
        server.send(request).await.refused(401, "UNAUTHORIZED");
    }
}

/// A good message with one field changed; null takes it away.
fn with(kind: &str, field: &str, value: Value) -> Value {
    let [from, to] = ["01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10", "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a11"];
    let mut message =
        one_of_each(from, to).into_iter().find(|message| message["type"] == kind).expect("one of the six");
    let mut place = &mut message;
    let mut path = field.split('.').peekable();
    while let Some(name) = path.next() {
        if path.peek().is_none() {
            match (place.as_object_mut(), value) {
                (Some(fields), Value::Null) => drop(fields.remove(name)),
                (Some(fields), value) => drop(fields.insert(name.to_owned(), value)),
                (None, _) => panic!("{field} is nowhere"),
            }
            return message;
        }
        place = match name.parse::<usize>() {
            Ok(number) => &mut place[number],
            Err(_) => &mut place[name],
        };
    }
    message
}

#[tokio::test]
async fn what_breaks_the_schema_is_400_with_the_field_and_not_stored() {
    let server = serve(&[]);
    let long = json!("x".repeat(101));
    let big = json!({ "more": "x".repeat(8 * 1024) });
    let cases = [
        ("user", "type", json!(null)),
        ("user", "type", json!("chat")),
        ("user", "type", json!(7)),
        ("user", "id", json!("msg_1")),
        ("user", "timestamp", json!("2025-12-03T12:00:00.000Z")),
        ("user", "audience", json!(["everybody"])),
        ("user", "user_id", json!(null)),
        ("user", "user_id", json!("")),
        ("user", "user_id", long.clone()),
        ("user", "username", json!("a\u{7}b")),
        ("user", "content", json!(null)),
        ("user", "content", json!("  ")),
        ("user", "content", json!("x".repeat(2_001))),
        ("user", "content", json!("a\u{0}b")),
        ("user", "metadata", json!([])),
        ("user", "metadata", big.clone()),
        ("user", "metadata.level", json!(-1)),
        ("user", "metadata.channel", json!(7)),
        ("system", "event", json!("user_exploded")),
        ("system", "severity", json!("fatal")),
        ("system", "data", json!("none")),
        ("system", "data.count_online", json!("many")),
        ("dm", "from_user_id", json!("user_12345")),
        ("dm", "to_user_id", json!("everybody")),
        ("dm", "to_user_id", json!(null)),
        ("dm", "read", json!("no")),
        ("raid", "participants", json!({})),
        ("raid", "participants", json!(vec![json!({}); 65])),
        ("raid", "participants.0.class", json!(7)),
        ("raid", "participants.0.hand", json!([])),
        ("raid", "status", json!("over")),
        ("raid", "health_percentage", json!(101)),
        ("raid", "health_percentage", json!(-1)),
        ("raid", "duration_seconds", json!(1.5)),
        ("party", "event", json!("conquest_started")),
        ("party", "member_count", json!("four")),
        ("party", "leader_id", json!(null)),
        ("party", "event_data.member_id", long.clone()),
        ("guild", "event", json!("member_promoted")),
        ("guild", "guild_level", json!(4_294_967_296_u64)),
        ("guild", "event_data", big),
        ("guild", "event_data.points_earned", json!(-5)),
    ];
    for (kind, field, value) in cases {
        let message = with(kind, field, value);
        send(server.port(), &message).await.invalid(field);
    }
    assert_eq!(Listener::at(server.port(), "").await.history(json!({})).await["total_count"], 0);
}

#[tokio::test]
async fn what_is_no_json_object_is_refused_as_everywhere() {
    let server = serve(&[]);
    let request = || Request::new("POST", "/live-log/messages").header("X-API-Key", KEY);
    for text in ["", "{", "nonsense", "{\"type\":\"user\"}}"] {
        server.send(request().body("application/json", text)).await.refused(400, "MALFORMED_JSON");
    }
    for text in ["[]", "null", "7"] {
        assert_eq!(server.send(request().body("application/json", text)).await.status, 400, "{text}");
    }
    let plain = request().body("text/plain", saying("hello").to_string());
    server.send(plain).await.refused(415, "UNSUPPORTED_MEDIA_TYPE");
    let huge = saying(&"x".repeat(2_000_000));
    server.send(request().json(&huge)).await.refused(413, "BODY_TOO_LARGE");
    let broken = request().body("application/json", b"{\"type\":\"user\xff\"}".to_vec());
    assert_eq!(server.send(broken).await.status, 400);
}

#[tokio::test]
async fn free_objects_may_hold_anything_and_it_comes_back() {
    let server = serve(&[]);
    let mut message = saying("<script>alert('x')</script> & \"quotes\" 🐉 \u{202e}");
    message["metadata"] = json!({ "server": "eu", "nested": { "list": [1, null, { "deep": true }] }, "名": "値" });
    let mut log = Listener::to(server.port(), &["user"]).await;
    let stored = post(server.port(), &message).await;
    assert_eq!((&stored["metadata"], &stored["content"]), (&message["metadata"], &message["content"]));
    assert_eq!(log.next().await, stored);
    assert_eq!(log.listed(json!({})).await, [stored]);
}

#[tokio::test]
async fn a_direct_message_of_a_service_is_for_its_two_accounts_alone() {
    let server = serve(&[]);
    let (people, [from, to]) = two(&server).await;
    let eve = server.person("Eve").await;
    let mut of_eve = Listener::of(&eve, &["dm"]).await;
    let (mut of_ann, mut of_bob) = (Listener::of(&people[0], &["dm"]).await, Listener::of(&people[1], &["dm"]).await);
    // Ids in capitals are the same accounts.
    let stored = post(server.port(), &direct(&from.to_uppercase(), &to, "the secret word")).await;
    assert_eq!((of_ann.next().await, of_bob.next().await), (stored.clone(), stored.clone()));
    assert_eq!(of_bob.found("secret").await, [stored]);
    let eve = eve.id().await;
    let own = post(server.port(), &direct(&eve, &eve, "mine")).await;
    assert_eq!(of_eve.next().await, own);
    assert_eq!(of_eve.found("secret").await, [Value::Null; 0]);
}
