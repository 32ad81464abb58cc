//! `POST /auth/login` and `POST /token`

use std::time::{Duration, Instant};

use argon2::{Argon2, PasswordHasher};
use jsonwebtoken::{EncodingKey, Header};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Account, AccountChange, RefreshToken};
use vocabulary::Timestamp;

use crate::support::{Answer, KEY, PASSWORD, Person, Request, TestServer};

const FORM: &str = "application/x-www-form-urlencoded";

async fn form(server: &TestServer, body: &str) -> Answer {
    server.send(Request::new("POST", "/token").body(FORM, body)).await
}

#[tokio::test]
async fn a_login_gives_tokens_in_any_case_of_the_name() {
    let server = TestServer::start();
    server.person("Ann").await;
    for username in ["Ann", "ann", "ANN"] {
        let answer = server.login(username, PASSWORD).await;
        let person = Person::new(server.port(), &answer.expect(200));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(person.get("/users/me").await.expect(200)["username"], "Ann");
    }
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_get_the_same_answer() {
    let server = TestServer::start();
    server.person("Ann").await;
    let wrong = server.login("Ann", "Wrong-Horse-99").await;
    wrong.refused(401, "INVALID_CREDENTIALS");
    for (username, password) in [("Bob", PASSWORD), ("no name at all!", PASSWORD), ("", ""), ("Ann", "correct-horse-9")]
    {
        let other = server.login(username, password).await;
        other.refused(401, "INVALID_CREDENTIALS");
        assert_eq!(other.body, wrong.body);
    }
}

#[tokio::test]
async fn an_unknown_name_takes_as_much_work_as_a_wrong_password() {
    let server = TestServer::start();
    server.person("Ann").await;
    let mut quickest = [Duration::MAX; 2];
    // On a busy machine it takes more of them until each was quick once.
    for tried in 0..48 {
        if tried >= 8 && quickest[1] * 3 > quickest[0] {
            break;
        }
        for (fastest, username) in quickest.iter_mut().zip(["Ann", "Bob"]) {
            let start = Instant::now();
            server.login(username, "Wrong-Horse-99").await.refused(401, "INVALID_CREDENTIALS");
            *fastest = start.elapsed().min(*fastest);
        }
    }
    // Without the work the unknown name would be answered in a fraction of the time, not just in less.
    assert!(quickest[1] * 3 > quickest[0], "wrong password: {:?}, unknown name: {:?}", quickest[0], quickest[1]);
}

#[tokio::test]
async fn the_password_form_answers_as_oauth2_does() {
    let server = TestServer::start();
    server.person("Ann").await;
    let answer = form(&server, &format!("grant_type=password&username=ann&password={PASSWORD}&scope=")).await;
    let body = answer.expect(200);
    let fields: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["access_token", "expires_in", "refresh_token", "token_type"]);
    assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("bearer"), &json!(1800)));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let me = Request::new("GET", "/users/me").bearer(body["access_token"].as_str().unwrap());
    server.send(me).await.expect(200);
    server.refresh(body["refresh_token"].as_str().unwrap()).await.expect(200);
}

#[tokio::test]
async fn a_form_with_encoded_characters_is_understood() {
    let server = TestServer::start();
    let account = json!({ "username": "Ann", "password": "a b&c=d+名 100%" });
    server.post("/auth/register", &account).await.expect(201);
    form(&server, "username=Ann&password=a+b%26c%3Dd%2B%E5%90%8D%20100%25").await.expect(200);
}

#[tokio::test]
async fn a_form_that_is_wrong_is_refused_with_its_own_code() {
    let server = TestServer::start();
    server.person("Ann").await;
    form(&server, "username=Ann&password=Wrong-Horse-99").await.refused(401, "INVALID_CREDENTIALS");
    form(&server, "username=Ann").await.invalid("password");
    form(&server, "").await.invalid("username");
    form(&server, "username=Ann&username=Bob&password=x").await.invalid("username");
    form(&server, &format!("grant_type=magic&username=Ann&password={PASSWORD}")).await.invalid("grant_type");
    let json = Request::new("POST", "/token").json(&json!({ "username": "Ann", "password": PASSWORD }));
    server.send(json).await.refused(415, "UNSUPPORTED_MEDIA_TYPE");
    form(&server, &format!("username=Ann&password={}", "x".repeat(20_000))).await.refused(413, "BODY_TOO_LARGE");
}

#[tokio::test]
async fn a_login_without_its_fields_names_them() {
    let server = TestServer::start();
    server.post("/auth/login", &json!({ "username": "Ann" })).await.invalid("password");
    server.post("/auth/login", &json!({ "username": true, "password": PASSWORD })).await.invalid("username");
}

#[tokio::test]
async fn a_password_that_could_not_be_chosen_any_more_is_good_for_a_login() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let id = ann.id().await;
    let password_hash = Some(Argon2::default().hash_password(b"password-of-ann").unwrap().to_string());
    let change = AccountChange { password_hash, ..AccountChange::default() };
    let store = server.store().await;
    store.update_account(&id, &change).await.unwrap();
    store.close().await;
    let ann = Person::new(server.port(), &server.login("Ann", "password-of-ann").await.expect(200));
    let same = json!({ "password": "password-of-ann", "currentPassword": "password-of-ann" });
    ann.patch(&same).await.invalid("password");
    ann.patch(&json!({ "password": PASSWORD, "currentPassword": "password-of-ann" })).await.expect(200);
}

#[tokio::test]
async fn a_blocked_account_is_answered_like_an_unknown_one_and_its_tokens_end() {
    let server = TestServer::start();
    let password_hash = Argon2::default().hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    let store = server.store().await;
    let shut_out = Account {
        id: "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10".to_owned(),
        username: "Bob".to_owned(),
        display_name: "Bob".to_owned(),
        avatar_url: None,
        password_hash,
        role: "user".to_owned(),
        created_at: Timestamp(1),
        blocked: true,
        version: 1,
    };
    store.create_account(&shut_out).await.unwrap();
    let refresh = "a refresh token from before";
    let hash = Sha256::digest(refresh.as_bytes()).into();
    let family = "f".to_owned();
    let token =
        RefreshToken { hash, account: shut_out.id.clone(), family, expires_at: Timestamp::from_millis(i64::MAX) };
    store.insert_refresh(&token, 1).await.unwrap();
    store.close().await;
    let unknown = server.login("Cid", PASSWORD).await;
    assert_eq!(server.login("Bob", PASSWORD).await.body, unknown.body);
    server.refresh(refresh).await.refused(401, "UNAUTHORIZED");
    let claims = json!({ "iss": "liap-tui", "sub": shut_out.id, "ver": 1, "iat": 1, "exp": 4_000_000_000_u64 });
    let key = EncodingKey::from_secret(KEY.as_bytes());
    let token = jsonwebtoken::encode(&Header::default(), &claims, &key).unwrap();
    server.send(Request::new("GET", "/users/me").bearer(&token)).await.refused(401, "UNAUTHORIZED");
}
