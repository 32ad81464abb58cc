//! How bots decide: a [`View`](game_rules::View) in, an [`Action`](game_rules::Action) out.
//!
//! A decision depends on the brain's seed and the view alone: asked again with the same view, a brain answers the same.
//!
//! - `levels`: the bots of the rooms, a module each.
//! - `yardsticks`: players of the arena that the levels are measured against.
//! - `reading`: what follows from a position without playing on.
//! - `search`: simulated rounds, and the choice that does best in them.
//! - [`arena`]: many games between any of these.
//!
//! ```
//! use game_rules::{DeckSeed, Game, RuleSet};
//! use vocabulary::Difficulty;
//!
//! let (game, _) = Game::new(RuleSet::default(), DeckSeed::from_bytes([7; 32]));
//! let seat = game.table().pending().iter().next().expect("somebody has to act");
//! let action = bots::brain(Difficulty::Medium, 1).decide(&game.view(seat));
//! assert!(game.check(seat, action).is_ok());
//! ```

pub mod arena;
mod brain;
mod levels;
mod policy;
mod reading;
mod search;
mod yardsticks;

pub use brain::Brain;
pub use levels::{brain, is_deep};
