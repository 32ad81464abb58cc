//! What an operator does with the files of the embedded database: `cp`, and `liap-tui restore`.

use std::{fs, path::Path};

use serde_json::json;
use tempfile::TempDir;

use crate::support::{Guest, ServerProcess};

const FLAGS: &[&str] = &["--workers", "1"];

/// The names in the folder.
fn files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

async fn room(server: &ServerProcess, name: &str) -> Guest {
    let mut guest = Guest::connect(server.port(), "lobby", name).await;
    guest.create_room(json!({})).await;
    guest
}

/// Whether the guest's seat is still there.
async fn is_back(server: &ServerProcess, guest: &Guest) -> bool {
    let mut back = Guest::connect(server.port(), "lobby", &guest.name).await;
    let data = json!({ "player_name": guest.name, "room_id": guest.room(), "session_token": guest.token() });
    back.send("join_room", data).await;
    loop {
        let message = back.next().await;
        if message["event"] == "reconnected" || message.get("error").is_some() {
            return message["event"] == "reconnected";
        }
    }
}

#[tokio::test]
async fn after_sigterm_one_file_has_everything_and_a_copy_of_it_is_a_backup() {
    let server = ServerProcess::start(FLAGS).await;
    let ann = room(&server, "Ann").await;
    let data = server.folder();
    server.terminate();
    assert_eq!(server.ended().await, Some(0));
    assert_eq!(files(data.path()), ["auth.key", "liap-tui.db", "liap-tui.lock"]);

    let elsewhere = std::sync::Arc::new(TempDir::new().unwrap());
    fs::copy(data.path().join("liap-tui.db"), elsewhere.path().join("liap-tui.db")).unwrap();
    let server = ServerProcess::start_on(elsewhere, &[], FLAGS).await;
    assert!(is_back(&server, &ann).await);
}

#[tokio::test]
async fn a_backup_copied_over_a_killed_servers_database_is_refused() {
    let server = ServerProcess::start(FLAGS).await;
    let ann = room(&server, "Ann").await;
    let folder = TempDir::new().unwrap();
    let backup = folder.path().join("backup.db");
    let (code, _, complaints) = server.run(&["backup", backup.to_str().unwrap()]).await;
    assert_eq!(code, Some(0), "{complaints}");
    let bob = room(&server, "Bob").await;
    let data = server.folder();
    server.kill().await;
    let database = data.path().join("liap-tui.db");
    let killed = fs::read(&database).unwrap();
    fs::copy(&backup, &database).unwrap();
    let ended = ServerProcess::fails_on(data.path(), FLAGS).await;
    assert_eq!(ended.code, Some(2));
    let errors = &ended.errors;
    assert!(errors.contains("liap-tui.db-wal does not belong to"), "{errors}");

    // The old database is as it was; with its log it has both rooms.
    fs::write(&database, killed).unwrap();
    let server = ServerProcess::start_on(data, &[], FLAGS).await;
    assert!(is_back(&server, &ann).await && is_back(&server, &bob).await);
    let data = server.folder();
    server.kill().await;

    // What the sentence says: without the log, the backup is what it was.
    fs::copy(&backup, &database).unwrap();
    for log in ["liap-tui.db-wal", "liap-tui.db-shm"] {
        fs::remove_file(data.path().join(log)).unwrap();
    }
    let server = ServerProcess::start_on(data, &[], FLAGS).await;
    assert!(is_back(&server, &ann).await && !is_back(&server, &bob).await);
}

#[tokio::test]
async fn restore_refuses_what_it_should_and_brings_back_the_rest() {
    let server = ServerProcess::start(FLAGS).await;
    let ann = room(&server, "Ann").await;
    let folder = TempDir::new().unwrap();
    let backup = folder.path().join("backup.db");
    server.run(&["backup", backup.to_str().unwrap()]).await;
    let bob = room(&server, "Bob").await;
    let backup = backup.to_str().unwrap();

    let (code, _, complaints) = server.run(&["restore", backup, "--force"]).await;
    assert!(code == Some(2) && complaints.contains("another server uses"), "{complaints}");
    let data = server.folder();
    server.kill().await;
    let restore = async |arguments: &[&str]| ServerProcess::run_in(data.path(), arguments).await;
    let (code, _, complaints) = restore(&["restore", backup]).await;
    assert!(code == Some(2) && complaints.contains("--force"), "{complaints}");
    let nonsense = folder.path().join("nonsense");
    fs::write(&nonsense, "nonsense".repeat(2_000)).unwrap();
    let (code, _, complaints) = restore(&["restore", nonsense.to_str().unwrap(), "--force"]).await;
    assert!(code == Some(2) && complaints.contains("is damaged"), "{complaints}");
    let url = ["restore", backup, "--database-url", "postgres://app@127.0.0.1/app"];
    let (code, _, complaints) = restore(&url).await;
    assert!(code == Some(2) && complaints.contains("pg_restore"), "{complaints}");
    let (code, told, complaints) = restore(&["restore", backup, "--force"]).await;
    assert!(code == Some(0) && told.contains("is restored"), "{complaints}");
    assert_eq!(files(data.path()), ["auth.key", "liap-tui.db", "liap-tui.lock"]);

    let server = ServerProcess::start_on(data, &[], FLAGS).await;
    assert!(is_back(&server, &ann).await && !is_back(&server, &bob).await);
}
