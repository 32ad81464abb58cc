//! A crash in the middle of a battle: what was answered stays, and the game goes on.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{PASSWORD, Person, Process, Request, player::decision};

/// No limit on actions and questions, which a whole game would meet.
pub(crate) const FLAGS: [&str; 3] =
    ["--battles-actions-per-minute=0", "--battles-state-per-minute=0", "--rate-limit-requests=0"];

/// Reads on until the person is asked or the battle has ended: the state then.
pub(crate) async fn asked(person: &Person, battle: &str) -> Value {
    let mut connection = person.attend(battle).await;
    loop {
        let state = connection.state().await;
        if state["status"] == "GAME_OVER" || connection.is_asked(&state) {
            return state;
        }
        connection.next_update().await;
    }
}

#[tokio::test]
async fn after_a_kill_in_mid_game_the_account_goes_on_over_http_to_the_end() {
    let data = TempDir::new().unwrap();
    let process = Process::start(data.path(), &FLAGS).await;
    let body = json!({ "username": "Ann", "password": PASSWORD });
    let tokens = Request::new("POST", "/auth/register").json(&body).send(process.port).await.expect(201);
    let ann = Person::new(process.port, &tokens);
    let wanted = json!({ "pace": "instant", "turnTimeoutSeconds": 600, "rules": { "maxRounds": 1 } });
    let id = ann.create(&wanted).await;
    ann.start(&id).await;
    for whim in 1..=3 {
        let state = asked(&ann, &id).await;
        ann.does(&id, &decision(&state, whim)).await;
    }
    let before = asked(&ann, &id).await;
    let history = ann.history(&id).await;
    process.killed().await;

    let process = Process::start(data.path(), &FLAGS).await;
    let ann = ann.moved_to(process.port);
    let after = ann.state(&id).await;
    for field in ["battleId", "round", "currentTurn", "status", "lastAction", "hand", "validSets"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    assert_eq!(ann.history(&id).await[..history.len()], history);
    assert_eq!(ann.get("/state").await.expect(200)["battleId"], id, "it is still the own battle");
    let mut state = after;
    for whim in 1.. {
        if state["status"] == "GAME_OVER" {
            break;
        }
        ann.does(&id, &decision(&state, whim)).await;
        state = asked(&ann, &id).await;
    }
    crate::rest::deals_are_fair(&ann.replay(&id).await);
    process.stopped().await;
}
