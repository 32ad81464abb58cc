//! How long decisions take, in release; no test of it, for it depends on the machine.

#![allow(clippy::unwrap_used, reason = "a test may fail by it")]

mod common;

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use bots::{Brain, Level};
use common::play;
use game_rules::{Action, RuleSet, Seat, View};

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

#[test]
#[ignore = "figures in release"]
fn how_long_decisions_take() {
    for (level, games) in [
        (Level::Easy, 100),
        (Level::Medium, 100),
        (Level::Hard, 100),
        (Level::Expert, 8),
    ] {
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
        #[expect(clippy::print_stdout, reason = "the figures are what it is run for")]
        {
            println!(
                "{level:?}: median {:?}, 99 % {:?}, most {:?}",
                at(50),
                at(99),
                at(100)
            );
        }
    }
}
