//! Names at one table: they are told apart by eye, and nobody passes for a bot, the server or somebody else.

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn names_that_look_alike_do_not_sit_side_by_side() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    let room = host.room().to_owned();
    for name in ["ANN", "Аnn", "Ａｎｎ", " Ann ", "Niran (bot)", "suda（BOT）", "System", "аdmin"] {
        let mut guest = server.guest(name).await;
        guest.act("join_room", json!({ "room_id": room })).await;
        assert_eq!(guest.refused("1005").await["details"]["player_name"], name.trim());
    }
    for hidden in ["A\u{2060}nn", "Ann\u{3164}", "\u{2067}nnA", "A\u{e0041}nn", "Ann\u{2800}"] {
        let mut guest = server.guest(hidden).await;
        guest.act_loose("join_room", json!({ "room_id": room })).await;
        guest.refused("3004").await;
    }
    server.guest("Anna").await.join(&room).await;
}

#[tokio::test]
async fn a_name_may_be_written_in_any_form_and_is_one_name() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Zoe\u{308}").await;
    host.act("create_room", json!({ "room_name": "می\u{200c}خواهم" })).await;
    let created = host.expect("room_created").await;
    assert_eq!(created["data"]["creator"], "Zo\u{eb}");
    host.sit(&created);
    // The player's own form of the name is understood from then on.
    host.act("start_game", json!({})).await;
    host.expect("game_started").await;
    host.send_loose("leave_room", json!({ "player_name": "Zoe" })).await;
    host.refused("3004").await;
    let mut again = host.again().await;
    again.act("join_room", json!({ "session_token": host.token() })).await;
    assert_eq!(again.expect("reconnected").await["data"]["player_name"], "Zo\u{eb}");
}

#[tokio::test]
async fn a_bot_takes_another_name_than_the_people_have() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Niran").await;
    host.create_room(json!({})).await;
    host.act("add_bot", json!({ "position": 1 })).await;
    assert_eq!(host.expect("player_joined").await["data"]["player_name"], "Niran 2 (bot)");
}
