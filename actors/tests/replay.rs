//! A finished game proves itself: any change to what was kept of it is found.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

use std::time::Duration;

use actors::{Bans, Engine, Settings};
use chronicle::replay::{ReplayError, replay};
use serde_json::Value;
use store::{FinishedGame, Location, Store};
use vocabulary::{Name, Pace, RoomOptions};

/// A game of four bots, from the deal to the journal.
async fn finished_game() -> FinishedGame {
    let folder = tempfile::TempDir::new().unwrap();
    let store = Store::open(&Location::Sqlite(folder.path().join("games.db"))).await.unwrap();
    let engine =
        Engine::start_with(Settings { bot_games_keep: 1, ..Settings::default() }, store.clone(), Bans::default());
    let rules = engine.settings().room_defaults.rules.with_max_rounds(Some(2)).unwrap();
    let options = RoomOptions { pace: Pace::Instant, rules, ..engine.settings().room_defaults };
    let room = engine.play_bots(&Name::parse("Four bots").unwrap(), options).unwrap();
    for _ in 0..2_000 {
        if let Some(game) = store.finished(room.as_str()).await.unwrap() {
            return game;
        }
        actix::clock::sleep(Duration::from_millis(10)).await;
    }
    panic!("the game does not end");
}

/// The kept result with one field changed.
fn with(result: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(result).unwrap();
    change(&mut value);
    value.to_string()
}

#[actix::test]
async fn a_finished_game_is_played_again_and_is_the_same() {
    let game = finished_game().await;
    let again = replay(&game.room, &game.result, &game.record).expect("the same game");
    assert_eq!(again.rounds.len(), 2);
    for round in &again.rounds {
        let piles: u32 = round.turns.iter().map(|turn| u32::from(turn.piles)).sum();
        assert_eq!(piles, 8);
        assert!(round.starter.is_some() && round.scores.is_some() && !round.deals.is_empty());
    }
    let best = again.result.players.iter().map(|player| player.score).max().unwrap();
    for player in &again.result.players {
        assert_eq!(again.result.winners.contains(&player.name), player.score == best);
    }
    assert!(again.actions.is_sorted_by_key(|acted| acted.at), "with their times");
}

#[actix::test]
async fn every_changed_field_of_a_result_is_found() {
    let game = finished_game().await;
    let fields: Vec<String> =
        serde_json::from_str::<Value>(&game.result).unwrap().as_object().unwrap().keys().cloned().collect();
    assert!(fields.len() > 10);
    for field in fields {
        let result = with(&game.result, |result| match &mut result[&field] {
            Value::Number(number) => result[&field] = Value::from(number.as_u64().unwrap() + 1),
            Value::String(text) => text.replace_range(..1, if text.starts_with('0') { "1" } else { "0" }),
            Value::Array(list) => drop(list.pop()),
            other => panic!("{field}: {other}"),
        });
        assert!(replay(&game.room, &result, &game.record).is_err(), "{field} was changed and nobody noticed");
    }
}

#[actix::test]
async fn a_seed_that_was_not_promised_is_found() {
    let game = finished_game().await;
    let result = with(&game.result, |result| result["deck_commitment"] = "00".repeat(32).into());
    assert_eq!(replay(&game.room, &result, &game.record).err(), Some(ReplayError::Commitment));
}

#[actix::test]
async fn every_changed_byte_of_a_decision_is_found() {
    let game = finished_game().await;
    let mut found = 0;
    for place in (game.record.len() / 2)..game.record.len() {
        let mut record = game.record.clone();
        record[place] ^= 0x40;
        // A byte of a moment in the middle of a game changes nothing but that moment.
        found += usize::from(replay(&game.room, &game.result, &record).is_err());
    }
    let changed = game.record.len() - game.record.len() / 2;
    assert!(found * 2 > changed, "{found} of {changed} were found");
}

#[actix::test]
async fn a_record_that_was_cut_off_is_found() {
    let game = finished_game().await;
    for kept in [0, 1, game.record.len() / 2, game.record.len() - 1] {
        assert!(replay(&game.room, &game.result, &game.record[..kept]).is_err(), "{kept} bytes");
    }
}
