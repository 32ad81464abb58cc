//! Who can play in the arena: the levels of the rooms, two yardsticks, and one that sees all hands.

use std::{fmt, str::FromStr};

use game_rules::{Action, Game, RedealDecision, Seat};
use vocabulary::Difficulty;

use crate::{
    brain::{self, Brain},
    levels,
    yardsticks::{baseline::Baseline, clairvoyant::Clairvoyant, original::Original},
};

/// A player of the arena. Rooms take a [`Difficulty`], so neither a yardstick nor the clairvoyant can be seated there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Contestant {
    /// A level of the rooms, which decides from a view.
    Level(Difficulty),
    /// The bot of the original server, which decides from a view.
    Original,
    /// A few rules that know their target, which decide from a view.
    Baseline,
    /// Sees all hands, and so marks the upper bound.
    Clairvoyant,
}

impl Contestant {
    /// All contestants, the levels of the rooms first.
    pub const ALL: [Self; 7] = [
        Self::Level(Difficulty::Easy),
        Self::Level(Difficulty::Medium),
        Self::Level(Difficulty::Hard),
        Self::Level(Difficulty::Expert),
        Self::Original,
        Self::Baseline,
        Self::Clairvoyant,
    ];

    /// The contestant's name on the command line, such as `hard`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Level(level) => level.as_str(),
            Self::Original => "original",
            Self::Baseline => "baseline",
            Self::Clairvoyant => "clairvoyant",
        }
    }

    /// A player for one game, whose randomness comes from the seed.
    pub(crate) fn sit(self, seed: u64) -> Player {
        match self {
            Self::Level(level) => Player::Brain(levels::brain(level, seed)),
            Self::Original => Player::Brain(brain::following(Original, seed)),
            Self::Baseline => Player::Brain(brain::following(Baseline, seed)),
            Self::Clairvoyant => Player::Clairvoyant(Clairvoyant { seed }),
        }
    }
}

impl fmt::Display for Contestant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text is not the name of a contestant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownContestant;

impl fmt::Display for UnknownContestant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a seat is one of ")?;
        let names = Contestant::ALL.map(Contestant::as_str);
        f.write_str(&names.join(", "))
    }
}

impl std::error::Error for UnknownContestant {}

impl FromStr for Contestant {
    type Err = UnknownContestant;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|contestant| contestant.as_str() == text).ok_or(UnknownContestant)
    }
}

/// A contestant in a game. Only the arena has one, and only the arena has a whole [`Game`] to show it.
pub(crate) enum Player {
    Brain(Box<dyn Brain + Send>),
    Clairvoyant(Clairvoyant),
}

impl Player {
    /// Returns the next action of the seat whose turn it is. All but the clairvoyant see no more than the seat's view.
    pub(crate) fn decide(&mut self, game: &Game, seat: Seat) -> Action {
        match self {
            Self::Brain(brain) => brain.decide(&game.view(seat)),
            Self::Clairvoyant(clairvoyant) => {
                clairvoyant.decide(game, seat).unwrap_or(Action::Redeal(RedealDecision::Decline))
            }
        }
    }
}
