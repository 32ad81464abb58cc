//! Rooms that have closed after their game: the game stays known, in every contract, and nothing more can be done there.

use serde_json::{Value, json};

use crate::{
    maintenance::with_admin,
    support::{Answer, Device, Four, Guest, Person, Request},
};

/// What someone gets who asks for everything that a battle has: the status and the code of each answer.
async fn answers(person: &Person, battle: &str) -> Vec<(String, u16, Value)> {
    let action = json!({ "battleId": battle, "action": { "type": "declare", "value": 1 } });
    let start = json!({ "battleId": battle, "action": { "type": "start" } });
    let at = |method, path: &str| Request::new(method, &format!("{path}{battle}"));
    let press = |act: &str| Request::new("POST", &format!("/battles/{battle}/{act}"));
    let asked = [
        ("look", at("GET", "/battles/")),
        ("state", at("GET", "/state?battleId=")),
        ("history", at("GET", "/state/history?battleId=")),
        ("replay", at("GET", "/state/replay/")),
        ("join", press("join")),
        ("start", press("start")),
        ("leave", press("leave")),
        ("forfeit", press("forfeit")),
        ("declare", Request::new("POST", "/game/state").json(&action)),
        ("start by action", Request::new("POST", "/game/state").json(&start)),
        ("hint", Request::new("POST", "/ai/action").json(&json!({ "battleId": battle }))),
    ];
    let mut answers = Vec::new();
    for (what, request) in asked {
        let answer: Answer = person.send(request).await;
        let code = answer.json().get("code").cloned().unwrap_or_default();
        answers.push((what.to_owned(), answer.status, code));
    }
    answers
}

fn status_of(answers: &[(String, u16, Value)], what: &str) -> u16 {
    answers.iter().find(|(asked, _, _)| asked == what).expect("it was asked").1
}

#[tokio::test]
async fn a_finished_battle_answers_the_same_once_its_room_has_closed() {
    let (server, root) = with_admin().await;
    let eve = server.person("Eve").await;
    for is_public in [true, false] {
        let rules = json!({ "maxRounds": 1 });
        let wanted = json!({ "pace": "instant", "turnTimeoutSeconds": 600, "isPublic": is_public, "rules": rules });
        let people = ["Ann", "Bob", "Cem", "Dee"].map(|name| format!("{name}{is_public}"));
        let four = Four::named(&server, people.each_ref().map(String::as_str), wanted).await;
        four.people[0].start(&four.battle).await;
        four.reach("DECLARATION").await;
        // An account that has forfeited is no longer seated.
        four.people[3].press(&format!("/battles/{}/forfeit", four.battle)).await.expect(200);
        play_on(&four).await;
        let mut before = Vec::new();
        for person in [&four.people[0], &four.people[3], &eve] {
            before.push(answers(person, &four.battle).await);
        }
        root.send(Request::new("DELETE", &format!("/admin/rooms/{}", four.battle))).await;
        let listed = root.get("/admin/rooms").await.expect(200);
        assert_eq!(listed, json!([]), "the room has closed");
        for (person, before) in [&four.people[0], &four.people[3], &eve].into_iter().zip(&before) {
            assert_eq!(&answers(person, &four.battle).await, before, "public: {is_public}");
        }
        let (ann, stranger) = (&before[0], &before[2]);
        for what in ["join", "start", "leave", "forfeit", "declare", "start by action", "hint"] {
            assert_eq!(status_of(ann, what), 409, "{what}");
            assert_eq!(status_of(stranger, what), if what == "join" { 409 } else { 403 }, "{what}");
        }
        assert_eq!(status_of(ann, "look"), 200);
        assert_eq!(status_of(stranger, "look"), if is_public { 200 } else { 403 });
        for (_, status, code) in answers(&eve, "ABCD2345").await {
            assert_eq!((status, code), (404, json!("BATTLE_NOT_FOUND")), "a battle that never was");
        }
    }
}

/// The three who are left play to the end beside the bot.
async fn play_on(four: &Four) {
    let mut watching = four.people[0].attend(&four.battle).await;
    let mut state = watching.state().await;
    for whim in 1.. {
        if state["status"] == "GAME_OVER" {
            break;
        }
        if state["currentTurn"] == *four.ids[3] {
            state = watching.next_update().await;
        } else {
            four.step(&state, whim).await;
            state = watching.state().await;
        }
    }
}

#[tokio::test]
async fn a_finished_game_is_shown_to_devices_and_refused_at_every_door() {
    let (server, root) = with_admin().await;
    let eve = server.person("Eve").await;
    let four = Four::playing(&server).await;
    four.finish().await;
    root.send(Request::new("DELETE", &format!("/admin/rooms/{}", four.battle))).await;

    let mut device = Device::of(&four.people[0]).await;
    assert_eq!(device.follow(&four.battle).await["state"]["status"], "game_over");
    device.act("declare", json!(1)).await;
    device.refused("INVALID_STATE").await;
    let mut stranger = Device::of(&eve).await;
    assert_eq!(stranger.follow(&four.battle).await["state"]["status"], "game_over");
    stranger.act("declare", json!(1)).await;
    stranger.refused("ACTION_DENIED").await;
    stranger.ask("ABCD2345").await;
    stranger.refused("INVALID_STATE").await;

    let mut connection = four.people[1].attend(&four.battle).await;
    connection.refused("ALREADY_STARTED").await;
    assert_eq!(connection.closed().await.1, "room closed");

    let mut guest = Guest::connect(server.port(), "lobby", "Gil").await;
    guest.act("join_room", json!({ "room_id": four.battle })).await;
    guest.refused("2008").await;
    guest.act("join_room", json!({ "room_id": "ABCD2345" })).await;
    guest.refused("1003").await;
}
