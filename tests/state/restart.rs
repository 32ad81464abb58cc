//! A crash in mid-game: the client connects again, asks for the state, and plays on.

use futures_util::future::join_all;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::following::numbers_rise;
use crate::support::{Device, PASSWORD, Person, Process, Request};

const FLAGS: [&str; 5] = [
    "--state-messages-per-second=1000",
    "--battles-auth-per-minute=0",
    "--battles-actions-per-minute=0",
    "--battles-state-per-minute=0",
    "--rate-limit-requests=0",
];

#[tokio::test]
async fn after_a_kill_in_mid_game_the_devices_return_and_play_to_the_end() {
    let data = TempDir::new().unwrap();
    let process = Process::start(data.path(), &FLAGS).await;
    let mut people = Vec::new();
    for name in ["Ann", "Bob"] {
        let body = json!({ "username": name, "password": PASSWORD });
        let tokens = Request::new("POST", "/auth/register").json(&body).send(process.port).await.expect(201);
        people.push(Person::new(process.port, &tokens));
    }
    let wanted = json!({ "pace": "instant", "turnTimeoutSeconds": 600, "rules": { "maxRounds": 2 } });
    let game = people[0].create(&wanted).await;
    people[1].join(&game).await;
    let mut devices = [Device::at(&people[0], &game).await, Device::at(&people[1], &game).await];
    devices[0].act("start_game", Value::Null).await;
    join_all(devices.iter_mut().map(|device| async {
        while device.heard("player_action").len() < 12 {
            device.act_if_asked().await;
            device.update().await;
        }
    }))
    .await;
    let before = devices[0].follow(&game).await["sequence"].as_u64().unwrap();
    let told: Vec<Value> = devices[0].heard("player_action").into_iter().cloned().collect();
    process.killed().await;

    let process = Process::start(data.path(), &FLAGS).await;
    let people: Vec<Person> = people.iter().map(|person| person.moved_to(process.port)).collect();
    let mut again = [Device::of(&people[0]).await, Device::of(&people[1]).await];
    for device in &mut again {
        let state = device.follow(&game).await;
        assert!(state["sequence"].as_u64().unwrap() >= before, "what was told stays: {state}");
        assert!(state["state"]["timer"].as_u64().is_some_and(|timer| timer > 0), "{state}");
    }
    let ends = join_all(again.iter_mut().map(Device::play_to_the_end)).await;
    assert_eq!(ends[0], ends[1]);
    again.iter().for_each(numbers_rise);
    let replay = people[0].replay(&game).await;
    let all = replay["actions"].as_array().unwrap();
    let kinds = |told: &[Value]| {
        told.iter().filter(|data| data["action"] != "start_game").map(|data| data["action"].clone()).collect::<Vec<_>>()
    };
    let first: Vec<Value> = all.iter().map(|action| action["type"].clone()).collect();
    assert_eq!(first[..kinds(&told).len()], kinds(&told), "what was told before the crash is in the replay");
    process.stopped().await;
}
