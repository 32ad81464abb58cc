//! Trouble while the store is open: a server that stops, a disk that is full, a backup in the middle of it all.

use std::{env, fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use store::{Location, Store, StoreError};

use crate::place::{OwnServer, Place, bodies, end, entries, founding, together};

#[tokio::test]
async fn a_server_that_stops_is_noticed_and_used_again_when_it_is_back() {
    let server = OwnServer::new("stops");
    let store = Store::open(&server.start()).await.unwrap();
    store.append(&together([founding(&["a", "b"]), entries("a", 0..2)])).await.unwrap();
    assert_eq!(store.finished("a").await.unwrap(), None);
    server.stop();
    for _ in 0..2 {
        let error = store.append(&entries("a", [2])).await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error}");
        assert!(error.is_temporary());
    }
    assert!(matches!(store.last_number("a").await, Err(StoreError::Unavailable(_))));
    assert!(matches!(store.unfinished().await, Err(StoreError::Unavailable(_))));
    assert!(matches!(store.finished("a").await, Err(StoreError::Unavailable(_))));
    server.start();
    assert_eq!(store.last_number("a").await.unwrap(), Some(1));
    store.append(&together([entries("a", [2]), end("b", 9, Some(b"game"))])).await.unwrap();
    assert_eq!(store.finished("b").await.unwrap().unwrap().record, b"game");
    let rooms = store.unfinished().await.unwrap();
    assert_eq!((rooms.len(), &rooms[0].entries), (1, &bodies("a", 3)));
}

#[tokio::test]
async fn postgresql_leaves_backups_to_pg_dump() {
    let store = Place::postgres().await.open().await;
    let error = store.backup(Path::new("/tmp/never")).await.unwrap_err();
    assert!(error.to_string().contains("pg_dump"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_in_the_middle_of_appends_opens_and_has_all_that_was_before_it() {
    let place = Place::sqlite();
    let Location::Sqlite(path) = &place.location else { unreachable!() };
    let store = place.open().await;
    store.append(&together([founding(&["a", "b"]), entries("a", 0..5_000), entries("b", 0..5_000)])).await.unwrap();
    let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
    let (begun, first) = tokio::sync::oneshot::channel();
    let busy = store.clone();
    let appends = tokio::spawn(async move {
        let (mut next, mut begun) = (5_000, Some(begun));
        while stopped.try_recv().is_err() {
            busy.append(&together([entries("a", [next]), entries("b", [next])])).await.unwrap();
            next += 1;
            begun.take().map(|begun| begun.send(()));
        }
        next
    });
    first.await.unwrap();
    let copy = path.with_file_name("copy.db");
    store.backup(&copy).await.unwrap();
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    stop.send(()).unwrap();
    let written = appends.await.unwrap();
    let rooms = Store::open(&Location::Sqlite(copy)).await.unwrap().unfinished().await.unwrap();
    let count = i64::try_from(rooms[0].entries.len()).unwrap();
    assert!((5_001..=written).contains(&count), "{count}");
    // The two rooms were always written together.
    assert_eq!((&rooms[0].entries, &rooms[1].entries), (&bodies("a", count), &bodies("b", count)));
}

#[tokio::test]
async fn a_backup_takes_the_place_of_nothing() {
    let place = Place::sqlite();
    let Location::Sqlite(path) = &place.location else { unreachable!() };
    let store = place.open().await;
    let (other, nowhere) = (path.with_file_name("other"), path.with_file_name("no/such/folder"));
    fs::write(&other, "precious").unwrap();
    for to in [&other, path, &nowhere] {
        let error = store.backup(to).await.unwrap_err();
        assert!(matches!(error, StoreError::NoBackup(_)), "{error}");
    }
    assert_eq!(fs::read_to_string(&other).unwrap(), "precious");
    store.append(&founding(&["a"])).await.unwrap();
}

/// The file that a limited process is to fill; see below.
const LIMITED: &str = "STORE_TEST_LIMITED";

/// The test runs itself again in a process that may write files of one megabyte only, which ends like a disk that is full.
#[tokio::test]
async fn a_disk_that_is_full_loses_nothing_and_stops_nothing() {
    if let Some(path) = env::var_os(LIMITED) {
        return fill(&Location::Sqlite(path.into())).await;
    }
    let place = Place::sqlite();
    let Location::Sqlite(path) = &place.location else { unreachable!() };
    let limited = "trap '' XFSZ; ulimit -f 1024; exec \"$0\" \"$@\"";
    let name = "trouble::a_disk_that_is_full_loses_nothing_and_stops_nothing";
    let mut child = Command::new("bash");
    child.args(["-c", limited]).arg(env::current_exe().unwrap()).args(["--exact", name, "--nocapture"]);
    let output = child.env(LIMITED, path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("1 passed"), "{told}");
    let rooms = place.open().await.unfinished().await.unwrap();
    assert_eq!(rooms.len(), 1);
    let count = i64::try_from(rooms[0].entries.len()).unwrap();
    assert!(count > 1_000 && rooms[0].entries == bodies("a", count), "{count}");
    place.open().await.append(&entries("a", count..count + 50_000)).await.unwrap();
}

async fn fill(location: &Location) {
    let store = Store::open(location).await.unwrap();
    store.append(&founding(&["a"])).await.unwrap();
    let mut next = 0;
    let error = loop {
        match store.append(&entries("a", next..next + 500)).await {
            Ok(()) => next += 500,
            Err(error) => break error,
        }
    };
    assert_eq!(error, StoreError::Full);
    assert!(error.is_temporary());
    for _ in 0..3 {
        assert_eq!(store.last_number("a").await, Ok(Some(next - 1)));
        assert_eq!(store.append(&entries("a", next..next + 60_000)).await, Err(StoreError::Full));
    }
    assert_eq!(store.last_number("a").await, Ok(Some(next - 1)));
}
