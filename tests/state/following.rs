//! Asking how a game stands, and hearing all that happens there from then on.

use serde_json::{Value, json};

use crate::support::{Device, Four, Guest, PASSWORD, Person, Request, TestServer, step};

/// A game of one round at full speed.
pub(super) fn quick() -> Value {
    json!({ "pace": "instant", "turnTimeoutSeconds": 600, "rules": { "maxRounds": 1 } })
}

/// Numbers of a game's events rise, but for answers, which tell the last one again.
pub(super) fn numbers_rise(device: &Device) {
    let mut last = 0;
    for message in device.speaker.seen.iter().filter(|message| message["data"]["game_id"] == device.game) {
        let number = message["data"]["sequence"].as_u64();
        if message["type"] == "error" || number.is_none() {
            continue;
        }
        let number = number.unwrap();
        let answers = message["data"]["state"].get("you").is_some();
        assert!(number > last || answers && number == last, "{number} after {last}: {message}");
        last = number;
    }
}

#[tokio::test]
async fn the_answer_says_who_is_to_act_the_scores_the_seconds_and_the_phase() {
    let server = TestServer::start();
    let four = Four::seated(&server, quick()).await;
    let mut ann = Device::of(&four.people[0]).await;
    let before = ann.follow(&four.battle).await;
    assert_eq!(before["game_id"], json!(four.battle));
    let state = &before["state"];
    assert_eq!(
        (&state["current_player"], &state["timer"], &state["status"]),
        (&json!(""), &json!(0), &json!("not_started"))
    );
    assert_eq!(state["scores"], json!({ "Ann": 0, "Bob": 0, "Cem": 0, "Dee": 0 }));
    four.people[0].start(&four.battle).await;
    let after = ann.follow(&four.battle).await;
    while ann.state["status"] == "not_started" || ann.state["current_player"] == "" {
        ann.update().await;
    }
    let state = &ann.state;
    assert!(["Ann", "Bob", "Cem", "Dee"].contains(&state["current_player"].as_str().unwrap()), "{state}");
    assert!(["preparation", "declaration"].contains(&state["status"].as_str().unwrap()), "{state}");
    assert!(state["timer"].as_u64().is_some_and(|timer| (590..=600).contains(&timer)), "whole seconds: {state}");
    assert!(after["sequence"].is_u64(), "{after}");
}

#[tokio::test]
async fn an_unknown_game_is_an_invalid_state_and_is_named() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for client_type in ["player", "observer"] {
        let mut device = Device::named(&ann, client_type, None).await;
        for game in ["ABCD2345", "", "abcd2345", "ABCD234O", "../../etc", &"x".repeat(60)] {
            device
                .speaker
                .send_raw(&json!({ "type": "game_state_request", "data": { "game_id": game } }).to_string())
                .await;
            assert_eq!(device.refused("INVALID_STATE").await["game_id"], game);
        }
    }
}

#[tokio::test]
async fn a_follower_hears_every_decision_of_a_game_and_the_state_after_it() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let stranger = server.person("Eve").await;
    let mut eve = Device::at(&stranger, &four.battle).await;
    four.finish().await;
    let end = eve.play_to_the_end().await;
    numbers_rise(&eve);
    let told: Vec<Value> = eve.heard("player_action").iter().map(|data| told(data)).collect();
    let replay = four.people[0].replay(&four.battle).await;
    let done: Vec<Value> = replay["actions"].as_array().unwrap().iter().map(|action| done(action, &four.ids)).collect();
    assert_eq!(told, done);
    let updates = eve.heard("game_state_update").len();
    assert!(updates > told.len(), "{updates} updates for {} decisions", told.len());
    assert_eq!(end["state"]["scores"], replay["results"]["finalScores"]);
    assert_eq!((&end["winners"], &end["deck_seed"]), (&replay["results"]["winners"], &replay["deckSeed"]));
    assert_eq!(end["state"]["status"], "game_over");
}

/// A decision as this contract tells it: player, action, value.
fn told(data: &Value) -> Value {
    json!([data["player_id"], data["action"], data["value"]])
}

/// The same as a replay tells it.
fn done(action: &Value, ids: &[String]) -> Value {
    let seat = usize::try_from(action["seat"].as_u64().unwrap()).unwrap();
    let value = action.get("value").or_else(|| action.get("pieceIds")).cloned().unwrap_or_default();
    json!([ids[seat], action["type"], value])
}

#[tokio::test]
async fn a_private_game_is_shown_to_those_who_sit_there_and_to_nobody_else() {
    let server = TestServer::start();
    let (ann, eve) = (server.person("Ann").await, server.person("Eve").await);
    let game = ann.create(&json!({ "isPublic": false })).await;
    for (person, client_type) in [(&eve, "player"), (&eve, "kivy"), (&eve, "observer"), (&ann, "observer")] {
        let mut device = Device::named(person, client_type, None).await;
        device.ask(&game).await;
        let details = device.refused("ACTION_DENIED").await;
        assert_eq!(details, json!({ "game_id": game }), "it says nothing of the game");
        device.game.clone_from(&game);
        device.act("declare", json!(1)).await;
        device.refused("ACTION_DENIED").await;
    }
    assert_eq!(Device::of(&ann).await.follow(&game).await["state"]["you"], "Ann");
}

#[tokio::test]
async fn who_gives_up_a_seat_in_a_private_room_is_told_no_more_of_it() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let game = ann.create(&json!({ "isPublic": false, "fillWithBots": true, "turnTimeoutSeconds": 600 })).await;
    bob.join(&game).await;
    let mut over_rest = Device::at(&bob, &game).await;
    bob.press(&format!("/battles/{game}/leave")).await.expect(200);
    over_rest.refused("INVALID_STATE").await;
    over_rest.ask(&game).await;
    over_rest.refused("ACTION_DENIED").await;
    over_rest.act("declare", json!(1)).await;
    over_rest.refused("ACTION_DENIED").await;

    bob.join(&game).await;
    over_rest.follow(&game).await;
    let mut table = super::seats::at_the_table(&bob, &game, "Bob").await;
    table.act("leave_room", json!({})).await;
    table.expect("room_left").await;
    over_rest.refused("INVALID_STATE").await;
    let heard = over_rest.speaker.seen.len();
    let mut of_ann = Device::at(&ann, &game).await;
    of_ann.act("start_game", Value::Null).await;
    of_ann.begin().await;
    over_rest.ask(&game).await;
    over_rest.refused("ACTION_DENIED").await;
    assert_eq!(over_rest.speaker.seen.len(), heard + 1, "{:?}", over_rest.speaker.seen);
}

#[tokio::test]
async fn an_observer_watches_a_public_game_and_may_not_act_even_with_a_seat() {
    let server = TestServer::start();
    let four = Four::seated(&server, quick()).await;
    let mut observer = Device::named(&four.people[0], "observer", None).await;
    let state = observer.follow(&four.battle).await["state"].take();
    assert_eq!((state.get("you"), state.get("hand")), (None, None));
    for (action, value) in [("start_game", Value::Null), ("declare", json!(1)), ("play", json!(["p1"]))] {
        observer.act(action, value).await;
        observer.refused("ACTION_DENIED").await;
    }
    assert_eq!(four.people[0].battle(&four.battle).await["status"], "WAITING");
    four.people[0].start(&four.battle).await;
    observer.begin().await;
    for action in ["accept_redeal", "decline_redeal"] {
        observer.act(action, Value::Null).await;
        observer.refused("ACTION_DENIED").await;
    }
    // An observer is no connection of the player's.
    let seen = four.people[0].battle(&four.battle).await;
    assert_eq!(seen["players"][0]["connected"], false, "{seen}");
}

#[tokio::test]
async fn one_connection_follows_several_games_at_once() {
    let server = TestServer::start();
    let one = Four::seated(&server, quick()).await;
    let ann = &one.people[0];
    let other = ann.create(&json!({ "turnTimeoutSeconds": 600 })).await;
    let mut device = Device::at(ann, &other).await;
    device.follow(&one.battle).await;
    device.act("start_game", Value::Null).await;
    device.begin().await;
    assert_eq!(ann.battle(&other).await["status"], "WAITING");
    device.game.clone_from(&other);
    device.act("start_game", Value::Null).await;
    device.begin().await;
    one.finish().await;
    device.game.clone_from(&one.battle);
    device.expect_that("game_state_update", |data| data["winners"].is_array()).await;
    numbers_rise(&device);
    device.game.clone_from(&other);
    numbers_rise(&device);
    assert!(!device.heard("hand_update").is_empty());
    assert_ne!(device.follow(&other).await["state"]["status"], "game_over", "the other game goes on");
}

#[tokio::test]
async fn following_twice_is_harmless() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let mut device = Device::at(&four.people[1], &four.battle).await;
    let first = device.follow(&four.battle).await;
    let second = device.follow(&four.battle).await;
    assert_eq!((&first["state"]["hand"], &first["sequence"]), (&second["state"]["hand"], &second["sequence"]));
    four.finish().await;
    device.expect_that("game_state_update", |data| data["winners"].is_array()).await;
    numbers_rise(&device);
    let decisions = four.people[0].replay(&four.battle).await["actions"].as_array().unwrap().len();
    assert_eq!(device.heard("player_action").len(), decisions, "each is told once");
}

#[tokio::test]
async fn who_follows_a_room_hears_who_comes_and_goes_before_the_start() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let game = ann.create(&quick()).await;
    let mut devices = [Device::at(&ann, &game).await, Device::named(&bob, "observer", None).await];
    devices[1].follow(&game).await;
    bob.join(&game).await;
    for device in &mut devices {
        assert_eq!(device.update().await["state"]["scores"], json!({ "Ann": 0, "Bob": 0 }));
    }
    bob.press(&format!("/battles/{game}/leave")).await.expect(200);
    let mut guest = Guest::connect(server.port(), &game, "Gus").await;
    guest.join(&game).await;
    for device in &mut devices {
        assert_eq!(device.update().await["state"]["scores"], json!({ "Ann": 0 }));
        assert_eq!(device.update().await["state"]["scores"], json!({ "Ann": 0, "Gus": 0 }));
        numbers_rise(device);
    }
}

#[tokio::test]
async fn who_sits_down_while_following_plays_from_then_on() {
    let server = TestServer::start();
    let (ann, bob, cem) = (server.person("Ann").await, server.person("Bob").await, server.person("Cem").await);
    let game = ann.create(&quick()).await;
    let mut of_bob = Device::at(&bob, &game).await;
    let mut of_cem = Device::at(&cem, &game).await;
    assert_eq!(of_bob.state.get("you"), None);
    bob.join(&game).await;
    let mut table = super::seats::at_the_door(&cem, &game, "Cem").await;
    table.join(&game).await;
    of_bob.expect_that("game_state_update", |data| data["state"]["you"] == "Bob").await;
    of_cem.expect_that("game_state_update", |data| data["state"]["you"] == "Cem").await;
    ann.start(&game).await;
    for device in [&mut of_bob, &mut of_cem] {
        device.expect_that("hand_update", |data| data["hand"].as_array().is_some_and(|hand| hand.len() == 8)).await;
        device.begin().await;
    }
}

async fn with_operator() -> (TestServer, Person) {
    let server = TestServer::unlimited(&["--admin-username=Root", &format!("--admin-password={PASSWORD}")]);
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    (server, root)
}

#[tokio::test]
async fn a_game_that_closes_is_told_and_the_connection_stays() {
    let (server, root) = with_operator().await;
    let ann = server.person("Ann").await;
    let (closed, other) = (ann.create(&quick()).await, ann.create(&quick()).await);
    for client_type in ["player", "observer"] {
        let mut device = Device::named(&ann, client_type, None).await;
        device.follow(&other).await;
        if device.follow(&closed).await["state"]["status"] != "not_started" {
            panic!("it has not started");
        }
    }
    let mut devices = [Device::at(&ann, &closed).await, Device::named(&ann, "observer", None).await];
    devices[1].follow(&closed).await;
    assert_eq!(root.send(Request::new("DELETE", &format!("/admin/rooms/{closed}"))).await.status, 204);
    for device in &mut devices {
        assert_eq!(device.refused("INVALID_STATE").await["game_id"], json!(closed));
        device.ask(&closed).await;
        assert_eq!(device.refused("INVALID_STATE").await["game_id"], json!(closed));
        device.follow(&other).await;
    }
    devices[0].act("start_game", Value::Null).await;
    devices[0].begin().await;
}

#[tokio::test]
async fn a_connection_follows_sixty_four_games_and_no_more_until_one_has_closed() {
    let server = TestServer::unlimited(&["--state-messages-per-second=1000"]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let mut games = Vec::new();
    for _ in 0..65 {
        games.push(ann.create(&quick()).await);
    }
    let mut device = Device::of(&bob).await;
    for game in &games[..64] {
        device.follow(game).await;
    }
    device.ask(&games[64]).await;
    device.refused("ACTION_DENIED").await;
    device.follow(&games[0]).await;
    ann.press(&format!("/battles/{}/leave", games[1])).await.expect(200);
    assert_eq!(device.refused("INVALID_STATE").await["game_id"], json!(games[1]));
    device.follow(&games[64]).await;
}

#[tokio::test]
async fn what_is_done_over_rest_is_heard_at_once() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let mut observer = Device::named(&four.people[3], "observer", None).await;
    observer.follow(&four.battle).await;
    let state = four.reach("DECLARATION").await;
    let seat = four.current(&state);
    step(&four.people[seat], &four.battle, 0).await;
    let heard = observer.expect_that("player_action", |data| data["action"] == "declare").await;
    assert_eq!(heard["player_id"], json!(four.ids[seat]));
}
