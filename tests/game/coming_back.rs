//! `reconnected`: the seat's secret, what was missed, a bot meanwhile.

use serde_json::{Value, json};

use crate::support::TestServer;

#[tokio::test]
async fn the_token_returns_the_seat_and_all_that_was_missed_in_order() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.catch_up().await;
    let away = (table.current() + 3) % 4;
    let known = table[away].last_sequence;
    let mut back = table[away].again().await;
    let heard = table.step().await;
    let of_other = &heard[(away + 2) % 4];
    let live: Vec<Value> =
        of_other.iter().filter(|event| event["sequence_number"].as_u64() > Some(known)).cloned().collect();
    let answer = back.come_back(Some(known)).await["data"].take();
    assert_eq!(answer["missed_events"], live.len());
    assert_eq!(answer["truncated"], false);
    for event in &live {
        assert_eq!(&back.next().await, event, "to the letter");
    }
    assert_eq!(answer["game_state"]["phase"], "DECLARATION");
    assert_eq!(back.hand, table[away].hand, "the own hand comes with the answer");
}

#[tokio::test]
async fn the_others_hear_of_the_return() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let mut back = table[2].again().await;
    back.come_back(None).await;
    let joined = table[0].expect("player_joined").await["data"].take();
    assert_eq!(joined["player_name"], "Cid");
    assert_eq!(joined["position"], 2);
    assert_eq!(joined["reconnected"], true);
}

#[tokio::test]
async fn an_older_connection_of_the_seat_is_closed_with_1000_replaced() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let mut back = table[1].again().await;
    back.come_back(None).await;
    assert_eq!(table[1].closed().await, (1000, "replaced".to_owned()));
    let last = table[1].seen.last().unwrap();
    assert_eq!(last["event"], "disconnected");
    assert_eq!(last["data"]["wasClean"], true);
    // The replaced connection's end takes nothing from the new one.
    back.snapshot().await;
}

/// How a connection ends whose client has heard nothing for a while.
enum Death {
    /// The server still takes it for alive.
    Unnoticed,
    /// The server has seen its end.
    Noticed,
}

/// Bob has confirmed what he heard, and reads no more; others act, and it is written into his dead connection.
async fn what_a_dead_connection_missed(death: Death) {
    let server = TestServer::for_guests(&["--game-heartbeat-seconds", "1", "--game-pong-seconds", "600"]);
    let mut table = server.declaring_table().await;
    while table.position("Bob") == table.current() {
        table.step().await;
    }
    table.catch_up().await;
    let known = table[1].confirm_all().await;
    let mut back = table[1].again().await;
    let bob = table.guests.remove(1);
    let dead = bob.into_connection().into_socket();
    for _ in 0..2 {
        let current = table.phase_data()["current_player"].as_str().unwrap().to_owned();
        let Some(place) = table.guests.iter().position(|guest| guest.name() == current) else { break };
        table[place].act_if_asked().await;
        // The answer proves that the room has acted.
        table[place].catch_up().await;
        table.catch_up().await;
    }
    let live = missed_by_bob(&table, known);
    assert!(!live.is_empty());
    let _open = match death {
        Death::Unnoticed => Some(dead),
        Death::Noticed => {
            drop(dead);
            server.wait_for_sessions(4).await;
            None
        }
    };
    let answer = back.come_back(None).await["data"].take();
    let missed = usize::try_from(answer["missed_events"].as_u64().unwrap()).unwrap();
    let mut told = Vec::new();
    for _ in 0..missed {
        told.push(back.next().await);
    }
    assert_eq!(told, live, "all that followed the confirmed number {known}, to the letter and in order");
}

/// What was told to all after this number, or to all but whoever acted.
fn missed_by_bob(table: &crate::support::Table, known: u64) -> Vec<Value> {
    let mut public = std::collections::BTreeMap::new();
    for message in table.guests.iter().flat_map(|guest| &guest.seen) {
        let number = message["sequence_number"].as_u64().filter(|number| *number > known);
        if let (Some(number), "player_action" | "phase_change") = (number, message["event"].as_str().unwrap()) {
            public.insert(number, message.clone());
        }
    }
    public.into_values().collect()
}

#[tokio::test]
async fn what_was_sent_into_a_connection_that_is_replaced_is_sent_again() {
    what_a_dead_connection_missed(Death::Unnoticed).await;
}

#[tokio::test]
async fn what_was_sent_into_a_connection_that_was_lost_is_sent_again() {
    what_a_dead_connection_missed(Death::Noticed).await;
}

#[tokio::test]
async fn without_a_confirmed_number_all_since_the_seat_was_taken_is_sent() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let heard = table[3].catch_up().await.len();
    let numbered = table[3].seen.iter().filter(|message| message["sequence_number"].is_u64());
    let live: Vec<(Value, Value)> =
        numbered.map(|message| (message["sequence_number"].clone(), message["event"].clone())).collect();
    assert!(heard < live.len());
    let mut back = table[3].again().await;
    let answer = back.come_back(None).await["data"].take();
    assert_eq!((&answer["missed_events"], &answer["truncated"]), (&json!(live.len()), &json!(false)));
    for event in live {
        let message = back.next().await;
        assert_eq!((message["sequence_number"].clone(), message["event"].clone()), event);
    }
}

#[tokio::test]
async fn a_returning_client_needs_no_earlier_event_to_know_its_room() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table[1].send("get_room_state", json!({})).await;
    let state = table[1].expect("room_state").await["data"].take();
    let mut back = table[1].again().await;
    let answer = back.come_back(Some(u64::MAX)).await["data"].take();
    assert_eq!(answer["missed_events"], 0, "a number that is too high misses nothing");
    for field in ["room_id", "room_name", "host", "players", "options"] {
        assert_eq!(answer[field], state[field], "{field}");
    }
}

#[tokio::test]
async fn one_may_come_back_from_the_lobby_too() {
    let server = TestServer::for_guests(&[]);
    let table = server.declaring_table().await;
    let mut lobby = server.guest("Bob").await;
    let data = json!({ "room_id": table[1].room(), "session_token": table[1].token(), "player_name": "Bob" });
    lobby.send("join_room", data).await;
    let back = lobby.expect("reconnected").await;
    assert_eq!(back["data"]["hand"]["count"], 8, "the own hand comes with the answer");
    assert_eq!(back["data"]["room_id"], table[1].room());
}

#[tokio::test]
async fn a_wrong_token_is_1002_and_tells_nobody_anything() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let before = table[0].snapshot().await;
    let mut thief = server.guest_at(table[0].room(), "Ann").await;
    let other_seats = table[1].token().to_owned();
    for token in ["", "guess", &"A".repeat(22), &"x".repeat(5_000), &other_seats] {
        thief.act("join_room", json!({ "session_token": token })).await;
        let error = thief.refused("1002").await;
        assert_eq!(error["details"], json!({ "field": "session_token" }));
    }
    assert_eq!(table[0].snapshot().await, before);
}

#[tokio::test]
async fn a_name_alone_never_regains_a_seat() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let room = table[1].room().to_owned();
    let bob = table.guests.remove(1);
    drop(bob);
    let mut thief = server.guest_at(&room, "Bob").await;
    thief.act("join_room", json!({})).await;
    thief.refused("1005").await;
}

#[tokio::test]
async fn a_bot_plays_a_lost_connections_seat_from_the_grace_to_its_return() {
    let server = TestServer::for_guests(&["--disconnect-grace-seconds", "0"]);
    let mut table = server.declaring_table().await;
    let mut back = table[1].again().await;
    table[1].cut().await;
    let activated = table[0].expect("bot_activated").await["data"].take();
    assert_eq!(activated["player"], "Bob");
    assert_eq!(activated["reason"], "disconnected");
    assert_eq!(activated["bot_difficulty"], "medium");
    let answer = back.come_back(None).await;
    let players = answer["data"]["game_state"]["players"].as_array().unwrap();
    assert_eq!(players[1]["is_bot"], false, "the seat stays a person's");
    let joined = table[0].expect("player_joined").await;
    assert_eq!(joined["data"]["reconnected"], true);
    let (state, _) = table[0].synchronise(u64::MAX, None).await;
    assert_eq!(state["full_state"]["game_state"]["players"][1]["is_active"], true);
}

#[tokio::test]
async fn whoever_leaves_a_game_is_replaced_by_a_bot_for_good() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let token = table[3].token().to_owned();
    let heard = table.do_leaving(3).await;
    let told: Vec<&str> = heard[0].iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(told[..2], ["player_left", "bot_activated"]);
    assert_eq!(heard[0][1]["data"]["reason"], "left");
    let mut again = server.guest_at(table[0].room(), "Dee").await;
    again.act("join_room", json!({ "session_token": token })).await;
    again.refused("1002").await;
}

#[tokio::test]
async fn a_game_goes_on_to_its_end_when_all_have_left() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({ "pace": "instant" })).await;
    let room = host.room().to_owned();
    host.act("start_game", json!({})).await;
    host.expect("game_started").await;
    host.act("leave_room", json!({})).await;
    host.expect("room_left").await;
    // The bots play it out, and a room with nobody to come back to closes.
    loop {
        let list = host.expect("room_list").await;
        if list["data"]["rooms"].as_array().unwrap().iter().all(|listed| listed["room_id"] != room) {
            return;
        }
    }
}

#[tokio::test]
async fn a_waiting_seat_is_kept_for_a_while_and_then_freed() {
    let server = TestServer::for_guests(&["--waiting-grace-seconds", "1"]);
    let mut table = server.table(json!({})).await;
    table[2].cut().await;
    let left = table[0].expect("player_left").await;
    assert_eq!(left["data"]["player_name"], "Cid");
}

#[tokio::test]
async fn a_seat_in_a_waiting_room_is_regained_with_its_token() {
    let server = TestServer::for_guests(&[]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    let mut back = host.again().await;
    let answer = back.come_back(None).await;
    assert_eq!(answer["data"]["game_state"]["phase"], "NOT_STARTED");
    assert_eq!(host.closed().await, (1000, "replaced".to_owned()));
    back.act("start_game", json!({})).await;
    back.expect("game_started").await;
}

#[tokio::test]
async fn a_room_without_a_connected_person_closes_after_its_time() {
    let server = TestServer::for_guests(&["--room-idle-seconds", "1"]);
    let mut watcher = server.guest("Wat").await;
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    let room = host.room().to_owned();
    host.cut().await;
    loop {
        let list = watcher.expect("room_list").await;
        let rooms = list["data"]["rooms"].as_array().unwrap();
        if watcher.seen.len() > 2 && rooms.is_empty() {
            break;
        }
    }
    let mut late = server.guest("Eve").await;
    late.act("join_room", json!({ "room_id": room })).await;
    late.refused("1003").await;
}
