//! What a player hears of a game.

use serde_json::{Value, json};

use crate::support::{Attendant, TestServer, player::decision};

/// Plays for the only person at the table until the battle ends: the data of `game:end`.
async fn play(connection: &mut Attendant) -> Value {
    let mut whim = 0;
    loop {
        let state = connection.state().await;
        let asked = connection.is_asked(&state);
        if state["status"] == "GAME_OVER" {
            break;
        }
        if asked {
            assert!(state["currentTurn"] == connection.me() || state["status"] == "PREPARATION", "{state}");
            whim += 1;
            connection.act(&decision(&state, whim)).await;
            connection.expect("game:action").await;
        } else {
            connection.next_update().await;
        }
    }
    let ends: Vec<&Value> = connection.seen.iter().filter(|message| message["event"] == "game:end").collect();
    assert_eq!(ends.len(), 1);
    ends[0]["data"].clone()
}

#[tokio::test]
async fn a_game_with_bots_is_told_from_the_start_to_the_end() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let wanted = json!({ "pace": "instant", "rules": { "maxRounds": 1 }, "turnTimeoutSeconds": 600 });
    let id = ann.create(&wanted).await;
    let mut connection = ann.attend(&id).await;
    connection.expect("connect").await;
    connection.act(&json!({ "type": "start" })).await;
    let end = play(&mut connection).await;
    let of = |event: &str| -> Vec<&Value> {
        connection.seen.iter().filter(|message| message["event"] == event).map(|message| &message["data"]).collect()
    };
    assert_eq!((of("ai:ready").len(), of("game:start").len()), (3, 1));
    assert_eq!(of("game:start")[0]["deckCommitment"], end["deckCommitment"]);
    assert!(of("game:start")[0].get("deckSeed").is_none());
    let bots: Vec<&Value> = of("ai:ready").iter().map(|ready| &ready["playerId"]).collect();
    let me = ann.id().await;
    assert!(of("game:action").iter().all(|data| data["action"]["playerId"] == *me));
    for event in ["ai:thinking", "ai:action"] {
        assert!(of(event).len() >= 3 && of(event).iter().all(|data| bots.contains(&&data["playerId"])), "{event}");
    }
    assert!(of("ai:thinking").len() >= of("ai:action").len());
    assert!(of("ai:error").is_empty() && of("error").is_empty());
    let hands = of("game:update").into_iter().filter(|data| data["hand"].is_array()).count();
    assert!(hands >= 2, "the own pieces are told when they change");
    assert_eq!(of("game:update").last().unwrap()["state"]["status"], "GAME_OVER");
}

#[tokio::test]
async fn an_action_over_http_is_heard_by_every_connection() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let id = ann.create(&json!({ "turnTimeoutSeconds": 600 })).await;
    let mut of_ann = ann.attend(&id).await;
    of_ann.expect("connect").await;
    bob.join(&id).await;
    let mut of_bob = bob.attend(&id).await;
    // The handshake ends before the room has admitted the connection; the greeting comes from the room.
    of_bob.expect("connect").await;
    ann.start(&id).await;
    let (one, other) = (of_ann.expect("game:start").await, of_bob.expect("game:start").await);
    assert_eq!(one, other);
    assert_eq!(one.get("requestId"), None);
}
