//! How client and server agree on a version, and what version 0.9.0 writes differently.

use contracts::{Contract, Incoming, Malformed, Said, game::Game};
use serde_json::{Value, json};
use vocabulary::{Choice, Denial, Pieces, Request, RoomRequest};

use crate::{answer, in_lobby, json as parsed, samples, seated};

/// What the server makes of this offer: a version, or none.
fn negotiated(message: &Value) -> Option<String> {
    let incoming = in_lobby(&mut Game::default(), &message.to_string());
    match &incoming.said {
        Said::Answer(_) => {
            let accepted = answer(&incoming);
            assert_eq!(accepted["event"], "version_accepted");
            Some(accepted["data"]["negotiated_version"].as_str().unwrap().to_owned())
        }
        Said::Malformed(refused @ Malformed::UnsupportedVersion { .. }) => {
            let error = parsed(&Game::malformed(refused, &samples::answering()));
            assert_eq!((&error["event"], &error["error"]["code"]), (&json!("error"), &json!("4004")));
            assert_eq!(error["error"]["details"]["supported_versions"], json!(["1.0.0", "0.9.0"]));
            assert_eq!(error["error"]["details"]["minimum_version"], "0.9.0");
            None
        }
        other => panic!("{message}: {other:?}"),
    }
}

#[test]
fn connect_and_version_info_lead_to_the_best_common_version() {
    let connect = |version: &str| json!({ "event": "connect", "version": version });
    let info = |data: Value| json!({ "event": "version_info", "data": data });
    let offers = |versions: &[&str]| info(json!({ "supported_versions": versions }));
    let table = [
        (json!({ "event": "connect" }), Some("1.0.0")),
        (info(json!({})), Some("1.0.0")),
        (connect("1.0.0"), Some("1.0.0")),
        (connect("1.0.9"), Some("1.0.0")),
        (connect("1.7.0"), Some("1.0.0")),
        (connect("0.9.0"), Some("0.9.0")),
        (connect("0.9.5"), Some("0.9.0")),
        (connect("0.8.9"), None),
        (connect("2.0.0"), None),
        (connect(""), None),
        (connect("1"), None),
        (connect("1.0.0-beta"), None),
        (json!({ "event": "connect", "data": { "client_version": "0.9.0" } }), Some("0.9.0")),
        (info(json!({ "client_version": "1.0.0", "supported_versions": ["1.0.0", "0.9.0"] })), Some("1.0.0")),
        (info(json!({ "client_version": "0.9.0", "supported_versions": ["1.0.0", "0.9.0"] })), Some("0.9.0")),
        (info(json!({ "client_version": "2.0.0", "supported_versions": ["2.0.0", "1.0.0"] })), Some("1.0.0")),
        (offers(&["0.9.0", "1.0.0"]), Some("1.0.0")),
        (offers(&["0.9.0"]), Some("0.9.0")),
        (offers(&["3.0.0", "0.9.0"]), Some("0.9.0")),
        (offers(&["3.0.0", "2.0.0"]), None),
        (offers(&[]), Some("1.0.0")),
    ];
    for (message, version) in table {
        assert_eq!(negotiated(&message).as_deref(), version, "{message}");
    }
}

#[test]
fn version_accepted_tells_what_the_server_can_do() {
    let accepted = answer(&in_lobby(&mut Game::default(), r#"{"event":"connect"}"#));
    assert_eq!(accepted["data"]["server_version"], env!("CARGO_PKG_VERSION"));
    let features = json!({ "weak_hand_redeal": true, "bot_players": true, "replay_system": true });
    assert_eq!(accepted["data"]["features"], features);
}

fn old() -> Game {
    let mut game = Game::default();
    let accepted = in_lobby(&mut game, r#"{"event":"connect","version":"0.9.0"}"#);
    assert!(matches!(accepted.said, Said::Answer(_)));
    game
}

fn play_by_indices(indices: Value) -> String {
    json!({ "event": "play", "data": { "player_name": "Alice", "indices": indices } }).to_string()
}

const DECLARE_VALUE: &str = r#"{"event":"declare","data":{"player_name":"Alice","value":3}}"#;

fn warned(incoming: &Incoming) -> Vec<Value> {
    let warnings = incoming.warnings.iter();
    warnings
        .map(|text| {
            let warning = parsed(text);
            assert_eq!(warning["event"], "deprecation_warning");
            assert_eq!(warning["data"]["removal_version"], "2.0.0");
            warning["data"]["deprecated_feature"].clone()
        })
        .collect()
}

#[test]
fn in_0_9_0_play_takes_indices_and_declare_takes_value() {
    let mut game = old();
    match seated(&mut game, &play_by_indices(json!([0, 7, 3]))).said {
        Said::Ask(Request::Room(RoomRequest::Act(Choice::Play(Pieces::At(indices))))) => {
            assert_eq!(indices, [0, 7, 3], "in the order that they came");
        }
        other => panic!("{other:?}"),
    }
    match seated(&mut game, DECLARE_VALUE).said {
        Said::Ask(Request::Room(RoomRequest::Act(Choice::Declare(number)))) => {
            assert_eq!(number.value(), 3);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_old_form_is_answered_with_one_warning_per_connection() {
    let mut game = old();
    let play = play_by_indices(json!([0]));
    assert_eq!(warned(&seated(&mut game, &play)), ["old_play_format"]);
    assert_eq!(warned(&seated(&mut game, DECLARE_VALUE)), ["old_declare_format"]);
    for text in [&play, DECLARE_VALUE] {
        assert!(warned(&seated(&mut game, text)).is_empty(), "{text}");
    }
    assert_eq!(warned(&seated(&mut old(), &play)), ["old_play_format"], "a new connection");
}

#[test]
fn the_new_forms_work_in_0_9_0_without_a_warning() {
    let mut game = old();
    for text in [
        r#"{"event":"play","data":{"player_name":"Alice","piece_ids":["p1"]}}"#,
        r#"{"event":"declare","data":{"player_name":"Alice","declaration":3}}"#,
    ] {
        let incoming = seated(&mut game, text);
        assert!(matches!(incoming.said, Said::Ask(_)) && incoming.warnings.is_empty(), "{text}");
    }
}

#[test]
fn the_old_forms_do_not_exist_in_1_0_0() {
    let mut game = Game::default();
    for (text, field) in [(play_by_indices(json!([0])), "piece_ids"), (DECLARE_VALUE.to_owned(), "declaration")] {
        match seated(&mut game, &text).said {
            Said::Malformed(Malformed::MissingFields { fields, .. }) => assert_eq!(fields, [field]),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn bad_indices_are_refused() {
    let said = |indices: Value| seated(&mut old(), &play_by_indices(indices)).said;
    assert!(matches!(said(json!([])), Said::Denied(Denial::NoPiecesSelected)));
    for beyond in [json!([8]), json!([0, 300]), json!([-1]), json!([u64::MAX])] {
        match said(beyond) {
            Said::Malformed(Malformed::OutOfRange { field, .. }) => assert_eq!(field, "indices"),
            other => panic!("{other:?}"),
        }
    }
    for wrong in [json!(["0"]), json!([0.5]), json!([null]), json!(0)] {
        match said(wrong) {
            Said::Malformed(Malformed::WrongType { field, .. }) => assert_eq!(field, "indices"),
            other => panic!("{other:?}"),
        }
    }
}
