//! How bots decide: a [`View`] in, an [`Action`] out.
//!
//! A decision follows from the brain's seed and the view alone: asked again for the same view, a brain answers the same.
//! Every level is a file of its own; what they share is named after the idea.
//!
//! ```
//! use bots::Level;
//! use game_rules::{DeckSeed, Game, RuleSet};
//!
//! let (game, _) = Game::new(RuleSet::default(), DeckSeed::from_bytes([7; 32]));
//! let seat = game.table().pending().iter().next().expect("somebody has to act");
//! let action = Level::Medium.brain(1).decide(&game.view(seat));
//! assert!(game.check(seat, action).is_ok());
//! ```

use game_rules::{Action, View};

pub mod arena;
mod baseline;
mod choices;
mod clairvoyant;
mod crowd;
mod easy;
mod endgame;
mod expert;
mod follow;
mod foresight;
mod guess;
mod hard;
mod lead;
mod medium;
mod need;
mod odds;
mod original;
mod policy;
mod position;
mod prospect;
mod race;
mod redeal;
mod search;
mod simulation;
mod stakes;
mod strength;

/// Decides for one seat.
pub trait Brain: Send {
    /// The seat's next action; it is asked only when the seat has to act. It is legal whenever a legal one exists.
    fn decide(&mut self, view: &View) -> Action;

    /// The same for a live table: a deep brain thinks until `enough` says that it is time to answer, which it asks often.
    fn decide_until(&mut self, view: &View, enough: &dyn Fn() -> bool) -> Action {
        let _ = enough;
        self.decide(view)
    }
}

/// How well a bot plays.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Level {
    /// Plays by whim, but not foolishly.
    Easy,
    /// Knows what a hand is worth and plays to its declaration.
    Medium,
    /// Counts pieces and weighs chances, and spoils a little.
    Hard,
    /// Plays every choice out against many deals that the others may hold.
    Expert,
}

impl Level {
    /// A brain. The same seed and the same views bring the same decisions.
    pub fn brain(self, seed: u64) -> Box<dyn Brain + Send> {
        match self {
            Self::Easy => policy::brain(easy::Easy, seed),
            Self::Medium => policy::brain(medium::Medium, seed),
            Self::Hard => policy::brain(hard::Hard, seed),
            Self::Expert => policy::brain(expert::Expert, seed),
        }
    }

    /// Whether a decision may take longer than a millisecond.
    pub fn is_deep(self) -> bool {
        matches!(self, Self::Expert)
    }
}
