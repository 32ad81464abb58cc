//! What operators do to the embedded database's files with `cp`, `mv` and `rm`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use store::{Existing, Location, OpenError, RestoreError, Store, StoreError, restore};
use tempfile::TempDir;
use vocabulary::Timestamp;

use crate::place::{bodies, entries, founding, together};

fn beside(database: &Path, suffix: &str) -> PathBuf {
    database.with_file_name(format!("{}{suffix}", database.file_name().unwrap().to_str().unwrap()))
}

async fn open(database: &Path) -> Store {
    Store::open(&Location::Sqlite(database.to_owned())).await.unwrap()
}

/// How many entries room `a` has.
async fn count(database: &Path) -> usize {
    let store = open(database).await;
    let rooms = store.unfinished().await.unwrap();
    store.close().await;
    assert_eq!(rooms[0].entries, bodies("a", i64::try_from(rooms[0].entries.len()).unwrap()));
    rooms[0].entries.len()
}

/// The database as a killed server left it, with this many entries, the last of them in the log.
async fn killed(folder: &TempDir, first: i64, then: i64) -> PathBuf {
    let (live, left) = (folder.path().join("live.db"), folder.path().join("left.db"));
    let store = open(&live).await;
    store.append(&together([founding(&["a"]), entries("a", 0..first)])).await.unwrap();
    store.backup(&folder.path().join("backup.db")).await.unwrap();
    store.append(&entries("a", first..first + then)).await.unwrap();
    for suffix in ["", "-wal"] {
        fs::copy(beside(&live, suffix), beside(&left, suffix)).unwrap();
    }
    store.close().await;
    left
}

#[tokio::test]
async fn after_a_clean_stop_there_is_one_complete_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("store.db");
    let store = open(&path).await;
    store.append(&together([founding(&["a"]), entries("a", 0..50)])).await.unwrap();
    store.unfinished_room("a").await.unwrap();
    store.close().await;
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["store.db"]);
    let copy = folder.path().join("copy.db");
    fs::copy(&path, &copy).unwrap();
    assert_eq!(count(&copy).await, 50);
}

#[tokio::test]
async fn what_a_killed_server_left_is_recovered_wherever_it_is_copied() {
    let folder = TempDir::new().unwrap();
    let left = killed(&folder, 5, 5).await;
    let elsewhere = TempDir::new().unwrap();
    let moved = elsewhere.path().join("other.db");
    for suffix in ["", "-wal"] {
        fs::copy(beside(&left, suffix), beside(&moved, suffix)).unwrap();
    }
    assert_eq!(count(&moved).await, 10);
    assert_eq!(count(&left).await, 10);
}

#[tokio::test]
async fn a_log_that_began_again_still_says_whose_it_is() {
    let folder = TempDir::new().unwrap();
    // Far more than the pages after which SQLite begins the log again.
    let left = killed(&folder, 200_000, 3).await;
    fs::copy(folder.path().join("backup.db"), &left).unwrap();
    refused(&left).await;
}

async fn refused(database: &Path) {
    let error = Store::open(&Location::Sqlite(database.to_owned())).await.err().unwrap();
    assert!(matches!(error, OpenError::ForeignLog { .. }), "{error}");
}

#[tokio::test]
async fn a_backup_copied_over_a_database_with_a_log_is_refused() {
    let folder = TempDir::new().unwrap();
    let left = killed(&folder, 5, 5).await;
    let log = fs::read(beside(&left, "-wal")).unwrap();
    fs::copy(folder.path().join("backup.db"), &left).unwrap();
    refused(&left).await;
    assert_eq!(fs::read(beside(&left, "-wal")).unwrap(), log, "nothing was touched");
    fs::remove_file(beside(&left, "-wal")).unwrap();
    assert_eq!(count(&left).await, 5);
}

#[tokio::test]
async fn a_copy_made_while_the_server_was_stopped_is_refused_beside_a_later_log() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("live.db");
    let store = open(&path).await;
    store.append(&together([founding(&["a"]), entries("a", 0..5)])).await.unwrap();
    store.close().await;
    let copy = folder.path().join("copy.db");
    fs::copy(&path, &copy).unwrap();
    let store = open(&path).await;
    store.append(&entries("a", 5..9)).await.unwrap();
    fs::copy(beside(&path, "-wal"), beside(&copy, "-wal")).unwrap();
    store.close().await;
    refused(&copy).await;
}

#[tokio::test]
async fn a_log_without_its_database_is_not_thrown_away() {
    let folder = TempDir::new().unwrap();
    let left = killed(&folder, 5, 5).await;
    let database = fs::read(&left).unwrap();
    fs::remove_file(&left).unwrap();
    refused(&left).await;
    fs::write(&left, "").unwrap();
    refused(&left).await;
    fs::write(&left, database).unwrap();
    assert_eq!(count(&left).await, 10);
}

#[tokio::test]
async fn a_restore_takes_the_place_of_a_database_only_by_force() {
    let folder = TempDir::new().unwrap();
    let left = killed(&folder, 5, 5).await;
    let backup = folder.path().join("backup.db");
    let error = restore(&backup, &left, Existing::Keep).await.unwrap_err();
    assert!(matches!(error, RestoreError::Exists(_)), "{error}");
    restore(&backup, &left, Existing::Replace).await.unwrap();
    assert!(!beside(&left, "-wal").exists());
    assert_eq!(count(&left).await, 5);
    let fresh = folder.path().join("fresh.db");
    restore(&backup, &fresh, Existing::Keep).await.unwrap();
    assert_eq!(count(&fresh).await, 5);
    assert_eq!(count(&backup).await, 5, "the backup is as it was");
}

#[tokio::test]
async fn a_restored_pair_of_files_has_what_its_log_had() {
    let folder = TempDir::new().unwrap();
    let left = killed(&folder, 5, 5).await;
    let fresh = folder.path().join("fresh.db");
    restore(&left, &fresh, Existing::Keep).await.unwrap();
    assert_eq!(count(&fresh).await, 10);
}

#[tokio::test]
async fn what_is_no_sound_backup_is_refused_and_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let left = killed(&folder, 500, 5).await;
    let file = folder.path().join("file");
    let mut damaged = fs::read(folder.path().join("backup.db")).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 8_192].fill(0xA5);
    let empty_database = {
        let path = folder.path().join("empty.db");
        let mut connection = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(
            &sqlx::sqlite::SqliteConnectOptions::new().filename(&path).create_if_missing(true),
        )
        .await
        .unwrap();
        sqlx::raw_sql("CREATE TABLE t (a TEXT); DROP TABLE t").execute(&mut connection).await.unwrap();
        sqlx::Connection::close(connection).await.unwrap();
        fs::read(path).unwrap()
    };
    for bytes in [Vec::new(), b"not a database".repeat(1_000), empty_database, damaged] {
        fs::write(&file, bytes).unwrap();
        let error = restore(&file, &left, Existing::Replace).await.unwrap_err();
        assert!(matches!(error, RestoreError::NotOurs(_) | RestoreError::Damaged { .. }), "{error}");
    }
    assert!(restore(&folder.path().join("none"), &left, Existing::Replace).await.is_err());
    assert!(!beside(&left, ".restoring").exists());
    assert_eq!(count(&left).await, 505);
}

#[tokio::test]
async fn nothing_is_acknowledged_while_a_file_of_the_database_is_gone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("store.db");
    let store = open(&path).await;
    store.append(&together([founding(&["a"]), entries("a", 0..5)])).await.unwrap();
    for (next, suffix) in (5..).zip(["", "-wal", "-shm"]) {
        let (file, away) = (beside(&path, suffix), folder.path().join("away"));
        fs::rename(&file, &away).unwrap();
        for _ in 0..2 {
            let lost = Err(StoreError::Lost(file.clone()));
            assert_eq!(store.append(&entries("a", [next])).await, lost);
            assert_eq!(store.heartbeat(Timestamp(1)).await, lost);
            assert_eq!(store.check_files(), lost);
        }
        fs::write(&file, "another").unwrap();
        assert!(store.append(&entries("a", [next])).await.is_err(), "another file in its place");
        fs::rename(&away, &file).unwrap();
        store.append(&entries("a", [next])).await.unwrap();
    }
    store.close().await;
    assert_eq!(count(&path).await, 8);
}

#[tokio::test]
async fn a_server_whose_files_were_replaced_leaves_the_new_ones_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("store.db");
    let store = open(&path).await;
    store.append(&together([founding(&["a"]), entries("a", 0..5)])).await.unwrap();
    for suffix in ["", "-wal", "-shm"] {
        fs::remove_file(beside(&path, suffix)).unwrap();
    }
    let other = open(&path).await;
    other.append(&together([founding(&["a"]), entries("a", 0..2)])).await.unwrap();
    assert!(store.append(&entries("a", [5])).await.is_err());
    store.close().await;
    assert!(beside(&path, "-wal").exists());
    other.append(&entries("a", [2])).await.unwrap();
    other.close().await;
    assert_eq!(count(&path).await, 3);
}
