//! Answers whose size the client chooses have a price: a loop is refused, and nobody who plays comes near.

use serde_json::{Value, json};

use crate::support::{Guest, TestServer, get};

/// Asks for all events until it is refused: the details of the refusal, and how many were answered.
async fn ask_until_refused(guest: &mut Guest) -> (Value, usize) {
    let mut answered = 0;
    loop {
        guest.send("sync_request", json!({ "last_sequence": 0 })).await;
        let message = guest.next().await;
        match message["event"].as_str().unwrap() {
            "sync_response" => answered += 1,
            "error" => {
                assert_eq!(message["error"]["code"], "4001");
                assert_eq!(message["error"]["recoverable"], true);
                return (message["error"]["details"].clone(), answered);
            }
            _ => {}
        }
    }
}

/// Asks for all events, as often as it takes to be answered: `sync_response.data`.
async fn ask_until_answered(guest: &mut Guest) -> Value {
    guest.send("sync_request", json!({ "last_sequence": 0 })).await;
    loop {
        let mut message = guest.next().await;
        match message["event"].as_str().unwrap() {
            "sync_response" => return message["data"].take(),
            "error" => guest.send("sync_request", json!({ "last_sequence": 0 })).await,
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_loop_of_syncs_is_refused_and_another_connection_is_not() {
    let server = TestServer::for_guests(&["--work-kib-per-second", "64", "--work-kib-at-once", "256"]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    let (details, answered) = ask_until_refused(&mut table[0]).await;
    assert!(answered >= 4, "{answered} were answered first");
    assert_eq!((&details["limit"], &details["window_seconds"]), (&json!(64), &json!(1)));
    assert!(details["retry_after_ms"].as_u64().unwrap() >= 1);
    let (other, _) = table[1].synchronise(0, None).await;
    assert_eq!(other["truncated"], false);
    // What is owed is paid by time.
    assert_eq!(ask_until_answered(&mut table[0]).await["truncated"], false);
    let metrics = get(server.port(), "/metrics").await.body;
    assert!(metrics.contains(r#"liap_limit_hits_total{limit="work"}"#), "{metrics}");
}

#[tokio::test]
async fn what_an_address_may_ask_for_is_counted_over_its_connections() {
    let server = TestServer::for_guests(&["--address-work-kib-per-second", "1", "--address-work-kib-at-once", "1024"]);
    let mut table = server.declaring_table().await;
    let known = table[2].last_sequence;
    table.reach_turns().await;
    ask_until_refused(&mut table[0]).await;
    let (_, answered) = ask_until_refused(&mut table[1]).await;
    assert_eq!(answered, 0, "the address owes too much");
    let mut list = server.guest("Eve").await;
    list.send("room_list", json!({})).await;
    list.refused("4001").await;
    // A seat is never kept from its player: the events are left out, and the state is there.
    let mut back = table[2].again().await;
    let answer = back.come_back(Some(known)).await["data"].take();
    assert_eq!((&answer["missed_events"], &answer["truncated"]), (&json!(0), &json!(true)));
    assert_eq!(answer["game_state"]["phase"], "TURN");
    assert_eq!(back.hand, table[2].hand);
}

#[tokio::test]
async fn a_limit_of_0_is_none() {
    let server = TestServer::for_guests(&["--work-kib-per-second", "0", "--address-work-kib-per-second", "0"]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    let mut bytes = 0;
    while bytes < 8 << 20 {
        table[0].synchronise(0, None).await;
        bytes += table[0].last_text.len();
    }
}

/// A phone in a tunnel: it comes back twenty times, and the server can't know how far it got.
#[tokio::test]
async fn a_phone_that_reconnects_twenty_times_in_a_game_is_told_all() {
    let server = TestServer::for_guests(&[]);
    let mut phone = server.guest("Ann").await;
    phone.create_room(json!({ "pace": "instant", "rules": { "max_rounds": 20, "target_score": 200 } })).await;
    phone.act("start_game", json!({})).await;
    let mut rounds = 0;
    let mut back = 0;
    while phone.phase["phase"] != "GAME_OVER" {
        phone.act_if_asked().await;
        loop {
            let message = phone.next().await;
            assert!(message.get("error").is_none(), "{message}");
            if message["event"] == "phase_change" {
                break;
            }
        }
        let round = phone.phase["game_state"]["round_number"].as_u64().unwrap_or_default();
        if round == rounds {
            continue;
        }
        rounds = round;
        let known = phone.last_sequence;
        // In turn it says how far it got, and does not.
        let says = back % 2 == 0;
        let mut again = phone.again().await;
        let answer = again.come_back(says.then_some(known)).await["data"].take();
        assert!(!says || answer["truncated"] == false, "{answer}");
        let missed = usize::try_from(answer["missed_events"].as_u64().unwrap()).unwrap();
        assert!(says || missed > 0, "{answer}");
        phone = again;
        for _ in 0..missed {
            phone.next().await;
        }
        back += 1;
        let (answer, _) = phone.synchronise(known, None).await;
        assert_eq!(answer["truncated"], false);
    }
    assert_eq!((rounds, back), (20, 20));
}

#[tokio::test]
async fn nobody_who_comes_back_is_told_anothers_private_events() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.declaring_table().await;
    table.reach_turns().await;
    for position in 0..4 {
        let mut back = table[position].again().await;
        let answer = back.come_back(Some(0)).await["data"].take();
        for _ in 0..answer["missed_events"].as_u64().unwrap() {
            let event = back.next().await;
            let pieces = event["data"]["pieces"].as_array().cloned().unwrap_or_default();
            for piece in pieces.iter().filter(|_| event["event"] == "hand_updated") {
                let id = piece["id"].as_str().unwrap();
                assert!(table[position].hand.iter().any(|own| own == id), "{id} told to seat {position}");
            }
            let accepted = event["event"].as_str().unwrap().ends_with("_accepted");
            assert!(!accepted || event.to_string().contains(table[position].name()), "{event}");
        }
        table.guests[position] = back;
    }
}
