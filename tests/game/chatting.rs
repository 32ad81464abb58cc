//! `chat` and `chat_message`: what people at a table say to each other.

use serde_json::{Value, json};

use crate::support::{Guest, TestServer};

fn texts(seen: &[Value]) -> Vec<&str> {
    let said = seen.iter().filter(|message| message["event"] == "chat_message");
    said.filter_map(|message| message["data"]["message"].as_str()).collect()
}

/// Says something, and hears it.
async fn say(guest: &mut Guest, text: &str) -> Value {
    guest.act("chat", json!({ "message": text })).await;
    guest.expect("chat_message").await
}

#[tokio::test]
async fn what_one_says_all_at_the_table_hear_the_speaker_too_and_nobody_else() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({})).await;
    let mut elsewhere = server.guest("Eve").await;
    elsewhere.create_room(json!({})).await;
    let before = table[0].snapshot().await;
    let own = say(&mut table[1], "  hello \n there ").await;
    assert_eq!(own["data"]["player"], "Bob");
    assert_eq!((&own["data"]["message"], &own["data"]["is_bot"]), (&json!("hello \n there"), &json!(false)));
    assert_eq!(own.get("sequence_number"), None, "talk is no event of the game");
    for other in [0, 2, 3] {
        assert_eq!(table[other].expect("chat_message").await["data"], own["data"]);
    }
    assert_eq!(table[0].snapshot().await, before);
    elsewhere.catch_up().await;
    assert!(texts(&elsewhere.seen).is_empty());
}

#[tokio::test]
async fn people_talk_during_a_game_too_and_it_goes_on() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    let before = table[0].snapshot().await;
    let idle = table.idle();
    say(&mut table[idle], "take your time").await;
    assert_eq!(table[0].snapshot().await, before);
    table.step().await;
}

#[tokio::test]
async fn a_repeat_acts_once_and_is_answered_again() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({})).await;
    for _ in 0..3 {
        table[0].act_numbered(7, "chat", json!({ "message": "once" })).await;
    }
    let first = table[0].expect("chat_message").await;
    assert_eq!(first["client_sequence"], 7);
    for _ in 0..2 {
        let again = table[0].expect("chat_message").await;
        assert_eq!((&again["data"], &again["client_sequence"]), (&first["data"], &json!(7)));
    }
    table[0].act_numbered(7, "chat", json!({ "message": "twice" })).await;
    assert_eq!(table[0].refused("3004").await["details"]["field"], "sequence");
    let heard = table[1].expect("chat_message").await;
    assert_eq!(heard.get("client_sequence"), None, "only the answer has the number");
    table.catch_up().await;
    assert_eq!(texts(&table[1].seen), ["once"]);
}

#[tokio::test]
async fn a_client_that_lost_its_connection_may_say_it_again() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({})).await;
    table[0].act_numbered(3, "chat", json!({ "message": "hello?" })).await;
    let first = table[0].expect("chat_message").await;
    let mut back = table[0].again().await;
    back.come_back(None).await;
    back.act_numbered(3, "chat", json!({ "message": "hello?" })).await;
    assert_eq!(back.expect("chat_message").await["data"], first["data"]);
    table[1].expect("chat_message").await;
    table[1].catch_up().await;
    assert_eq!(texts(&table[1].seen), ["hello?"]);
}

#[tokio::test]
async fn before_joining_there_is_nobody_to_talk_to() {
    let server = TestServer::for_guests(&["--chat-messages-per-minute", "2"]);
    let mut host = server.guest("Ann").await;
    host.create_room(json!({})).await;
    let room = host.room().to_owned();
    for door in ["lobby", &room] {
        let mut outside = Guest::connect(server.port(), door, "Out").await;
        for _ in 0..3 {
            outside.act("chat", json!({ "message": "let me in" })).await;
            outside.refused("1006").await;
        }
    }
    host.catch_up().await;
    assert!(texts(&host.seen).is_empty());
    let mut guest = server.guest_at(&room, "Bob").await;
    guest.join(&room).await;
    say(&mut guest, "hi").await;
    guest.act("leave_room", json!({})).await;
    guest.expect("room_left").await;
    guest.act("chat", json!({ "message": "and another thing" })).await;
    guest.refused("1006").await;
}

#[tokio::test]
async fn nobody_speaks_in_anothers_name() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({})).await;
    table[0].send("chat", json!({ "player_name": "Bob", "message": "I am Bob" })).await;
    table[0].refused("3004").await;
    table.catch_up().await;
    assert!(table.guests.iter().all(|guest| texts(&guest.seen).is_empty()));
}

#[tokio::test]
async fn words_have_1_to_2000_characters_and_no_control_characters() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({})).await;
    for bad in ["", "  \n\t ", &"x".repeat(2_001), "a\u{0}b", "\u{1b}[2J", "a\u{7f}"] {
        table[0].act_loose("chat", json!({ "message": bad })).await;
        let error = table[0].refused("3004").await;
        assert_eq!(error["details"]["field"], "message", "{error}");
    }
    table[0].act_loose("chat", json!({})).await;
    table[0].refused("3002").await;
    table[0].act_loose("chat", json!({ "message": null })).await;
    table[0].refused("3002").await;
    table[0].act_loose("chat", json!({ "message": ["x"] })).await;
    table[0].refused("3003").await;
    let longest = "\u{1f004}".repeat(2_000);
    say(&mut table[0], &longest).await;
    table[1].expect("chat_message").await;
    table[1].catch_up().await;
    assert_eq!(texts(&table[1].seen), [longest]);
}

#[tokio::test]
async fn each_seat_may_say_so_much_in_a_minute() {
    let server = TestServer::for_guests(&["--chat-messages-per-minute", "3"]);
    let mut table = server.table(json!({})).await;
    for text in ["1", "2", "3"] {
        say(&mut table[0], text).await;
    }
    table[0].act("chat", json!({ "message": "4" })).await;
    let error = table[0].refused("4001").await;
    assert_eq!(error["details"]["limit"], 3, "{error}");
    say(&mut table[1], "5").await;
    let mut back = table[0].again().await;
    back.come_back(None).await;
    back.act("chat", json!({ "message": "6" })).await;
    back.refused("4001").await;
    table[2].catch_up().await;
    assert_eq!(texts(&table[2].seen), ["1", "2", "3", "5"]);
}
