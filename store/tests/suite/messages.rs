//! The messages of the live log: who sees them, in which order, how many there are.

use std::ops::Range;

use store::{MessageFilter, NewMessage, Reader, Store};
use vocabulary::Timestamp;

use crate::place::{Place, on_both};

on_both! {
    a_private_message_is_listed_and_counted_only_for_its_audience
    a_private_message_is_found_only_by_its_audience
    messages_come_newest_first_whatever_the_order_they_were_stored_in
    messages_of_one_millisecond_come_in_the_order_they_were_stored_in
    pages_follow_one_another
    every_filter_narrows_and_all_narrow_together
    dates_are_inclusive_and_counted_exactly
    a_repeated_message_is_left_out
    messages_outlive_a_restart
    a_batch_that_is_larger_than_a_transaction_is_kept
    messages_are_counted_by_kind_and_minute
    odd_names_and_times_do_no_harm
}

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 86_400_000;
/// The beginning of a day.
pub(crate) const T0: i64 = 20_000 * DAY;

pub(crate) fn message(id: &str, at: i64, content: &str) -> NewMessage {
    NewMessage {
        id: id.to_owned(),
        at: Timestamp::from_millis(at),
        content: content.to_owned(),
        channel: "general".to_owned(),
        body: format!("{{\"id\": \"{id}\"}}"),
        ..NewMessage::default()
    }
}

pub(crate) fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

pub(crate) fn as_(account: &str) -> Reader {
    Reader { account: Some(account.to_owned()) }
}

pub(crate) const NOBODY: Reader = Reader { account: None };

pub(crate) fn any() -> MessageFilter {
    MessageFilter::default()
}

/// The ids in bodies of [`message`].
pub(crate) fn ids(bodies: &[String]) -> Vec<&str> {
    bodies.iter().map(|body| body.split('"').nth(3).unwrap()).collect()
}

/// Asserts which messages a reader sees, newest first, and that the total is their number.
pub(crate) async fn sees(store: &Store, reader: &Reader, filter: &MessageFilter, expected: &[&str]) {
    let page = store.messages(reader, filter, 0, 1_000).await.unwrap();
    assert_eq!(ids(&page.bodies), expected, "{reader:?} {filter:?}");
    assert_eq!(page.total, expected.len() as u64, "{reader:?} {filter:?}");
}

pub(crate) async fn finds(store: &Store, reader: &Reader, query: &str, filter: &MessageFilter, expected: &[&str]) {
    let found = store.search_messages(reader, query, filter, 0, 1_000).await.unwrap();
    let (mut found_ids, mut expected_ids) = (ids(&found.bodies), expected.to_vec());
    found_ids.sort_unstable();
    expected_ids.sort_unstable();
    assert_eq!(found_ids, expected_ids, "{query} {reader:?} {filter:?}");
    assert_eq!((found.count, found.exact), (expected.len() as u64, true), "{query} {reader:?} {filter:?}");
}

pub(crate) async fn with_private(place: &Place) -> Store {
    let store = place.open().await;
    let letter = NewMessage {
        kind: 2,
        users: owned(&["ann", "bob"]),
        audience: owned(&["ann", "bob", "ann"]),
        names: "Ann Bob".to_owned(),
        ..message("letter", T0 + 1, "the secret tile")
    };
    let open = NewMessage { users: owned(&["ann"]), ..message("open", T0, "no secret at all") };
    store.store_messages(&[open, letter]).await.unwrap();
    store
}

async fn a_private_message_is_listed_and_counted_only_for_its_audience(place: &Place) {
    let store = with_private(place).await;
    let filters = [
        any(),
        MessageFilter { channel: Some("general".to_owned()), ..any() },
        MessageFilter { user: Some("ann".to_owned()), ..any() },
        MessageFilter { from: Some(Timestamp::from_millis(T0)), to: Some(Timestamp::from_millis(T0 + 1)), ..any() },
        MessageFilter { from: Some(Timestamp::from_millis(T0 - 3 * DAY)), ..any() },
    ];
    for filter in filters {
        for reader in [as_("ann"), as_("bob")] {
            sees(&store, &reader, &filter, &["letter", "open"]).await;
        }
        for reader in [as_("eve"), as_("ANN"), as_("an"), as_(""), as_("*"), NOBODY] {
            sees(&store, &reader, &filter, &["open"]).await;
        }
    }
    let letters = MessageFilter { kind: Some(2), ..any() };
    sees(&store, &as_("eve"), &letters, &[]).await;
    sees(&store, &as_("bob"), &letters, &["letter"]).await;
}

async fn a_private_message_is_found_only_by_its_audience(place: &Place) {
    let store = with_private(place).await;
    for query in ["secret", "secr*", "secret OR tile", "secret -nothing", "SECRET"] {
        finds(&store, &as_("ann"), query, &any(), &["letter", "open"]).await;
        for reader in [as_("eve"), as_("ANN"), as_("an"), as_(""), NOBODY] {
            finds(&store, &reader, query, &any(), &["open"]).await;
        }
    }
    let of_ann = MessageFilter { user: Some("ann".to_owned()), ..any() };
    finds(&store, &as_("bob"), "tile", &of_ann, &["letter"]).await;
    finds(&store, &as_("eve"), "tile", &of_ann, &[]).await;
    finds(&store, &as_("eve"), "bob", &any(), &[]).await;
    // What the index knows beside the words can't be asked for.
    for mark in ["\u{E000}", "\u{E102}", "\u{E003}ann", "\"\u{E003}ann\"", "ann\u{E003}*", "secret OR \u{E003}ann"] {
        let found = store.search_messages(&NOBODY, mark, &any(), 0, 10).await.unwrap();
        assert!(found.bodies.iter().all(|body| !body.contains("letter")), "{mark:?}");
    }
}

async fn messages_come_newest_first_whatever_the_order_they_were_stored_in(place: &Place) {
    let store = place.open().await;
    store.store_messages(&[message("b", T0 + 20, ""), message("d", T0 + 40, "")]).await.unwrap();
    store.store_messages(&[message("c", T0 + 30, ""), message("a", T0 + 10, "")]).await.unwrap();
    sees(&store, &NOBODY, &any(), &["d", "c", "b", "a"]).await;
}

async fn messages_of_one_millisecond_come_in_the_order_they_were_stored_in(place: &Place) {
    let store = place.open().await;
    for id in ["a", "c", "b"] {
        store.store_messages(&[message(id, T0, "")]).await.unwrap();
    }
    store.store_messages(&[message("z", T0, ""), message("y", T0, "")]).await.unwrap();
    sees(&store, &NOBODY, &any(), &["y", "z", "b", "c", "a"]).await;
}

async fn pages_follow_one_another(place: &Place) {
    let store = place.open().await;
    let some: Vec<_> = (0..25).map(|n| message(&format!("m{n}"), T0 + n, "word")).collect();
    store.store_messages(&some).await.unwrap();
    let mine = NewMessage { audience: owned(&["me"]), ..message("mine", T0 + 20, "word") };
    store.store_messages(&[mine]).await.unwrap();
    let all = store.messages(&as_("me"), &any(), 0, 100).await.unwrap();
    let found = store.search_messages(&as_("me"), "word", &any(), 0, 100).await.unwrap();
    assert_eq!((all.bodies.len(), found.bodies.len()), (26, 26));
    for offset in [0_u64, 3, 20, 25, 26, 1_000_000, u64::MAX] {
        for limit in [0_u64, 1, 7, 1_000] {
            let from = usize::try_from(offset.min(26)).unwrap();
            let until = usize::try_from(offset.saturating_add(limit).min(26)).unwrap();
            let page = store.messages(&as_("me"), &any(), offset, limit).await.unwrap();
            assert_eq!((page.bodies.as_slice(), page.total), (&all.bodies[from..until], 26), "{offset} {limit}");
            let page = store.search_messages(&as_("me"), "word", &any(), offset, limit).await.unwrap();
            assert_eq!((page.bodies.as_slice(), page.count), (&found.bodies[from..until], 26), "{offset} {limit}");
        }
    }
}

async fn every_filter_narrows_and_all_narrow_together(place: &Place) {
    let store = place.open().await;
    let of = |id: &str, at, kind, channel: &str, users: &[&str]| NewMessage {
        kind,
        channel: channel.to_owned(),
        users: owned(users),
        ..message(id, at, "word")
    };
    let some = [
        of("a", T0, 0, "general", &["ann"]),
        of("b", T0 + 1, 0, "trade", &["ann", "bob"]),
        of("c", T0 + 2, 1, "general", &["bob"]),
        of("d", T0 + 3, 5, "", &[]),
        of("e", T0 + 4, 0, "general", &["ann", "ann"]),
        of("f", T0 + 5, 0, "GENERAL", &["Ann"]),
    ];
    store.store_messages(&some).await.unwrap();
    let text = |text: &str| Some(text.to_owned());
    let cases: [(MessageFilter, &[&str]); 11] = [
        (MessageFilter { kind: Some(0), ..any() }, &["f", "e", "b", "a"]),
        (MessageFilter { kind: Some(9), ..any() }, &[]),
        (MessageFilter { user: text("ann"), ..any() }, &["e", "b", "a"]),
        (MessageFilter { user: text("bob"), kind: Some(0), ..any() }, &["b"]),
        (MessageFilter { channel: text("general"), ..any() }, &["e", "c", "a"]),
        (MessageFilter { channel: text(""), ..any() }, &["d"]),
        (MessageFilter { channel: text("gen"), ..any() }, &[]),
        (MessageFilter { channel: text("general"), kind: Some(1), ..any() }, &["c"]),
        (MessageFilter { channel: text("general"), user: text("ann"), ..any() }, &["e", "a"]),
        (
            MessageFilter {
                from: Some(Timestamp::from_millis(T0 + 1)),
                to: Some(Timestamp::from_millis(T0 + 3)),
                kind: Some(0),
                ..any()
            },
            &["b"],
        ),
        (
            MessageFilter {
                kind: Some(0),
                user: text("ann"),
                channel: text("general"),
                from: Some(Timestamp::from_millis(T0 + 1)),
                to: Some(Timestamp::from_millis(T0 + 4)),
            },
            &["e"],
        ),
    ];
    for (filter, expected) in cases {
        sees(&store, &NOBODY, &filter, expected).await;
        finds(&store, &NOBODY, "word", &filter, expected).await;
    }
}

async fn dates_are_inclusive_and_counted_exactly(place: &Place) {
    let store = place.open().await;
    let times: Vec<i64> = [-DAY, -1, 0, 1, MINUTE - 1, MINUTE, DAY - 1, DAY, DAY + MINUTE, 3 * DAY, 3 * DAY + 5]
        .iter()
        .map(|after| T0 + after)
        .collect();
    let some: Vec<_> = times.iter().map(|at| message(&at.to_string(), *at, "word")).collect();
    store.store_messages(&some).await.unwrap();
    let mut ends: Vec<Option<i64>> = times.iter().flat_map(|at| [at - 1, *at, at + 1]).map(Some).collect();
    ends.extend([None, Some(i64::MIN), Some(-1), Some(0), Some(i64::MAX)]);
    for from in &ends {
        for to in &ends {
            let filter =
                MessageFilter { from: from.map(Timestamp::from_millis), to: to.map(Timestamp::from_millis), ..any() };
            let within = |at: &i64| from.is_none_or(|from| from <= *at) && to.is_none_or(|to| *at <= to);
            let expected = times.iter().filter(|at| within(at)).count() as u64;
            let page = store.messages(&NOBODY, &filter, 0, 100).await.unwrap();
            assert_eq!((page.total, page.bodies.len() as u64), (expected, expected), "{filter:?}");
        }
        let filter = MessageFilter {
            from: from.map(Timestamp::from_millis),
            to: Some(Timestamp::from_millis(T0 + DAY)),
            ..any()
        };
        let listed = store.messages(&NOBODY, &filter, 0, 100).await.unwrap();
        finds(&store, &NOBODY, "word", &filter, &ids(&listed.bodies)).await;
    }
}

async fn a_repeated_message_is_left_out(place: &Place) {
    let store = place.open().await;
    let first = message("a", T0, "first");
    store.store_messages(std::slice::from_ref(&first)).await.unwrap();
    let again = [message("a", T0 + 9, "again"), message("b", T0 + 1, ""), message("b", T0 + 2, ""), first];
    store.store_messages(&again).await.unwrap();
    store.store_messages(&again).await.unwrap();
    store.store_messages(&[]).await.unwrap();
    sees(&store, &NOBODY, &any(), &["b", "a"]).await;
    finds(&store, &NOBODY, "again", &any(), &[]).await;
    finds(&store, &NOBODY, "first", &any(), &["a"]).await;
}

async fn messages_outlive_a_restart(place: &Place) {
    let store = with_private(place).await;
    store.close().await;
    assert!(store.store_messages(&[message("late", T0, "")]).await.is_err());
    let store = place.open().await;
    sees(&store, &as_("ann"), &any(), &["letter", "open"]).await;
    finds(&store, &as_("ann"), "secret", &any(), &["letter", "open"]).await;
}

pub(crate) fn many(numbers: Range<i64>) -> Vec<NewMessage> {
    numbers.map(|n| message(&format!("m{n}"), T0 + n * MINUTE, "word")).collect()
}

async fn a_batch_that_is_larger_than_a_transaction_is_kept(place: &Place) {
    let store = place.open().await;
    store.store_messages(&many(0..2_500)).await.unwrap();
    assert_eq!(store.messages(&NOBODY, &any(), 0, 0).await.unwrap().total, 2_500);
    let found = store.search_messages(&NOBODY, "word", &any(), 995, 10).await.unwrap();
    let expected: Vec<String> = (1_495..1_505).rev().map(|n| format!("m{n}")).collect();
    assert_eq!(ids(&found.bodies), expected, "past the thousand that are ranked");
    assert_eq!((found.count, found.exact), (2_500, true));
}

async fn messages_are_counted_by_kind_and_minute(place: &Place) {
    let store = place.open().await;
    let of =
        |id: &str, at, kind, audience: &[&str]| NewMessage { kind, audience: owned(audience), ..message(id, at, "") };
    let some = [
        of("a", T0, 0, &[]),
        of("b", T0 + MINUTE - 1, 0, &["ann"]),
        of("c", T0 + MINUTE, 2, &["ann"]),
        NewMessage { channel: "other".to_owned(), ..of("d", T0 + MINUTE, 0, &[]) },
        of("e", T0 + 5 * MINUTE, 0, &[]),
    ];
    store.store_messages(&some[..2]).await.unwrap();
    store.store_messages(&some).await.unwrap();
    let counts = [(0, T0, 2), (0, T0 + MINUTE, 1), (2, T0 + MINUTE, 1), (0, T0 + 5 * MINUTE, 1)]
        .map(|(kind, at, count)| (kind, Timestamp::from_millis(at), count));
    assert_eq!(
        store.message_counts(Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX)).await.unwrap(),
        counts
    );
    assert_eq!(
        store.message_counts(Timestamp::from_millis(T0 + 1), Timestamp::from_millis(T0 + MINUTE)).await.unwrap(),
        counts[..3]
    );
    assert_eq!(
        store.message_counts(Timestamp::from_millis(T0 + MINUTE), Timestamp::from_millis(T0 + MINUTE)).await.unwrap(),
        counts[1..3]
    );
    assert_eq!(
        store
            .message_counts(Timestamp::from_millis(T0 + 2 * MINUTE), Timestamp::from_millis(T0 + 4 * MINUTE))
            .await
            .unwrap(),
        []
    );
}

async fn odd_names_and_times_do_no_harm(place: &Place) {
    let store = place.open().await;
    let names = ["", "'", "\\", "a'b", "A", "a", "ä", "é", "a b", "\u{E000}", "*", "牌", &"x".repeat(300)];
    for (place, name) in names.iter().enumerate() {
        let odd = NewMessage {
            users: owned(&[name]),
            audience: owned(&[name]),
            channel: (*name).to_owned(),
            ..message(&format!("m{place}"), T0, "word")
        };
        store.store_messages(&[odd]).await.unwrap();
    }
    for (place, name) in names.iter().enumerate() {
        let id = format!("m{place}");
        let filter = MessageFilter { user: Some((*name).to_owned()), channel: Some((*name).to_owned()), ..any() };
        sees(&store, &as_(name), &filter, &[&id]).await;
        finds(&store, &as_(name), "word", &filter, &[&id]).await;
        finds(&store, &as_(name), "word", &any(), &[&id]).await;
    }
    let long = NewMessage { audience: vec!["y".repeat(5_000)], ..message("long", T0, "word") };
    store.store_messages(&[long, message("min", i64::MIN, "time"), message("max", i64::MAX, "time")]).await.unwrap();
    finds(&store, &as_(&"y".repeat(4_000)), "word", &any(), &[]).await;
    sees(&store, &NOBODY, &any(), &["max", "min"]).await;
    finds(&store, &NOBODY, "time", &any(), &["max", "min"]).await;
    let nul = MessageFilter { user: Some("a\0".to_owned()), ..any() };
    sees(&store, &NOBODY, &nul, &[]).await;
    sees(&store, &as_("a\0"), &any(), &[]).await;
}
