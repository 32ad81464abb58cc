//! `POST /auth/register`

use serde_json::json;

use crate::support::{PASSWORD, Person, Request, TestServer};

#[tokio::test]
async fn a_new_account_gets_tokens_that_work() {
    let server = TestServer::start();
    let answer = server.post("/auth/register", &json!({ "username": "Ann_-7", "password": PASSWORD })).await;
    let tokens = answer.expect(201);
    assert_eq!(tokens["expiresIn"], 1800);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let person = Person::new(server.port(), &tokens);
    assert_eq!(person.get("/users/me").await.expect(200)["username"], "Ann_-7");
}

#[tokio::test]
async fn every_address_stands_again_below_the_version() {
    let server = TestServer::start();
    let account = json!({ "username": "Ann", "password": PASSWORD });
    let person = Person::new(server.port(), &server.post("/api/v1/auth/register", &account).await.expect(201));
    let me = person.get("/api/v1/users/me").await.expect(200);
    assert_eq!(me, person.get("/users/me").await.expect(200));
    let seen = person.get(&format!("/users/{}", person.id().await)).await.expect(200);
    assert_eq!(seen["id"], me["id"]);
    assert_eq!(seen, person.get(&format!("/api/v1/users/{}", person.id().await)).await.expect(200));
    server.post("/api/v1/auth/login", &account).await.expect(200);
    server.post("/api/v1/auth/refresh", &json!({ "refreshToken": person.refresh })).await.expect(200);
    server.post("/api/v1/auth/logout", &json!({ "refreshToken": person.refresh })).await.expect(200);
    let form = format!("username=Ann&password={PASSWORD}");
    let request = Request::new("POST", "/api/v1/token").body("application/x-www-form-urlencoded", form);
    server.send(request).await.expect(200);
}

#[tokio::test]
async fn a_username_is_taken_whatever_its_case() {
    let server = TestServer::start();
    server.person("Ann").await;
    for username in ["Ann", "ann", "ANN"] {
        let answer = server.post("/auth/register", &json!({ "username": username, "password": PASSWORD })).await;
        answer.refused(409, "USERNAME_TAKEN");
    }
}

#[tokio::test]
async fn a_username_that_looks_like_anothers_name_or_the_servers_is_refused() {
    let server = TestServer::start();
    server.person("AlIce").await.patch(&json!({ "displayName": "B0b" })).await.expect(200);
    let register = |username: &str| {
        let account = json!({ "username": username, "password": PASSWORD });
        let server = &server;
        async move { server.post("/auth/register", &account).await }
    };
    for username in ["alice", "A1ice", "AIIce", "Bob"] {
        register(username).await.refused(409, "USERNAME_TAKEN");
    }
    for username in ["admin", "SYSTEM", "Server", "m0derator", "adm1n"] {
        register(username).await.invalid("username");
    }
    register("Alicia").await.expect(201);
}

#[tokio::test]
async fn of_many_registrations_of_one_name_at_once_one_succeeds() {
    let server = TestServer::start();
    let account = json!({ "username": "Ann", "password": PASSWORD });
    let register = || server.post("/auth/register", &account);
    let (one, two, three) = tokio::join!(register(), register(), register());
    let mut statuses = [one.status, two.status, three.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409]);
}

#[tokio::test]
async fn names_and_passwords_out_of_their_range_are_refused_by_field() {
    let server = TestServer::start();
    for username in ["ab", "a b", "Änne", "ann.b", "", &"x".repeat(33)] {
        let body = json!({ "username": username, "password": PASSWORD });
        server.post("/auth/register", &body).await.invalid("username");
    }
    for password in ["1234567", "", &"x".repeat(129)] {
        let body = json!({ "username": "Ann", "password": password });
        server.post("/auth/register", &body).await.invalid("password");
    }
}

#[tokio::test]
async fn a_password_that_is_easy_to_guess_is_refused_with_the_reason() {
    let server = TestServer::start();
    for (username, password, reason) in [
        ("Ann", "iloveyou", "COMMON_PASSWORD"),
        ("Ann", "TrustNo1", "COMMON_PASSWORD"),
        ("Ann", "12345678", "COMMON_PASSWORD"),
        ("Ann", "Horses-of-ANN-7", "CONTAINS_USERNAME"),
        ("Horse_99", "horse_99-battery", "CONTAINS_USERNAME"),
        ("Zebedee-1990", "zebedee-", "CONTAINS_USERNAME"),
    ] {
        let answer = server.post("/auth/register", &json!({ "username": username, "password": password })).await;
        let details = answer.refused(400, "VALIDATION_FAILED");
        assert_eq!((&details["field"], &details["reason"]), (&json!("password"), &json!(reason)), "{password}");
        assert!(!answer.body.contains(password), "{answer:?}");
    }
    server.person("Ann").await;
}

#[tokio::test]
async fn the_longest_and_the_shortest_are_taken() {
    let server = TestServer::start();
    for (username, password) in [("abc", "8-Horses".to_owned()), (&"x".repeat(32), "名".repeat(128))] {
        let body = json!({ "username": username, "password": password });
        server.post("/auth/register", &body).await.expect(201);
        server.login(username, &password).await.expect(200);
    }
}

#[tokio::test]
async fn a_missing_null_or_mistyped_field_is_named() {
    let server = TestServer::start();
    for (body, field) in [
        (json!({ "password": PASSWORD }), "username"),
        (json!({ "username": "Ann" }), "password"),
        (json!({ "username": null, "password": PASSWORD }), "username"),
        (json!({ "username": 7, "password": PASSWORD }), "username"),
        (json!({ "username": "Ann", "password": ["x"] }), "password"),
    ] {
        server.post("/auth/register", &body).await.invalid(field);
    }
}
