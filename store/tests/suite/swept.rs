//! What rooms that ended have left in the SQLite file: nobody sees it, and it does not stay.

use sqlx::{Connection, SqliteConnection};
use store::{Batch, JournalSize, Location, NewEntry, StoreError};

use crate::place::{Place, bodies, end, entries, founding, on_both, together};

on_both! {
    a_number_is_refused_after_reopening_too
    a_number_below_the_last_is_refused_in_a_later_batch
    entries_of_ended_rooms_are_nowhere_to_be_seen
}

async fn a_number_is_refused_after_reopening_too(place: &Place) {
    let store = place.open().await;
    store.append(&together([founding(&["a", "b"]), entries("a", 0..3)])).await.unwrap();
    store.close().await;
    let store = place.open().await;
    for number in [0, 2] {
        let twice = together([entries("b", [0]), entries("a", [number])]);
        assert_eq!(store.append(&twice).await, Err(StoreError::Duplicate));
    }
    assert_eq!((store.last_number("a").await, store.last_number("b").await), (Ok(Some(2)), Ok(None)));
    store.append(&entries("a", [3])).await.unwrap();
    assert_eq!(store.unfinished_room("a").await.unwrap().unwrap().entries, bodies("a", 4));
}

async fn a_number_below_the_last_is_refused_in_a_later_batch(place: &Place) {
    let store = place.open().await;
    store.append(&together([founding(&["a"]), entries("a", [0, 4])])).await.unwrap();
    assert_eq!(store.append(&entries("a", [2])).await, Err(StoreError::Duplicate));
    let mixed = [entries("a", [6, 5]), founding(&["b"]), entries("b", [1, 0, 1])];
    assert_eq!(store.append(&together(mixed)).await, Err(StoreError::Duplicate));
    assert_eq!(store.last_number("a").await, Ok(Some(4)));
    assert_eq!(store.last_number("b").await, Ok(None));
}

async fn entries_of_ended_rooms_are_nowhere_to_be_seen(place: &Place) {
    let store = place.open().await;
    let rooms = ["finished", "closed", "open"];
    store.append(&together([founding(&rooms), together(rooms.map(|room| entries(room, 0..50)))])).await.unwrap();
    store.append(&together([end("finished", 9, Some(b"game")), end("closed", 9, None)])).await.unwrap();
    for store in [store, place.open().await] {
        let size = store.size_of_journal().await.unwrap();
        assert_eq!((size.rooms, size.entries), (1, 50));
        let found = store.unfinished().await.unwrap();
        assert_eq!((found.len(), &found[0].entries), (1, &bodies("open", 50)));
        for room in ["finished", "closed"] {
            assert_eq!(store.unfinished_room(room).await, Ok(None));
            assert_eq!(store.last_number(room).await, Ok(None));
        }
    }
    let store = place.open().await;
    // The name comes again; the old entries are not its own.
    store.append(&together([founding(&["closed"]), entries("closed", 0..2)])).await.unwrap();
    assert_eq!(store.unfinished_room("closed").await.unwrap().unwrap().entries, bodies("closed", 2));
}

/// How many rows the journal has in the file.
async fn rows(place: &Place) -> i64 {
    let Location::Sqlite(path) = &place.location else { unreachable!() };
    let mut connection = SqliteConnection::connect(path.to_str().unwrap()).await.unwrap();
    let (rows,) = sqlx::query_as("SELECT count(*) FROM journal").fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    rows
}

/// Entries of a room without anything in them, for their number is what counts.
fn many(room: &str, count: i64) -> Batch {
    let entry = |number| NewEntry { room: room.to_owned(), number, body: Vec::new() };
    Batch { entries: (0..count).map(entry).collect(), ..Batch::default() }
}

#[tokio::test]
async fn the_file_does_not_grow_by_the_rooms_that_end() {
    let place = Place::sqlite();
    let store = place.open().await;
    store
        .append(&together([founding(&["stays", "ill"]), entries("stays", 0..300), entries("ill", 0..300)]))
        .await
        .unwrap();
    store.quarantine("ill", "why").await.unwrap();
    let mut most = 0;
    for round in 0..60 {
        let room = format!("r{round}");
        store.append(&together([founding(&[&room]), many(&room, 2_000)])).await.unwrap();
        store.append(&end(&room, 9, (round % 2 == 0).then_some(b"game"))).await.unwrap();
        most = most.max(rows(&place).await);
    }
    // 20,000 may lie there; while they are swept, a quarter of that comes and goes.
    assert!((20_000..32_000).contains(&most), "{most} rows of 120,000");
    let size = store.size_of_journal().await.unwrap();
    assert_eq!((size.rooms, size.entries), (1, 600));
    store.append(&entries("stays", 300..301)).await.unwrap();
    assert_eq!(store.unfinished().await.unwrap()[0].entries, bodies("stays", 301));
    place.tamper("UPDATE rooms SET state = 'open' WHERE room = 'ill'").await;
    assert_eq!(place.open().await.unfinished_room("ill").await.unwrap().unwrap().entries, bodies("ill", 300));
}

#[tokio::test]
async fn what_lies_there_at_the_start_is_swept_by_the_next_appends() {
    let place = Place::sqlite();
    let store = place.open().await;
    let live = [founding(&["a", "b", "ill"]), entries("b", 0..400), entries("ill", 0..400)];
    store.append(&together([together(live), many("a", 1_000)])).await.unwrap();
    store.quarantine("ill", "why").await.unwrap();
    store.append(&end("a", 9, None)).await.unwrap();
    store.close().await;
    assert_eq!(rows(&place).await, 1_800);
    let store = place.open().await;
    for number in 400..405 {
        store.append(&entries("b", [number])).await.unwrap();
    }
    assert_eq!(rows(&place).await, 805);
    assert_eq!(store.unfinished().await.unwrap()[0].entries, bodies("b", 405));
}

#[tokio::test]
async fn a_sweep_that_fails_is_not_the_appends_affair() {
    let place = Place::sqlite();
    let store = place.open().await;
    store.append(&together([founding(&["a", "b"]), many("a", 10)])).await.unwrap();
    store.append(&end("a", 9, None)).await.unwrap();
    store.close().await;
    let trigger = "CREATE TRIGGER stubborn BEFORE DELETE ON journal BEGIN SELECT raise(ABORT, 'no'); END";
    place.tamper(trigger).await;
    let store = place.open().await;
    for number in 0..5 {
        store.append(&entries("b", [number])).await.unwrap();
    }
    assert_eq!(store.append(&entries("b", [4])).await, Err(StoreError::Duplicate));
    assert_eq!(rows(&place).await, 15);
    assert_eq!(store.unfinished().await.unwrap()[0].entries, bodies("b", 5));
}

/// A file as it was before the journal lost its index, with an open room, one in quarantine and a finished one.
const OLD: &str = "
    INSERT INTO rooms (id, room, state, founding, founded_at) VALUES (3, 'a', 'open', 'a', 7);
    INSERT INTO rooms (id, room, state, founding, founded_at, reason) VALUES (5, 'ill', 'quarantined', 'ill', 7, 'why');
    INSERT INTO rooms (id, room, state, founded_at) VALUES (9, 'old', 'finished', 7);
    INSERT INTO games (room_id, ended_at, result, record) VALUES (9, 8, '1', 'game');
    INSERT INTO journal (id, room_id, number, body)
        VALUES (2, 3, 1, CAST('a 1' AS BLOB)), (1, 3, 0, CAST('a 0' AS BLOB)), (8, 5, 0, 'ill 0'), (11, 3, 2, CAST('a 2' AS BLOB));
";

#[tokio::test]
async fn a_file_of_the_version_before_comes_back_with_all_its_rooms() {
    let place = Place::sqlite();
    place.open().await.close().await;
    // Back to the second version: the table as the first migration makes it, and no word of the third.
    place.tamper("DROP TABLE journal; DELETE FROM _sqlx_migrations WHERE version IN (3, 9)").await;
    for table in ["rooms", "games", "messages"] {
        place.change(format!("ALTER TABLE {table} DROP COLUMN crc")).await;
    }
    let first = include_str!("../../migrations/sqlite/0001_journal.sql");
    let table = &first[first.find("CREATE TABLE journal").unwrap()..];
    let table = &table[..=table.find(';').unwrap()];
    place.tamper(table).await;
    place.tamper(OLD).await;
    let store = place.open().await;
    assert_eq!(store.append(&entries("a", [2])).await, Err(StoreError::Duplicate));
    store.append(&entries("a", [3])).await.unwrap();
    assert_eq!(store.unfinished().await.unwrap()[0].entries, bodies("a", 4));
    assert_eq!(store.quarantined().await.unwrap(), [("ill".to_owned(), "why".to_owned())]);
    assert_eq!(store.finished("old").await.unwrap().unwrap().record, b"game");
    let size = store.size_of_journal().await.unwrap();
    assert_eq!(size, JournalSize { rooms: 1, entries: 5, bytes: 17 });
    assert_eq!(rows(&place).await, 5);
}
