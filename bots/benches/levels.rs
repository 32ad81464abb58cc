//! How well each level plays against the others, and how long it thinks.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints what it found")]

#[path = "../tests/games_of_bots/mod.rs"]
mod games_of_bots;

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use bots::{Brain, Level};
use game_rules::{Action, RuleSet, Seat, View};
use games_of_bots::{duel, play};

/// A brain that notes how long it takes.
struct Timed(Box<dyn Brain + Send>, Arc<Mutex<Vec<Duration>>>);

impl Brain for Timed {
    fn decide(&mut self, view: &View) -> Action {
        let start = Instant::now();
        let action = self.0.decide(view);
        self.1.lock().unwrap().push(start.elapsed());
        action
    }
}

fn strength(one: Level, three: Level, games: u64) {
    let standing = duel(one, three, games);
    let rounds = f64::from(standing.rounds);
    println!(
        "{one:?} against three {three:?}: {:.1} % of {games} games, {:.2} points a round, {:.1} % exact, {:.1} rounds a game",
        100.0 * standing.wins / games as f64,
        standing.points as f64 / rounds,
        100.0 * f64::from(standing.exact) / rounds,
        rounds / games as f64,
    );
}

fn pace(level: Level, games: u64) {
    let times = Arc::default();
    for number in 0..games {
        let mut brains = Seat::ALL.map(|seat| {
            let brain = level.brain(seat.index() as u64);
            Box::new(Timed(brain, Arc::clone(&times))) as Box<dyn Brain + Send>
        });
        play(RuleSet::default(), number, &mut brains, |_, _| {});
    }
    let mut times = times.lock().unwrap().clone();
    times.sort();
    let at = |percent| times[(times.len() - 1) * percent / 100];
    println!("{level:?} decides in {:?} (median), {:?} (99 %)", at(50), at(99));
}

fn main() {
    for level in [Level::Easy, Level::Medium, Level::Hard] {
        pace(level, 100);
    }
    pace(Level::Expert, 4);
    for (one, three, games) in [
        (Level::Medium, Level::Easy, 1_000),
        (Level::Hard, Level::Easy, 1_000),
        (Level::Hard, Level::Medium, 1_000),
        (Level::Expert, Level::Hard, 40),
    ] {
        strength(one, three, games);
    }
}
