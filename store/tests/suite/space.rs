//! How much the embedded database can still hold.

use store::{GameQuota, Space};

use crate::place::{Place, end, founding, on_both, together};

on_both! {
    deleted_games_leave_space_in_the_file
}

async fn deleted_games_leave_space_in_the_file(place: &Place) {
    let store = place.open().await;
    let Some(before) = store.space().await.unwrap() else {
        return assert!(format!("{:?}", place.location).starts_with("Postgres"), "PostgreSQL's disk is not measured");
    };
    assert!(before.on_disk > 0);
    let record = vec![7; 1 << 20];
    store.append(&together([founding(&["large"]), end("large", 9, Some(&record))])).await.unwrap();
    let quota = GameQuota { before: None, bytes: 0, of_bots: 0 };
    assert_eq!(store.sweep_games(&quota, 10).await.unwrap(), 1);
    let after = store.space().await.unwrap().unwrap();
    assert!(after.in_file >= before.in_file + (1 << 20), "{before:?} {after:?}");
}

#[test]
fn free_pages_count_while_there_is_space_for_the_log() {
    let usable = |on_disk, in_file| Space { on_disk, in_file }.usable();
    assert_eq!(usable(1 << 30, 5), (1 << 30) + 5);
    assert_eq!(usable(1 << 20, 1 << 30), 1 << 20);
    assert_eq!(usable(u64::MAX, 5), u64::MAX);
}
