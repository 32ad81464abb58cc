//! One seat, several connections: who acts, who is told, and when the seat counts as lost.

use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::following::{numbers_rise, quick};
use crate::support::{Connection, Device, Four, Guest, Person, TestServer, step, unhurried};

/// A bot takes over as soon as a connection is lost.
const AT_ONCE: &str = "--disconnect-grace-seconds=0";

/// An account in contract game, at a room's door.
pub(super) async fn at_the_door(person: &Person, game: &str, name: &str) -> Guest {
    let mut request = format!("ws://127.0.0.1:{}/ws/{game}", person.port()).into_client_request().unwrap();
    request.headers_mut().insert("authorization", format!("Bearer {}", person.token).parse().unwrap());
    let stream = TcpStream::connect(("127.0.0.1", person.port())).await.unwrap();
    let mut guest = Guest::on(Connection::with(stream, request).await.unwrap(), person.port(), name);
    guest.expect("connected").await;
    guest
}

/// The same in the account's seat.
pub(super) async fn at_the_table(person: &Person, game: &str, name: &str) -> Guest {
    let mut guest = at_the_door(person, game, name).await;
    guest.act("join_room", json!({})).await;
    guest.expect("reconnected").await;
    guest
}

/// What battles says of a seat.
async fn effects(person: &Person, game: &str, id: &str) -> Vec<Value> {
    let state = person.state(game).await;
    state["players"][id]["status"].as_array().unwrap().iter().map(|effect| effect["type"].clone()).collect()
}

#[tokio::test]
async fn one_seat_is_played_from_two_devices_and_three_contracts_at_once() {
    let server = unhurried(&[]);
    let four = Four::playing(&server).await;
    let state = four.reach("TURN").await;
    let seat = four.current(&state);
    let (person, game) = (&four.people[seat], &four.battle);
    let mut battles = person.attend(game).await;
    battles.expect("connect").await;
    let mut phone = Device::named(person, "kivy", Some("phone")).await;
    phone.follow(game).await;
    let mut tablet = Device::named(person, "player", Some("tablet")).await;
    tablet.follow(game).await;
    phone.act("play", json!([phone.hand[0]])).await;
    let told = phone.action().await;
    assert_eq!(told, tablet.action().await);
    let heard = battles.expect("game:action").await;
    assert_eq!(heard["action"]["pieceIds"], told["value"]);
    // Back to the same seat, by turns from each connection.
    for whim in 0.. {
        phone.follow(game).await;
        if phone.state["status"] != "turn" {
            break;
        }
        let current = phone.state["current_player"].as_str().unwrap().to_owned();
        if current != phone.name {
            let other = ["Ann", "Bob", "Cem", "Dee"].iter().position(|name| *name == current).unwrap();
            step(&four.people[other], game, whim).await;
            continue;
        }
        match whim % 3 {
            0 => drop(step(person, game, whim).await),
            1 => {
                tablet.follow(game).await;
                tablet.act_if_asked().await;
                tablet.action().await;
            }
            _ => {
                let state = battles.state().await;
                battles.act(&crate::support::player::decision(&state, whim)).await;
                battles.state().await;
            }
        }
    }
    for device in [&mut phone, &mut tablet] {
        while device.state["status"] != "game_over" {
            device.update().await;
        }
        device.follow(game).await;
        numbers_rise(device);
    }
    assert_eq!(battles.state().await["status"], "GAME_OVER", "nobody closed it");
    let own = |device: &Device| {
        let actions = device.heard("player_action").into_iter().filter(|data| data["player_id"] == device.id);
        actions.cloned().collect::<Vec<_>>()
    };
    assert_eq!(own(&phone), own(&tablet));
}

#[tokio::test]
async fn a_device_beside_a_player_of_contract_game_takes_nobodys_place() {
    let server = unhurried(&[AT_ONCE]);
    let four = Four::seated(&server, quick()).await;
    let (ann, game) = (&four.people[0], &four.battle);
    let mut device = Device::at(ann, game).await;
    let mut table = at_the_table(ann, game, "Ann").await;
    device.follow(game).await;
    table.act("start_game", json!({})).await;
    table.expect("hand_updated").await;
    device.expect_that("hand_update", |_| true).await;
    let (mut shown, mut held) = (device.hand.clone(), table.hand.clone());
    shown.sort();
    held.sort();
    assert_eq!(shown, held);
    table.cut().await;
    while table_is_there(&four).await {}
    assert!(!effects(ann, game, &four.ids[0]).await.contains(&json!("BOT")));
    device.follow(game).await;
}

/// Whether the server still has the connection of contract game.
async fn table_is_there(four: &Four) -> bool {
    let health = four.people[0].get("/health").await.expect(200);
    health["connections"].as_u64().unwrap() > 1
}

#[tokio::test]
async fn a_seat_is_lost_with_its_last_device_until_it_is_followed_again() {
    let server = unhurried(&[AT_ONCE]);
    let four = Four::playing(&server).await;
    let (bob, game) = (&four.people[1], &four.battle);
    let mut watching = four.people[0].attend(game).await;
    watching.expect("connect").await;
    let mut phone = Device::named(bob, "kivy", Some("phone")).await;
    phone.follow(game).await;
    watching.expect_that("connect", |data| data["player"]["id"] == json!(four.ids[1])).await;
    let mut tablet = Device::named(bob, "kivy", Some("tablet")).await;
    tablet.follow(game).await;
    phone.speaker.close().await;
    while four.people[0].get("/health").await.expect(200)["connections"].as_u64() > Some(2) {}
    let seen = effects(bob, game, &four.ids[1]).await;
    assert!(!seen.contains(&json!("DISCONNECTED")) && !seen.contains(&json!("BOT")), "{seen:?}");
    tablet.speaker.cut().await;
    watching.expect_that("disconnect", |data| data["playerId"] == json!(four.ids[1])).await;
    watching.expect_that("ai:ready", |data| data["playerId"] == json!(four.ids[1])).await;
    assert!(effects(&four.people[0], game, &four.ids[1]).await.contains(&json!("BOT")));

    let mut back = Device::named(bob, "player", Some("phone")).await;
    let data = back.follow(game).await;
    assert_eq!(data["state"]["you"], "Bob");
    let seen = effects(&four.people[0], game, &four.ids[1]).await;
    assert!(!seen.contains(&json!("BOT")) && !seen.contains(&json!("DISCONNECTED")), "{seen:?}");
    numbers_rise(&back);
    let others = [0, 2, 3].map(|seat| &four.people[seat]);
    for whim in 0.. {
        back.follow(game).await;
        match back.state["current_player"].as_str().unwrap() {
            _ if back.state["status"] == "game_over" => break,
            "Bob" => back.act_if_asked().await,
            name => {
                let seat = ["Ann", "Cem", "Dee"].iter().position(|other| *other == name).unwrap();
                step(others[seat], game, whim).await;
            }
        }
    }
}

#[tokio::test]
async fn who_comes_back_hears_how_the_game_stands_and_nothing_older() {
    let server = unhurried(&[AT_ONCE]);
    let four = Four::playing(&server).await;
    let game = &four.battle;
    let mut watching = four.people[0].attend(game).await;
    watching.expect("connect").await;
    let mut phone = Device::at(&four.people[1], game).await;
    let before = phone.follow(game).await["sequence"].as_u64().unwrap();
    phone.speaker.cut().await;
    watching.expect_that("ai:ready", |data| data["playerId"] == json!(four.ids[1])).await;
    let mut back = Device::at(&four.people[1], game).await;
    let now = back.heard("game_state_update")[0]["sequence"].as_u64().unwrap();
    assert!(now > before, "{now} after {before}");
    let again = back.follow(game).await;
    assert!(again["sequence"].as_u64().unwrap() >= now);
    assert_eq!(back.heard("game_state_update").len(), 2, "{:?}", back.speaker.seen);
    numbers_rise(&back);
}

#[tokio::test]
async fn who_forfeits_follows_on_and_is_shown_no_hand() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let (dee, game) = (&four.people[3], &four.battle);
    let mut device = Device::at(dee, game).await;
    assert_eq!(device.hand.len(), 8);
    dee.press(&format!("/battles/{game}/forfeit")).await.expect(200);
    let heard = device.speaker.seen.len();
    device.ask(game).await;
    device.expect_that("game_state_update", |data| data["state"].get("you").is_none()).await;
    let hands = device.speaker.seen[heard..]
        .iter()
        .filter(|message| message["type"] == "hand_update" || message["data"]["state"].get("hand").is_some());
    assert_eq!(hands.count(), 0);
    device.act("declare", json!(1)).await;
    device.refused("ACTION_DENIED").await;
}
