//! What is stored is checked against its checksum whenever it is read: what differs is noticed, all else goes on.

use store::{Damaged, MessageFilter, Reader, StoreError};

use crate::{
    messages::{T0, message},
    place::{Place, body, end, entries, founding, on_both, together},
};

on_both! {
    a_flipped_bit_in_each_of_many_rooms_is_noticed_in_every_one
    a_damaged_founding_is_noticed
    rows_without_a_checksum_are_read_as_they_are
    a_damaged_record_is_refused_and_the_list_goes_on_without_it
    a_damaged_message_is_left_out
}

/// Flips the lowest bit of a byte of the body that stands in the middle.
fn flipped(room: &str, number: i64) -> String {
    let mut bytes = body(room, number);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn a_flipped_bit_in_each_of_many_rooms_is_noticed_in_every_one(place: &Place) {
    let store = place.open().await;
    let names: Vec<String> = (0..120).map(|room| format!("r{room}")).collect();
    let rooms: Vec<&str> = names.iter().map(String::as_str).collect();
    store.append(&together([founding(&rooms), together(rooms.iter().map(|room| entries(room, 0..9)))])).await.unwrap();
    store.close().await;
    // Every second room; the number, too, is part of what is checked.
    for (place_of, room) in rooms.iter().enumerate().step_by(2) {
        let number = i64::try_from(place_of % 9).unwrap();
        let bytes = flipped(room, number);
        let blob = place.blob(&bytes);
        let of = format!("number = {number} AND room_id = (SELECT id FROM rooms WHERE room = '{room}')");
        place.change(format!("UPDATE journal SET body = {blob} WHERE {of}")).await;
    }
    let store = place.open().await;
    for (place_of, room) in store.unfinished().await.unwrap().into_iter().enumerate() {
        let number = i64::try_from(place_of % 9).unwrap();
        assert_eq!(room.damaged, (place_of % 2 == 0).then_some(Damaged::Entry(number)), "{}", room.room);
        assert!(!room.gap);
    }
    assert_eq!(store.unfinished_room("r2").await.unwrap().unwrap().damaged, Some(Damaged::Entry(2)));
    assert_eq!(store.unfinished_room("r3").await.unwrap().unwrap().damaged, None);
}

async fn a_damaged_founding_is_noticed(place: &Place) {
    let store = place.open().await;
    store.append(&founding(&["a", "b", "c"])).await.unwrap();
    let blob = place.blob("62");
    place.change(format!("UPDATE rooms SET founding = {blob} WHERE room = 'a'")).await;
    place.change("UPDATE rooms SET founded_at = 8 WHERE room = 'b'".to_owned()).await;
    let damaged: Vec<_> = store.unfinished().await.unwrap().into_iter().map(|room| room.damaged).collect();
    assert_eq!(damaged, [Some(Damaged::Founding), Some(Damaged::Founding), None]);
}

async fn rows_without_a_checksum_are_read_as_they_are(place: &Place) {
    let store = place.open().await;
    let played = [founding(&["a", "b"]), entries("a", 0..3), end("b", 9, Some(b"game"))];
    store.append(&together(played)).await.unwrap();
    store.store_messages(&[message("m", T0, "hello")]).await.unwrap();
    for table in ["rooms", "journal", "games", "messages"] {
        place.change(format!("UPDATE {table} SET crc = NULL")).await;
    }
    assert_eq!(store.unfinished_room("a").await.unwrap().unwrap().damaged, None);
    assert_eq!(store.unfinished().await.unwrap()[0].damaged, None);
    assert_eq!(store.finished("b").await.unwrap().unwrap().record, b"game");
    let page = store.messages(&Reader::default(), &MessageFilter::default(), 0, 9).await.unwrap();
    assert_eq!(page.bodies.len(), 1);
}

async fn a_damaged_record_is_refused_and_the_list_goes_on_without_it(place: &Place) {
    let store = place.open().await;
    store.append(&founding(&["a", "b", "c"])).await.unwrap();
    let ends = ["a", "b", "c"].map(|room| end(room, 9, Some(b"game")));
    store.append(&together(ends)).await.unwrap();
    let id = |room: &str| format!("room_id = (SELECT id FROM rooms WHERE room = '{room}')");
    let blob = place.blob("67616d64");
    place.change(format!("UPDATE games SET record = {blob} WHERE {}", id("a"))).await;
    place.change(format!("UPDATE games SET result = '\"a won\"' WHERE {}", id("b"))).await;
    for room in ["a", "b"] {
        assert_eq!(store.finished(room).await, Err(StoreError::Damaged(room.to_owned())));
    }
    assert_eq!(store.finished("c").await.unwrap().unwrap().record, b"game");
    let (games, _) = store.finished_public(0, 9).await.unwrap();
    assert_eq!(games.iter().map(|game| game.room.as_str()).collect::<Vec<_>>(), ["c"]);
}

async fn a_damaged_message_is_left_out(place: &Place) {
    let store = place.open().await;
    let messages = ["m1", "m2"].map(|id| message(id, T0, "hello"));
    store.store_messages(&messages).await.unwrap();
    place.change("UPDATE messages SET body = 'x' || body WHERE id = 'm1'".to_owned()).await;
    let reader = Reader::default();
    let page = store.messages(&reader, &MessageFilter::default(), 0, 9).await.unwrap();
    assert_eq!(page.bodies, [messages[1].body.clone()]);
    let found = store.search_messages(&reader, "hello", &MessageFilter::default(), 0, 9).await.unwrap();
    assert_eq!(found.bodies, [messages[1].body.clone()]);
}
