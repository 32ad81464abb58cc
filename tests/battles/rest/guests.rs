//! `POST /ai/action` and `GET /state/replay/{id}` by the secret of a seat: what it opens, and that it opens nothing else.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Answer, Guest, Process, Request, TestServer, player::body};

/// Two guests at a table with two bots: the one who is asked now, and the other.
async fn playing(port: u16, options: Value) -> (Guest, Guest) {
    playing_for(port, options, true).await
}

async fn playing_for(port: u16, options: Value, is_public: bool) -> (Guest, Guest) {
    let mut ann = Guest::connect(port, "lobby", "Ann").await;
    ann.act("create_room", json!({ "room_name": "Table", "is_public": is_public, "options": options })).await;
    let created = ann.expect("room_created").await;
    ann.sit(&created);
    let mut bob = Guest::connect(port, "lobby", "Bob").await;
    let room = ann.room().to_owned();
    bob.join(&room).await;
    ann.act("start_game", json!({})).await;
    loop {
        ann.catch_up().await;
        bob.catch_up().await;
        let phase = &bob.phase["phase_data"];
        if bob.phase["phase"] == "DECLARATION" && phase["current_player"] == "Ann" {
            return (ann, bob);
        }
        if bob.phase["phase"] == "DECLARATION" && phase["current_player"] == "Bob" {
            return (bob, ann);
        }
        ann.act_if_asked().await;
        bob.act_if_asked().await;
        ann.next().await;
    }
}

fn slowly() -> Value {
    json!({ "pace": "instant", "turn_timeout_seconds": 600 })
}

async fn hint(port: u16, secret: &str, battle: &str) -> Answer {
    Request::new("POST", "/ai/action").bearer(secret).json(&json!({ "battleId": battle })).send(port).await
}

async fn replay(port: u16, secret: &str, battle: &str) -> Answer {
    Request::new("GET", &format!("/api/v1/state/replay/{battle}")).bearer(secret).send(port).await
}

/// A secret that nobody was given.
fn strange() -> String {
    "0123456789abcdef".repeat(4)
}

#[tokio::test]
async fn a_guest_gets_a_hint_for_the_own_seat_when_it_is_asked() {
    let server = TestServer::start();
    let (mut asked, other) = playing(server.port(), slowly()).await;
    let before = asked.snapshot().await;
    let hint = body(&hint(server.port(), asked.token(), asked.room()).await, "Hint");
    let legal = asked.phase["phase_data"]["valid_declarations"].as_array().unwrap().clone();
    assert_eq!(hint["action"]["type"], "declare");
    assert!(legal.contains(&hint["action"]["value"]), "{hint} of {legal:?}");
    assert_eq!(asked.snapshot().await, before, "it changes nothing");
    let details = self::hint(server.port(), other.token(), other.room()).await.refused(409, "NOT_YOUR_TURN");
    assert_eq!(details["currentPlayer"], asked.name());
}

#[tokio::test]
async fn a_secret_of_no_seat_of_the_battle_is_a_token_that_is_none() {
    let server = TestServer::start();
    let (mut asked, _other) = playing(server.port(), slowly()).await;
    let (elsewhere, _) = playing(server.port(), slowly()).await;
    let room = asked.room().to_owned();
    let strange = strange();
    let mut refusals = Vec::new();
    for (secret, battle) in [
        (elsewhere.token(), room.as_str()),
        (strange.as_str(), &room),
        (asked.token(), "ZZZZ2222"),
        ("no.such.token", &room),
        (&asked.token()[1..], &room),
        (&asked.token().to_uppercase(), &room),
    ] {
        for answer in [hint(server.port(), secret, battle).await, replay(server.port(), secret, battle).await] {
            answer.refused(401, "UNAUTHORIZED");
            refusals.push(answer.body);
        }
    }
    refusals.dedup();
    assert_eq!(refusals.len(), 1, "nothing is learned: {refusals:?}");
    let secret = asked.token().to_owned();
    asked.act("leave_room", json!({})).await;
    asked.expect("room_left").await;
    hint(server.port(), &secret, &room).await.refused(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn the_secret_of_a_seat_is_good_for_no_other_address() {
    let server = TestServer::start();
    let (asked, _other) = playing(server.port(), slowly()).await;
    let room = asked.room();
    let (state, history) = (format!("/state?battleId={room}"), format!("/state/history?battleId={room}"));
    let battle = format!("/battles/{room}");
    for path in [state.as_str(), &history, &battle, "/battles", "/users/me", "/leaderboard", "/admin/rooms"] {
        Request::new("GET", path).bearer(asked.token()).send(server.port()).await.refused(401, "UNAUTHORIZED");
    }
    let declare = json!({ "battleId": room, "action": { "type": "declare", "value": 1 } });
    let act = Request::new("POST", "/game/state").bearer(asked.token()).json(&declare);
    act.send(server.port()).await.refused(401, "UNAUTHORIZED");
    for address in ["forfeit", "leave", "start"] {
        let press = Request::new("POST", &format!("{battle}/{address}")).bearer(asked.token());
        press.send(server.port()).await.refused(401, "UNAUTHORIZED");
    }
}

#[tokio::test]
async fn a_guest_opens_the_replay_of_the_own_game_when_it_has_ended() {
    let server = TestServer::start();
    for is_public in [true, false] {
        let options = json!({ "pace": "instant", "turn_timeout_seconds": 600, "rules": { "max_rounds": 1 } });
        let (mut one, mut two) = playing_for(server.port(), options, is_public).await;
        let (elsewhere, _) = playing(server.port(), slowly()).await;
        let early = replay(server.port(), one.token(), one.room()).await;
        early.refused(403, "BATTLE_NOT_FINISHED");
        assert!(!early.body.contains("deckSeed"), "{early:?}");
        let (over, _) = tokio::join!(one.play_to_the_end(), two.play_to_the_end());
        let told = body(&replay(server.port(), one.token(), one.room()).await, "Replay");
        assert_eq!((&told["deckSeed"], &told["battleId"]), (&over["deck_seed"], &json!(one.room())));
        assert_eq!(body(&replay(server.port(), two.token(), one.room()).await, "Replay"), told);
        for secret in [elsewhere.token(), &strange()] {
            replay(server.port(), secret, one.room()).await.refused(401, "UNAUTHORIZED");
        }
    }
}

#[tokio::test]
async fn hints_for_guests_are_counted_by_their_address() {
    let server = TestServer::with(&["--battles-actions-per-minute=2"]);
    let (asked, _other) = playing(server.port(), slowly()).await;
    hint(server.port(), asked.token(), asked.room()).await.expect(200);
    hint(server.port(), &strange(), asked.room()).await.refused(401, "UNAUTHORIZED");
    hint(server.port(), asked.token(), asked.room()).await.refused(429, "RATE_LIMITED");
}

#[tokio::test]
async fn the_log_never_tells_a_secret_and_a_restart_does_not_void_it() {
    let folder = TempDir::new().unwrap();
    let data = folder.path();
    let process = Process::start(data, &["--log=trace"]).await;
    let options = json!({ "pace": "instant", "turn_timeout_seconds": 600, "rules": { "max_rounds": 1 } });
    let (mut one, mut two) = playing(process.port, options).await;
    hint(process.port, one.token(), one.room()).await.expect(200);
    hint(process.port, &strange(), one.room()).await.refused(401, "UNAUTHORIZED");
    tokio::join!(one.play_to_the_end(), two.play_to_the_end());
    let (secret, room) = (one.token().to_owned(), one.room().to_owned());
    let log = process.stopped().await;
    assert!(!log.contains(&secret) && !log.contains(&strange()), "a secret stands in the log");
    let process = Process::start(data, &[]).await;
    body(&replay(process.port, &secret, &room).await, "Replay");
    process.stopped().await;
}
