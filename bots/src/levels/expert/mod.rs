//! Expert: plays every choice out against many deals that the others may hold, for the chance to win the game.

mod crowd;
mod foresight;

use arrayvec::ArrayVec;
use game_rules::{Action, BySeat, Declaration, DeclarationSet, LegalActions, PieceSet, Play, RedealDecision, Seat};
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};

use self::crowd::Crowd;
use crate::{
    levels::hard,
    policy::{Enough, Policy},
    reading::position::Position,
    search::{self, Budget, guess, simulation::Round},
};

/// How many plays are played out: those that Hard likes best.
const ENTRANTS: usize = 16;
/// How many rounds are played out for one decision where time does not count.
const TRIALS: usize = 600;

/// How long to search, and in what.
#[derive(Clone, Copy)]
pub(crate) struct Depth<'a> {
    pub(crate) budget: Budget<'a>,
    /// All hands, for who knows them; otherwise they are guessed.
    pub(crate) hands: Option<BySeat<PieceSet>>,
}

impl Depth<'_> {
    /// Plays a trial on to its end; who knows all hands looks at its own later plays, too.
    fn play_out(&self, round: &mut Round, seat: Seat, own: Seat, crowd: Crowd, rng: &mut ChaCha8Rng) {
        match self.hands {
            Some(_) => foresight::play_out(round, seat, own, crowd, rng),
            None => round.play_out(seat, |position| crowd.play(position, rng)),
        }
    }
}

/// The search of simulations.
pub(crate) const GUESSED: Depth<'_> = Depth { budget: Budget::Trials(TRIALS), hands: None };

/// Information-set search: the choice with which the game is won most often, when the seat goes on as Hard would and the
/// others as their points so far suggest. In simulations the work is counted in rounds, not in time, so that the same
/// position always gets the same answer.
pub(crate) struct Expert;

impl Policy for Expert {
    fn redeal(&self, position: Position<'_>, rng: &mut ChaCha8Rng) -> RedealDecision {
        hard::Hard.redeal(position, rng)
    }

    fn declare(&self, position: Position<'_>, legal: DeclarationSet, rng: &mut ChaCha8Rng) -> Declaration {
        declare(position, legal, GUESSED, rng)
    }

    fn play(&self, position: Position<'_>, rng: &mut ChaCha8Rng) -> Play {
        play(position, GUESSED, rng)
    }

    fn decide_until(
        &self,
        position: Position<'_>,
        legal: &LegalActions,
        rng: &mut ChaCha8Rng,
        enough: Enough<'_>,
    ) -> Option<Action> {
        match legal {
            LegalActions::Declare(set) => {
                Some(Action::Declare(declare(position, *set, Depth { budget: Budget::Until(enough), ..GUESSED }, rng)))
            }
            LegalActions::Lead(_) | LegalActions::Follow { .. } => {
                Some(Action::Play(play(position, Depth { budget: Budget::Until(enough), ..GUESSED }, rng)))
            }
            LegalActions::Redeal | LegalActions::None => self.decide(position, legal, rng),
        }
    }
}

/// The declaration with which the game is won most often; that of Hard where the budget is too small for a search.
pub(crate) fn declare(
    position: Position<'_>,
    legal: DeclarationSet,
    depth: Depth<'_>,
    rng: &mut ChaCha8Rng,
) -> Declaration {
    let choices: ArrayVec<Declaration, 9> = legal.iter().collect();
    let seat = position.seat;
    search::best(&choices, depth.budget, |choices, values| {
        try_out(position, depth.hands, choices, values, rng, |round, declaration, crowd, rng| {
            round.facts.declared[seat] = Some(declaration);
            round.declare_on(seat.next(), |position| crowd.declare(position, rng));
            if let Some(starter) = round.facts.starter {
                depth.play_out(round, starter, seat, crowd, rng);
            }
        });
    })
    .unwrap_or_else(|| hard::declare(position, legal))
}

/// The play with which the game is won most often; that of Hard where the budget is too small for a search.
pub(crate) fn play(position: Position<'_>, depth: Depth<'_>, rng: &mut ChaCha8Rng) -> Play {
    let choices = hard::favourites(position, ENTRANTS);
    let seat = position.seat;
    search::best(&choices, depth.budget, |choices, values| {
        try_out(position, depth.hands, choices, values, rng, |round, play, crowd, rng| {
            let next = round.play(seat, play);
            depth.play_out(round, next, seat, crowd, rng);
        });
    })
    .unwrap_or_else(|| hard::play(position))
}

/// Plays every choice out against one deal and tells how likely the game is won after it.
fn try_out<C: Copy>(
    position: Position<'_>,
    hands: Option<BySeat<PieceSet>>,
    choices: &[C],
    values: &mut [f32],
    rng: &mut ChaCha8Rng,
    finish: impl Fn(&mut Round, C, Crowd, &mut ChaCha8Rng),
) {
    let hands = hands.unwrap_or_else(|| guess::hands(position, rng));
    let crowd = Crowd::around(position, rng);
    let whim = rng.random();
    for (choice, value) in choices.iter().zip(values) {
        let mut round = Round::of(position.facts.clone(), hands);
        // The same whims for every choice.
        finish(&mut round, *choice, crowd, &mut ChaCha8Rng::seed_from_u64(whim));
        *value = round.win_share(position.seat);
    }
}
