//! Foresight: a round played on by a player who sees all hands and looks one play ahead at each of its own turns.

use game_rules::{Play, Seat};
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};

use super::opponent_model::OpponentModel;
use crate::{
    levels::{hard, medium},
    reading::choices,
    search::{endgame, simulation::Round},
};

/// How many plays are tried at each of its own turns: those that Hard values most.
const ENTRANTS: usize = 5;

/// Plays to the end of the round from the seat whose turn it is.
pub(crate) fn play_out(round: &mut Round, mut seat: Seat, own: Seat, model: OpponentModel, rng: &mut ChaCha8Rng) {
    while !round.hands[seat].is_empty() {
        let play = if seat == own { choose(round, own, model, rng) } else { model.play(round.position(seat), rng) };
        seat = round.play(seat, play);
    }
}

/// The play that wins the game most often if the seat goes on as Hard does.
fn choose(round: &Round, own: Seat, model: OpponentModel, rng: &mut ChaCha8Rng) -> Play {
    let position = round.position(own);
    let plays = hard::favourites(position, ENTRANTS);
    if let [only] = plays[..] {
        return only;
    }
    let seed = rng.random();
    let value = |play: &Play| {
        let mut after = round.clone();
        // The same randomness for every play, so that only the plays differ.
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let next = after.play(own, *play);
        endgame::play_out(&mut after, next, |position| model.play(position, &mut rng));
        after.win_probability(own)
    };
    let values: arrayvec::ArrayVec<f32, ENTRANTS> = plays.iter().map(value).collect();
    choices::best(&plays, &values).unwrap_or_else(|| medium::lowest(position))
}
