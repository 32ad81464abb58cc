//! A simulated round played to its end, the last turns solved exactly: every seat plays for its own points, and a
//! little against the others'.

use game_rules::{BySeat, Play, Seat};

use super::simulation::Round;
use crate::reading::{choices, position::Position};

/// A round is solved once hands are down to this many pieces; each piece more costs some hundred times the work.
const SOLVABLE: usize = 2;
/// How many points of the other seats a seat gives up for one of its own.
const OWN: i32 = 8;

/// Plays on from the seat whose turn it is, and solves the last turns.
pub(crate) fn play_out(round: &mut Round, mut seat: Seat, mut policy: impl FnMut(Position<'_>) -> Play) {
    while !round.hands[seat].is_empty() {
        if round.facts.plays.is_empty() && round.hands[seat].len() <= SOLVABLE {
            round.solved = Some(solve(round, seat));
            return;
        }
        let play = policy(round.position(seat));
        seat = round.play(seat, play);
    }
}

/// Each seat's points for the round, before the multiplier, if nobody errs from here on.
fn solve(round: &Round, seat: Seat) -> BySeat<i32> {
    let hand = round.hands[seat];
    let mut best: Option<BySeat<i32>> = None;
    let mut consider = |play: Play| {
        let mut after = round.clone();
        let next = after.play(seat, play);
        let scores = solve(&after, next);
        if best.is_none_or(|best| worth(seat, &scores) > worth(seat, &best)) {
            best = Some(scores);
        }
    };
    if hand.len() == 1 {
        Play::new(hand).into_iter().for_each(&mut consider);
    } else if hand.len() > 1 {
        choices::plays(round.position(seat)).into_iter().for_each(&mut consider);
    }
    best.unwrap_or_else(|| round.scores())
}

fn worth(seat: Seat, scores: &BySeat<i32>) -> i32 {
    (OWN + 1) * scores[seat] - scores.values().sum::<i32>()
}
