//! Opening: what is missing is made, what can't be used is refused in one sentence that says what to do.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use sqlx::{Connection, SqliteConnection};
use store::{Location, OpenError, Store};
use tempfile::TempDir;

use crate::place::{Place, entries, founding, on_both, together};

on_both! {
    a_database_of_a_newer_version_is_refused_and_not_touched
}

async fn a_database_of_a_newer_version_is_refused_and_not_touched(place: &Place) {
    let store = place.open().await;
    store.append(&together([founding(&["a"]), entries("a", 0..1)])).await.unwrap();
    store.close().await;
    place
        .tamper(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             SELECT 9999, 'later', success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1",
        )
        .await;
    let error = refused(&place.location).await;
    assert!(matches!(error, OpenError::Newer { found: 9_999, .. }), "{error}");
    place.tamper("DELETE FROM _sqlx_migrations WHERE version = 9999").await;
    assert_eq!(place.open().await.last_number("a").await.unwrap(), Some(0));
}

async fn refused(location: &Location) -> OpenError {
    let error = match Store::open(location).await {
        Ok(_) => panic!("{location:?} was opened"),
        Err(error) => error,
    };
    let text = error.to_string();
    assert!(text.contains("; ") && !text.contains('\n') && !text.contains("secret"), "{text}");
    error
}

async fn refused_file(path: &Path) -> OpenError {
    refused(&Location::Sqlite(path.to_owned())).await
}

#[tokio::test]
async fn folder_and_files_are_made_for_their_owner_only() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("deep/er/store.db");
    let store = Store::open(&Location::Sqlite(path.clone())).await.unwrap();
    store.append(&founding(&["a"])).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for file in fs::read_dir(path.parent().unwrap()).unwrap() {
        let file = file.unwrap().path();
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[tokio::test]
async fn an_empty_file_becomes_a_store() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("store.db");
    fs::write(&path, "").unwrap();
    Store::open(&Location::Sqlite(path)).await.unwrap().append(&founding(&["a"])).await.unwrap();
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_not_touched() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("notes.txt");
    let text = "not a database\n".repeat(1_000);
    fs::write(&path, &text).unwrap();
    let error = refused_file(&path).await;
    assert!(matches!(error, OpenError::NotADatabase { .. }), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[tokio::test]
async fn a_damaged_database_is_refused() {
    let place = Place::sqlite();
    let Location::Sqlite(path) = &place.location else { unreachable!() };
    place.open().await.close().await;
    let mut bytes = fs::read(path).unwrap();
    // All but the header says nonsense.
    bytes[100..].fill(0xA5);
    fs::write(path, bytes).unwrap();
    let error = refused_file(path).await;
    assert!(matches!(error, OpenError::NotADatabase { .. }), "{error}");
}

#[tokio::test]
async fn a_database_of_another_program_is_refused_and_not_touched() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("other.db");
    fs::write(&path, "").unwrap();
    let mut connection = SqliteConnection::connect(path.to_str().unwrap()).await.unwrap();
    sqlx::raw_sql("CREATE TABLE addresses (name TEXT)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let before = fs::read(&path).unwrap();
    let error = refused_file(&path).await;
    assert!(matches!(error, OpenError::Foreign { .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

/// A folder that nobody may write to; root may write to any but those of the kernel.
fn unwritable(folder: &TempDir) -> PathBuf {
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    match fs::write(folder.path().join("probe"), "") {
        Ok(()) => PathBuf::from("/sys/kernel"),
        Err(_) => folder.path().to_owned(),
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_refused() {
    let folder = TempDir::new().unwrap();
    let locked = unwritable(&folder);
    for path in [locked.join("store.db"), locked.join("deeper/store.db")] {
        let error = refused_file(&path).await;
        assert!(matches!(error, OpenError::NotWritable { .. }), "{error}");
    }
}

#[tokio::test]
async fn a_folder_instead_of_the_file_and_the_reverse_are_refused() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    for path in [folder.path(), &file.join("store.db")] {
        let error = refused_file(path).await;
        assert!(matches!(error, OpenError::NotWritable { .. }), "{error}");
    }
}

#[tokio::test]
async fn a_url_that_is_none_is_refused() {
    for url in ["", "somewhere", "mysql://app:secret@127.0.0.1/app", "postgres://app:secret@127.0.0.1:port/app"] {
        let error = refused(&Location::Postgres(url.to_owned())).await;
        assert!(matches!(error, OpenError::BadUrl { .. }), "{url}: {error}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_by_its_address_without_the_password() {
    // Bound and dropped: nothing listens on this port.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let location = Location::Postgres(format!("postgres://app:secret@127.0.0.1:{port}/games"));
    let error = refused(&location).await;
    assert!(matches!(error, OpenError::Unreachable { .. }), "{error}");
    assert!(error.to_string().contains(&format!("127.0.0.1:{port}/games")), "{error}");
    assert!(!format!("{location:?}").contains("secret"));
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let error = refused(&Location::Postgres(format!("postgres://app@127.0.0.1:{port}/games"))).await;
    assert!(matches!(error, OpenError::Unreachable { .. }), "{error}");
}

#[tokio::test]
async fn a_server_that_does_not_know_the_database_or_the_user_refuses() {
    let place = Place::postgres().await;
    let Location::Postgres(url) = &place.location else { unreachable!() };
    let wrong = [format!("{url}_not"), url.replace("app@", "nobody:secret@")];
    for url in wrong {
        let error = refused(&Location::Postgres(url)).await;
        assert!(matches!(error, OpenError::Refused { .. }), "{error}");
    }
}
