//! A pause of the machine counts against nobody: the real process is stopped and goes on (SIGSTOP, SIGCONT) while people
//! have to decide, are away, or owe a sign of life.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::support::{Guest, ServerProcess};

/// The server notices a pause that is longer than two seconds.
const NOTICED: f64 = 2.5;

fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64()
}

/// Waits for this moment on the clock, in seconds since the epoch.
async fn reached(moment: f64) {
    tokio::time::sleep(Duration::from_secs_f64((moment - now()).max(0.0))).await;
}

/// Two people and two fast bots, with Bob on a connection of his own thread; who of the two is asked first.
async fn two_people(server: &ServerProcess, seconds: u64) -> (Vec<Guest>, usize) {
    let mut ann = Guest::connect(server.port(), "lobby", "Ann").await;
    ann.create_room(json!({ "pace": "instant", "turn_timeout_seconds": seconds })).await;
    let room = ann.room().to_owned();
    let mut bob = Guest::connect(server.port(), &room, "Bob").await;
    bob.join(&room).await;
    ann.act("start_game", json!({})).await;
    let mut people = vec![ann, bob];
    let asked = next_asked(&mut people).await;
    (people, asked)
}

/// Reads on until one of them is asked: who.
async fn next_asked(people: &mut [Guest]) -> usize {
    loop {
        people[0].expect("phase_change").await;
        people[1].catch_up().await;
        people[0].catch_up().await;
        if let Some(asked) = people.iter().position(|guest| guest.decision().is_some()) {
            return asked;
        }
    }
}

fn timed_out(guest: &Guest) -> bool {
    guest.seen.iter().any(|message| message["event"] == "player_timeout")
}

/// Whoever is asked answers into the socket of a server that does not run until after their time: it counts.
async fn answered_during_a_pause(turn: u64, longer: f64) {
    let server = ServerProcess::start(&["--workers", "2"]).await;
    let (mut people, mut asked) = two_people(&server, turn).await;
    loop {
        server.suspend().await;
        let deadline = people[asked].phase["deadline"].as_f64().unwrap();
        if now() < deadline {
            let (event, data) = people[asked].decision().unwrap();
            people[asked].act_numbered(1, event, data).await;
            reached(deadline + longer).await;
            server.resume();
            break;
        }
        // This machine was too slow to stop the server in time; the next decision is as good.
        server.resume();
        people.iter_mut().for_each(|guest| guest.seen.clear());
        asked = next_asked(&mut people).await;
    }
    loop {
        let answer = people[asked].next().await;
        assert!(answer.get("error").is_none(), "{answer}");
        if answer["client_sequence"] == 1 {
            break;
        }
    }
    people[asked].catch_up().await;
    assert!(!timed_out(&people[asked]), "the clock did not run out first");
}

#[tokio::test]
async fn an_answer_that_came_while_the_process_was_stopped_counts() {
    answered_during_a_pause(5, NOTICED).await;
}

#[tokio::test]
async fn an_answer_that_came_during_a_stop_too_short_to_notice_counts() {
    answered_during_a_pause(1, 0.2).await;
}

#[tokio::test]
async fn after_a_pause_whoever_has_to_decide_has_the_full_time_again() {
    let server = ServerProcess::start(&["--workers", "2"]).await;
    let (mut people, asked) = two_people(&server, 600).await;
    let guest = &mut people[asked];
    let before = guest.phase.clone();
    server.suspend().await;
    reached(now() + NOTICED).await;
    server.resume();
    // It comes by itself, and says until when.
    let again = guest.expect("phase_change").await["data"].take();
    let left = again["deadline"].as_f64().unwrap() - again["server_time"].as_f64().unwrap();
    assert!((599.0..=600.0).contains(&left), "{left} s of 600");
    assert_eq!(again["phase_data"], before["phase_data"]);
    assert!(!timed_out(guest));
}

#[tokio::test]
async fn a_pause_longer_than_a_pong_may_take_ends_no_connection() {
    let flags = ["--workers", "2", "--game-heartbeat-seconds", "1", "--game-pong-seconds", "3"];
    let server = ServerProcess::start(&flags).await;
    let mut ann = Guest::connect(server.port(), "lobby", "Ann").await;
    ann.create_room(json!({})).await;
    ann.answer_pings(1).await;
    ann.ping_pong(b"all answered").await;
    // The next ping is not answered yet when the process stops.
    ann.something_to_read().await;
    server.suspend().await;
    reached(now() + 3.0 + NOTICED).await;
    server.resume();
    ann.answer_pings(4).await;
    ann.snapshot().await;
}

#[tokio::test]
async fn a_pause_does_not_use_up_the_grace_of_a_lost_connection() {
    let server = ServerProcess::start(&["--workers", "2"]).await;
    let (mut people, _) = two_people(&server, 600).await;
    people[1].cut().await;
    let health = || async { crate::support::get(server.port(), "/health").await.body };
    while serde_json::from_str::<Value>(&health().await).unwrap()["connections"] != 1 {
        crate::support::moment().await;
    }
    server.suspend().await;
    reached(now() + 5.0 + NOTICED).await;
    server.resume();
    let mut back = people[1].again().await;
    back.come_back(None).await;
    people[0].catch_up().await;
    let activated = |message: &Value| message["event"] == "bot_activated";
    assert!(!people[0].seen.iter().any(activated), "no bot stood in");
}
