//! What happened to a game, in order.

use std::fmt;

use arrayvec::ArrayVec;

use crate::{BySeat, Declaration, PieceSet, Play, RedealDecision, RoundScore, Seat, SeatSet, StarterReason};

/// One thing that happened. All but the hands of [`Event::Dealt`] is for everybody.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A round begins.
    RoundStarted {
        /// From 1.
        round: u16,
    },
    /// Everybody got eight pieces. The hands are each for their own seat only: `Debug` hides them.
    Dealt {
        /// The deal's number in the game, from 0.
        number: u64,
        /// Secret, but to their seats.
        hands: BySeat<PieceSet>,
        /// Whose hands are weak: they are asked for a redeal.
        weak: SeatSet,
    },
    /// A weak hand accepted or declined a redeal.
    RedealDecided {
        /// Whose.
        seat: Seat,
        /// How.
        decision: RedealDecision,
    },
    /// All hands are dealt again; the deal follows.
    Redealing {
        /// The accepter first in play order, who becomes the starter.
        starter: Seat,
        /// The round's new multiplier.
        multiplier: u32,
    },
    /// It is settled who starts; declarations begin.
    StarterChosen {
        /// Who.
        seat: Seat,
        /// Why.
        reason: StarterReason,
    },
    /// A seat declared.
    Declared {
        /// Which.
        seat: Seat,
        /// What.
        declaration: Declaration,
    },
    /// A seat played.
    Played {
        /// Which.
        seat: Seat,
        /// What.
        play: Play,
    },
    /// A seat took a turn's piles.
    TurnWon {
        /// Which.
        seat: Seat,
        /// How many, 1 to 6.
        piles: u8,
    },
    /// The round is over and scored.
    RoundScored {
        /// How it went for each seat.
        scores: BySeat<RoundScore>,
    },
    /// The game is over.
    GameOver {
        /// Who has the highest total; several share the win.
        winners: SeatSet,
        /// Everybody's points.
        totals: BySeat<i32>,
    },
}

/// What one step brings about: at most a play, a turn's end, a round's end and the game's end, or a redeal of as many.
pub type Events = ArrayVec<Event, 6>;

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RoundStarted { round } => f.debug_struct("RoundStarted").field("round", round).finish(),
            Self::Dealt { number, hands: _, weak } => {
                f.debug_struct("Dealt").field("number", number).field("weak", weak).finish_non_exhaustive()
            }
            Self::RedealDecided { seat, decision } => {
                f.debug_struct("RedealDecided").field("seat", seat).field("decision", decision).finish()
            }
            Self::Redealing { starter, multiplier } => {
                f.debug_struct("Redealing").field("starter", starter).field("multiplier", multiplier).finish()
            }
            Self::StarterChosen { seat, reason } => {
                f.debug_struct("StarterChosen").field("seat", seat).field("reason", reason).finish()
            }
            Self::Declared { seat, declaration } => {
                f.debug_struct("Declared").field("seat", seat).field("declaration", declaration).finish()
            }
            Self::Played { seat, play } => f.debug_struct("Played").field("seat", seat).field("play", play).finish(),
            Self::TurnWon { seat, piles } => {
                f.debug_struct("TurnWon").field("seat", seat).field("piles", piles).finish()
            }
            Self::RoundScored { scores } => f.debug_struct("RoundScored").field("scores", scores).finish(),
            Self::GameOver { winners, totals } => {
                f.debug_struct("GameOver").field("winners", winners).field("totals", totals).finish()
            }
        }
    }
}
