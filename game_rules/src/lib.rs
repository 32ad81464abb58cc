//! The rules of Liap Tui, the Chinese-Thai game of declared piles, as a value: no clock, no I/O, no randomness but the
//! seed's. [`Game::check`] checks an action against the rules, [`Game::apply`] takes the checked step, [`Game::view`]
//! returns what one seat may know.
//!
//! ```
//! use game_rules::{Action, DeckSeed, Event, Game, Phase, RuleSet};
//!
//! let (mut game, events) = Game::new(RuleSet::default(), DeckSeed::from_bytes([7; 32]));
//! assert_eq!(events[0], Event::RoundStarted { round: 1 });
//!
//! // Weak hands decline a redeal, and every seat declares what the server declares after a time-out.
//! while !matches!(game.table().phase, Phase::Turn(_)) {
//!     let seat = game.table().pending().iter().next().expect("somebody has to act");
//!     let action = game.automatic(seat).expect("the seat has to act");
//!     let legal = game.check(seat, action)?;
//!     game.apply(legal);
//! }
//!
//! // One turn: the leader plays its strongest set, the others the first pieces allowed.
//! let mut events = Vec::new();
//! while game.table().turns.is_empty() {
//!     let seat = game.table().pending().iter().next().expect("somebody has to act");
//!     let view = game.view(seat);
//!     let actions = view.legal_actions();
//!     let number = if view.hand().len() == 8 { actions.len() - 1 } else { 0 };
//!     let action = actions.nth(number).expect("there is always a legal action");
//!     events = game.apply(game.check(seat, action)?).to_vec();
//! }
//! let winner = game.table().last_winner().expect("the turn is complete");
//! assert!(matches!(events[1], Event::TurnWon { seat, .. } if seat == winner));
//!
//! // A refusal names the rule that was broken, and the game has not changed.
//! let late = game.automatic(winner).expect("the winner leads");
//! assert!(game.check(winner.next(), late).is_err());
//! # Ok::<(), game_rules::Refusal>(())
//! ```
//!
//! The types are named as players name things: a [`Piece`] and sets of them, a [`Play`] and its [`PlayType`], a
//! [`Declaration`], the [`Table`] that everybody sees with its [`Phase`], a [`View`] with one seat's hand. A [`Record`]
//! is a whole game in its shortest form.

mod action;
mod automatic;
mod deal;
mod deck;
mod declaration;
mod event;
mod game;
mod legal;
mod phase;
mod piece;
mod piece_set;
mod pile;
mod play;
mod record;
mod refusal;
mod rule_set;
mod score;
mod seat;
mod step;
mod subsets;
mod table;
mod valid_sets;
mod view;

pub use action::{Action, Legal, RedealDecision};
pub use deal::{DeckSeed, ParseDeckSeedError, is_weak};
pub use deck::StackedDeckError;
pub use declaration::{Declaration, DeclarationSet, DeclarationTurn, IllegalDeclaration, InvalidDeclaration};
pub use event::{Event, Events};
pub use game::Game;
pub use legal::LegalActions;
pub use phase::{Declaring, GameResult, Phase, PhaseKind, Preparation, RoundResult, Turning};
pub use piece::{Color, ParsePieceError, Piece, Rank};
pub use piece_set::PieceSet;
pub use pile::{Comparison, CompetingTypes, compare, turn_winner};
pub use play::{InvalidPlaySize, ParsePlayTypeError, Play, PlayType};
pub use record::{Record, ReplayError};
pub use refusal::Refusal;
pub use rule_set::{RuleSet, RuleSetError};
pub use score::{RoundScore, base_score};
pub use seat::{BySeat, InvalidSeat, Seat, SeatSet};
pub use table::{StarterReason, Table, Turn};
pub use valid_sets::{MOST_VALID_SETS, ValidSets, valid_sets};
pub use view::View;

/// The number of pieces that each seat is dealt.
pub const HAND_SIZE: usize = 8;
