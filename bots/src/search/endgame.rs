//! The last turns solved exactly, all hands known: everybody plays for its own points and a little against the others'.

use game_rules::{BySeat, Play, Seat};

use super::simulation::Round;
use crate::reading::choices;

/// How many own points outweigh one of the others'.
const OWN: i32 = 8;

/// What the round brings each seat, before the multiplier, when nobody errs from here on.
pub(crate) fn solve(round: &Round, seat: Seat) -> BySeat<i32> {
    if round.hands[seat].is_empty() {
        return round.scores();
    }
    let last = round.hands[seat].len() == 1;
    let mut best: Option<BySeat<i32>> = None;
    let mut consider = |play: Play| {
        let mut after = round.clone();
        let next = after.play(seat, play);
        let scores = solve(&after, next);
        if best.is_none_or(|best| worth(seat, &scores) > worth(seat, &best)) {
            best = Some(scores);
        }
    };
    if last {
        Play::new(round.hands[seat]).into_iter().for_each(&mut consider);
    } else {
        choices::plays(round.position(seat)).into_iter().for_each(&mut consider);
    }
    best.unwrap_or_else(|| round.scores())
}

fn worth(seat: Seat, scores: &BySeat<i32>) -> i32 {
    (OWN + 1) * scores[seat] - scores.values().sum::<i32>()
}
