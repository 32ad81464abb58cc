//! Games at every stage, found by playing.

use game_rules::{Action, DeckSeed, Game, Phase, PhaseKind, RedealDecision, RuleSet, Seat, SeatSet};

fn first(seats: SeatSet) -> Seat {
    seats.iter().next().unwrap()
}

fn begin(seed: u64) -> Game {
    let rules = RuleSet::default().with_max_rounds(Some(1)).unwrap();
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    Game::new(rules, DeckSeed::from_bytes(bytes)).0
}

/// Somebody was dealt a weak hand.
pub(crate) fn weak() -> Game {
    (0..).map(begin).find(|game| game.table().phase.kind() == PhaseKind::Preparation).unwrap()
}

/// Somebody was dealt a weak hand again after a redeal.
pub(crate) fn weak_again() -> Game {
    (0..)
        .map(begin)
        .filter(|game| game.table().phase.kind() == PhaseKind::Preparation)
        .map(|mut game| {
            while matches!(game.table().phase, Phase::Preparation(prepared) if !prepared.redealt) {
                let seat = first(game.table().pending());
                act(&mut game, seat, Action::Redeal(RedealDecision::Accept));
            }
            game
        })
        .find(|game| game.table().phase.kind() == PhaseKind::Preparation)
        .unwrap()
}

pub(crate) fn act(game: &mut Game, seat: Seat, action: Action) {
    let legal = game.check(seat, action).unwrap();
    game.apply(legal);
}

/// Takes the next step as the server would for a silent seat; a leader leads the largest set that it can.
fn step(game: &mut Game) -> bool {
    let pending = game.table().pending();
    if pending.is_empty() {
        return match game.next_round() {
            Some(next) => {
                game.apply(next);
                true
            }
            None => false,
        };
    }
    let seat = first(pending);
    let action = match &game.table().phase {
        Phase::Turn(turning) if turning.required.is_none() => game.legal_actions(seat).iter().last(),
        _ => game.automatic(seat),
    };
    act(game, seat, action.unwrap());
    true
}

/// Every stage of a whole game, from the first declaration to the end.
pub(crate) fn whole_game() -> Vec<Game> {
    let mut game = begin(7);
    let mut stages = vec![game.clone()];
    while step(&mut game) {
        stages.push(game.clone());
    }
    stages
}
