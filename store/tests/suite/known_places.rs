//! Where accounts have logged in from.

use vocabulary::Timestamp;

use crate::{
    accounts::{account, with_ann},
    place::{Place, on_both},
};

on_both! {
    a_place_is_known_to_its_account_alone_and_after_a_restart
    of_many_places_the_last_are_kept_and_old_ones_are_purged
}

async fn a_place_is_known_to_its_account_alone_and_after_a_restart(place: &Place) {
    let store = with_ann(place).await;
    store.create_account(&account("2", "Bob")).await.unwrap();
    assert_eq!(store.place_seen_at("1", &[7; 32]).await.unwrap(), None);
    store.note_place("1", &[7; 32], Timestamp(100)).await.unwrap();
    store.note_place("1", &[7; 32], Timestamp(200)).await.unwrap();
    assert!(store.note_place("3", &[7; 32], Timestamp(100)).await.is_err(), "nobody has this id");
    store.close().await;
    let store = place.open().await;
    assert_eq!(store.place_seen_at("1", &[7; 32]).await.unwrap(), Some(Timestamp(200)));
    for (account, hash) in [("1", 8), ("2", 7), ("3", 7), ("", 7)] {
        assert_eq!(store.place_seen_at(account, &[hash; 32]).await.unwrap(), None, "{account} {hash}");
    }
    store.close().await;
}

async fn of_many_places_the_last_are_kept_and_old_ones_are_purged(place: &Place) {
    let store = with_ann(place).await;
    store.create_account(&account("2", "Bob")).await.unwrap();
    store.note_place("2", &[0; 32], Timestamp(1)).await.unwrap();
    for number in 0..20_u8 {
        store.note_place("1", &[number; 32], Timestamp(number.into())).await.unwrap();
    }
    let known = async |account: &str| {
        let mut known = Vec::new();
        for number in 0..20_u8 {
            known.extend(store.place_seen_at(account, &[number; 32]).await.unwrap());
        }
        known
    };
    assert_eq!(known("1").await, (4..20).map(Timestamp).collect::<Vec<_>>());
    assert_eq!(store.purge_places(Timestamp(6)).await.unwrap(), 3);
    assert_eq!(known("1").await, (6..20).map(Timestamp).collect::<Vec<_>>());
    assert_eq!(known("2").await, []);
    store.close().await;
}
