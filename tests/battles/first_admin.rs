//! `ADMIN_USERNAME` and `ADMIN_PASSWORD` at the start of the server.

use serde_json::json;
use tempfile::TempDir;

use crate::support::{PASSWORD, Person, Process, Request};

const BOTH: [(&str, &str); 2] = [("ADMIN_USERNAME", "Root"), ("ADMIN_PASSWORD", PASSWORD)];

async fn log_in(port: u16, username: &str, password: &str) -> Person {
    let credentials = json!({ "username": username, "password": password });
    Person::new(port, &Request::new("POST", "/auth/login").json(&credentials).send(port).await.expect(200))
}

async fn register(data: &TempDir, username: &str) {
    let server = Process::start(data.path(), &[]).await;
    let account = json!({ "username": username, "password": PASSWORD });
    let answer = Request::new("POST", "/auth/register").json(&account).send(server.port).await;
    let person = Person::new(server.port, &answer.expect(201));
    person.get("/admin/rooms").await.refused(403, "FORBIDDEN");
    server.stopped().await;
}

#[tokio::test]
async fn the_first_admin_is_made_once_and_keeps_a_password_that_was_changed() {
    let data = TempDir::new().unwrap();
    let server = Process::start_in(data.path(), &["--log", "debug"], &BOTH).await;
    let root = log_in(server.port, "root", PASSWORD).await;
    root.get("/admin/rooms").await.expect(200);
    root.patch(&json!({ "password": "Battery-Staple-7", "currentPassword": PASSWORD })).await.expect(200);
    let log = server.stopped().await;
    assert!(log.contains("the admin Root") && !log.contains(PASSWORD), "{log}");

    let server = Process::start_in(data.path(), &[], &BOTH).await;
    log_in(server.port, "Root", "Battery-Staple-7").await.get("/admin/rooms").await.expect(200);
    assert!(!server.stopped().await.contains("the admin Root"), "nothing was made");

    let server = Process::start(data.path(), &[]).await;
    log_in(server.port, "Root", "Battery-Staple-7").await.get("/admin/rooms").await.expect(200);
    server.stopped().await;
}

#[tokio::test]
async fn an_account_that_is_there_becomes_an_admin_only_with_its_own_password() {
    let data = TempDir::new().unwrap();
    register(&data, "root").await;
    let wrong = ["--admin-username", "Root", "--admin-password", "Wrong-Horse-99", "--log", "error"];
    let (code, errors) = Process::fails(data.path(), &wrong).await;
    assert_eq!((code, errors.trim().lines().count()), (Some(2), 1), "{errors}");
    assert!(errors.contains("ADMIN_PASSWORD") && errors.contains("ADMIN_USERNAME"), "{errors}");
    assert!(!errors.contains("Wrong-Horse-99"), "{errors}");

    let server = Process::start(data.path(), &[]).await;
    log_in(server.port, "root", PASSWORD).await.get("/admin/rooms").await.refused(403, "FORBIDDEN");
    server.stopped().await;

    let server = Process::start_in(data.path(), &[], &BOTH).await;
    log_in(server.port, "root", PASSWORD).await.get("/admin/rooms").await.expect(200);
    server.stopped().await;
}

#[tokio::test]
async fn an_incomplete_or_invalid_admin_is_one_sentence_and_exit_code_2() {
    let data = TempDir::new().unwrap();
    for (flags, word) in [
        (&["--admin-username", "Root"][..], "both or neither"),
        (&["--admin-password", "Wrong-Horse-99"], "both or neither"),
        (&["--admin-username", "Root", "--admin-password", ""], "both or neither"),
        (&["--admin-username", "Root", "--admin-password", "short-7"], "8 to 128"),
        (&["--admin-username", "Root", "--admin-password", "password1"], "most common"),
        (&["--admin-username", "Root", "--admin-password", "Horse-Root-99"], "contain the username"),
        (&["--admin-username", "R", "--admin-password", "Wrong-Horse-99"], "3 to 32"),
    ] {
        let (code, errors) = Process::fails(data.path(), &[flags, &["--log", "error"]].concat()).await;
        assert_eq!((code, errors.trim().lines().count()), (Some(2), 1), "{errors}");
        assert!(errors.contains(word) && errors.contains("ADMIN_"), "{errors}");
        assert!(!errors.contains("Wrong-Horse-99") && !errors.contains("short-7"), "{errors}");
        assert!(!errors.contains("password1") && !errors.contains("Horse-Root-99"), "{errors}");
    }
}

#[tokio::test]
async fn the_password_is_in_no_help() {
    for command in ["serve", "admin"] {
        let mut help = tokio::process::Command::new(env!("CARGO_BIN_EXE_liap-tui"));
        let help = help.args([command, "--help"]).envs(BOTH).output().await.unwrap();
        let help = String::from_utf8(help.stdout).unwrap();
        assert!(help.contains("ADMIN_PASSWORD") && !help.contains(PASSWORD), "{help}");
    }
}

#[tokio::test]
async fn empty_variables_are_as_good_as_none() {
    let data = TempDir::new().unwrap();
    let server = Process::start_in(data.path(), &[], &[("ADMIN_USERNAME", ""), ("ADMIN_PASSWORD", "")]).await;
    assert!(!server.stopped().await.contains("admin"));
}
