//! A round played on by one who sees all hands and looks one play ahead at each of its own turns.

use game_rules::{Play, Seat};
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};

use super::crowd::Crowd;
use crate::{
    levels::{hard, medium},
    reading::choices,
    search::simulation::Round,
};

/// How many of its own later plays are tried: those that Hard likes best.
const ENTRANTS: usize = 5;

/// Plays to the end of the round from the seat whose turn it is.
pub(crate) fn play_out(round: &mut Round, mut seat: Seat, own: Seat, crowd: Crowd, rng: &mut ChaCha8Rng) {
    while !round.hands[seat].is_empty() {
        let play = if seat == own { choose(round, own, crowd, rng) } else { crowd.play(round.position(seat), rng) };
        seat = round.play(seat, play);
    }
}

/// The play after which the game is won most likely when the seat then goes on as Hard.
fn choose(round: &Round, own: Seat, crowd: Crowd, rng: &mut ChaCha8Rng) -> Play {
    let position = round.position(own);
    let plays = hard::favourites(position, ENTRANTS);
    if let [only] = plays[..] {
        return only;
    }
    let whim = rng.random();
    let value = |play: &Play| {
        let mut after = round.clone();
        // The same whims for every play.
        let mut rng = ChaCha8Rng::seed_from_u64(whim);
        let next = after.play(own, *play);
        after.play_out(next, |position| crowd.play(position, &mut rng));
        after.win_share(own)
    };
    let values: arrayvec::ArrayVec<f32, ENTRANTS> = plays.iter().map(value).collect();
    choices::best(&plays, &values).unwrap_or_else(|| medium::lowest(position))
}
