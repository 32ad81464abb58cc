//! `GET /users/me`, `PATCH /users/me`, `GET /users/{id}`

use serde_json::{Value, json};

use store::AccountChange;

use crate::support::{PASSWORD, Person, Request, TestServer, player::body};

const NEW: &str = "Battery-Staple-7";

#[tokio::test]
async fn a_new_user_is_named_as_the_login_and_has_no_picture() {
    let server = TestServer::start();
    let me = server.person("Ann").await.get("/users/me").await.expect(200);
    let fields: Vec<&String> = me.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["avatarUrl", "createdAt", "displayName", "id", "role", "username"]);
    assert_eq!((&me["username"], &me["displayName"], &me["avatarUrl"]), (&json!("Ann"), &json!("Ann"), &Value::Null));
    assert!(me["createdAt"].as_i64().is_some_and(|time| time > 1_700_000_000_000), "milliseconds: {me}");
    assert_eq!(me["id"].as_str().map(str::len), Some(36));
    assert_eq!(me["id"].as_str().unwrap().as_bytes()[14], b'7', "a UUID of version 7");
}

#[tokio::test]
async fn others_are_seen_as_they_see_themselves() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let path = format!("/users/{}", ann.id().await);
    let mut own = body(&ann.get("/users/me").await, "OwnUser");
    assert_eq!(own.as_object_mut().unwrap().remove("role"), Some(json!("user")), "only its owner is told");
    for person in [&ann, &bob] {
        assert_eq!(body(&person.get(&path).await, "User"), own);
    }
}

#[tokio::test]
async fn an_operator_hears_so_in_their_own_profile_alone() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let id = ann.id().await;
    let change = AccountChange { role: Some("admin".to_owned()), ..AccountChange::default() };
    server.store().await.update_account(&id, &change).await.unwrap();
    assert_eq!(body(&ann.get("/users/me").await, "OwnUser")["role"], "admin");
    assert_eq!(
        ann.patch(&json!({ "role": "user" })).await.expect(200)["role"],
        "admin",
        "nobody gives it to themselves"
    );
    assert_eq!(bob.patch(&json!({ "role": "admin" })).await.expect(200)["role"], "user");
    assert!(!bob.get(&format!("/users/{id}")).await.body.contains("admin"));
}

#[tokio::test]
async fn a_user_who_is_not_there_is_not_found() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for id in ["01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10", "Ann", "'%20OR%20''='"] {
        ann.get(&format!("/users/{id}")).await.refused(404, "NOT_FOUND");
    }
}

#[tokio::test]
async fn without_a_token_nobody_is_seen_or_changed() {
    let server = TestServer::start();
    let id = server.person("Ann").await.id().await;
    let anonymous = |method, path: &str| server.send(Request::new(method, path).json(&json!({})));
    anonymous("GET", "/users/me").await.refused(401, "UNAUTHORIZED");
    anonymous("PATCH", "/users/me").await.refused(401, "UNAUTHORIZED");
    anonymous("GET", &format!("/users/{id}")).await.refused(401, "UNAUTHORIZED");
    anonymous("GET", "/users/01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10").await.refused(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_change_touches_what_it_names_and_stays() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let mut expected = ann.get("/users/me").await.expect(200);
    for (change, field, value) in [
        (json!({ "displayName": "  Änne 名 " }), "displayName", json!("Änne 名")),
        (json!({ "avatarUrl": "https://a.example/1.png" }), "avatarUrl", json!("https://a.example/1.png")),
        (json!({ "unknown": 1 }), "username", json!("Ann")),
        (json!({ "avatarUrl": null }), "avatarUrl", Value::Null),
    ] {
        expected[field] = value;
        assert_eq!(ann.patch(&change).await.expect(200), expected);
        assert_eq!(ann.get("/users/me").await.expect(200), expected);
    }
}

#[tokio::test]
async fn a_change_that_is_wrong_names_the_field_and_changes_nothing() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let before = ann.get("/users/me").await.expect(200);
    for (field, value) in [
        ("displayName", json!("")),
        ("displayName", json!("x".repeat(51))),
        ("displayName", json!("a\u{7}b")),
        ("displayName", json!(7)),
        ("avatarUrl", json!("javascript:alert(1)")),
        ("avatarUrl", json!("")),
        ("avatarUrl", json!([])),
    ] {
        let mut change = json!({ "displayName": "Else", "avatarUrl": "https://a.example/" });
        change[field] = value;
        ann.patch(&change).await.invalid(field);
    }
    assert_eq!(ann.get("/users/me").await.expect(200), before);
}

#[tokio::test]
async fn nobody_is_shown_under_a_name_that_looks_like_anothers() {
    let server = TestServer::unlimited(&["--admin-username=Admin", &format!("--admin-password={PASSWORD}")]);
    let operator = Person::new(server.port(), &server.login("Admin", PASSWORD).await.expect(200));
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    ann.patch(&json!({ "displayName": "Zoë 名" })).await.expect(200);
    for name in ["Ann", "ANN", "Аnn", "Ａｎｎ", "zoë  名"] {
        let details = bob.patch(&json!({ "displayName": name })).await.refused(409, "NAME_TAKEN");
        assert_eq!(details["name"], name);
    }
    for name in ["Admin", "аdmin", "SYSTEM", "server", "m0derator", "Niran (bot)", "\u{2067}Bob", "Bo\u{3164}b"] {
        bob.patch(&json!({ "displayName": name })).await.invalid("displayName");
    }
    assert_eq!(bob.get("/users/me").await.expect(200)["displayName"], "Bob");
    ann.patch(&json!({ "displayName": "aNN" })).await.expect(200);
    bob.patch(&json!({ "displayName": "Zoë 名" })).await.expect(200);
    operator.patch(&json!({ "displayName": "ADMIN" })).await.expect(200);
}

#[tokio::test]
async fn a_new_password_needs_the_current_one() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    ann.patch(&json!({ "password": NEW })).await.invalid("currentPassword");
    let wrong = json!({ "displayName": "Else", "password": NEW, "currentPassword": "Wrong-Horse-99" });
    ann.patch(&wrong).await.refused(401, "INVALID_CREDENTIALS");
    ann.patch(&json!({ "password": "short", "currentPassword": PASSWORD })).await.invalid("password");
    assert_eq!(ann.get("/users/me").await.expect(200)["displayName"], "Ann");
    server.login("Ann", NEW).await.refused(401, "INVALID_CREDENTIALS");
    server.login("Ann", PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_new_password_that_is_easy_to_guess_is_refused_with_the_reason() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for (password, reason) in [("sunshine1", "COMMON_PASSWORD"), ("Horse-of-ann", "CONTAINS_USERNAME")] {
        let answer = ann.patch(&json!({ "password": password, "currentPassword": PASSWORD })).await;
        let details = answer.refused(400, "VALIDATION_FAILED");
        assert_eq!((&details["field"], &details["reason"]), (&json!("password"), &json!(reason)));
    }
    server.login("Ann", PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_new_password_takes_the_old_ones_place_and_ends_every_login() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    ann.patch(&json!({ "password": NEW, "currentPassword": PASSWORD })).await.expect(200);
    server.login("Ann", PASSWORD).await.refused(401, "INVALID_CREDENTIALS");
    server.refresh(&ann.refresh).await.refused(401, "UNAUTHORIZED");
    ann.get("/users/me").await.refused(401, "UNAUTHORIZED");
    let again = Person::new(server.port(), &server.login("Ann", NEW).await.expect(200));
    again.get("/users/me").await.expect(200);
    let change = json!({ "displayName": "Annie", "avatarUrl": "https://a.example/" });
    again.patch(&change).await.expect(200);
    again.get("/users/me").await.expect(200);
}
