//! `POST /game/state`

use serde_json::{Value, json};

use crate::support::{Four, TestServer, player::hand};

const ROUND: &str = "maxRounds";

/// Four people in a game in which someone was dealt a weak hand: a state of it.
async fn weak(server: &TestServer) -> (Four, Value) {
    let wanted = json!({ "pace": "instant", "turnTimeoutSeconds": 600, "rules": { ROUND: 1 } });
    let mut four = Four::playing_as(server, wanted.clone()).await;
    for _ in 0..500 {
        let state = four.state(0).await;
        if state["status"] == "PREPARATION" {
            return (four, state);
        }
        four.battle = four.people[0].create(&wanted).await;
        for person in &four.people[1..] {
            person.join(&four.battle).await;
        }
        four.people[0].start(&four.battle).await;
    }
    panic!("500 deals without a weak hand");
}

fn has_effect(state: &Value, id: &str, effect: &Value) -> bool {
    state["players"][id]["status"].as_array().unwrap().contains(effect)
}

#[tokio::test]
async fn a_weak_hand_may_be_kept_or_dealt_again_and_nobody_else_is_asked() {
    let server = TestServer::start();
    let (four, state) = weak(&server).await;
    let asked = four.current(&state);
    assert!(has_effect(&state, &four.ids[asked], &json!({ "type": "WEAK_HAND" })), "{state}");
    let accept = json!({ "type": "accept_redeal" });
    if let Some(other) = (0..4).find(|seat| !has_effect(&state, &four.ids[*seat], &json!({ "type": "CURRENT" }))) {
        four.people[other].act(&four.battle, &accept).await.refused(409, "NO_REDEAL_DECISION");
    }
    let before = hand(&four.state(asked).await);
    let mut after = four.people[asked].does(&four.battle, &accept).await;
    assert_eq!(after["lastAction"], json!({ "playerId": four.ids[asked], "type": "accept_redeal" }));
    // Others with weak hands keep theirs: one wish is enough.
    while after["status"] == "PREPARATION" && after["multiplier"] == 1 {
        let next = four.current(&after);
        after = four.people[next].does(&four.battle, &json!({ "type": "decline_redeal" })).await;
    }
    assert_eq!(after["multiplier"], 2, "{after}");
    assert_ne!(hand(&four.state(asked).await), before);
}

#[tokio::test]
async fn who_keeps_a_weak_hand_goes_on_with_it() {
    let server = TestServer::start();
    let (four, mut state) = weak(&server).await;
    let asked = four.current(&state);
    let before = hand(&four.state(asked).await);
    while state["status"] == "PREPARATION" {
        let next = four.current(&state);
        state = four.people[next].does(&four.battle, &json!({ "type": "decline_redeal" })).await;
    }
    assert_eq!((&state["status"], &state["multiplier"]), (&json!("DECLARATION"), &json!(1)));
    assert_eq!(hand(&four.state(asked).await), before);
    four.people[asked].act(&four.battle, &json!({ "type": "decline_redeal" })).await.refused(409, "WRONG_PHASE");
}

#[tokio::test]
async fn a_declaration_is_in_the_state_at_once() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let state = four.reach("DECLARATION").await;
    let seat = four.current(&state);
    assert_eq!(state["declarationOrder"][0], four.ids[seat]);
    let after = four.people[seat].does(&four.battle, &json!({ "type": "declare", "value": 3 })).await;
    assert!(has_effect(&after, &four.ids[seat], &json!({ "type": "DECLARED", "value": 3 })), "{after}");
    assert_eq!(after["lastAction"], json!({ "playerId": four.ids[seat], "type": "declare", "value": 3 }));
    assert_eq!(after["currentTurn"], state["declarationOrder"][1]);
    let again = four.people[seat].act(&four.battle, &json!({ "type": "declare", "value": 3 })).await;
    assert_eq!(again.refused(409, "ALREADY_DECLARED"), json!({ "declared": 3 }));
}

#[tokio::test]
async fn a_play_leaves_the_hand_and_lies_on_the_table() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let state = four.reach("TURN").await;
    let leader = four.current(&state);
    let own = hand(&four.state(leader).await);
    let played = json!({ "type": "play", "pieceIds": [own[0]] });
    let after = four.people[leader].does(&four.battle, &played).await;
    assert_eq!(hand(&after), own[1..]);
    assert_eq!((&after["requiredPieceCount"], &after["turnNumber"]), (&json!(1), &json!(1)));
    let play = json!({ "playerId": four.ids[leader], "pieceIds": [own[0]], "playType": "SINGLE" });
    assert_eq!(after["currentPlays"], json!([play]));
    assert_eq!(after["players"][&four.ids[leader]]["energy"], 7);
}

#[tokio::test]
async fn out_of_turn_or_phase_nothing_is_done() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let declare = json!({ "type": "declare", "value": 1 });
    let state = four.reach("DECLARATION").await;
    let (current, other) = (four.current(&state), (four.current(&state) + 1) % 4);
    let details = four.people[other].act(&four.battle, &declare).await.refused(409, "NOT_YOUR_TURN");
    assert_eq!(details["yourSeat"], other);
    let pieces = hand(&four.state(current).await);
    let play = json!({ "type": "play", "pieceIds": [pieces[0]] });
    let details = four.people[current].act(&four.battle, &play).await.refused(409, "WRONG_PHASE");
    assert_eq!(details, json!({ "status": "DECLARATION" }));
    assert_eq!(four.state(other).await["players"], state["players"]);
    let state = four.reach("TURN").await;
    let current = four.current(&state);
    four.people[current].act(&four.battle, &declare).await.refused(409, "WRONG_PHASE");
    let other = (current + 1) % 4;
    let pieces = hand(&four.state(other).await);
    let play = json!({ "type": "play", "pieceIds": [pieces[0]] });
    four.people[other].act(&four.battle, &play).await.refused(409, "NOT_YOUR_TURN");
    let mut over = four.finish().await;
    assert_eq!(over["currentTurn"].take(), "");
    four.people[0].act(&four.battle, &declare).await.refused(409, "WRONG_PHASE");
}

#[tokio::test]
async fn the_last_declaration_may_not_make_eight() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let mut state = four.reach("DECLARATION").await;
    let two = json!({ "type": "declare", "value": 2 });
    for _ in 0..3 {
        state = four.people[four.current(&state)].does(&four.battle, &two).await;
    }
    let last = &four.people[four.current(&state)];
    let details = last.act(&four.battle, &two).await.refused(409, "INVALID_DECLARATION");
    let legal = json!([0, 1, 3, 4, 5, 6, 7, 8]);
    assert_eq!(details, json!({ "reason": "forbidden_total", "declared": 2, "validDeclarations": legal }));
    assert_eq!(state["validDeclarations"], legal);
    assert_eq!(last.does(&four.battle, &json!({ "type": "declare", "value": 3 })).await["status"], "TURN");
}

#[tokio::test]
async fn zero_may_be_declared_only_so_often_in_a_row() {
    let server = TestServer::start();
    let rules = json!({ ROUND: 2, "zeroStreakLimit": 1, "forbidTotal": null });
    let wanted = json!({ "pace": "instant", "turnTimeoutSeconds": 600, "rules": rules });
    let four = Four::playing_as(&server, wanted).await;
    let zero = json!({ "type": "declare", "value": 0 });
    let mut state = four.reach("DECLARATION").await;
    while state["status"] == "DECLARATION" {
        state = four.people[four.current(&state)].does(&four.battle, &zero).await;
    }
    for whim in 1.. {
        if state["status"] == "DECLARATION" {
            break;
        }
        state = four.step(&state, whim).await;
    }
    assert_eq!(state["round"], 2);
    let details = four.people[four.current(&state)].act(&four.battle, &zero).await.refused(409, "INVALID_DECLARATION");
    assert_eq!((&details["reason"], &details["validDeclarations"][0]), (&json!("zero_streak"), &json!(1)));
}

#[tokio::test]
async fn pieces_that_cannot_be_played_stay_where_they_are() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let state = four.reach("TURN").await;
    let leader = four.current(&state);
    let own = four.state(leader).await;
    let (pieces, foreign) = (hand(&own), hand(&four.state((leader + 1) % 4).await));
    let refused = async |seat: usize, pieces: &[&String]| {
        let play = json!({ "type": "play", "pieceIds": pieces });
        four.people[seat].act(&four.battle, &play).await.refused(409, "INVALID_PLAY")
    };
    let details = refused(leader, &[&foreign[0]]).await;
    assert_eq!(details, json!({ "reason": "not_in_hand", "pieceIds": [foreign[0]] }));
    let sets = own["validSets"].as_array().unwrap();
    // The highest and the lowest piece of a hand are of different kinds.
    assert!(!sets.iter().any(|set| set["pieceIds"] == json!([pieces[0], pieces[7]])));
    let details = refused(leader, &[&pieces[0], &pieces[7]]).await;
    assert_eq!((&details["reason"], &details["pieceIds"]), (&json!("no_valid_set"), &json!([pieces[0], pieces[7]])));
    let details = refused(leader, &pieces.iter().take(7).collect::<Vec<_>>()).await;
    assert_eq!(details, json!({ "reason": "wrong_count", "max": 6, "played": 7 }));
    let lead = json!({ "type": "play", "pieceIds": [pieces[0]] });
    let next = four.current(&four.people[leader].does(&four.battle, &lead).await);
    let pieces = hand(&four.state(next).await);
    let details = refused(next, &[&pieces[0], &pieces[1]]).await;
    assert_eq!(details, json!({ "reason": "wrong_count", "requiredPieceCount": 1, "played": 2 }));
    assert_eq!(hand(&four.state(next).await), pieces);
}

#[tokio::test]
async fn state_cannot_be_written() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let before = four.state(0).await;
    let id = &four.battle;
    for (body, fields) in [
        (json!({ "battleId": id, "state": { "round": 9 } }), json!(["state"])),
        (json!({ "round": 9, "players": {} }), json!(["players", "round"])),
        (json!({ "battleId": id, "action": { "type": "start" }, "hand": [] }), json!(["hand"])),
        (
            json!({ "battleId": id, "action": { "type": "declare", "value": 1, "health": 50 } }),
            json!(["action.health"]),
        ),
    ] {
        for path in ["/game/state", "/api/v1/game/state"] {
            let mut details = four.people[0].post(path, &body).await.refused(400, "STATE_NOT_WRITABLE");
            details["fields"].as_array_mut().unwrap().sort_by_key(Value::to_string);
            assert_eq!(details, json!({ "fields": fields }));
        }
    }
    assert_eq!(four.state(0).await, before);
}

#[tokio::test]
async fn a_wrong_field_of_an_action_is_named() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    for (action, field) in [
        (json!(null), "action"),
        (json!("declare"), "action"),
        (json!({}), "action.type"),
        (json!({ "type": "win" }), "action.type"),
        (json!({ "type": "declare" }), "action.value"),
        (json!({ "type": "declare", "value": 9 }), "action.value"),
        (json!({ "type": "declare", "value": -1 }), "action.value"),
        (json!({ "type": "declare", "value": 1.5 }), "action.value"),
        (json!({ "type": "declare", "value": "1" }), "action.value"),
        (json!({ "type": "play" }), "action.pieceIds"),
        (json!({ "type": "play", "pieceIds": [] }), "action.pieceIds"),
        (json!({ "type": "play", "pieceIds": "p1" }), "action.pieceIds"),
        (json!({ "type": "play", "pieceIds": [1] }), "action.pieceIds"),
        (json!({ "type": "play", "pieceIds": ["p33"] }), "action.pieceIds"),
        (json!({ "type": "play", "pieceIds": ["p1", "p1"] }), "action.pieceIds"),
    ] {
        four.people[0].act(&four.battle, &action).await.invalid(field);
    }
    let action = json!({ "type": "start" });
    four.people[0].post("/game/state", &json!({ "action": action })).await.invalid("battleId");
    four.people[0].post("/game/state", &json!({ "battleId": 7, "action": action })).await.invalid("battleId");
}

#[tokio::test]
async fn only_a_seat_may_act_and_only_in_a_battle_that_is_on() {
    let server = TestServer::start();
    let four = Four::seated(&server, json!({})).await;
    let declare = json!({ "type": "declare", "value": 1 });
    let details = four.people[0].act(&four.battle, &declare).await.refused(409, "BATTLE_NOT_ACTIVE");
    assert_eq!(details, json!({ "status": "WAITING" }));
    let eve = server.person("Eve").await;
    eve.act(&four.battle, &declare).await.refused(403, "NOT_SEATED");
    eve.act(&four.battle, &json!({ "type": "start" })).await.refused(403, "NOT_SEATED");
    four.people[0].start(&four.battle).await;
    eve.act(&four.battle, &declare).await.refused(403, "NOT_SEATED");
}
