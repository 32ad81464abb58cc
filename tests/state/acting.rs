//! Each action, and who hears of it.

use serde_json::{Value, json};

use super::following::quick;
use crate::support::{Device, Four, TestServer};

/// Four people at their devices, and one who watches.
async fn table(four: &Four) -> Vec<Device> {
    let mut devices = Vec::new();
    for person in &four.people {
        devices.push(Device::at(person, &four.battle).await);
    }
    let mut observer = Device::named(&four.people[0], "observer", None).await;
    observer.follow(&four.battle).await;
    devices.push(observer);
    devices
}

/// Whose decision is waited for, as the last of them sees it.
fn current(devices: &[Device]) -> usize {
    let state = &devices[4].state;
    devices.iter().position(|device| state["current_player"] == device.name).expect("someone's turn")
}

/// Everybody hears the same action; then the observer knows how things stand.
async fn all_hear(devices: &mut [Device]) -> Value {
    let mut heard = Vec::new();
    for device in devices.iter_mut() {
        heard.push(device.action().await);
    }
    for data in &mut heard {
        // Who did it is told first, under a number of their own.
        data.as_object_mut().unwrap().remove("sequence");
    }
    assert!(heard.iter().all(|data| *data == heard[0]), "{heard:?}");
    for device in devices.iter_mut() {
        device.update().await;
    }
    heard.swap_remove(0)
}

#[tokio::test]
async fn the_host_starts_the_game_and_all_hear_it() {
    let server = TestServer::start();
    let four = Four::seated(&server, quick()).await;
    let mut devices = table(&four).await;
    devices[0].act("start_game", Value::Null).await;
    let heard = all_hear(&mut devices).await;
    assert_eq!(heard["action"], "start_game");
    assert_eq!((&heard["player_id"], &heard["player_name"]), (&json!(four.ids[0]), &json!("Ann")));
    assert_eq!(heard["value"], Value::Null);
    assert_eq!(heard["deck_commitment"].as_str().map(str::len), Some(64), "{heard}");
    let battle = four.people[1].battle(&four.battle).await;
    assert_eq!(battle["status"], "ACTIVE");
}

#[tokio::test]
async fn a_declaration_and_a_play_are_relayed_to_all_with_the_one_who_did_it() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let state = four.reach("DECLARATION").await;
    assert_eq!(state["status"], "DECLARATION");
    let mut devices = table(&four).await;
    for _ in 0..4 {
        let seat = current(&devices);
        let number = devices[seat].state["valid_declarations"][1].clone();
        devices[seat].act("declare", number.clone()).await;
        let heard = all_hear(&mut devices).await;
        assert_eq!((&heard["player_id"], &heard["action"]), (&json!(four.ids[seat]), &json!("declare")));
        assert_eq!((&heard["value"], heard.get("automatic")), (&number, None));
        let name = devices[seat].name.clone();
        assert_eq!(devices[4].state["declarations"][&name], number);
    }
    assert_eq!(devices[4].state["status"], "turn");
    let seat = current(&devices);
    let piece = devices[seat].hand[3].clone();
    devices[seat].act("play", json!([piece])).await;
    let heard = all_hear(&mut devices).await;
    assert_eq!((&heard["player_name"], &heard["value"]), (&json!(devices[seat].name), &json!([piece])));
    assert_eq!(devices[4].state["required_piece_count"], 1);
    assert_eq!(devices[seat].hand.len(), 7);
    assert!(!devices[seat].hand.contains(&piece));
}

/// Four people in a game in which someone was dealt a weak hand, at their devices.
async fn weak(server: &TestServer) -> (Four, Vec<Device>) {
    let mut four = Four::seated(server, quick()).await;
    for _ in 0..500 {
        four.people[0].start(&four.battle).await;
        if four.state(0).await["status"] == "PREPARATION" {
            let devices = table(&four).await;
            return (four, devices);
        }
        four.battle = four.people[0].create(&quick()).await;
        for person in &four.people[1..] {
            person.join(&four.battle).await;
        }
    }
    panic!("500 deals without a weak hand");
}

#[tokio::test]
async fn a_weak_hand_is_kept_or_dealt_again_by_an_action_that_all_hear() {
    for action in ["decline_redeal", "accept_redeal"] {
        let server = TestServer::start();
        let (four, mut devices) = weak(&server).await;
        let deals = devices[0].hand.clone();
        let seat = current(&devices);
        devices[seat].act(action, Value::Null).await;
        let heard = all_hear(&mut devices).await;
        assert_eq!((&heard["player_id"], &heard["action"]), (&json!(four.ids[seat]), &json!(action)));
        assert_eq!(heard["value"], Value::Null);
        while devices[4].state["status"] == "preparation" && current_is_open(&devices) {
            let seat = current(&devices);
            devices[seat].act("decline_redeal", Value::Null).await;
            all_hear(&mut devices).await;
            if action == "accept_redeal" {
                break;
            }
        }
        devices[0].follow(&four.battle).await;
        assert_eq!(devices[0].hand == deals, action == "decline_redeal", "a new deal is another hand");
    }
}

fn current_is_open(devices: &[Device]) -> bool {
    devices[4].state["current_player"] != ""
}

#[tokio::test]
async fn the_first_state_of_a_game_with_bots_is_told_after_its_start() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let game = ann.create(&quick()).await;
    let mut ann = Device::at(&ann, &game).await;
    ann.act("start_game", Value::Null).await;
    let first = ann.next().await;
    assert_eq!((&first["type"], &first["data"]["action"]), (&json!("player_action"), &json!("start_game")));
}

#[tokio::test]
async fn an_action_in_a_game_that_is_not_followed_yet_follows_it() {
    let server = TestServer::start();
    let four = Four::seated(&server, quick()).await;
    let mut ann = Device::of(&four.people[0]).await;
    ann.game.clone_from(&four.battle);
    ann.act("start_game", Value::Null).await;
    let first = ann.update().await;
    assert_eq!((&first["state"]["you"], &first["state"]["status"]), (&json!("Ann"), &json!("not_started")));
    assert_eq!(ann.action().await["action"], "start_game");
    ann.begin().await;
    assert_eq!(ann.hand.len(), 8);
}

#[tokio::test]
async fn the_clients_clock_may_be_left_out() {
    let server = TestServer::start();
    let four = Four::seated(&server, quick()).await;
    let mut ann = Device::at(&four.people[0], &four.battle).await;
    ann.act_with("start_game", &json!({ "timestamp": null })).await;
    ann.action().await;
}

#[tokio::test]
async fn what_the_clock_decides_is_told_as_automatic() {
    let server = TestServer::start();
    let wanted = json!({ "pace": "instant", "turnTimeoutSeconds": 1, "rules": { "maxRounds": 1 } });
    let four = Four::seated(&server, wanted).await;
    let mut ann = Device::at(&four.people[0], &four.battle).await;
    ann.act("start_game", Value::Null).await;
    assert_eq!(ann.action().await["action"], "start_game");
    let told = ann.action().await;
    assert_eq!(told["automatic"], true, "{told}");
}
