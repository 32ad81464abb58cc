//! Whole games of four people over real sockets. Every message, both ways, is held against its schema as it passes
//! (`support::connection`).

use std::collections::BTreeMap;

use game_rules::{DeckSeed, Piece};
use serde_json::{Value, json};

use crate::support::{Table, TestServer};

/// Plays one game with these options: the table after it, and the data of `game_over`.
async fn play(server: &TestServer, options: Value) -> (Table, Value) {
    let mut table = server.table(options).await;
    table[0].act("start_game", json!({})).await;
    let over = table.reach_the_end().await;
    (table, over)
}

#[tokio::test]
async fn four_people_play_twenty_whole_games_and_no_hand_is_ever_seen() {
    let server = TestServer::for_guests(&[]);
    for number in 0..20 {
        let rules = match number % 4 {
            0 => json!({}),
            1 => json!({ "competing_types": "any_type" }),
            2 => json!({ "zero_streak_limit": null, "forbid_total": null }),
            _ => json!({ "target_score": 10, "max_rounds": 5 }),
        };
        let (table, over) = play(&server, json!({ "pace": "instant", "rules": rules })).await;
        assert_eq!(over["statistics"]["timeouts"], 0);
        for (seat, guest) in table.guests.iter().enumerate() {
            let mut eyes = Eyes::new(guest.name());
            guest.seen.iter().for_each(|message| eyes.look(message));
            assert!(eyes.seen_of_others >= 24, "seat {seat} watched a game");
        }
        the_deck_was_fair(&table, &over);
        all_hear_the_same(&table);
    }
}

/// What one person may know: their own hand, and what was played in this round.
struct Eyes {
    name: String,
    known: Vec<String>,
    seen_of_others: usize,
}

impl Eyes {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), known: Vec::new(), seen_of_others: 0 }
    }

    /// Any piece named in a message must be known, or be made known by this very message.
    fn look(&mut self, message: &Value) {
        let data = &message["data"];
        match message["event"].as_str().expect("an event") {
            "hand_updated" if data["count"] == 8 => self.known = ids(data),
            "player_action" if data["action"] == "play" => {
                let played = ids(&data["piece_ids"]);
                assert_ne!(data["player"], self.name.as_str(), "one's own play is answered, not told");
                self.seen_of_others += played.len();
                for piece in &played {
                    assert!(!self.known.contains(piece), "{piece} was played twice, or is one's own");
                }
                self.known.extend(played);
            }
            _ => {}
        }
        for piece in ids(message) {
            assert!(self.known.contains(&piece), "{} sees {piece} in {message}", self.name);
        }
    }
}

/// Every piece that a message names, wherever it stands.
fn ids(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => text.parse::<Piece>().ok().into_iter().map(|_| text.clone()).collect(),
        Value::Array(values) => values.iter().flat_map(ids).collect(),
        Value::Object(fields) => fields.values().flat_map(ids).collect(),
        _ => Vec::new(),
    }
}

/// The seed told at the end fits the commitment, and deals the hands that everybody had.
fn the_deck_was_fair(table: &Table, over: &Value) {
    let seed: DeckSeed = over["deck_seed"].as_str().unwrap().parse().expect("a seed");
    let started = table[0].seen.iter().find(|message| message["event"] == "game_started").unwrap();
    assert_eq!(started["data"]["deck_commitment"], seed.commitment());
    for (seat, guest) in table.guests.iter().enumerate() {
        let dealt = guest.seen.iter().filter(|event| event["event"] == "hand_updated" && event["data"]["count"] == 8);
        for (number, hand) in dealt.enumerate() {
            let hands = seed.deal(u64::try_from(number).unwrap());
            let expected: Vec<String> =
                hands.iter().nth(seat).unwrap().1.iter().map(|piece| piece.to_string()).collect();
            let mut held = ids(&hand["data"]["pieces"]);
            held.sort_by_key(|id| id[1..].parse::<u8>().unwrap());
            assert_eq!(held, expected, "deal {number} of seat {seat}");
        }
    }
}

/// A public event has one number and one wording, whoever hears it.
fn all_hear_the_same(table: &Table) {
    let mut told: BTreeMap<u64, &Value> = BTreeMap::new();
    let public = ["phase_change", "game_over", "special_bonus", "player_action", "game_started"];
    for guest in &table.guests {
        for message in guest.seen.iter().filter(|message| public.contains(&message["event"].as_str().unwrap())) {
            let number = message["sequence_number"].as_u64().expect("numbered");
            assert_eq!(*told.entry(number).or_insert(message), message);
        }
    }
}

#[tokio::test]
async fn a_game_in_which_one_person_keeps_reconnecting_ends_like_any_other() {
    let server = TestServer::for_guests(&[]);
    let mut table = server.table(json!({ "pace": "instant", "rules": { "max_rounds": 2 } })).await;
    table.start().await;
    let mut returns = 0;
    while table.phase() != "GAME_OVER" {
        if table.phase() == "PREPARATION" {
            table.reach_declaration().await;
        }
        table.step().await;
        if table[0].last_sequence / 40 > returns {
            returns += 1;
            let known = table[1].last_sequence;
            let mut back = table[1].again().await;
            back.come_back(Some(known)).await;
            table.guests[1] = back;
            table.catch_up().await;
        }
    }
    assert!(returns >= 3, "{returns}");
}
