//! The 2xxx codes: what the rules refuse. Every refusal leaves the room exactly as it was.

use serde_json::{Value, json};

use crate::support::{Table, TestServer};

/// Someone tries what can't be: the error, and the room as it was.
async fn refuse(table: &mut Table, position: usize, event: &str, data: Value, code: &str) -> Value {
    table.catch_up().await;
    let before = table[position].snapshot().await;
    table[position].act(event, data).await;
    let error = table[position].refused(code).await;
    assert_eq!(table[position].snapshot().await, before, "{event} was refused and changed something");
    for heard in table.catch_up().await {
        assert_eq!(heard, Vec::<Value>::new(), "nobody hears of a refusal");
    }
    error
}

#[tokio::test]
async fn acting_before_the_start_is_2001() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({})).await;
    for (event, data) in [
        ("declare", json!({ "declaration": 1 })),
        ("play", json!({ "piece_ids": ["p1"] })),
        ("accept_redeal", json!({})),
        ("decline_redeal", json!({})),
    ] {
        refuse(&mut table, 1, event, data, "2001").await;
    }
}

#[tokio::test]
async fn declaring_out_of_turn_is_2002_with_who_is_expected() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let (current, idle) = (table.current(), table.idle());
    let error = refuse(&mut table, idle, "declare", json!({ "declaration": 1 }), "2002").await;
    assert_eq!(error["details"], json!({ "current_player": table[current].name(), "your_position": idle }));
}

#[tokio::test]
async fn declaring_twice_is_2005() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let first = table.current();
    table.do_as(first, "declare", json!({ "declaration": 2 })).await;
    let error = refuse(&mut table, first, "declare", json!({ "declaration": 1 }), "2005").await;
    assert_eq!(error["details"]["declaration"], 2);
}

#[tokio::test]
async fn a_third_zero_in_a_row_is_2004() {
    let server = TestServer::for_guests(&[]);
    let rules = json!({ "zero_streak_limit": 1, "forbid_total": null });
    let mut table = server.table(json!({ "pace": "instant", "rules": rules })).await;
    table.start().await;
    table.reach_declaration().await;
    for _ in 0..4 {
        let current = table.current();
        table.do_as(current, "declare", json!({ "declaration": 0 })).await;
    }
    while table.phase() == "TURN" {
        table.step().await;
    }
    table.reach_declaration().await;
    let current = table.current();
    let error = refuse(&mut table, current, "declare", json!({ "declaration": 0 }), "2004").await;
    assert_eq!(error["details"]["reason"], "zero_streak");
}

#[tokio::test]
async fn the_right_player_in_the_wrong_phase_is_2007() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let current = table.current();
    let piece = table[current].hand[0].clone();
    let error = refuse(&mut table, current, "play", json!({ "piece_ids": [piece] }), "2007").await;
    assert_eq!(error["details"]["phase"], "DECLARATION");
    refuse(&mut table, current, "accept_redeal", json!({}), "2007").await;
    table.reach_turns().await;
    let current = table.current();
    refuse(&mut table, current, "declare", json!({ "declaration": 1 }), "2007").await;
}

#[tokio::test]
async fn playing_out_of_turn_is_2002() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    let idle = table.idle();
    let piece = table[idle].hand[0].clone();
    refuse(&mut table, idle, "play", json!({ "piece_ids": [piece] }), "2002").await;
}

#[tokio::test]
async fn no_pieces_are_2006() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    let current = table.current();
    refuse(&mut table, current, "play", json!({ "piece_ids": [] }), "2006").await;
}

#[tokio::test]
async fn unknown_repeated_and_foreign_pieces_are_2003() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    let current = table.current();
    let own = table[current].hand[0].clone();
    let foreign = table[(current + 1) % 4].hand[0].clone();
    for (ids, reason) in [
        (json!(["p33"]), "unknown_piece"),
        (json!(["p0"]), "unknown_piece"),
        (json!(["p01"]), "unknown_piece"),
        (json!([""]), "unknown_piece"),
        (json!(["GENERAL_RED"]), "unknown_piece"),
        (json!([own, own]), "repeated_piece"),
        (json!([foreign]), "not_in_hand"),
        (json!([own, foreign]), "not_in_hand"),
    ] {
        let error = refuse(&mut table, current, "play", json!({ "piece_ids": ids }), "2003").await;
        assert_eq!(error["details"]["reason"], reason, "{ids}");
    }
}

#[tokio::test]
async fn a_leader_without_a_valid_set_is_2003() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    let current = table.current();
    let all = json!(table[current].hand[..7]);
    refuse(&mut table, current, "play", json!({ "piece_ids": all }), "2003").await;
    let invalid = table[current].no_set_of(2).expect("two of eight pieces that form no pair");
    let error = refuse(&mut table, current, "play", json!({ "piece_ids": invalid }), "2003").await;
    assert_eq!(error["details"]["reason"], "no_valid_set");
}

#[tokio::test]
async fn a_follower_with_another_count_is_2003_with_the_required_one() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    table.lead_single().await;
    let follower = table.current();
    let two = json!(table[follower].hand[..2]);
    let error = refuse(&mut table, follower, "play", json!({ "piece_ids": two }), "2003").await;
    assert_eq!(error["details"]["reason"], "wrong_count");
    assert_eq!(error["details"]["required_piece_count"], 1);
    assert_eq!(error["details"]["played"], 2);
}

#[tokio::test]
async fn nothing_can_be_done_after_the_end() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({ "pace": "instant", "rules": { "max_rounds": 1 } })).await;
    table.start().await;
    table.reach_the_end().await;
    let error = refuse(&mut table, 0, "declare", json!({ "declaration": 1 }), "2007").await;
    assert_eq!(error["details"]["phase"], "GAME_OVER");
}

#[tokio::test]
async fn acting_at_the_door_or_in_the_lobby_is_1006() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    let door = server.guest_at(host.room(), "Bob").await;
    let lobby = server.guest("Cid").await;
    for mut guest in [door, lobby] {
        for event in ["start_game", "leave_room", "accept_redeal", "decline_redeal"] {
            guest.act(event, json!({})).await;
            assert_eq!(guest.refused("1006").await["details"]["required_event"], "join_room");
        }
        guest.act("declare", json!({ "declaration": 1 })).await;
        guest.refused("1006").await;
        guest.act("play", json!({ "piece_ids": ["p1"] })).await;
        guest.refused("1006").await;
        guest.send("sync_request", json!({ "last_sequence": 0 })).await;
        guest.refused("1006").await;
        guest.send("add_bot", json!({})).await;
        guest.refused("1006").await;
    }
}
