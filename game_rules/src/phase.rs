//! The phases of a game. Each owns what exists only in it.

use std::fmt;

use arrayvec::ArrayVec;

use crate::{BySeat, DeclarationSet, Play, RedealDecision, RoundScore, Seat, SeatSet};

/// Which phase, without what belongs to it.
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

/// Where a game stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Weak hands decide about a redeal. It exists only while one of them has not decided.
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
    /// Which phase this is.
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

/// What belongs to [`Phase::Preparation`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Preparation {
    /// The seats with weak hands, all asked at once.
    pub weak: SeatSet,
    /// What they have decided.
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

/// What belongs to [`Phase::Declaration`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Declaring {
    /// Who declares now.
    pub current: Seat,
    /// What that seat may declare; never empty.
    pub legal: DeclarationSet,
}

/// What belongs to [`Phase::Turn`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turning {
    /// Who leads.
    pub leader: Seat,
    /// The turn's number in its round, 1 to 8.
    pub number: u8,
    /// What was played in this turn, in order.
    pub plays: ArrayVec<(Seat, Play), 4>,
    /// Who plays now.
    pub current: Seat,
    /// How many pieces everybody plays, 1 to 6; none while the leader chooses.
    pub required: Option<u8>,
}

impl Turning {
    /// A turn in which nobody has played.
    pub(crate) fn new(leader: Seat, number: u8) -> Self {
        Self { leader, number, plays: ArrayVec::new(), current: leader, required: None }
    }
}

/// What belongs to [`Phase::Scoring`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RoundResult {
    /// How the round went for each seat.
    pub scores: BySeat<RoundScore>,
}

/// What belongs to [`Phase::Over`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GameResult {
    /// How the last round went for each seat.
    pub scores: BySeat<RoundScore>,
    /// Who has the highest total; several share the win.
    pub winners: SeatSet,
}
