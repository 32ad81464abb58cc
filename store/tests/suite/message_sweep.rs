//! Sweeping messages: the oldest of a kind go by age and by number, and leave nothing behind.

use store::{MessageFilter, NewMessage};
use vocabulary::Timestamp;

use crate::{
    messages::{MINUTE, NOBODY, T0, any, as_, finds, many, message, owned, sees, with_private},
    place::{Place, on_both},
};

on_both! {
    the_oldest_are_swept_by_age_in_chunks
    the_oldest_are_swept_by_number
    a_flood_of_one_kind_takes_no_other_kinds_place
    what_is_swept_is_in_no_list_search_or_count
    the_journal_and_messages_are_written_side_by_side
}

async fn the_oldest_are_swept_by_age_in_chunks(place: &Place) {
    let store = place.open().await;
    store.store_messages(&many(0..10)).await.unwrap();
    let before = Timestamp::from_millis(T0 + 7 * MINUTE);
    assert_eq!(store.sweep_messages(0, before, u64::MAX, 5).await.unwrap(), 5);
    assert_eq!(store.sweep_messages(0, before, 100, 5).await.unwrap(), 2);
    assert_eq!(store.sweep_messages(0, before, 100, 5).await.unwrap(), 0);
    sees(&store, &NOBODY, &any(), &["m9", "m8", "m7"]).await;
}

async fn the_oldest_are_swept_by_number(place: &Place) {
    let store = place.open().await;
    store.store_messages(&many(0..10)).await.unwrap();
    assert_eq!(store.sweep_messages(0, Timestamp::from_millis(0), 4, 100).await.unwrap(), 6);
    assert_eq!(store.sweep_messages(0, Timestamp::from_millis(0), 4, 100).await.unwrap(), 0);
    sees(&store, &NOBODY, &any(), &["m9", "m8", "m7", "m6"]).await;
    assert_eq!(store.sweep_messages(0, Timestamp::from_millis(0), 0, 0).await.unwrap(), 0);
    assert_eq!(store.sweep_messages(0, Timestamp::from_millis(i64::MAX), 0, u64::MAX).await.unwrap(), 4);
    sees(&store, &NOBODY, &any(), &[]).await;
    assert_eq!(store.sweep_messages(0, Timestamp::from_millis(i64::MAX), 0, 10).await.unwrap(), 0);
}

async fn a_flood_of_one_kind_takes_no_other_kinds_place(place: &Place) {
    let store = place.open().await;
    let quiet =
        |id: &str, kind, audience: &[&str]| NewMessage { kind, audience: owned(audience), ..message(id, T0, "") };
    store.store_messages(&[quiet("talk", 0, &[]), quiet("secret", 2, &["ann"])]).await.unwrap();
    // Public and private ones of a kind count together, and go by age.
    let flood = |number: i64| NewMessage {
        kind: 4,
        audience: if number % 3 == 0 { owned(&["ann"]) } else { Vec::new() },
        ..message(&format!("f{number}"), T0 + MINUTE + number, "")
    };
    store.store_messages(&(0..100).map(flood).collect::<Vec<_>>()).await.unwrap();
    for kind in [0, 2, 4] {
        while store.sweep_messages(kind, Timestamp::from_millis(0), 5, 40).await.unwrap() > 0 {}
    }
    sees(&store, &as_("ann"), &any(), &["f99", "f98", "f97", "f96", "f95", "secret", "talk"]).await;
    sees(&store, &NOBODY, &any(), &["f98", "f97", "f95", "talk"]).await;
    let counts = [(0, T0, 1), (2, T0, 1), (4, T0 + MINUTE, 5)]
        .map(|(kind, at, count)| (kind, Timestamp::from_millis(at), count));
    assert_eq!(
        store.message_counts(Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX)).await.unwrap(),
        counts
    );
    assert_eq!(
        store.sweep_messages(2, Timestamp::from_millis(T0 + 1), 5, 40).await.unwrap(),
        1,
        "and each kind has an age of its own"
    );
    sees(&store, &as_("ann"), &any(), &["f99", "f98", "f97", "f96", "f95", "talk"]).await;
}

async fn what_is_swept_is_in_no_list_search_or_count(place: &Place) {
    let store = with_private(place).await;
    store.store_messages(&many(1..4)).await.unwrap();
    assert_eq!(store.sweep_messages(0, Timestamp::from_millis(T0 + MINUTE), 100, 100).await.unwrap(), 1);
    assert_eq!(store.sweep_messages(2, Timestamp::from_millis(T0 + MINUTE), 100, 100).await.unwrap(), 1);
    let of_ann = MessageFilter { user: Some("ann".to_owned()), ..any() };
    sees(&store, &as_("ann"), &of_ann, &[]).await;
    sees(&store, &as_("ann"), &any(), &["m3", "m2", "m1"]).await;
    finds(&store, &as_("ann"), "secret OR word", &any(), &["m3", "m2", "m1"]).await;
    assert_eq!(
        store.message_counts(Timestamp::from_millis(0), Timestamp::from_millis(i64::MAX)).await.unwrap().len(),
        3
    );
    // What was swept may be stored again.
    store.store_messages(&[message("open", T0, "no secret at all")]).await.unwrap();
    finds(&store, &NOBODY, "secret", &any(), &["open"]).await;
}

async fn the_journal_and_messages_are_written_side_by_side(place: &Place) {
    let store = place.open().await;
    store.append(&crate::place::founding(&["room"])).await.unwrap();
    let journal = async {
        for number in 0..50 {
            store.append(&crate::place::entries("room", [number])).await.unwrap();
        }
    };
    let log = async {
        for batch in 0..10 {
            store.store_messages(&many(batch * 100..batch * 100 + 100)).await.unwrap();
        }
    };
    let sweep = async {
        for _ in 0..10 {
            store.sweep_messages(0, Timestamp::from_millis(T0 + 50 * MINUTE), 10_000, 10).await.unwrap();
        }
    };
    tokio::join!(journal, log, sweep);
    while store.sweep_messages(0, Timestamp::from_millis(T0 + 50 * MINUTE), 10_000, 10).await.unwrap() > 0 {}
    assert_eq!(store.last_number("room").await.unwrap(), Some(49));
    assert_eq!(store.messages(&NOBODY, &any(), 0, 1).await.unwrap().total, 950);
}
