//! Hidden stays hidden: whatever is played, nobody is told a piece that another seat holds.

use contracts::{Contract, state::State};
use game_rules::{DeckSeed, Game, Piece, PieceSet, RuleSet, Seat};
use proptest::{collection::vec, prelude::*};
use serde_json::Value;
use vocabulary::{PrivateNotice, PublicNotice, Secret};

use crate::{json, samples};

/// All pieces that are named anywhere in it.
fn pieces(value: &Value) -> PieceSet {
    match value {
        Value::String(text) => text.parse::<Piece>().map_or(PieceSet::EMPTY, |piece| PieceSet::EMPTY.with(piece)),
        Value::Array(items) => items.iter().fold(PieceSet::EMPTY, |all, item| all | pieces(item)),
        Value::Object(fields) => fields.values().fold(PieceSet::EMPTY, |all, field| all | pieces(field)),
        Value::Null | Value::Bool(_) | Value::Number(_) => PieceSet::EMPTY,
    }
}

/// Everything that is told when a game stands like this.
fn look(game: &Game) {
    let (event, answer) = (samples::numbered(), samples::answering());
    let situation = || samples::playing(game);
    let told = |text: Option<bytestring::ByteString>| pieces(&json(&text.unwrap()));
    for notice in [
        PublicNotice::PhaseChanged(situation()),
        PublicNotice::GameStarted { deck_commitment: "ab".repeat(32), situation: situation() },
    ] {
        assert!(told(State::public(&notice, &event)).is_empty());
    }
    let hand = |seat: Seat| Some(game.view(seat).hand());
    let watching = samples::attendance(situation(), None, hand(samples::seat(0)));
    assert!(told(State::reply(&watching, &answer)).is_empty(), "who watches gets no hand, whatever comes");
    for seat in Seat::ALL {
        let own = hand(seat).unwrap();
        assert_eq!(told(State::reply(&samples::attendance(situation(), Some(seat), hand(seat)), &answer)), own);
        assert_eq!(told(State::reply(&samples::synchronised(situation(), hand(seat)), &answer)), own);
        let private = |secret| told(State::private(&PrivateNotice { seat, secret }, &event));
        assert_eq!(private(Secret::Hand(own)), own);
        assert!(private(Secret::RoomJoined { situation: situation(), token: None }).is_empty());
    }
}

/// Plays a game by these choices and looks at every stage.
fn play(seed: [u8; 32], choices: &[u8]) {
    let rules = RuleSet::default().with_max_rounds(Some(2)).unwrap();
    let mut game = Game::new(rules, DeckSeed::from_bytes(seed)).0;
    let mut choices = choices.iter().cycle();
    loop {
        look(&game);
        let Some(seat) = game.table().pending().iter().next() else {
            match game.next_round() {
                Some(next) => game.apply(next),
                None => return,
            };
            continue;
        };
        let actions = game.legal_actions(seat);
        let number = usize::from(*choices.next().unwrap()) % actions.len();
        let action = actions.nth(number).unwrap();
        game.apply(game.check(seat, action).unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_told_a_piece_that_another_seat_holds(seed in any::<[u8; 32]>(), choices in vec(any::<u8>(), 1..64)) {
        play(seed, &choices);
    }
}
