//! The actions of a seat, and the proof that one is legal.

use serde::{Deserialize, Serialize};

use crate::{Declaration, Play, Seat};

/// The answer of a seat with a weak hand to the offer of a redeal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RedealDecision {
    /// All hands are to be dealt again.
    Accept,
    /// The hand is kept.
    Decline,
}

/// An action of a seat. In a record it is `"accept"`, `"decline"`, `{"declare":3}`, `{"play":5}` with the pieces as
/// bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(from = "Recorded", into = "Recorded")]
pub enum Action {
    /// Accept or decline a redeal.
    Redeal(RedealDecision),
    /// Declare a number of piles.
    Declare(Declaration),
    /// Play pieces.
    Play(Play),
}

/// The stored form of an action. Records live forever, so it must not change.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Recorded {
    Accept,
    Decline,
    Declare(Declaration),
    Play(Play),
}

impl From<Action> for Recorded {
    fn from(action: Action) -> Self {
        match action {
            Action::Redeal(RedealDecision::Accept) => Self::Accept,
            Action::Redeal(RedealDecision::Decline) => Self::Decline,
            Action::Declare(declaration) => Self::Declare(declaration),
            Action::Play(play) => Self::Play(play),
        }
    }
}

impl From<Recorded> for Action {
    fn from(recorded: Recorded) -> Self {
        match recorded {
            Recorded::Accept => Self::Redeal(RedealDecision::Accept),
            Recorded::Decline => Self::Redeal(RedealDecision::Decline),
            Recorded::Declare(declaration) => Self::Declare(declaration),
            Recorded::Play(play) => Self::Play(play),
        }
    }
}

/// A checked step: the proof that the game may take it. Only [`Game::check`](crate::Game::check) and
/// [`Game::next_round`](crate::Game::next_round) create one, and it is valid only at the ply at which it was created.
#[derive(PartialEq, Eq, Debug)]
#[must_use = "nothing has happened until the game applies it"]
pub struct Legal {
    pub(crate) step: Step,
    pub(crate) ply: u32,
}

impl Legal {
    /// The seat and its action; `None` for the start of the next round.
    pub fn action(&self) -> Option<(Seat, Action)> {
        match self.step {
            Step::Act(seat, action) => Some((seat, action)),
            Step::NextRound => None,
        }
    }
}

/// A step of a game, one ply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    Act(Seat, Action),
    NextRound,
}
