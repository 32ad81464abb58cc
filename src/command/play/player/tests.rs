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

fn players() -> [Value; 4] {
    let player = |(position, name)| json!({ "name": name, "position": position, "score": 0, "is_active": true, "is_bot": false });
    [(0, "Ann"), (1, "Bob"), (2, "Cid"), (3, "Dee")].map(player)
}

fn game(round: u32) -> Value {
    json!({ "round_number": round, "turn_number": 0, "players": players(), "scores": {}, "pile_counts": {} })
}

fn options() -> Value {
    json!({
        "is_public": true, "fill_with_bots": true, "bot_difficulty": "medium", "turn_timeout_seconds": 30, "pace": "fast",
        "rules": {
            "target_score": 50, "max_rounds": 20, "competing_types": "leader_type", "zero_streak_limit": 2, "forbid_total": 8,
        },
    })
}

fn declaration(current: &str) -> Value {
    json!({ "phase": "DECLARATION", "game_state": game(1), "sequence_number": 7, "server_time": 1.0, "phase_data": {
        "current_player": current, "declaration_order": [], "declarations": {}, "total_declared": 0,
        "valid_declarations": [0, 1, 2],
    }})
}

fn error(code: &str, message: &str, details: Value) -> String {
    let error = json!({ "code": code, "message": message, "details": details, "timestamp": 1.0, "recoverable": true });
    json!({ "event": "error", "error": error }).to_string()
}

/// Ann, seated, who is asked for her declaration.
fn asked() -> Player {
    let mut ann = Player::new(" Ann ", Plan::default(), Paint::default());
    let (_, sent) = hear(&mut ann, "connected", json!({ "room_id": "lobby" }));
    assert_eq!(sent[0]["event"], "create_room");
    assert_eq!(sent[0]["data"]["player_name"], "Ann");
    let created = json!({
        "room_id": "ABCD2345", "room_name": "Ann's table", "creator": "Ann", "created_at": 1.0, "options": options(),
        "session_token": "secret",
    });
    let (_, sent) = hear(&mut ann, "room_created", created);
    assert_eq!(sent[0]["event"], "start_game");
    let started = json!({ "deck_commitment": "00", "players": players(), "options": options() });
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
    ann.hear(&error("2004", "Not that one", json!({})));
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
    ann.hear(&error("4003", "no new rooms", details));
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
    json!({
        "connection_id": "", "room_id": "ABCD2345", "room_name": "Ann's table", "host": "", "players": [],
        "options": options(), "player_name": "Ann", "missed_events": missed, "truncated": false, "game_state": state,
        "hand": null, "session_token": "secret",
    })
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
            "game_duration": 60.0, "deck_seed": "01".repeat(32),
            "statistics": {
                "total_turns": 1, "perfect_declarations": 1, "redeals": 0, "timeouts": 0, "bot_takeovers": 0,
            },
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
    let (_, sent) = hear(&mut ann, "disconnected", json!({ "code": 4001, "reason": "replaced", "wasClean": true }));
    assert!(sent.is_empty());
    assert!(matches!(ann.ending(), Some(Ending::Failed(sentence)) if sentence.contains("your seat")));
}
