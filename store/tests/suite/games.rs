//! Finished games, and rooms that closed without one.

use store::{FinishedGame, StoreError};
use vocabulary::Timestamp;

use crate::place::{Place, end, entries, founding, on_both, together};

on_both! {
    a_finished_game_is_kept_and_its_entries_are_gone
    a_room_that_closes_without_a_game_leaves_nothing
    finished_games_are_listed_newest_first_in_pages
    private_games_are_not_among_those_for_everybody
    a_room_ends_once
}

async fn a_finished_game_is_kept_and_its_entries_are_gone(place: &Place) {
    let store = place.open().await;
    store.append(&together([founding(&["a", "b"]), entries("a", 0..3), entries("b", 0..2)])).await.unwrap();
    store.append(&together([entries("a", [3]), end("a", 99, Some(b"\0record"))])).await.unwrap();
    let expected = FinishedGame {
        room: "a".to_owned(),
        founded_at: Timestamp(7),
        ended_at: Timestamp(99),
        result: "\"a won\"".to_owned(),
        record: b"\0record".to_vec(),
    };
    assert_eq!(store.finished("a").await.unwrap(), Some(expected));
    assert_eq!(store.finished("b").await.unwrap(), None);
    assert_eq!(store.unfinished_room("a").await.unwrap(), None);
    let size = store.size_of_journal().await.unwrap();
    assert_eq!((size.rooms, size.entries), (1, 2));
}

async fn a_room_that_closes_without_a_game_leaves_nothing(place: &Place) {
    let store = place.open().await;
    store.append(&together([founding(&["a"]), entries("a", 0..3)])).await.unwrap();
    store.append(&end("a", 9, None)).await.unwrap();
    assert_eq!(store.finished("a").await.unwrap(), None);
    assert_eq!(store.finished_list(0, 10).await.unwrap(), []);
    assert_eq!(store.size_of_journal().await.unwrap(), store::JournalSize::default());
    store.append(&together([founding(&["a"]), entries("a", 0..1)])).await.unwrap();
    assert_eq!(store.last_number("a").await.unwrap(), Some(0));
}

async fn finished_games_are_listed_newest_first_in_pages(place: &Place) {
    let store = place.open().await;
    store.append(&founding(&["a", "b", "c", "d"])).await.unwrap();
    let ends = [("a", 30), ("b", 10), ("c", 20), ("d", 20)];
    store.append(&together(ends.map(|(room, at)| end(room, at, Some(b"game"))))).await.unwrap();
    let all = store.finished_list(0, u64::MAX).await.unwrap();
    let order: Vec<(&str, u64)> = all.iter().map(|game| (game.room.as_str(), game.ended_at.0)).collect();
    assert_eq!(order, [("a", 30), ("d", 20), ("c", 20), ("b", 10)]);
    assert_eq!((all[0].founded_at, all[0].result.as_str()), (Timestamp(7), "\"a won\""));
    assert_eq!(store.finished_list(1, 2).await.unwrap(), all[1..3]);
    assert_eq!(store.finished_list(4, 2).await.unwrap(), []);
    assert_eq!(store.finished_list(u64::MAX, 2).await.unwrap(), []);
    assert_eq!(store.finished_list(0, 0).await.unwrap(), []);
}

async fn private_games_are_not_among_those_for_everybody(place: &Place) {
    let store = place.open().await;
    store.append(&founding(&["a", "b", "c"])).await.unwrap();
    let mut ends = together([("a", 10), ("b", 20), ("c", 30)].map(|(room, at)| end(room, at, Some(b"game"))));
    ends.ended[1].game.as_mut().unwrap().public = false;
    store.append(&ends).await.unwrap();
    let (games, count) = store.finished_public(0, 10).await.unwrap();
    assert_eq!((games.iter().map(|game| game.room.as_str()).collect::<Vec<_>>(), count), (vec!["c", "a"], 2));
    assert_eq!(games[0].record, b"game");
    let (games, count) = store.finished_public(1, 10).await.unwrap();
    assert_eq!((games.len(), games[0].room.as_str(), count), (1, "a", 2));
}

async fn a_room_ends_once(place: &Place) {
    let store = place.open().await;
    store.append(&founding(&["a"])).await.unwrap();
    let twice = together([end("a", 9, Some(b"one")), end("a", 10, Some(b"two"))]);
    assert_eq!(store.append(&twice).await, Err(StoreError::Duplicate));
    assert_eq!(store.finished("a").await.unwrap(), None);
    store.append(&end("a", 9, Some(b"one"))).await.unwrap();
    let again = store.append(&end("a", 10, Some(b"two"))).await;
    assert_eq!(again, Err(StoreError::NoSuchRoom("a".to_owned())));
    assert_eq!(store.finished("a").await.unwrap().unwrap().record, b"one");
}
