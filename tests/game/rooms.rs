//! `create_room`, `join_room`, `leave_room`, `add_bot`, `remove_bot`: who sits where before the start.

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn the_creator_is_host_at_position_0() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    let created = host.create_room(json!({})).await;
    assert_eq!(created["data"]["room_name"], "Ann's room");
    assert_eq!(created["data"]["creator"], "Ann");
    assert!(created["data"]["created_at"].is_f64());
    assert_eq!(created["sequence_number"], 1, "a room's events count from 1");
    let id = host.room();
    assert_eq!(created["room_id"], id);
    assert_eq!(id.len(), 8);
    assert!(id.chars().all(|letter| "ABCDEFGHJKLMNPQRSTUVWXYZ23456789".contains(letter)), "{id}");
}

#[tokio::test]
async fn newcomers_get_the_free_positions_from_0_up_and_the_others_hear_of_them() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    for (position, name) in [(1, "Bob"), (2, "Cid"), (3, "Dee")] {
        let mut guest = server.guest(name).await;
        let joined = guest.join(host.room()).await;
        let players = joined["data"]["players"].as_array().unwrap();
        assert_eq!(players.len(), position + 1);
        assert_eq!(players[position], json!({ "name": name, "position": position, "is_bot": false }));
        assert_eq!(joined["data"]["host"], "Ann");
        assert_eq!(joined["data"]["game_state"], json!(null));
        let heard = host.expect("player_joined").await["data"].take();
        assert_eq!(heard["player_name"], name);
        assert_eq!(heard["position"], position);
        assert_eq!(heard["is_bot"], false);
        assert!(heard["timestamp"].is_f64());
    }
}

#[tokio::test]
async fn names_are_trimmed() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    let mut guest = server.guest("  Bob  ").await;
    guest.join(host.room()).await;
    assert_eq!(host.expect("player_joined").await["data"]["player_name"], "Bob");
}

#[tokio::test]
async fn a_taken_name_without_the_token_is_1005() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    let before = host.snapshot().await;
    let mut thief = server.guest("Ann").await;
    thief.act("join_room", json!({ "room_id": host.room() })).await;
    assert_eq!(thief.refused("1005").await["details"]["player_name"], "Ann");
    assert_eq!(host.snapshot().await, before, "nothing has happened in the room");
}

#[tokio::test]
async fn a_second_seat_for_one_connection_is_1005() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    host.act("create_room", json!({ "room_name": "another" })).await;
    host.refused("1005").await;
    let room = host.room().to_owned();
    host.act("join_room", json!({ "room_id": room })).await;
    host.refused("1005").await;
}

#[tokio::test]
async fn a_full_room_is_1004() {
    let server = TestServer::for_guests(&[]);
    let table = server.table(json!({})).await;
    let mut fifth = server.guest("Eve").await;
    fifth.act("join_room", json!({ "room_id": table[0].room() })).await;
    fifth.refused("1004").await;
}

#[tokio::test]
async fn joining_an_unknown_room_is_1003_and_the_connection_lives() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    for room in ["ABCD2345", "nonsense"] {
        guest.act("join_room", json!({ "room_id": room })).await;
        assert_eq!(guest.refused("1003").await["details"]["room_id"], room);
    }
    guest.create_room(json!({})).await;
}

#[tokio::test]
async fn whoever_leaves_frees_the_seat_and_the_others_hear_it() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({})).await;
    let heard = table.do_leaving(1).await;
    assert_eq!(heard[1].last().unwrap()["event"], "room_left");
    for others in [0, 2, 3] {
        let left = heard[others].last().expect("told");
        assert_eq!(left["event"], "player_left");
        assert_eq!(left["data"]["player_name"], "Bob");
        assert_eq!(left["data"]["position"], 1);
        assert_eq!(left["data"]["host"], "Ann");
    }
    let room = table[0].room().to_owned();
    let mut eve = server.guest("Eve").await;
    eve.join(&room).await;
    assert_eq!(table[0].expect("player_joined").await["data"]["position"], 1, "the freed one");
}

#[tokio::test]
async fn when_the_host_leaves_the_next_person_is_host() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({})).await;
    let heard = table.do_leaving(0).await;
    assert_eq!(heard[1].last().unwrap()["data"]["host"], "Bob");
    table[2].act("start_game", json!({})).await;
    assert_eq!(table[2].refused("1007").await["details"]["host"], "Bob");
    table[1].act("start_game", json!({})).await;
    table[1].expect("game_started").await;
}

#[tokio::test]
async fn whoever_left_is_back_in_the_lobby_and_may_sit_down_elsewhere() {
    let server = TestServer::for_guests(&[]);
    let mut guest = server.guest("Ann").await;
    guest.create_room(json!({})).await;
    let first = guest.room().to_owned();
    guest.act("leave_room", json!({})).await;
    assert_eq!(guest.expect("room_left").await["data"]["room_id"], first);
    guest.create_room(json!({})).await;
    assert_ne!(guest.room(), first);
}

#[tokio::test]
async fn the_host_adds_and_removes_bots() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    host.send("add_bot", json!({ "position": 2, "difficulty": "easy" })).await;
    let added = host.expect("player_joined").await["data"].take();
    assert_eq!((&added["position"], &added["is_bot"]), (&json!(2), &json!(true)));
    host.send("add_bot", json!({})).await;
    assert_eq!(host.expect("player_joined").await["data"]["position"], 1, "the first that is free");
    host.send("remove_bot", json!({ "position": 2 })).await;
    let left = host.expect("player_left").await["data"].take();
    assert_eq!((&left["position"], &left["player_name"]), (&json!(2), &added["player_name"]));
}

#[tokio::test]
async fn only_the_host_adds_and_removes_bots() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    let mut guest = server.guest("Bob").await;
    guest.join(host.room()).await;
    guest.send("add_bot", json!({})).await;
    assert_eq!(guest.refused("1007").await["details"]["host"], "Ann");
    guest.send("remove_bot", json!({ "position": 3 })).await;
    guest.refused("1007").await;
}

#[tokio::test]
async fn a_bot_on_a_taken_position_is_3004_with_the_free_ones() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    host.send("add_bot", json!({ "position": 0 })).await;
    assert_eq!(host.refused("3004").await["details"]["allowed"], json!([1, 2, 3]));
    host.send("remove_bot", json!({ "position": 1 })).await;
    assert_eq!(host.refused("3004").await["details"]["allowed"], json!([]));
    for _ in 0..3 {
        host.send("add_bot", json!({})).await;
        host.expect("player_joined").await;
    }
    host.send("add_bot", json!({})).await;
    host.refused("1004").await;
}

#[tokio::test]
async fn a_bots_name_is_nobody_elses() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    let mut names = vec!["Ann".to_owned()];
    for _ in 0..3 {
        host.send("add_bot", json!({})).await;
        let joined = host.expect("player_joined").await;
        names.push(joined["data"]["player_name"].as_str().unwrap().to_owned());
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 4);
}

#[tokio::test]
async fn without_guests_nobody_sits_down_by_a_name_only() {
    let server = TestServer::for_guests(&["--allow-guests", "false"]);
    let mut guest = server.guest("Ann").await;
    guest.act("create_room", json!({ "room_name": "mine" })).await;
    guest.refused("1002").await;
}
