//! A whole game, watched for what nobody may see.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::following::{numbers_rise, quick};
use crate::support::{Device, Four, unhurried};

/// Every key that an object or anything in it has.
fn keys(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            found.push(key.clone());
            keys(value, found);
        }),
        Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

/// The hands that a connection was shown, in order.
fn hands(device: &Device) -> Vec<Vec<String>> {
    let shown = device.speaker.seen.iter().flat_map(|message| {
        let data = &message["data"];
        [data.get("hand"), data["state"].get("hand")].into_iter().flatten()
    });
    shown.map(|hand| hand.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()).collect()
}

/// Every piece of these hands was dealt to this seat, in some deal of the replay.
fn are_of(seat: usize, hands: &[Vec<String>], replay: &Value) {
    let deals = replay["deals"].as_array().unwrap();
    for hand in hands {
        let dealt = |deal: &Value| hand.iter().all(|id| deal["hands"][seat].as_array().unwrap().contains(&json!(id)));
        assert!(deals.iter().any(dealt), "{hand:?} was never dealt to seat {seat}");
    }
}

#[tokio::test]
async fn nobody_is_shown_a_hand_but_ones_own_in_a_whole_game() {
    let server = unhurried(&[]);
    let four = Four::seated(&server, quick()).await;
    let mut players = Vec::new();
    for person in &four.people {
        players.push(Device::at(person, &four.battle).await);
    }
    let eve = server.person("Eve").await;
    let mut onlookers = [
        Device::named(&eve, "observer", None).await,
        Device::named(&eve, "player", None).await,
        Device::named(&four.people[2], "observer", None).await,
    ];
    for onlooker in &mut onlookers {
        onlooker.follow(&four.battle).await;
    }
    players[0].act("start_game", Value::Null).await;
    let watching = join_all(onlookers.iter_mut().map(Device::play_to_the_end));
    let playing = join_all(players.iter_mut().map(Device::play_to_the_end));
    let (watched, played) = futures_util::future::join(watching, playing).await;
    assert!(watched.iter().chain(&played).all(|end| *end == watched[0]), "all hear the same end");

    let replay = four.people[0].replay(&four.battle).await;
    for onlooker in &onlookers {
        let mut found = Vec::new();
        onlooker.speaker.seen.iter().for_each(|message| keys(message, &mut found));
        for hidden in ["hand", "you", "hands", "valid_sets", "session_token", "token"] {
            assert!(!found.iter().any(|key| key == hidden), "an onlooker was shown {hidden:?}");
        }
        assert!(onlooker.heard("hand_update").is_empty());
    }
    for (seat, player) in players.iter().enumerate() {
        numbers_rise(player);
        let hands = hands(player);
        assert!(hands.len() > 8, "a deal, and a hand after each play: {}", hands.len());
        are_of(seat, &hands, &replay);
    }
}
