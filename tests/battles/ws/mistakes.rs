//! Messages that ask for what can't be: an error with a code, and nothing else happens.

use serde_json::{Value, json};

use crate::support::{Attendant, Four, Person, TestServer};

async fn waiting(server: &TestServer) -> (Person, Attendant) {
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({})).await;
    let mut connection = ann.attend(&id).await;
    connection.expect("connect").await;
    (ann, connection)
}

#[tokio::test]
async fn what_is_no_message_is_answered_with_an_error_and_the_connection_lives() {
    let server = TestServer::start();
    let (_ann, mut connection) = waiting(&server).await;
    let deep = "[".repeat(5_000);
    for (text, code) in [
        ("", "MALFORMED_JSON"),
        ("{", "MALFORMED_JSON"),
        ("[]", "MALFORMED_JSON"),
        ("\"game:action\"", "MALFORMED_JSON"),
        (deep.as_str(), "MALFORMED_JSON"),
        ("{}", "VALIDATION_FAILED"),
        (r#"{"event":7}"#, "VALIDATION_FAILED"),
        (r#"{"event":"dance"}"#, "UNKNOWN_EVENT"),
        (r#"{"event":"game:start"}"#, "UNKNOWN_EVENT"),
        (r#"{"event":"game:action"}"#, "VALIDATION_FAILED"),
        (r#"{"event":"game:action","data":[]}"#, "VALIDATION_FAILED"),
        (r#"{"event":"game:update","data":{"requestId":-1}}"#, "VALIDATION_FAILED"),
        (r#"{"event":"game:update","data":{"battleId":"ABCD2345"}}"#, "VALIDATION_FAILED"),
        (r#"{"event":"game:update","data":{"state":{}}}"#, "STATE_NOT_WRITABLE"),
        (r#"{"event":"game:action","data":{"action":{"type":"start","round":3}}}"#, "STATE_NOT_WRITABLE"),
    ] {
        connection.send_raw(text).await;
        connection.refused(code).await;
    }
    assert_eq!(connection.state().await["status"], "WAITING");
}

#[tokio::test]
async fn a_wrong_field_is_named_and_the_number_of_the_message_comes_back() {
    let server = TestServer::start();
    let (_ann, mut connection) = waiting(&server).await;
    for (number, (action, field)) in (1..).zip([
        (json!({ "type": "win" }), "action.type"),
        (json!({ "type": "declare", "value": 9 }), "action.value"),
        (json!({ "type": "play", "pieceIds": ["p0"] }), "action.pieceIds"),
        (json!("start"), "action"),
    ]) {
        let message = json!({ "event": "game:action", "data": { "requestId": number, "action": action } });
        connection.send_raw(&message.to_string()).await;
        let error = connection.refused("VALIDATION_FAILED").await;
        let field = if error["details"]["field"].as_str().is_some_and(|told| told.starts_with("data.")) {
            format!("data.{field}")
        } else {
            field.to_owned()
        };
        assert_eq!((&error["requestId"], &error["details"]["field"]), (&json!(number), &json!(field)), "{error}");
    }
}

#[tokio::test]
async fn what_the_rules_refuse_has_the_code_that_it_has_over_http() {
    let server = TestServer::start();
    let four = Four::seated(&server, json!({ "turnTimeoutSeconds": 600, "pace": "instant" })).await;
    let mut people = Vec::new();
    for person in &four.people {
        people.push(person.attend(&four.battle).await);
    }
    let declare = json!({ "type": "declare", "value": 1 });
    people[0].act(&declare).await;
    people[0].refused("BATTLE_NOT_ACTIVE").await;
    people[1].act(&json!({ "type": "start" })).await;
    people[1].refused("HOST_ONLY").await;
    people[0].act(&json!({ "type": "start" })).await;
    people[0].expect("game:start").await;
    people[0].act(&json!({ "type": "start" })).await;
    people[0].refused("ALREADY_STARTED").await;
    let state = four.reach("DECLARATION").await;
    let (current, other) = (four.current(&state), (four.current(&state) + 1) % 4);
    people[other].act(&declare).await;
    people[other].refused("NOT_YOUR_TURN").await;
    people[current].act(&json!({ "type": "play", "pieceIds": ["p1"] })).await;
    people[current].refused("WRONG_PHASE").await;
    people[current].act(&declare).await;
    people[current].expect("game:action").await;
    people[current].act(&declare).await;
    people[current].refused("ALREADY_DECLARED").await;
    let state = four.reach("TURN").await;
    let leader = four.current(&state);
    let foreign = four.state((leader + 1) % 4).await["hand"][0]["id"].clone();
    people[leader].act(&json!({ "type": "play", "pieceIds": [foreign] })).await;
    let error = people[leader].refused("INVALID_PLAY").await;
    assert_eq!(error["details"], json!({ "reason": "not_in_hand", "pieceIds": [foreign] }));
}

#[tokio::test]
async fn a_message_that_is_sent_again_acts_once() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let state = four.reach("DECLARATION").await;
    let seat = four.current(&state);
    let mut connection = four.people[seat].attend(&four.battle).await;
    let declare = json!({ "type": "declare", "value": 1 });
    connection.act_numbered(1, &declare).await;
    let first = connection.expect("game:action").await;
    assert_eq!(first["requestId"], 1);
    connection.act_numbered(1, &declare).await;
    assert_eq!(connection.expect("game:action").await, first, "the first answer again");
    connection.act_numbered(1, &json!({ "type": "declare", "value": 2 })).await;
    assert_eq!(connection.refused("REQUEST_ID_REUSED").await["requestId"], 1);
    let mut again = four.people[seat].attend(&four.battle).await;
    again.act_numbered(1, &declare).await;
    // What the older connection had not confirmed comes first, and answers nothing.
    let repeated = again.expect_that("game:action", |data| data["requestId"].is_u64()).await;
    assert_eq!(repeated, first, "over another connection too");
    let declared = four.people[0].history(&four.battle).await;
    let by = |entry: &&Value| entry["state"]["lastAction"]["playerId"] == four.ids[seat];
    let numbers: Vec<&Value> = declared.iter().filter(by).map(|entry| &entry["sequence"]).collect();
    assert!(!numbers.is_empty());
    assert_eq!(four.state(0).await["currentTurn"], state["declarationOrder"][1]);
}

#[tokio::test]
async fn a_binary_message_ends_the_connection() {
    let server = TestServer::start();
    let (_ann, mut connection) = waiting(&server).await;
    connection.send_binary(br#"{"event":"game:update"}"#).await;
    assert_eq!(connection.closed().await.0, 1003);
    assert_eq!(connection.seen.last().unwrap()["data"]["code"], 1003);
}

#[tokio::test]
async fn a_message_past_sixteen_kilobytes_ends_the_connection() {
    let server = TestServer::start();
    let (_ann, mut connection) = waiting(&server).await;
    let of_size = |size: usize| {
        let message = r#"{"event":"game:update","data":{}}"#;
        format!("{message}{}", " ".repeat(size - message.len()))
    };
    connection.send_raw(&of_size(16 * 1024)).await;
    connection.expect("game:update").await;
    connection.send_raw(&of_size(16 * 1024 + 1)).await;
    assert_eq!(connection.closed().await.0, 1009);
    assert_eq!(connection.seen.last().unwrap()["data"]["code"], 1009);
}

#[tokio::test]
async fn more_messages_in_a_second_than_the_server_takes_are_refused() {
    let server = TestServer::unlimited(&["--battles-messages-per-second", "1"]);
    let (_ann, mut connection) = waiting(&server).await;
    for _ in 0..3 {
        connection.send("game:update", json!({})).await;
    }
    let error = connection.refused("RATE_LIMITED").await;
    assert_eq!(error["details"]["limit"], 1);
}
