//! Denials → errors: the code table of the contract.

use std::mem::{Discriminant, discriminant};

use contracts::{Contract, game::Game};
use serde_json::json;
use vocabulary::{Denial, InvalidPlay};

use crate::{NOW, json as parsed, samples};

#[test]
fn every_denial_has_the_contracts_code_and_carries_facts() {
    for (denial, code) in samples::denials() {
        assert_eq!(Game::code(&denial), code, "{denial:?}");
        let message = parsed(&Game::deny(&denial, &samples::answering()));
        let event = if code.starts_with('3') { "validation_error" } else { "error" };
        assert_eq!(message["event"], event, "{denial:?}");
        assert_eq!(message["client_sequence"], 123);
        assert!(message.get("data").is_none() && message.get("sequence_number").is_none());
        let error = &message["error"];
        assert_eq!(error["code"], code);
        assert_eq!(error["timestamp"], json!(contracts::Seconds::from(NOW)));
        assert!(!error["message"].as_str().unwrap().is_empty());
        assert!(error["details"].is_object());
    }
}

/// A denial that is added must be added to the samples: this stops compiling.
const fn known(denial: &Denial) -> bool {
    match denial {
        Denial::GuestsNotAllowed
        | Denial::WrongToken
        | Denial::RoomNotFound { .. }
        | Denial::RoomFull
        | Denial::AlreadyInRoom
        | Denial::NameTaken { .. }
        | Denial::NotInRoom
        | Denial::HostOnly { .. }
        | Denial::SeatTaken { .. }
        | Denial::NoBotThere { .. }
        | Denial::NoPlayerThere { .. }
        | Denial::Removed { .. }
        | Denial::NotStarted
        | Denial::AlreadyStarted
        | Denial::NotEnoughPlayers { .. }
        | Denial::NotYourTurn { .. }
        | Denial::WrongPhase { .. }
        | Denial::NoRedealDecision
        | Denial::InvalidDeclaration { .. }
        | Denial::AlreadyDeclared { .. }
        | Denial::NoPiecesSelected
        | Denial::InvalidPlay(
            InvalidPlay::UnknownPiece { .. }
            | InvalidPlay::RepeatedPiece { .. }
            | InvalidPlay::BadIndex { .. }
            | InvalidPlay::ForeignPieces { .. }
            | InvalidPlay::WrongCount { .. }
            | InvalidPlay::TooMany { .. }
            | InvalidPlay::NoValidSet { .. },
        )
        | Denial::SequenceReused { .. }
        | Denial::RateLimited { .. }
        | Denial::QuotaReached { .. }
        | Denial::ForeignScope { .. }
        | Denial::WatchesOnly
        | Denial::ForeignPlayer { .. }
        | Denial::Busy
        | Denial::NotDurable
        | Denial::LowOnDisk { .. }
        | Denial::ServerError
        | Denial::Maintenance
        | Denial::TooManyRooms { .. } => true,
    }
}

#[test]
fn the_samples_hold_every_denial() {
    let denials = samples::denials();
    assert!(denials.iter().all(|(denial, _)| known(denial)));
    let mut kinds: Vec<Discriminant<Denial>> = Vec::new();
    for (denial, _) in &denials {
        if !kinds.contains(&discriminant(denial)) {
            kinds.push(discriminant(denial));
        }
    }
    assert_eq!(kinds.len(), 34, "as many as `known` lists");
}

#[test]
fn the_details_are_what_a_client_needs_to_do_better() {
    let details = |denial: &Denial| parsed(&Game::deny(denial, &samples::answering()))["error"]["details"].take();
    for (denial, _) in samples::denials() {
        let expected = match &denial {
            Denial::NotYourTurn { .. } => json!({ "current_player": "Bob", "your_position": 2 }),
            Denial::HostOnly { .. } => json!({ "host": "Alice" }),
            Denial::SeatTaken { .. } => json!({ "field": "position", "allowed": [3] }),
            Denial::NotEnoughPlayers { .. } => json!({ "present": 2, "required": 4 }),
            Denial::WrongPhase { .. } => json!({ "phase": "TURN" }),
            Denial::AlreadyDeclared { .. } => json!({ "declaration": 3 }),
            Denial::RateLimited { .. } => json!({ "limit": 50, "window_seconds": 1, "retry_after_ms": 20 }),
            Denial::QuotaReached { held, .. } => {
                json!({ "reason": held.as_str(), "limit": 200, "retry_after_ms": 60_000 })
            }
            Denial::InvalidPlay(InvalidPlay::WrongCount { .. }) => {
                json!({ "reason": "wrong_count", "required_piece_count": 2, "played": 1 })
            }
            Denial::InvalidPlay(InvalidPlay::ForeignPieces { .. }) => {
                json!({ "reason": "not_in_hand", "piece_ids": ["p3", "p4"] })
            }
            _ => continue,
        };
        assert_eq!(details(&denial), expected, "{denial:?}");
    }
    let illegal =
        samples::denials().into_iter().find(|(denial, _)| matches!(denial, Denial::InvalidDeclaration { .. }));
    let legal = details(&illegal.unwrap().0)["valid_declarations"].take();
    assert_eq!(legal, json!([0, 1, 2, 4, 5, 6, 7, 8]));
}
