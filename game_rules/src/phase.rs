//! The phases of a game. Each owns the data that exists only in it.

use std::fmt;

use arrayvec::ArrayVec;

use crate::{BySeat, DeclarationSet, Play, RedealDecision, RoundScore, Seat, SeatSet};

/// The name of a phase, without its data.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PhaseKind {
    /// Weak hands decide about a redeal.
    Preparation,
    /// The seats declare.
    Declaration,
    /// The seats play.
    Turn,
    /// The round is scored; the next one waits to be started.
    Scoring,
    /// The game has ended.
    Over,
}

impl fmt::Display for PhaseKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Preparation => "preparation",
            Self::Declaration => "declaration",
            Self::Turn => "turn",
            Self::Scoring => "scoring",
            Self::Over => "game over",
        })
    }
}

/// The phase of a game, with its data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Weak hands decide about a redeal. The phase ends with the last decision, and is skipped if no hand is weak.
    Preparation(Preparation),
    /// The seats declare, in order from the starter.
    Declaration(Declaring),
    /// The seats play, in order from the leader.
    Turn(Turning),
    /// The round is scored and waits for [`Game::next_round`](crate::Game::next_round).
    Scoring(RoundResult),
    /// The game has ended.
    Over(GameResult),
}

impl Phase {
    /// The name of this phase.
    pub const fn kind(&self) -> PhaseKind {
        match self {
            Self::Preparation(_) => PhaseKind::Preparation,
            Self::Declaration(_) => PhaseKind::Declaration,
            Self::Turn(_) => PhaseKind::Turn,
            Self::Scoring(_) => PhaseKind::Scoring,
            Self::Over(_) => PhaseKind::Over,
        }
    }
}

/// The data of [`Phase::Preparation`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Preparation {
    /// The seats with weak hands, all asked at once.
    pub weak: SeatSet,
    /// Their decisions; `None` for a seat that has not decided, or is not asked.
    pub decisions: BySeat<Option<RedealDecision>>,
    /// Whether these hands come from a redeal.
    pub redealt: bool,
}

impl Preparation {
    /// The weak seats that have not decided.
    pub fn undecided(&self) -> SeatSet {
        self.weak.iter().filter(|seat| self.decisions[*seat].is_none()).collect()
    }
}

/// The data of [`Phase::Declaration`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Declaring {
    /// The seat that declares now.
    pub current: Seat,
    /// The numbers that it may declare; never empty.
    pub legal: DeclarationSet,
}

/// The data of [`Phase::Turn`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turning {
    /// The seat that leads.
    pub leader: Seat,
    /// The turn's number in its round, 1 to 8.
    pub number: u8,
    /// The plays of this turn, in order, the leader's first.
    pub plays: ArrayVec<(Seat, Play), 4>,
    /// The seat that plays now.
    pub current: Seat,
    /// How many pieces every seat plays, 1 to 6; `None` before the leader has chosen.
    pub required: Option<u8>,
}

impl Turning {
    /// A turn before its first play.
    pub(crate) fn new(leader: Seat, number: u8) -> Self {
        Self { leader, number, plays: ArrayVec::new(), current: leader, required: None }
    }
}

/// The data of [`Phase::Scoring`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RoundResult {
    /// The result of the round for each seat.
    pub scores: BySeat<RoundScore>,
}

/// The data of [`Phase::Over`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GameResult {
    /// The result of the last round for each seat.
    pub scores: BySeat<RoundScore>,
    /// The seats with the highest total; several share the win.
    pub winners: SeatSet,
}
