//! Hidden stays hidden: whatever is played, nobody is told a piece that another seat holds.

use contracts::{
    Contract,
    battles::{
        Battles,
        server::{Battle, GameState},
    },
};
use game_rules::{DeckSeed, Game, Piece, PieceSet, RuleSet, Seat};
use proptest::{collection::vec, prelude::*};
use serde_json::Value;
use vocabulary::{By, LastAction, PrivateNotice, PublicNotice, Reply, Secret, Situation};

use crate::{json, moments, samples};

/// All pieces that are named anywhere in it.
fn pieces(value: &Value) -> PieceSet {
    match value {
        Value::String(text) => text.parse::<Piece>().map_or(PieceSet::EMPTY, |piece| PieceSet::EMPTY.with(piece)),
        Value::Array(items) => items.iter().fold(PieceSet::EMPTY, |all, item| all | pieces(item)),
        Value::Object(fields) => fields.values().fold(PieceSet::EMPTY, |all, field| all | pieces(field)),
        Value::Null | Value::Bool(_) | Value::Number(_) => PieceSet::EMPTY,
    }
}

/// What this seat may not know; none for one who watches.
fn hidden(game: &Game, viewer: Option<Seat>) -> PieceSet {
    let others = Seat::ALL.into_iter().filter(|seat| Some(*seat) != viewer);
    others.fold(PieceSet::EMPTY, |all, seat| all | game.view(seat).hand())
}

fn tells_nothing_of(secret: PieceSet, text: &str) {
    let told = pieces(&json(text));
    assert!((told & secret).is_empty(), "{:?} in {text}", told & secret);
}

/// Everything that is told when a game stands like this.
fn look(game: &Game, situation: &Situation) {
    let stamp = samples::numbered();
    let secret = hidden(game, None);
    for notice in [
        PublicNotice::PhaseChanged(situation.clone()),
        PublicNotice::GameStarted { deck_commitment: "ab".repeat(32), situation: situation.clone() },
    ] {
        tells_nothing_of(secret, &Battles::public(&notice, &stamp).unwrap());
    }
    tells_nothing_of(secret, &serde_json::to_string(&Battle::of(situation, crate::NOW)).unwrap());
    let watching = Reply::Attending(moments::attendance(situation.clone(), None, None));
    tells_nothing_of(secret, &Battles::reply(&watching, &stamp).unwrap());
    for seat in Seat::ALL {
        let (hand, secret) = (game.view(seat).hand(), hidden(game, Some(seat)));
        let state = serde_json::to_string(&GameState::of(situation, Some((seat, Some(hand))))).unwrap();
        tells_nothing_of(secret, &state);
        assert_eq!(pieces(&json(&state)["hand"]), hand, "the own pieces are all there");
        let mut attendance = moments::attendance(situation.clone(), Some(seat), Some(1));
        attendance.hand = Some(hand);
        tells_nothing_of(secret, &Battles::reply(&Reply::Attending(attendance), &stamp).unwrap());
        let notice = PrivateNotice { seat, secret: Secret::Hand(hand) };
        tells_nothing_of(secret, &Battles::private(&notice, &stamp).unwrap());
    }
}

/// Plays a game by these choices and looks at every stage.
fn play(seed: [u8; 32], choices: &[u8]) {
    let rules = RuleSet::default().with_max_rounds(Some(2)).unwrap();
    let mut game = Game::new(rules, DeckSeed::from_bytes(seed)).0;
    let mut last = None;
    let mut choices = choices.iter().cycle();
    loop {
        let situation = Situation { last_action: last, ..samples::playing(&game) };
        look(&game, &situation);
        let Some(seat) = game.table().pending().iter().next() else {
            // What was played in the round before may be in any hand of the next.
            last = None;
            match game.next_round() {
                Some(next) => game.apply(next),
                None => return,
            };
            continue;
        };
        let actions = game.legal_actions(seat);
        let number = usize::from(*choices.next().unwrap()) % actions.len();
        let action = actions.nth(number).unwrap();
        let deals = game.table().deals;
        game.apply(game.check(seat, action).unwrap());
        last = (game.table().deals == deals).then_some(LastAction { seat, action, by: By::Player });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_told_a_piece_that_another_seat_holds(seed in any::<[u8; 32]>(), choices in vec(any::<u8>(), 1..64)) {
        play(seed, &choices);
    }
}

#[test]
fn the_look_for_pieces_finds_them() {
    let told = pieces(&json(r#"{"a":[{"pieceIds":["p3"]},{"id":"p32"}],"b":"p33"}"#));
    assert_eq!(told.iter().map(|piece| piece.to_string()).collect::<Vec<_>>(), ["p3", "p32"]);
}
