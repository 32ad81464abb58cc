//! What an operator sees: keys, refusals to start, and logs without secrets.

use std::{fs, os::unix::fs::PermissionsExt};

use serde_json::json;
use tempfile::TempDir;

use crate::support::{PASSWORD, Person, Process, Request};

#[tokio::test]
async fn without_a_key_one_is_made_that_is_kept_and_only_its_owner_may_read() {
    let data = TempDir::new().unwrap();
    let server = Process::start(data.path(), &[]).await;
    let account = json!({ "username": "Ann", "password": PASSWORD });
    let answer = Request::new("POST", "/auth/register").json(&account).send(server.port).await;
    let token = Person::new(server.port, &answer.expect(201)).token;
    let log = server.stopped().await;
    let path = data.path().join("auth.key");
    assert!(log.contains("AUTH_SECRET_KEY") && log.contains(path.to_str().unwrap()), "{log}");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let key = fs::read_to_string(&path).unwrap();
    assert_eq!(key.trim().len(), 64);
    assert!(!log.contains(key.trim()));

    let server = Process::start(data.path(), &[]).await;
    Request::new("GET", "/users/me").bearer(&token).send(server.port).await.expect(200);
    server.stopped().await;
    assert_eq!(fs::read_to_string(&path).unwrap(), key);
}

#[tokio::test]
async fn a_key_file_that_holds_no_key_is_one_sentence_and_exit_code_2() {
    let data = TempDir::new().unwrap();
    fs::write(data.path().join("auth.key"), "short").unwrap();
    let (code, errors) = Process::fails(data.path(), &["--log", "error"]).await;
    assert_eq!((code, errors.trim().lines().count()), (Some(2), 1), "{errors}");
    assert!(errors.contains("auth.key") && errors.contains("delete it"), "{errors}");
}

#[tokio::test]
async fn production_without_a_good_key_is_one_sentence_and_exit_code_2() {
    let data = TempDir::new().unwrap();
    for flags in [&[][..], &["--auth-secret-key", ""], &["--auth-secret-key", "your-secret-key"]] {
        let flags = [&["--api-env", "production", "--log", "error"], flags].concat();
        let (code, errors) = Process::fails(data.path(), &flags).await;
        assert_eq!((code, errors.trim().lines().count()), (Some(2), 1), "{errors}");
        assert!(errors.contains("AUTH_SECRET_KEY") && errors.contains("32"), "{errors}");
        assert!(!errors.contains("your-secret-key"), "{errors}");
    }
    assert!(!data.path().join("auth.key").exists());
}

#[tokio::test]
async fn production_with_a_key_starts() {
    let data = TempDir::new().unwrap();
    let key = "0123456789abcdef0123456789abcdef";
    let server = Process::start(data.path(), &["--api-env", "production", "--auth-secret-key", key]).await;
    Request::new("GET", "/health").send(server.port).await.expect(200);
    assert!(!server.stopped().await.contains(key));
    assert!(!data.path().join("auth.key").exists());
}

#[tokio::test]
async fn a_short_key_is_for_development_and_the_log_warns_of_it() {
    let data = TempDir::new().unwrap();
    let server = Process::start(data.path(), &["--auth-secret-key", "your-secret-key"]).await;
    let log = server.stopped().await;
    assert!(log.contains("AUTH_SECRET_KEY has fewer than 32"), "{log}");
    assert!(!log.contains("your-secret-key"), "{log}");
}

#[tokio::test]
async fn no_password_and_no_token_is_in_the_log() {
    let data = TempDir::new().unwrap();
    // At the finest level a library's words show every header and body; what is ours is all at trace.
    let log = "debug,liap_tui=trace,actors=trace,store=trace,contracts=trace";
    let server = Process::start(data.path(), &["--log", log, "--battles-auth-per-minute", "1000"]).await;
    let port = server.port;
    let post = |path: &'static str, body| Request::new("POST", path).json(&body).send(port);
    let account = json!({ "username": "Ann", "password": PASSWORD });
    let first = Person::new(port, &post("/auth/register", account.clone()).await.expect(201));
    post("/auth/login", json!({ "username": "Ann", "password": "Wrong-Horse-99" }))
        .await
        .refused(401, "INVALID_CREDENTIALS");
    let form = format!("username=Ann&password={PASSWORD}");
    Request::new("POST", "/token").body("application/x-www-form-urlencoded", form).send(port).await.expect(200);
    let next = Person::new(port, &post("/auth/refresh", json!({ "refreshToken": first.refresh })).await.expect(200));
    post("/auth/refresh", json!({ "refreshToken": first.refresh })).await.refused(401, "UNAUTHORIZED");
    post("/auth/logout", json!({ "refreshToken": next.refresh })).await.expect(200);
    let ann = Person::new(port, &post("/auth/login", account).await.expect(200));
    ann.get(&format!("/users/{}", ann.id().await)).await.expect(200);
    ann.patch(&json!({ "password": "Battery-Staple-7", "currentPassword": PASSWORD })).await.expect(200);
    let log = server.stopped().await;
    assert!(log.contains("was used twice"), "the log is there: {log}");
    let tokens = [&ann.token, &ann.refresh, &first.token, &first.refresh, &next.token, &next.refresh];
    let secrets = [PASSWORD, "Wrong-Horse-99", "Battery-Staple-7"].into_iter().chain(tokens.map(String::as_str));
    for secret in secrets.chain(["$argon2"]) {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}
