//! `remove_player` in contract state: the host removes a person before the start, by the name that the state shows.

use serde_json::{Value, json};

use crate::support::{Device, unhurried};

#[tokio::test]
async fn the_host_removes_a_person_by_name_who_is_told_and_can_not_come_back() {
    let server = unhurried(&[]);
    let (ann, bob, cem) = (server.person("Ann").await, server.person("Bob").await, server.person("Cem").await);
    let game = ann.create(&json!({})).await;
    bob.join(&game).await;
    cem.join(&game).await;
    let mut of_ann = Device::at(&ann, &game).await;
    let mut of_bob = Device::at(&bob, &game).await;
    of_ann.act("remove_player", json!("Bob")).await;
    let state = of_ann.expect_that("game_state_update", |data| data["state"]["scores"].get("Bob").is_none()).await;
    assert_eq!(state["state"]["scores"], json!({ "Ann": 0, "Cem": 0 }));
    let told = of_bob.refused("ACTION_DENIED").await;
    assert_eq!((&told["game_id"], told["retry_after_ms"].as_u64()), (&json!(game), Some(600_000)));
    of_bob.ask(&game).await;
    assert!(of_bob.refused("ACTION_DENIED").await["retry_after_ms"].as_u64().is_some_and(|wait| wait > 0));
    bob.press(&format!("/battles/{game}/join")).await.refused(403, "REMOVED");
}

#[tokio::test]
async fn nobody_else_removes_and_nobody_is_removed_who_is_not_there() {
    let server = unhurried(&[]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let game = ann.create(&json!({})).await;
    bob.join(&game).await;
    let mut of_bob = Device::at(&bob, &game).await;
    of_bob.act("remove_player", json!("Ann")).await;
    assert_eq!(of_bob.refused("ACTION_DENIED").await["host"], "Ann");
    let mut of_ann = Device::at(&ann, &game).await;
    for name in ["Ann", "Cem"] {
        of_ann.act("remove_player", json!(name)).await;
        assert_eq!(of_ann.refused("ACTION_DENIED").await["people"], json!(["Bob"]));
    }
    of_ann.act("start_game", Value::Null).await;
    of_ann.begin().await;
    of_ann.act("remove_player", json!("Bob")).await;
    of_ann.refused("INVALID_STATE").await;
}
