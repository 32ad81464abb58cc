//! The core, fed with messages as the contract has them.

use serde_json::{Value, json};

use super::*;

fn hear(player: &mut Player, event: &str, data: Value) -> (String, Vec<Value>) {
    player.hear(&json!({ "event": event, "data": data, "sequence_number": 7 }).to_string());
    taken(player)
}

fn say(player: &mut Player, line: &str) -> (String, Vec<Value>) {
    player.say(line);
    taken(player)
}

fn taken(player: &mut Player) -> (String, Vec<Value>) {
    let (lines, messages) = player.take();
    let messages = messages.iter().map(|text| serde_json::from_str(text).unwrap());
    (lines.join("\n"), messages.collect())
}

fn game(round: u32) -> Value {
    let players = ["Ann", "Bob", "Cid", "Dee"].map(|name| json!({ "name": name, "score": 0 }));
    json!({ "round_number": round, "players": players, "pile_counts": {} })
}

fn declaration(current: &str) -> Value {
    json!({ "phase": "DECLARATION", "game_state": game(1), "phase_data": {
        "current_player": current, "declarations": {}, "total_declared": 0, "valid_declarations": [0, 1, 2],
    }})
}

/// Ann, seated, who is asked for her declaration.
fn asked() -> Player {
    let mut ann = Player::new(" Ann ", Plan::default(), Paint::default());
    let (_, sent) = hear(&mut ann, "connected", json!({ "room_id": "lobby" }));
    assert_eq!(sent[0]["event"], "create_room");
    assert_eq!(sent[0]["data"]["player_name"], "Ann");
    let created = json!({ "room_id": "ABCD2345", "session_token": "secret" });
    let (_, sent) = hear(&mut ann, "room_created", created);
    assert_eq!(sent[0]["event"], "start_game");
    let started = json!({
        "deck_commitment": "00", "players": [{ "name": "Ann" }, { "name": "Bob" }],
        "options": { "turn_timeout_seconds": 30, "rules": { "target_score": 50, "max_rounds": 20 } },
    });
    hear(&mut ann, "game_started", started);
    let (text, _) = hear(&mut ann, "phase_change", declaration("Ann"));
    assert!(text.contains("How many piles will you take? (0 1 2;"), "{text}");
    ann
}

#[test]
fn a_wrong_line_sends_nothing_and_is_asked_again() {
    let mut ann = asked();
    let (text, sent) = say(&mut ann, "8");
    assert!(text.starts_with("8 can't be declared now"), "{text}");
    assert!(text.contains("How many piles"), "{text}");
    assert!(sent.is_empty());
}

#[test]
fn a_refusal_is_told_in_words_and_asked_again() {
    let mut ann = asked();
    let (_, sent) = say(&mut ann, "1");
    assert_eq!(sent[0]["data"], json!({ "player_name": "Ann", "declaration": 1 }));
    assert!(!ann.asks(), "one answer is enough");
    ann.hear(&json!({ "event": "error", "error": { "code": "2004", "message": "Not that one" } }).to_string());
    let (text, _) = taken(&mut ann);
    assert!(text.starts_with("The server refuses: Not that one (code 2004)"), "{text}");
    assert!(text.contains("How many piles") && ann.asks(), "{text}");
}

#[test]
fn announcements_and_pauses_are_told_and_change_nothing_that_is_asked() {
    let mut ann = asked();
    let at = |ended| json!({ "message": "Back at noon", "severity": "warning", "announced_at": 1, "ends_at": 2, "ended": ended });
    assert!(hear(&mut ann, "announcement", at(false)).0.starts_with("Announcement (warning): Back at noon"));
    assert!(hear(&mut ann, "announcement", at(true)).0.starts_with("Announcement withdrawn: Back at noon"));
    let details = json!({ "event": "maintenance", "scheduled_time": 0, "duration": 600 });
    let error = json!({ "code": "4003", "message": "no new rooms", "details": details });
    ann.hear(&json!({ "event": "error", "error": error }).to_string());
    assert_eq!(taken(&mut ann).0, "", "the event says it better");
    let pause = |ended| json!({ "event": "maintenance", "scheduled_time": 41_580.0, "duration": 600, "ended": ended });
    let planned = hear(&mut ann, "maintenance", pause(false)).0;
    assert!(planned.starts_with("New games will be paused from 11:33 UTC to 11:43 UTC. Games that"), "{planned}");
    let on = json!({ "event": "maintenance", "data": pause(false), "server_time": 41_600.0 });
    ann.hear(&on.to_string());
    let on = taken(&mut ann).0;
    assert!(on.starts_with("New games are paused until 11:43 UTC."), "{on}");
    let over = hear(&mut ann, "maintenance", pause(true)).0;
    assert!(over.starts_with("The pause is over"), "{over}");
    assert!(ann.asks());
}

#[test]
fn what_was_under_way_when_the_connection_broke_is_sent_again_under_its_number() {
    let mut ann = asked();
    let (_, first) = say(&mut ann, "1");
    let (_, sent) = hear(&mut ann, "connected", json!({ "room_id": "ABCD2345" }));
    assert_eq!(sent[0]["data"], json!({ "player_name": "Ann", "session_token": "secret", "last_sequence": 7 }));
    let (_, sent) = hear(&mut ann, "reconnected", back(0, "Ann"));
    assert_eq!(sent, first);
    assert!(!ann.asks());
}

#[test]
fn what_others_decided_meanwhile_is_not_sent_again() {
    let mut ann = asked();
    say(&mut ann, "1");
    let (_, sent) = hear(&mut ann, "reconnected", back(0, "Bob"));
    assert!(sent.is_empty(), "{sent:?}");
}

#[test]
fn nothing_is_asked_before_all_missed_events_are_told() {
    let mut ann = asked();
    hear(&mut ann, "reconnected", back(2, "Ann"));
    assert!(!ann.asks());
    let action = json!({ "player": "Bob", "action": "declare", "declaration": 1 });
    assert_eq!(hear(&mut ann, "player_action", action).0, "Bob declares 1 pile.");
    let (text, _) = hear(&mut ann, "phase_change", declaration("Ann"));
    assert!(text.contains("How many piles") && ann.asks(), "{text}");
}

#[test]
fn whoever_comes_back_learns_from_the_answer_alone_who_is_the_host() {
    let mut ann = asked();
    (ann.host, ann.sent) = (None, None);
    let mut answer = back(0, "Ann");
    answer["host"] = json!("Ann");
    answer["game_state"]["phase"] = json!("NOT_STARTED");
    answer["game_state"]["phase_data"] = json!({});
    hear(&mut ann, "reconnected", answer);
    assert_eq!(ann.asked, Some(Question::Start), "the host left meanwhile");
}

fn back(missed: usize, current: &str) -> Value {
    let mut state = game(1);
    let now = declaration(current);
    state["phase"] = now["phase"].clone();
    state["phase_data"] = now["phase_data"].clone();
    json!({ "missed_events": missed, "session_token": "secret", "hand": null, "game_state": state })
}

#[test]
fn a_deck_that_is_not_the_promised_one_is_called_out() {
    for (promised, verdict) in [
        ("00".to_owned(), "THE DECK WAS NOT FAIR"),
        (game_rules::DeckSeed::from_bytes([1; 32]).commitment(), "The deck was fair"),
    ] {
        let mut ann = asked();
        ann.commitment = Some(promised);
        let over = json!({
            "winners": ["Ann", "Bob"], "final_scores": { "Ann": 50, "Bob": 50 }, "rounds_played": 9,
            "deck_seed": "01".repeat(32),
        });
        let (text, sent) = hear(&mut ann, "game_over", over);
        assert!(text.contains("after 9 rounds. You and Bob win!"), "{text}");
        assert!(text.contains(verdict), "{text}");
        assert_eq!(sent[0]["event"], "leave_room");
        assert_eq!(ann.ending(), Some(&Ending::Fine));
    }
}

#[test]
fn strange_messages_are_passed_over() {
    let mut ann = asked();
    assert_eq!(hear(&mut ann, "weather", json!({ "rain": true })).0, "");
    assert!(hear(&mut ann, "phase_change", json!([])).0.contains("not understood"));
    ann.hear("{");
    assert!(taken(&mut ann).0.contains("no message"));
    assert!(ann.asks() && ann.ending().is_none());
}

#[test]
fn a_seat_that_is_taken_over_ends_it() {
    let mut ann = asked();
    let (_, sent) = hear(&mut ann, "disconnected", json!({ "reason": "replaced" }));
    assert!(sent.is_empty());
    assert!(matches!(ann.ending(), Some(Ending::Failed(sentence)) if sentence.contains("your seat")));
}
