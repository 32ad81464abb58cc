//! The arena: many games between contestants, with the same results on any number of threads.

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

use self::game::Deck;

/// Which games to play.
#[derive(Clone, Copy, Debug)]
pub struct Arena {
    /// Who plays; in the first seating of a deck, contestant n has seat n.
    pub contestants: [Contestant; Seat::COUNT],
    /// The number of games, over all seatings.
    pub games: u64,
    /// Where the decks and the contestants' seeds come from: the same seed gives the same games.
    pub seed: u64,
    /// Whether each deck is played in all four seatings, so that its luck cancels; otherwise every game has its own
    /// deck.
    pub rotate: bool,
}

/// Returns the time, in nanoseconds from any fixed moment. The caller provides it, because bots know no clock.
pub type Clock = dyn Fn() -> u64 + Sync;

impl Arena {
    /// Plays all games on `threads` threads, at least 1, and calls `played` with the number of games after each deck.
    /// The tallies are in the order of the contestants; all but their times depend on the arena alone.
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
                // A panic ends the scope below, so a poisoned list is never read.
                results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((deck, tallies));
            }
        };
        thread::scope(|scope| {
            for _ in 0..threads.max(1) {
                scope.spawn(work);
            }
        });
        let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        // Threads finish in any order, and the sum of floats depends on the order.
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
    fn deck(&self, number: u64, clock: &Clock) -> [Tally; Seat::COUNT] {
        let mut tallies = [(); Seat::COUNT].map(|()| Tally::new());
        let deck = Deck::new(self.seed, number);
        let before = number * self.games_per_deck();
        for turn in 0..self.games_per_deck().min(self.games - before) {
            deck.play(&self.contestants, turn as usize, &mut tallies, clock);
        }
        tallies.iter_mut().for_each(Tally::close_deck);
        tallies
    }
}
