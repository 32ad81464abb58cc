//! Rooms that have not ended: what was appended comes back, all of it, in order, or not at all.

use store::{Batch, Founded, JournalSize, StoreError, StoredRoom};
use vocabulary::Timestamp;

use crate::place::{Place, bodies, body, end, entries, founding, on_both, together};

on_both! {
    what_was_appended_is_there_after_reopening
    rooms_come_oldest_first_and_entries_in_the_order_of_their_numbers
    all_of_a_batch_may_be_about_one_room
    an_empty_batch_and_an_empty_store_are_fine
    bytes_and_texts_of_any_kind_come_back_as_they_were
    a_number_that_exists_refuses_the_whole_batch
    a_room_that_exists_refuses_the_whole_batch
    an_entry_for_a_room_that_is_not_open_refuses_the_whole_batch
    batches_larger_than_a_statement_are_written_whole_or_not_at_all
    a_hole_in_the_numbers_is_seen
    a_room_in_quarantine_is_kept_and_no_longer_unfinished
    the_last_number_is_of_open_rooms_only
    the_size_counts_what_the_journal_holds
    appends_from_many_tasks_all_arrive
    a_store_that_is_closed_says_so
    a_write_that_is_dropped_in_the_middle_is_written_whole_or_not_at_all
    a_journal_of_a_hundred_thousand_entries_is_read_whole
}

async fn what_was_appended_is_there_after_reopening(place: &Place) {
    let store = place.open().await;
    store.append(&founding(&["a"])).await.unwrap();
    store.append(&entries("a", 0..2)).await.unwrap();
    store.close().await;
    let store = place.open().await;
    store.append(&entries("a", 2..3)).await.unwrap();
    let expected = StoredRoom {
        room: "a".to_owned(),
        founding: b"a".to_vec(),
        at: Timestamp(7),
        entries: bodies("a", 3),
        gap: false,
        damaged: None,
    };
    assert_eq!(store.unfinished().await.unwrap(), std::slice::from_ref(&expected));
    assert_eq!(store.unfinished_room("a").await.unwrap(), Some(expected));
    assert_eq!(store.unfinished_room("b").await.unwrap(), None);
}

async fn rooms_come_oldest_first_and_entries_in_the_order_of_their_numbers(place: &Place) {
    let store = place.open().await;
    store.append(&founding(&["z"])).await.unwrap();
    store.append(&founding(&["m", "a"])).await.unwrap();
    let mixed = [entries("a", [2, 0]), entries("z", [1]), entries("a", [1]), entries("z", [0])];
    store.append(&together(mixed)).await.unwrap();
    let rooms = store.unfinished().await.unwrap();
    let names: Vec<&str> = rooms.iter().map(|room| room.room.as_str()).collect();
    assert_eq!(names, ["z", "m", "a"]);
    assert_eq!(rooms[0].entries, bodies("z", 2));
    assert!(rooms[1].entries.is_empty());
    assert_eq!(rooms[2].entries, bodies("a", 3));
    assert!(rooms.iter().all(|room| !room.gap));
    assert_eq!(store.unfinished_room("a").await.unwrap().as_ref(), Some(&rooms[2]));
    assert_eq!(store.unfinished_room("m").await.unwrap().as_ref(), Some(&rooms[1]));
}

async fn all_of_a_batch_may_be_about_one_room(place: &Place) {
    let store = place.open().await;
    let played = [founding(&["a", "b"]), entries("a", 0..3), entries("b", 0..2), end("a", 9, Some(b"all of it"))];
    store.append(&together(played)).await.unwrap();
    assert_eq!(store.finished("a").await.unwrap().unwrap().record, b"all of it");
    let rooms = store.unfinished().await.unwrap();
    assert_eq!(rooms.len(), 1);
    assert_eq!(rooms[0].entries, bodies("b", 2));
}

async fn an_empty_batch_and_an_empty_store_are_fine(place: &Place) {
    let store = place.open().await;
    store.append(&Batch::default()).await.unwrap();
    assert_eq!(store.unfinished().await.unwrap(), []);
    assert_eq!(store.finished_list(0, 10).await.unwrap(), []);
    assert_eq!(store.quarantined().await.unwrap(), []);
    assert_eq!(store.size_of_journal().await.unwrap(), JournalSize::default());
}

async fn bytes_and_texts_of_any_kind_come_back_as_they_were(place: &Place) {
    let store = place.open().await;
    let all: Vec<u8> = (0..=255).collect();
    let room = "A'\"; -- 象 %_";
    let founded = Founded { room: room.to_owned(), founding: all.clone(), at: Timestamp::from_millis(i64::MAX) };
    let mut batch = Batch { founded: vec![founded], ..Batch::default() };
    batch.entries = entries(room, 0..2).entries;
    batch.entries[0].body = all.clone();
    batch.entries[1].body = Vec::new();
    store.append(&batch).await.unwrap();
    let found = store.unfinished_room(room).await.unwrap().unwrap();
    let expected = StoredRoom {
        room: room.to_owned(),
        founding: all.clone(),
        at: Timestamp::from_millis(i64::MAX),
        entries: vec![all, Vec::new()],
        gap: false,
        damaged: None,
    };
    assert_eq!(found, expected);
    assert_eq!(store.unfinished().await.unwrap(), [expected]);
}

async fn a_number_that_exists_refuses_the_whole_batch(place: &Place) {
    let store = place.open().await;
    store.append(&together([founding(&["a", "b"]), entries("a", 0..2)])).await.unwrap();
    let before = store.unfinished().await.unwrap();
    // One statement; then a transaction of several.
    let twice = together([entries("b", [0]), entries("a", [1])]);
    assert_eq!(store.append(&twice).await, Err(StoreError::Duplicate));
    let more = together([founding(&["c"]), twice, end("b", 9, None)]);
    assert_eq!(store.append(&more).await, Err(StoreError::Duplicate));
    let within = entries("a", [2, 2]);
    assert_eq!(store.append(&within).await, Err(StoreError::Duplicate));
    assert!(!StoreError::Duplicate.is_temporary());
    assert_eq!(store.unfinished().await.unwrap(), before);
    store.append(&entries("a", [2])).await.unwrap();
    assert_eq!(store.last_number("a").await.unwrap(), Some(2));
}

async fn a_room_that_exists_refuses_the_whole_batch(place: &Place) {
    let store = place.open().await;
    store.append(&founding(&["open", "finished", "ill"])).await.unwrap();
    store.append(&end("finished", 9, Some(b"game"))).await.unwrap();
    store.quarantine("ill", "why").await.unwrap();
    for room in ["open", "finished", "ill"] {
        let batch = together([founding(&["new", room]), entries("open", [0])]);
        assert_eq!(store.append(&batch).await, Err(StoreError::Duplicate), "{room}");
    }
    let rooms = store.unfinished().await.unwrap();
    assert_eq!(rooms.len(), 1);
    assert!(rooms[0].entries.is_empty());
}

async fn an_entry_for_a_room_that_is_not_open_refuses_the_whole_batch(place: &Place) {
    let store = place.open().await;
    store.append(&founding(&["open", "finished", "closed", "ill"])).await.unwrap();
    store.append(&together([end("finished", 9, Some(b"game")), end("closed", 9, None)])).await.unwrap();
    store.quarantine("ill", "why").await.unwrap();
    for room in ["never", "finished", "closed", "ill"] {
        let no_room = Err(StoreError::NoSuchRoom(room.to_owned()));
        assert_eq!(store.append(&together([entries("open", [0]), entries(room, [0])])).await, no_room);
        assert_eq!(store.append(&together([entries("open", [0]), end(room, 9, None)])).await, no_room);
        assert_eq!(store.append(&end(room, 9, Some(b"again"))).await, no_room);
        assert_eq!(store.quarantine(room, "why").await, no_room);
    }
    assert_eq!(store.last_number("open").await.unwrap(), None);
    assert_eq!(store.finished("finished").await.unwrap().unwrap().record, b"game");
}

async fn batches_larger_than_a_statement_are_written_whole_or_not_at_all(place: &Place) {
    let store = place.open().await;
    let names: Vec<String> = (0..2_500).map(|room| format!("r{room}")).collect();
    let rooms: Vec<&str> = names.iter().map(String::as_str).collect();
    let all = names.iter().map(|room| entries(room, 0..8));
    store.append(&together([founding(&rooms), together(all)])).await.unwrap();
    let size = store.size_of_journal().await.unwrap();
    assert_eq!((size.rooms, size.entries), (2_500, 20_000));
    let mut more = entries("r7", 8..20_008);
    more.entries.push(entries("r9", [7]).entries.remove(0));
    assert_eq!(store.append(&more).await, Err(StoreError::Duplicate));
    assert_eq!(store.size_of_journal().await.unwrap(), size);
    more.entries.pop();
    store.append(&more).await.unwrap();
    store.close().await;
    // A new store does not know the rooms yet and asks for them.
    let store = place.open().await;
    let ends = names.iter().enumerate().map(|(at, room)| end(room, 9, (at % 2 == 0).then_some(b"game")));
    store
        .append(&together([together(names.iter().map(|room| entries(room, [30_000]))), together(ends)]))
        .await
        .unwrap();
    assert_eq!(store.size_of_journal().await.unwrap(), JournalSize::default());
    assert_eq!(store.finished_list(0, 5_000).await.unwrap().len(), 1_250);
}

async fn a_hole_in_the_numbers_is_seen(place: &Place) {
    let store = place.open().await;
    store.append(&founding(&["whole", "late", "torn", "below"])).await.unwrap();
    let numbers = [("whole", vec![0, 1, 2]), ("late", vec![1, 2]), ("torn", vec![0, 2]), ("below", vec![-1, 0])];
    store.append(&together(numbers.map(|(room, numbers)| entries(room, numbers)))).await.unwrap();
    let gaps: Vec<(String, bool)> =
        store.unfinished().await.unwrap().into_iter().map(|room| (room.room, room.gap)).collect();
    let expected = [("whole", false), ("late", true), ("torn", true), ("below", true)];
    assert_eq!(gaps, expected.map(|(room, gap)| (room.to_owned(), gap)));
    assert!(store.unfinished_room("torn").await.unwrap().unwrap().gap);
}

async fn a_room_in_quarantine_is_kept_and_no_longer_unfinished(place: &Place) {
    let store = place.open().await;
    store.append(&together([founding(&["a", "b", "c"]), entries("a", 0..3), entries("b", 0..1)])).await.unwrap();
    store.quarantine("c", "no founding").await.unwrap();
    store.quarantine("a", "entry 2 is not a fact").await.unwrap();
    let why = [("a", "entry 2 is not a fact"), ("c", "no founding")];
    let why = why.map(|(room, why)| (room.to_owned(), why.to_owned()));
    assert_eq!(store.quarantined().await.unwrap(), why);
    assert_eq!(store.unfinished_room("a").await.unwrap(), None);
    assert_eq!(store.unfinished().await.unwrap().len(), 1);
    let size = store.size_of_journal().await.unwrap();
    assert_eq!((size.rooms, size.entries), (1, 4));
}

async fn the_last_number_is_of_open_rooms_only(place: &Place) {
    let store = place.open().await;
    store.append(&together([founding(&["a", "b"]), entries("a", 0..5)])).await.unwrap();
    assert_eq!(store.last_number("a").await.unwrap(), Some(4));
    assert_eq!(store.last_number("b").await.unwrap(), None);
    assert_eq!(store.last_number("c").await.unwrap(), None);
    store.append(&end("a", 9, Some(b"game"))).await.unwrap();
    assert_eq!(store.last_number("a").await.unwrap(), None);
}

async fn the_size_counts_what_the_journal_holds(place: &Place) {
    let store = place.open().await;
    store.append(&together([founding(&["a", "b"]), entries("a", 0..3)])).await.unwrap();
    let expected = JournalSize { rooms: 2, entries: 3, bytes: 3 * body("a", 0).len() as u64 };
    assert_eq!(store.size_of_journal().await.unwrap(), expected);
}

async fn appends_from_many_tasks_all_arrive(place: &Place) {
    let store = place.open().await;
    let tasks = (0..20).map(|task| {
        let (store, room) = (store.clone(), format!("r{task}"));
        tokio::spawn(async move {
            store.append(&founding(&[&room])).await.unwrap();
            for number in 0..10 {
                store.append(&entries(&room, [number])).await.unwrap();
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    let rooms = store.unfinished().await.unwrap();
    assert_eq!(rooms.len(), 20);
    assert!(rooms.iter().all(|room| room.entries == bodies(&room.room, 10)));
}

async fn a_store_that_is_closed_says_so(place: &Place) {
    let store = place.open().await;
    let clone = store.clone();
    store.close().await;
    let error = clone.append(&founding(&["a"])).await.unwrap_err();
    assert!(matches!(&error, StoreError::Other(why) if why.contains("closed")), "{error}");
    assert!(matches!(clone.quarantined().await, Err(StoreError::Other(_))));
    assert!(matches!(clone.unfinished().await, Err(StoreError::Other(_))));
}

async fn a_write_that_is_dropped_in_the_middle_is_written_whole_or_not_at_all(place: &Place) {
    let store = place.open().await;
    store.append(&founding(&["a"])).await.unwrap();
    let mut written = 0;
    for polls in 1..40 {
        let batch = together([founding(&[&format!("r{polls}")]), entries("a", written..written + 3)]);
        let mut append = Box::pin(store.append(&batch));
        for _ in 0..polls {
            tokio::select! {
                biased;
                outcome = &mut append => { outcome.unwrap(); break; }
                () = tokio::task::yield_now() => {}
            }
        }
        drop(append);
        let last = store.last_number("a").await.unwrap().map_or(0, |number| number + 1);
        assert!(last == written || last == written + 3, "half of a batch: {last} after {written}");
        written = last;
    }
    store.append(&entries("a", [written])).await.unwrap();
    let room = store.unfinished_room("a").await.unwrap().unwrap();
    assert_eq!(room.entries, bodies("a", written + 1));
}

async fn a_journal_of_a_hundred_thousand_entries_is_read_whole(place: &Place) {
    let store = place.open().await;
    let names: Vec<String> = (0..500).map(|room| format!("r{room}")).collect();
    let rooms: Vec<&str> = names.iter().map(String::as_str).collect();
    store.append(&founding(&rooms)).await.unwrap();
    for start in (0..200).step_by(20) {
        store.append(&together(names.iter().map(|room| entries(room, start..start + 20)))).await.unwrap();
    }
    let found = store.unfinished().await.unwrap();
    assert_eq!(found.len(), 500);
    assert!(found.iter().all(|room| !room.gap && room.entries.len() == 200));
    assert_eq!(found[499].entries, bodies("r499", 200));
}
