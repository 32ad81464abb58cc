//! Expert: plays out every choice against many deals that the others may hold, to win the game rather than the round.

mod foresight;
mod opponent_model;

use arrayvec::ArrayVec;
use game_rules::{Action, BySeat, Declaration, DeclarationSet, LegalActions, PieceSet, Play, RedealDecision, Seat};
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};

use self::opponent_model::OpponentModel;
use crate::{
    levels::hard,
    policy::{Enough, Policy},
    reading::position::Position,
    search::{self, Budget, determinize, endgame, simulation::Round},
};

/// How many plays are searched: those that Hard values most.
const ENTRANTS: usize = 16;
/// How many rounds are simulated for one decision if no clock limits it.
const TRIALS: usize = 600;

/// How long to search, and in which deals.
#[derive(Clone, Copy)]
pub(crate) struct Depth<'a> {
    pub(crate) budget: Budget<'a>,
    /// All hands, if they are known; otherwise each trial has a deal of its own that the seat considers possible.
    pub(crate) hands: Option<BySeat<PieceSet>>,
}

impl Depth<'_> {
    /// Plays a trial to its end. A player who knows all hands also looks ahead at its own later plays; without them
    /// that would only find what beats the imagined deal.
    fn play_out(&self, round: &mut Round, seat: Seat, own: Seat, model: OpponentModel, rng: &mut ChaCha8Rng) {
        match self.hands {
            Some(_) => foresight::play_out(round, seat, own, model, rng),
            None => endgame::play_out(round, seat, |position| model.play(position, rng)),
        }
    }
}

/// The search without a clock. The work is counted in rounds rather than time, so that the same position always gets
/// the same answer, on every machine.
const UNTIMED: Depth<'_> = Depth { budget: Budget::Trials(TRIALS), hands: None };

/// Searches over information sets: takes the choice that wins the game most often, if the seat goes on as Hard does and
/// the others as the opponent model says.
pub(crate) struct Expert;

impl Policy for Expert {
    fn redeal(&self, position: Position<'_>, rng: &mut ChaCha8Rng) -> RedealDecision {
        hard::Hard.redeal(position, rng)
    }

    fn declare(&self, position: Position<'_>, legal: DeclarationSet, rng: &mut ChaCha8Rng) -> Declaration {
        declare(position, legal, UNTIMED, rng)
    }

    fn play(&self, position: Position<'_>, rng: &mut ChaCha8Rng) -> Play {
        play(position, UNTIMED, rng)
    }

    fn decide_until(
        &self,
        position: Position<'_>,
        legal: &LegalActions,
        rng: &mut ChaCha8Rng,
        enough: Enough<'_>,
    ) -> Option<Action> {
        decide(position, legal, Depth { budget: Budget::Until(enough), ..UNTIMED }, rng)
    }
}

/// One of the legal actions, searched for this deep; `None` if there is none. A redeal is decided as Hard decides it.
pub(crate) fn decide(
    position: Position<'_>,
    legal: &LegalActions,
    depth: Depth<'_>,
    rng: &mut ChaCha8Rng,
) -> Option<Action> {
    match legal {
        LegalActions::Declare(set) => Some(Action::Declare(declare(position, *set, depth, rng))),
        LegalActions::Lead(_) | LegalActions::Follow { .. } => Some(Action::Play(play(position, depth, rng))),
        LegalActions::Redeal | LegalActions::None => hard::Hard.decide(position, legal, rng),
    }
}

/// The declaration that wins the game most often, or Hard's if the budget is too small to compare any.
fn declare(position: Position<'_>, legal: DeclarationSet, depth: Depth<'_>, rng: &mut ChaCha8Rng) -> Declaration {
    let choices: ArrayVec<Declaration, 9> = legal.iter().collect();
    let seat = position.seat;
    search::best(&choices, depth.budget, |choices, values| {
        try_out(position, depth.hands, choices, values, rng, |round, declaration, model, rng| {
            round.facts.declared[seat] = Some(declaration);
            round.declare_on(seat.next(), |position| model.declare(position, rng));
            if let Some(starter) = round.facts.starter {
                depth.play_out(round, starter, seat, model, rng);
            }
        });
    })
    .unwrap_or_else(|| hard::declare(position, legal))
}

/// The play that wins the game most often, or Hard's if the budget is too small to compare any.
fn play(position: Position<'_>, depth: Depth<'_>, rng: &mut ChaCha8Rng) -> Play {
    let choices = hard::favourites(position, ENTRANTS);
    let seat = position.seat;
    search::best(&choices, depth.budget, |choices, values| {
        try_out(position, depth.hands, choices, values, rng, |round, play, model, rng| {
            let next = round.play(seat, play);
            depth.play_out(round, next, seat, model, rng);
        });
    })
    .unwrap_or_else(|| hard::play(position))
}

/// Plays out every choice in one deal, and sets each value to the probability of winning the game after it.
fn try_out<C: Copy>(
    position: Position<'_>,
    hands: Option<BySeat<PieceSet>>,
    choices: &[C],
    values: &mut [f32],
    rng: &mut ChaCha8Rng,
    finish: impl Fn(&mut Round, C, OpponentModel, &mut ChaCha8Rng),
) {
    let hands = hands.unwrap_or_else(|| determinize::hands(position, rng));
    let model = OpponentModel::draw(position, rng);
    let seed = rng.random();
    for (choice, value) in choices.iter().zip(values) {
        let mut round = Round::of(position.facts.clone(), hands);
        // The same randomness for every choice, so that only the choices differ.
        finish(&mut round, *choice, model, &mut ChaCha8Rng::seed_from_u64(seed));
        *value = round.win_probability(position.seat);
    }
}
