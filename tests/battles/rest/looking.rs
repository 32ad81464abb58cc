//! `GET /battles/{id}`, `GET /state`, `GET /game/state`

use serde_json::{Value, json};

use crate::support::{Four, TestServer, player::hand};

#[tokio::test]
async fn everybody_sees_their_own_pieces_and_nobody_elses() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let stranger = server.person("Eve").await;
    let mut all = Vec::new();
    for seat in 0..4 {
        let state = four.state(seat).await;
        assert_eq!(state["you"], four.ids[seat]);
        all.extend(hand(&state));
        let battle = four.people[seat].battle(&four.battle).await;
        assert_eq!(battle["state"]["hand"], state["hand"]);
        assert!(battle["players"].as_array().unwrap().iter().all(|player| player.get("hand").is_none()));
    }
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 32, "four hands of eight, none of them twice");
    for path in ["/battles/", "/state?battleId=", "/game/state?battleId="] {
        let text = stranger.get(&format!("{path}{}", four.battle)).await.body;
        for word in ["\"hand\"", "validSets", "\"you\""] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
}

#[tokio::test]
async fn the_state_has_the_seeds_fields_for_every_player() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let state = four.reach("DECLARATION").await;
    assert_eq!((&state["battleId"], &state["round"]), (&json!(four.battle), &json!(1)));
    let players = state["players"].as_object().unwrap();
    assert_eq!(players.len(), 4);
    for (seat, id) in four.ids.iter().enumerate() {
        let player = &players[id];
        assert_eq!((&player["health"], &player["energy"]), (&json!(0), &json!(8)));
        assert_eq!(player["position"], json!({ "seat": seat }));
        let effects: Vec<&Value> = player["status"].as_array().unwrap().iter().map(|effect| &effect["type"]).collect();
        assert_eq!(effects.contains(&&json!("HOST")), seat == 0, "{effects:?}");
        assert_eq!(effects.contains(&&json!("CURRENT")), state["currentTurn"] == **id, "{effects:?}");
        assert!(effects.contains(&&json!("DISCONNECTED")) && !effects.contains(&&json!("BOT")), "{effects:?}");
    }
}

#[tokio::test]
async fn without_an_id_it_is_the_callers_own_battle() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    for prefix in ["", "/api/v1"] {
        for path in ["/state", "/game/state"] {
            let own = four.people[2].get(&format!("{prefix}{path}")).await.expect(200);
            assert_eq!((&own["battleId"], &own["you"]), (&json!(four.battle), &json!(four.ids[2])));
            assert_eq!(own["hand"].as_array().unwrap().len(), 8);
        }
    }
    four.finish().await;
    four.people[2].get("/state").await.refused(404, "BATTLE_NOT_FOUND");
    assert_eq!(four.state(2).await["status"], "GAME_OVER", "by its id it is still there");
}

#[tokio::test]
async fn a_private_battle_is_shown_to_those_who_are_seated_and_nobody_else() {
    let server = TestServer::start();
    let wanted = json!({ "isPublic": false, "pace": "instant", "rules": { "maxRounds": 1 } });
    let four = Four::seated(&server, wanted).await;
    let stranger = server.person("Eve").await;
    let paths =
        ["/battles/", "/state?battleId=", "/game/state?battleId=", "/state/history?battleId=", "/state/replay/"];
    let closed = async || {
        for path in paths {
            let answer = stranger.get(&format!("{path}{}", four.battle)).await;
            assert!(!answer.body.contains("Ann"), "{}", answer.body);
            answer.refused(403, "NOT_SEATED");
        }
    };
    closed().await;
    assert_eq!(four.people[3].battle(&four.battle).await["status"], "WAITING");
    four.people[0].start(&four.battle).await;
    closed().await;
    assert_eq!(four.people[3].battle(&four.battle).await["status"], "ACTIVE");
    four.finish().await;
    closed().await;
    assert_eq!(four.people[3].battle(&four.battle).await["status"], "FINISHED");
}

#[tokio::test]
async fn the_time_of_a_battle_is_that_of_its_last_event_wherever_it_is_shown() {
    let server = TestServer::start();
    let four = Four::seated(&server, json!({ "pace": "instant", "rules": { "maxRounds": 1 } })).await;
    let last_event = async || {
        let history = format!("/state/history?battleId={}&limit=100", four.battle);
        let entries = four.people[0].get(&history).await.expect(200);
        entries.as_array().unwrap().last().unwrap()["timestamp"].as_u64()
    };
    let listed = async |status: &str| {
        let list = four.people[1].get(&format!("/battles?status={status}")).await.expect(200);
        list.as_array().unwrap().iter().find(|battle| battle["id"] == *four.battle).unwrap()["updatedAt"].as_u64()
    };
    let shown = async |status: &str| {
        let one = four.people[2].battle(&four.battle).await["updatedAt"].as_u64();
        assert_eq!(one, last_event().await, "{status}");
        assert_eq!(listed(status).await, one, "{status}");
        one
    };
    let waiting = shown("WAITING").await;
    four.people[0].start(&four.battle).await;
    let started = shown("ACTIVE").await;
    assert!(started >= waiting, "{started:?} {waiting:?}");
    four.reach("DECLARATION").await;
    assert!(shown("ACTIVE").await >= started);
    four.finish().await;
    shown("FINISHED").await;
}
