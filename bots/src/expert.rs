//! Expert: plays every choice out against many deals that the others may hold.

use arrayvec::ArrayVec;
use game_rules::{BySeat, Declaration, DeclarationSet, Play, Seat};
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};

use crate::{crowd::Crowd, guess, hard, medium, policy::Policy, position::Position, simulation::Round};

/// How many plays are played out: those that Hard likes best.
const ENTRANTS: usize = 16;
/// Against how many deals each of them is played out.
const TRIALS: usize = 8;
/// How many of the best are then looked at more closely.
const FINALISTS: usize = 6;
/// Against how many deals more these are played out.
const FINAL_TRIALS: usize = 52;

/// Monte Carlo: the choice whose rounds end best on average when the seat goes on as Hard would. The work is counted
/// in deals, not in time, so that the same position always gets the same answer.
pub(crate) struct Expert;

impl Policy for Expert {
    fn declare(&self, position: Position<'_>, legal: DeclarationSet, rng: &mut ChaCha8Rng) -> Declaration {
        let choices: ArrayVec<Declaration, 9> = legal.iter().collect();
        let seat = position.seat;
        best(position, &choices, rng, |round, declaration, crowd, rng| {
            round.facts.declared[seat] = Some(declaration);
            round.declare_on(seat.next(), |position| crowd.declare(position, rng));
            if let Some(starter) = round.facts.starter {
                round.play_on(starter, |position| crowd.play(position, rng));
            }
        })
        .unwrap_or_else(|| medium::declare(position, legal))
    }

    fn play(&self, position: Position<'_>, rng: &mut ChaCha8Rng) -> Play {
        let choices = hard::favourites(position, ENTRANTS);
        let seat = position.seat;
        best(position, &choices, rng, |round, play, crowd, rng| {
            let next = round.play(seat, play);
            round.play_on(next, |position| crowd.play(position, rng));
        })
        .unwrap_or_else(|| medium::lowest(position))
    }
}

/// A choice and the sum of its margins.
type Sum<C> = (C, f32);

/// The choice with the highest sum of margins; the first on a tie.
fn best<C: Copy>(
    position: Position<'_>,
    choices: &[C],
    rng: &mut ChaCha8Rng,
    finish: impl Fn(&mut Round, C, Crowd, &mut ChaCha8Rng),
) -> Option<C> {
    if choices.len() < 2 {
        return choices.first().copied();
    }
    let mut sums: ArrayVec<Sum<C>, ENTRANTS> = choices.iter().take(ENTRANTS).map(|choice| (*choice, 0.0)).collect();
    try_out(position, &mut sums, TRIALS, rng, &finish);
    sums.sort_by(|a, b| b.1.total_cmp(&a.1));
    sums.truncate(FINALISTS);
    try_out(position, &mut sums, FINAL_TRIALS, rng, &finish);
    let better = |best: Sum<C>, next: Sum<C>| if next.1 > best.1 { next } else { best };
    sums.into_iter().reduce(better).map(|(choice, _)| choice)
}

/// Plays every choice out against the same deals.
fn try_out<C: Copy>(
    position: Position<'_>,
    sums: &mut [Sum<C>],
    deals: usize,
    rng: &mut ChaCha8Rng,
    finish: impl Fn(&mut Round, C, Crowd, &mut ChaCha8Rng),
) {
    for _ in 0..deals {
        let hands = guess::hands(position, rng);
        let crowd = Crowd::around(position.seat, rng);
        let whim = rng.random();
        for (choice, sum) in &mut *sums {
            let mut round = Round { facts: position.facts.clone(), hands };
            // The same whims for every choice.
            finish(&mut round, *choice, crowd, &mut ChaCha8Rng::seed_from_u64(whim));
            *sum += margin(position.seat, round.scores());
        }
    }
}

/// The own points less the mean of the others'.
fn margin(own: Seat, scores: BySeat<i32>) -> f32 {
    let others: i32 = Seat::ALL.into_iter().filter(|seat| *seat != own).map(|seat| scores[seat]).sum();
    scores[own] as f32 - others as f32 / 3.0
}
