//! Bans: one for each target, until it is lifted or has ended.

use store::StoredBan;
use vocabulary::Timestamp;

use crate::place::{Place, on_both};

on_both! {
    a_ban_is_kept_over_a_restart_in_place_of_an_earlier_one
    a_ban_goes_when_it_is_lifted_or_has_ended
}

fn ban(target: &str, id: &str, created_at: u64, ends_at: Option<u64>) -> StoredBan {
    StoredBan {
        target: target.to_owned(),
        id: id.to_owned(),
        subject: "Bob in room ABCD2345".to_owned(),
        reason: "sat on all seats".to_owned(),
        banned_by: "Root".to_owned(),
        created_at: Timestamp(created_at),
        ends_at: ends_at.map(Timestamp),
    }
}

async fn a_ban_is_kept_over_a_restart_in_place_of_an_earlier_one(place: &Place) {
    let store = place.open().await;
    let (one, other) = (ban("network:203.0.113.7/32", "one", 1, Some(9)), ban("account:x", "other", 2, None));
    store.ban(&one).await.unwrap();
    store.ban(&other).await.unwrap();
    let again = ban("network:203.0.113.7/32", "again", 3, None);
    store.ban(&again).await.unwrap();
    store.close().await;
    assert_eq!(place.open().await.bans().await.unwrap(), [again, other], "the newest first");
}

async fn a_ban_goes_when_it_is_lifted_or_has_ended(place: &Place) {
    let store = place.open().await;
    for (target, id, ends_at) in [("a", "1", Some(10)), ("b", "2", Some(11)), ("c", "3", None)] {
        store.ban(&ban(target, id, 1, ends_at)).await.unwrap();
    }
    assert_eq!(store.purge_bans(Timestamp(10)).await.unwrap(), 1);
    assert!(store.lift_ban("3").await.unwrap());
    assert!(!store.lift_ban("3").await.unwrap());
    let left: Vec<String> = store.bans().await.unwrap().into_iter().map(|ban| ban.id).collect();
    assert_eq!(left, ["2"]);
}
