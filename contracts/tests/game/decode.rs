//! Texts → requests.

use contracts::{Incoming, Said, game::Game};
use game_rules::{Piece, PieceSet, RedealDecision};
use serde_json::{Value, json};
use vocabulary::{Choice, Denial, InvalidPlay, Occupant, Page, Pieces, Request, RoomRequest, Sequence};

use crate::{in_lobby, room, samples, seated};

pub(crate) fn say(event: &str, data: Value) -> Incoming {
    seated(&mut Game::default(), &json!({ "event": event, "data": data }).to_string())
}

fn say_in_lobby(event: &str, data: Value) -> Incoming {
    in_lobby(&mut Game::default(), &json!({ "event": event, "data": data }).to_string())
}

fn asked(incoming: Incoming) -> Request {
    match incoming.said {
        Said::Ask(request) => request,
        other => panic!("no request: {other:?}"),
    }
}

fn asked_of_room(incoming: Incoming) -> RoomRequest {
    match asked(incoming) {
        Request::Room(request) => request,
        other => panic!("nothing for a room: {other:?}"),
    }
}

fn denied(incoming: Incoming) -> Denial {
    match incoming.said {
        Said::Denied(denial) => denial,
        other => panic!("not denied: {other:?}"),
    }
}

#[test]
fn chat_says_something_in_the_room_in_ones_own_name() {
    match asked_of_room(say("chat", json!({ "player_name": "Alice", "message": " good luck " }))) {
        RoomRequest::Say(words) => assert_eq!(words, "good luck"),
        other => panic!("nothing said: {other:?}"),
    }
    for data in [json!({ "player_name": "Bob", "message": "x" }), json!({ "player_name": "Alice", "message": " " })] {
        let said = say("chat", data).said;
        assert!(!matches!(said, Said::Ask(_)), "{said:?}");
    }
}

#[test]
fn create_room_takes_the_servers_defaults_where_it_says_nothing() {
    let data = json!({ "room_name": " Alice's Room ", "player_name": "Alice", "is_public": false });
    let Request::CreateRoom(room) = asked(say_in_lobby("create_room", data)) else {
        panic!("no create_room");
    };
    assert_eq!(room.room_name.as_str(), "Alice's Room");
    assert_eq!(room.player.as_str(), "Alice");
    let expected = vocabulary::RoomOptions { public: false, ..samples::options() };
    assert_eq!(room.options, expected);
}

#[test]
fn create_room_reads_every_option_and_null_takes_a_limit_away() {
    let options = json!({
        "fill_with_bots": false, "bot_difficulty": "expert", "turn_timeout_seconds": 3600, "pace": "instant",
        "rules": {
            "target_score": 100, "max_rounds": null, "competing_types": "any_type",
            "zero_streak_limit": null, "forbid_total": null,
        },
    });
    let data = json!({ "room_name": "x", "player_name": "Alice", "options": options });
    let Request::CreateRoom(room) = asked(say_in_lobby("create_room", data)) else {
        panic!("no create_room");
    };
    assert!(room.options.public && !room.options.fill_with_bots);
    assert_eq!(room.options.difficulty, vocabulary::Difficulty::Expert);
    assert_eq!(room.options.turn_timeout_seconds, 3_600);
    assert_eq!(room.options.pace, vocabulary::Pace::Instant);
    let rules = room.options.rules;
    assert_eq!(rules.target_score(), 100);
    assert_eq!(rules.competing_types(), game_rules::CompetingTypes::AnyType);
    assert_eq!((rules.max_rounds(), rules.zero_streak_limit(), rules.forbid_total()), (None, None, None));
}

#[test]
fn join_room_names_the_room_in_the_lobby_and_may_bring_a_token() {
    let data = json!({
        "player_name": "Bob", "room_id": "ABCD2345", "session_token": "secret", "last_sequence": 41,
    });
    let Request::JoinRoom(join) = asked(say_in_lobby("join_room", data)) else {
        panic!("no join_room");
    };
    assert_eq!((join.room, join.player.as_str()), (Some(room()), "Bob"));
    assert_eq!(join.token.unwrap().reveal(), "secret");
    assert_eq!(join.last_sequence, Some(Sequence(41)));
}

#[test]
fn a_room_id_that_can_not_be_one_is_a_room_that_does_not_exist() {
    let data = json!({ "player_name": "Bob", "room_id": "nowhere" });
    let denial = denied(say_in_lobby("join_room", data));
    assert_eq!(denial, Denial::RoomNotFound { room: "nowhere".to_owned() });
}

#[test]
fn what_needs_only_a_name_asks_the_room() {
    let own = || json!({ "player_name": "Alice" });
    assert!(matches!(asked_of_room(say("leave_room", own())), RoomRequest::Leave));
    assert!(matches!(asked_of_room(say("start_game", own())), RoomRequest::Start));
    for (event, wanted) in [("accept_redeal", RedealDecision::Accept), ("decline_redeal", RedealDecision::Decline)] {
        match asked_of_room(say(event, own())) {
            RoomRequest::Act(Choice::Redeal(decision)) => assert_eq!(decision, wanted),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn declare_takes_0_to_8() {
    for number in 0..=8 {
        let data = json!({ "player_name": "Alice", "declaration": number });
        match asked_of_room(say("declare", data)) {
            RoomRequest::Act(Choice::Declare(declaration)) => {
                assert_eq!(declaration.value(), number)
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_whole_number_may_be_written_with_a_fraction_of_zero() {
    let text = r#"{"event":"declare","data":{"player_name":"Alice","declaration":3.0}}"#;
    match asked_of_room(seated(&mut Game::default(), text)) {
        RoomRequest::Act(Choice::Declare(declaration)) => assert_eq!(declaration.value(), 3),
        other => panic!("{other:?}"),
    }
}

#[test]
fn play_takes_every_piece_by_its_id() {
    for piece in Piece::ALL {
        let data = json!({ "player_name": "Alice", "piece_ids": [format!("p{}", piece.number())] });
        match asked_of_room(say("play", data)) {
            RoomRequest::Act(Choice::Play(Pieces::Named(pieces))) => {
                assert_eq!(pieces, PieceSet::EMPTY.with(piece));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn pieces_that_do_not_exist_or_come_twice_are_no_play() {
    let play = |ids: Value| denied(say("play", json!({ "player_name": "Alice", "piece_ids": ids })));
    assert_eq!(play(json!([])), Denial::NoPiecesSelected);
    for id in ["p0", "p33", "P1", "p01", "", "p1 ", "p-1", "p4294967297"] {
        let unknown = InvalidPlay::UnknownPiece { id: id.to_owned() };
        assert_eq!(play(json!(["p1", id])), Denial::InvalidPlay(unknown), "{id}");
    }
    let repeated = InvalidPlay::RepeatedPiece { piece: Piece::ALL[0] };
    assert_eq!(play(json!(["p1", "p2", "p1"])), Denial::InvalidPlay(repeated));
}

#[test]
fn bots_come_and_go_by_position() {
    match asked_of_room(say("add_bot", json!({ "position": 3, "difficulty": "hard" }))) {
        RoomRequest::AddBot { seat, difficulty } => {
            assert_eq!(seat, Some(samples::seat(3)));
            assert_eq!(difficulty, Some(vocabulary::Difficulty::Hard));
        }
        other => panic!("{other:?}"),
    }
    let anywhere = asked_of_room(say("add_bot", Value::Null));
    assert!(matches!(anywhere, RoomRequest::AddBot { seat: None, difficulty: None }));
    let gone = asked_of_room(say("remove_bot", json!({ "position": 0 })));
    assert!(matches!(gone, RoomRequest::RemoveBot { seat } if seat.index() == 0));
    let removed = asked_of_room(say("remove_player", json!({ "position": 2 })));
    assert!(matches!(removed, RoomRequest::RemovePlayer(Occupant::At(seat)) if seat.index() == 2));
}

#[test]
fn room_list_turns_pages_of_at_most_200() {
    let page = |data: Value| match asked(say_in_lobby("room_list", data)) {
        Request::ListRooms(page) => page,
        other => panic!("{other:?}"),
    };
    assert_eq!(page(json!({})), Page::default());
    assert_eq!(page(json!({ "offset": 30, "limit": 200 })), Page { offset: 30, limit: 200 });
}

#[test]
fn sync_request_and_get_room_state_ask_the_room() {
    let data = json!({ "last_sequence": 41, "client_state_hash": "abc123" });
    match asked_of_room(say("sync_request", data)) {
        RoomRequest::Synchronise { since, state_hash } => {
            assert_eq!((since, state_hash.as_deref()), (Sequence(41), Some("abc123")));
        }
        other => panic!("{other:?}"),
    }
    let described = asked_of_room(say("get_room_state", Value::Null));
    assert!(matches!(described, RoomRequest::Describe));
}
