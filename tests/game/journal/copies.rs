//! `liap-tui replay` and `liap-tui backup`.

use serde_json::{Value, json};

use crate::support::{Guest, ServerProcess};

/// A server, and the id of a game of one round that was played on it.
async fn with_a_finished_game() -> (ServerProcess, String, Value) {
    let server = ServerProcess::start(&["--workers", "1"]).await;
    let mut ann = Guest::connect(server.port(), "lobby", "Ann").await;
    ann.create_room(json!({ "pace": "instant", "rules": { "max_rounds": 1 } })).await;
    ann.act("start_game", json!({})).await;
    let over = ann.play_to_the_end().await;
    (server, ann.room().to_owned(), over)
}

#[tokio::test]
async fn a_finished_game_is_replayed_round_by_round_while_the_server_runs() {
    let (server, room, over) = with_a_finished_game().await;
    let (code, told, complaints) = server.run(&["replay", &room]).await;
    assert_eq!(code, Some(0), "{complaints}");
    assert!(told.contains("round 1, points times"), "{told}");
    assert!(told.contains("Ann"), "{told}");
    assert!(told.contains(&format!("won by {}", over["winners"][0].as_str().unwrap())), "{told}");
    assert!(told.contains("checked: every event"), "{told}");
}

#[tokio::test]
async fn a_replay_as_json_has_the_scores_that_the_players_were_told() {
    let (server, room, over) = with_a_finished_game().await;
    let (code, told, complaints) = server.run(&["replay", &room, "--json"]).await;
    assert_eq!(code, Some(0), "{complaints}");
    let replay: Value = serde_json::from_str(&told).expect("one JSON document");
    assert_eq!(replay["room_id"], room);
    assert_eq!(replay["checked"], true);
    assert_eq!(replay["result"]["deck_seed"], over["deck_seed"]);
    let rounds = replay["rounds"].as_array().unwrap();
    assert_eq!(rounds.len(), 1);
    let piles: u64 = rounds[0]["turns"].as_array().unwrap().iter().map(|turn| turn["piles"].as_u64().unwrap()).sum();
    assert_eq!(piles, 8);
    for player in replay["result"]["players"].as_array().unwrap() {
        assert_eq!(player["score"], over["final_scores"][player["name"].as_str().unwrap()]);
    }
}

#[tokio::test]
async fn without_an_id_the_finished_games_are_listed() {
    let (server, room, _) = with_a_finished_game().await;
    let (code, told, _) = server.run(&["replay"]).await;
    assert_eq!(code, Some(0));
    assert!(told.starts_with(&room), "{told}");
}

#[tokio::test]
async fn a_game_that_is_not_there_is_one_sentence_and_exit_code_2() {
    let server = ServerProcess::start(&["--workers", "1"]).await;
    let (code, _, complaints) = server.run(&["replay", "ABCDEFGH"]).await;
    assert_eq!(code, Some(2));
    assert!(complaints.contains("there is no finished game ABCDEFGH"), "{complaints}");
}

#[tokio::test]
async fn an_unfinished_game_is_not_shown() {
    let server = ServerProcess::start(&["--workers", "1"]).await;
    let mut ann = Guest::connect(server.port(), "lobby", "Ann").await;
    ann.create_room(json!({})).await;
    ann.act("start_game", json!({})).await;
    ann.expect("game_started").await;
    let (code, told, _) = server.run(&["replay", ann.room()]).await;
    assert_eq!((code, told.as_str()), (Some(2), ""));
}

#[tokio::test]
async fn a_backup_is_made_while_the_server_runs_and_holds_its_games() {
    let (server, room, _) = with_a_finished_game().await;
    let folder = tempfile::TempDir::new().unwrap();
    let copy = folder.path().join("liap-tui.db");
    let (code, _, complaints) = server.run(&["backup", copy.to_str().unwrap()]).await;
    assert_eq!(code, Some(0), "{complaints}");
    let (code, told, complaints) = ServerProcess::run_in(folder.path(), &["replay", &room]).await;
    assert_eq!(code, Some(0), "{complaints}");
    assert!(told.contains("checked"), "{told}");
    let (code, _, complaints) = server.run(&["backup", copy.to_str().unwrap()]).await;
    assert_eq!(code, Some(2), "a file that is there is not overwritten");
    assert!(!complaints.is_empty());
}
