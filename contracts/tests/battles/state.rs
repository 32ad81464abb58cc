//! How a game stands, in words.

use contracts::battles::server::{Battle, GameState, GameStatus};
use game_rules::{Phase, Seat, SeatSet};
use serde_json::{Value, json};
use vocabulary::{By, Situation, TakeoverReason};

use crate::{moments, samples};

fn state(situation: &Situation) -> Value {
    serde_json::to_value(GameState::of(situation, None)).unwrap()
}

fn effects(state: &Value, id: &str) -> Vec<Value> {
    state["players"][id]["status"].as_array().unwrap().clone()
}

/// The first stage of the whole game for which this holds.
fn stage(fits: impl Fn(&Phase) -> bool) -> Situation {
    let game = samples::games()[2..].iter().find(|game| fits(&game.table().phase)).unwrap();
    samples::playing(game)
}

#[test]
fn before_the_start_nobody_is_to_act_and_the_battle_waits() {
    let battle = serde_json::to_value(Battle::of(&samples::waiting(), crate::NOW)).unwrap();
    assert_eq!((&battle["status"], &battle["state"]["status"]), (&json!("WAITING"), &json!("WAITING")));
    assert_eq!((&battle["state"]["currentTurn"], &battle["state"]["round"]), (&json!(""), &json!(0)));
    assert_eq!((&battle["host"], &battle["id"]), (&json!("guest-ABCD2345-0"), &json!("ABCD2345")));
    assert_eq!((&battle["updatedAt"], &battle["createdAt"]), (&json!(crate::NOW.0), &json!(1_673_890_123_456_u64)));
    assert_eq!(battle["players"][3]["isBot"], true);
    let bot = effects(&battle["state"], "bot-ABCD2345-3");
    assert_eq!(bot, [json!({ "type": "BOT" })]);
    let host = effects(&battle["state"], "guest-ABCD2345-0");
    assert_eq!(host, [json!({ "type": "DISCONNECTED" }), json!({ "type": "HOST" })]);
}

#[test]
fn a_connection_shows_in_the_player_and_in_the_effects() {
    let connected: SeatSet = [samples::seat(1)].into_iter().collect();
    let situation = Situation { connected, ..samples::waiting() };
    let battle = serde_json::to_value(Battle::of(&situation, crate::NOW)).unwrap();
    let shown: Vec<&Value> = battle["players"].as_array().unwrap().iter().map(|player| &player["connected"]).collect();
    assert_eq!(shown, [&json!(false), &json!(true), &json!(false), &json!(true)], "a bot is always there");
    assert_eq!(effects(&battle["state"], "guest-ABCD2345-1"), Vec::<Value>::new());
}

#[test]
fn the_declaration_says_who_is_to_declare_what() {
    let situation = stage(|phase| matches!(phase, Phase::Declaration(_)));
    let state = state(&situation);
    let Phase::Declaration(declaring) = &situation.table.as_ref().unwrap().phase else { panic!() };
    let current = situation.roster.player_id(declaring.current).unwrap().to_string();
    assert_eq!((&state["status"], &state["currentTurn"]), (&json!("DECLARATION"), &json!(current)));
    assert_eq!(state["validDeclarations"].as_array().map(Vec::len), Some(declaring.legal.len()));
    assert_eq!(state["declarationOrder"][0], current, "nobody has declared");
    assert!(effects(&state, &current).contains(&json!({ "type": "CURRENT" })));
    assert!(effects(&state, &current).contains(&json!({ "type": "STARTER" })));
    assert_eq!(state["players"][&current]["energy"], 8);
    assert_eq!(state["deadline"], crate::NOW.0 + 30_000);
}

#[test]
fn a_turn_says_what_was_played_and_how_many_pieces_to_play() {
    let situation = stage(|phase| matches!(phase, Phase::Turn(turn) if turn.plays.len() == 2));
    let state = state(&situation);
    let table = situation.table.as_ref().unwrap();
    let Phase::Turn(turn) = &table.phase else { panic!() };
    assert_eq!(state["status"], "TURN");
    assert_eq!((&state["turnNumber"], &state["requiredPieceCount"]), (&json!(turn.number), &json!(turn.required)));
    let plays = state["currentPlays"].as_array().unwrap();
    assert_eq!(plays.len(), 2);
    assert_eq!(plays[0]["playerId"], situation.roster.player_id(turn.leader).unwrap().to_string());
    assert_eq!(plays[0]["pieceIds"].as_array().map(Vec::len), turn.required.map(usize::from));
    let leader = plays[0]["playerId"].as_str().unwrap();
    assert_eq!(state["players"][leader]["energy"], table.hand_counts[turn.leader]);
    assert!(effects(&state, leader).contains(&json!({ "type": "PILES", "value": table.captured[turn.leader] })));
    let declared = table.declarations[turn.leader].unwrap().value();
    assert!(effects(&state, leader).contains(&json!({ "type": "DECLARED", "value": declared })));
    assert_eq!(state.get("validDeclarations"), None);
}

#[test]
fn every_weak_hand_may_decide_and_the_first_of_them_is_the_current_turn() {
    let situation = samples::playing(&samples::games()[0]);
    let state = state(&situation);
    let Phase::Preparation(preparation) = &situation.table.as_ref().unwrap().phase else { panic!() };
    let first = preparation.weak.iter().next().and_then(|seat| situation.roster.player_id(seat)).unwrap();
    assert_eq!((&state["status"], &state["currentTurn"]), (&json!("PREPARATION"), &json!(first.to_string())));
    for seat in Seat::ALL {
        let effects = effects(&state, &situation.roster.player_id(seat).unwrap().to_string());
        let weak = preparation.weak.contains(seat);
        assert_eq!(effects.contains(&json!({ "type": "WEAK_HAND" })), weak);
        assert_eq!(effects.contains(&json!({ "type": "CURRENT" })), weak);
    }
}

#[test]
fn every_phase_has_its_status() {
    let told: Vec<GameStatus> =
        samples::games().iter().map(|game| GameState::of(&samples::playing(game), None).status).collect();
    for status in [GameStatus::Preparation, GameStatus::Declaration, GameStatus::Turn, GameStatus::GameOver] {
        assert!(told.contains(&status), "{status:?}");
    }
    assert_eq!(GameStatus::from(game_rules::PhaseKind::Scoring), GameStatus::Scoring);
}

#[test]
fn the_last_action_says_whose_it_was_and_whether_the_clock_decided() {
    let situation = samples::playing(&samples::games()[3]);
    let last = |by| state(&moments::decided(situation.clone(), by))["lastAction"].clone();
    let expected = json!({ "playerId": "guest-ABCD2345-1", "type": "play", "pieceIds": ["p3", "p4"] });
    assert_eq!(last(By::Player), expected);
    assert_eq!(last(By::Clock)["automatic"], true);
    assert_eq!(state(&situation).get("lastAction"), None);
}

#[test]
fn who_gave_the_game_up_is_played_by_a_bot() {
    let mut situation = stage(|phase| matches!(phase, Phase::Turn(_)));
    let roster = std::sync::Arc::make_mut(&mut situation.roster);
    for (index, reason) in [(0, TakeoverReason::Left), (1, TakeoverReason::Inactive)] {
        roster.seats[samples::seat(index)].as_mut().unwrap().stand_in = Some(reason);
    }
    let state = state(&situation);
    let [left, inactive] = ["guest-ABCD2345-0", "guest-ABCD2345-1"].map(|id| effects(&state, id));
    assert!(left.contains(&json!({ "type": "FORFEITED" })) && left.contains(&json!({ "type": "BOT" })));
    assert!(!left.contains(&json!({ "type": "DISCONNECTED" })));
    assert!(!inactive.contains(&json!({ "type": "FORFEITED" })) && inactive.contains(&json!({ "type": "BOT" })));
}

#[test]
fn a_viewer_sees_who_they_are_and_their_own_pieces_and_sets() {
    let game = &samples::games()[2];
    let seat = samples::seat(2);
    let view = GameState::of(&samples::playing(game), Some((seat, Some(game.view(seat).hand()))));
    let view = serde_json::to_value(view).unwrap();
    assert_eq!(view["you"], "guest-ABCD2345-2");
    assert_eq!(view["hand"].as_array().map(Vec::len), Some(8));
    let singles = view["validSets"].as_array().unwrap().iter().filter(|set| set["playType"] == "SINGLE").count();
    assert_eq!(singles, 8);
    let nothing = serde_json::to_value(GameState::of(&samples::playing(game), None)).unwrap();
    assert!(["you", "hand", "validSets"].iter().all(|field| nothing.get(field).is_none()));
}
