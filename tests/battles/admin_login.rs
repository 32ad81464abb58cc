//! `liap-tui admin` keeps its login: one login for many commands, in a file that nobody else may read.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    admin_command::{Ran, run_in},
    support::{PASSWORD, TestServer},
};

/// An operator at a server that takes three logins a minute.
struct Operator {
    state: TempDir,
    server: TestServer,
}

impl Operator {
    fn new() -> Self {
        let admin = ["--admin-username", "Root", "--admin-password", PASSWORD, "--battles-auth-per-minute", "3"];
        Self { state: TempDir::new().unwrap(), server: TestServer::with(&admin) }
    }

    async fn does(&self, arguments: &[&str], password: &str) -> Ran {
        // As the server prints it.
        let url = format!("ws://127.0.0.1:{}/ws/lobby", self.server.port());
        let all = [&["--url", &url, "--username", "root"], arguments].concat();
        run_in(self.state.path(), &all, password, "").await
    }

    fn folder(&self) -> PathBuf {
        self.state.path().join("liap-tui")
    }

    fn file(&self) -> PathBuf {
        let mut files = fs::read_dir(self.folder()).unwrap();
        files.next().expect("a login").unwrap().path()
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn many_commands_are_one_login() {
    let operator = Operator::new();
    operator.does(&["rooms"], PASSWORD).await.done();
    for _ in 0..8 {
        operator.does(&["rooms"], "").await.done();
    }
    assert_eq!((mode(&operator.folder()), mode(&operator.file())), (0o700, 0o600));
    assert!(!fs::read_to_string(operator.file()).unwrap().contains(PASSWORD));
}

#[tokio::test]
async fn a_login_whose_access_token_is_no_longer_good_is_renewed() {
    let operator = Operator::new();
    operator.does(&["rooms"], PASSWORD).await.done();
    let mut kept: Value = serde_json::from_str(&fs::read_to_string(operator.file()).unwrap()).unwrap();
    kept["token"] = "expired".into();
    fs::write(operator.file(), kept.to_string()).unwrap();
    operator.does(&["rooms"], "").await.done();
    let renewed: Value = serde_json::from_str(&fs::read_to_string(operator.file()).unwrap()).unwrap();
    assert!(renewed["token"] != "expired" && renewed["refreshToken"] != kept["refreshToken"]);
}

#[tokio::test]
async fn a_login_that_has_ended_asks_for_the_password_again() {
    let operator = Operator::new();
    operator.does(&["rooms"], PASSWORD).await.done();
    for nonsense in [r#"{"token": "a", "refreshToken": "b"}"#, "", "not JSON"] {
        fs::write(operator.file(), nonsense).unwrap();
        operator.does(&["rooms"], "").await.complains(2, "ADMIN_PASSWORD");
    }
    operator.does(&["rooms"], PASSWORD).await.done();
    operator.does(&["rooms"], "").await.done();
}

#[tokio::test]
async fn no_login_is_kept_where_none_is_wanted() {
    let operator = Operator::new();
    operator.does(&["--no-store", "rooms"], PASSWORD).await.done();
    assert!(!operator.folder().exists());
    operator.does(&["rooms"], PASSWORD).await.done();
    operator.does(&["rooms", "--no-store"], "").await.complains(2, "ADMIN_PASSWORD");
}

#[tokio::test]
async fn a_login_that_others_can_read_is_refused() {
    let operator = Operator::new();
    operator.does(&["rooms"], PASSWORD).await.done();
    fs::set_permissions(operator.file(), Permissions::from_mode(0o644)).unwrap();
    operator.does(&["rooms"], PASSWORD).await.complains(2, "chmod 600");
    fs::set_permissions(operator.file(), Permissions::from_mode(0o600)).unwrap();
    fs::set_permissions(operator.folder(), Permissions::from_mode(0o777)).unwrap();
    operator.does(&["rooms"], PASSWORD).await.complains(2, "chmod 700");
    fs::set_permissions(operator.folder(), Permissions::from_mode(0o755)).unwrap();
    operator.does(&["rooms"], "").await.done();
}

#[tokio::test]
async fn another_server_and_another_user_have_logins_of_their_own() {
    let (operator, other) = (Operator::new(), Operator::new());
    operator.does(&["rooms"], PASSWORD).await.done();
    let url = format!("http://127.0.0.1:{}", other.server.port());
    let elsewhere = run_in(operator.state.path(), &["--url", &url, "--username", "root", "rooms"], "", "").await;
    elsewhere.complains(2, "ADMIN_PASSWORD");
    let own = format!("http://127.0.0.1:{}", operator.server.port());
    let ann = run_in(operator.state.path(), &["--url", &own, "--username", "ann", "rooms"], "", "").await;
    ann.complains(2, "ADMIN_PASSWORD");
}

#[tokio::test]
async fn a_logout_ends_the_login_and_deletes_its_file() {
    let operator = Operator::new();
    operator.does(&["rooms"], PASSWORD).await.done();
    let kept: Value = serde_json::from_str(&fs::read_to_string(operator.file()).unwrap()).unwrap();
    operator.does(&["logout"], "").await.done();
    assert!(fs::read_dir(operator.folder()).unwrap().next().is_none());
    operator.server.refresh(kept["refreshToken"].as_str().unwrap()).await.refused(401, "UNAUTHORIZED");
    operator.does(&["logout"], "").await.done();
    operator.does(&["rooms"], "").await.complains(2, "ADMIN_PASSWORD");
}
