//! What a seat can do, and the proof that it may.

use serde::{Deserialize, Serialize};

use crate::{Declaration, Play, Seat};

/// The answer of a weak hand to the offer of a redeal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RedealDecision {
    /// A new deal, please.
    Accept,
    /// The hand stays.
    Decline,
}

/// What a seat does. In a record: `"accept"`, `"decline"`, `{"declare":3}`, `{"play":5}` with the pieces as bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(from = "Recorded", into = "Recorded")]
pub enum Action {
    /// It accepts or declines a redeal.
    Redeal(RedealDecision),
    /// It declares a number of piles.
    Declare(Declaration),
    /// It plays pieces.
    Play(Play),
}

/// The short form of an action in a record.
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

/// A checked step: the proof that a game may take it. Only [`Game::check`](crate::Game::check) and
/// [`Game::next_round`](crate::Game::next_round) make one, and it holds for the ply at which it was made.
#[derive(PartialEq, Eq, Debug)]
#[must_use = "nothing has happened until the game applies it"]
pub struct Legal {
    pub(crate) step: Step,
    pub(crate) ply: u32,
}

impl Legal {
    /// The seat and its action; none for the start of the next round.
    pub fn action(&self) -> Option<(Seat, Action)> {
        match self.step {
            Step::Act(seat, action) => Some((seat, action)),
            Step::NextRound => None,
        }
    }
}

/// What moves a game on by one ply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    Act(Seat, Action),
    NextRound,
}
