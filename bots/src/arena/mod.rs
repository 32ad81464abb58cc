//! The arena: many games between contestants, the same whatever the number of threads.

mod contestant;
mod game;
mod tally;
mod times;

use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

pub use contestant::{Contestant, UnknownContestant};
pub use tally::Tally;
pub use times::Times;

use game_rules::Seat;

/// What is to be played.
#[derive(Clone, Copy, Debug)]
pub struct Arena {
    /// Who plays.
    pub contestants: [Contestant; Seat::COUNT],
    /// How many games.
    pub games: u64,
    /// The same seed brings the same games.
    pub seed: u64,
    /// Whether every deck is dealt to all four seatings, so that its luck cancels; otherwise every game has its own deck.
    pub rotate: bool,
}

/// A clock that the arena is given, in nanoseconds from any point.
pub type Clock = dyn Fn() -> u64 + Sync;

impl Arena {
    /// Plays all games on so many threads; `played` is told after each deck how many games that were. The tallies stand in
    /// the order of the contestants and follow from the arena alone, but for the times.
    pub fn run(&self, threads: usize, clock: &Clock, played: &(dyn Fn(u64) + Sync)) -> [Tally; Seat::COUNT] {
        let decks = self.games.div_ceil(self.games_per_deck());
        let next = AtomicU64::new(0);
        let results = Mutex::new(Vec::new());
        let work = || {
            loop {
                let deck = next.fetch_add(1, Ordering::Relaxed);
                if deck >= decks {
                    return;
                }
                let tallies = self.deck(deck, clock);
                played(tallies[0].games);
                // A thread that panicked takes all with it, so that a poisoned list is never read.
                results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((deck, tallies));
            }
        };
        thread::scope(|scope| {
            for _ in 0..threads.max(1) {
                scope.spawn(work);
            }
        });
        let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        results.sort_by_key(|(deck, _)| *deck);
        let mut sums = [(); Seat::COUNT].map(|()| Tally::new());
        for (_, tallies) in &results {
            sums.iter_mut().zip(tallies).for_each(|(sum, tally)| sum.add(tally));
        }
        sums
    }

    fn games_per_deck(&self) -> u64 {
        if self.rotate { Seat::COUNT as u64 } else { 1 }
    }

    /// The games of one deck.
    fn deck(&self, deck: u64, clock: &Clock) -> [Tally; Seat::COUNT] {
        let mut tallies = [(); Seat::COUNT].map(|()| Tally::new());
        let before = deck * self.games_per_deck();
        for turn in 0..self.games_per_deck().min(self.games - before) {
            game::play(self, deck, turn as usize, &mut tallies, clock);
        }
        tallies.iter_mut().for_each(Tally::close_deck);
        tallies
    }
}
