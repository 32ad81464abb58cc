//! The events of a game.

use std::fmt;

use arrayvec::ArrayVec;

use crate::{BySeat, Declaration, PieceSet, Play, RedealDecision, RoundScore, Seat, SeatSet, StarterReason};

/// One event. Everything in it is public, except the hands of [`Event::Dealt`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A round started.
    RoundStarted {
        /// The round's number, from 1.
        round: u16,
    },
    /// Every seat got eight pieces. `Debug` hides the hands.
    Dealt {
        /// The deal's number in the game, from 0.
        number: u64,
        /// The hands; each may be shown only to its own seat.
        hands: BySeat<PieceSet>,
        /// The seats with weak hands, which are offered a redeal.
        weak: SeatSet,
    },
    /// A seat with a weak hand accepted or declined a redeal.
    RedealDecided {
        /// The seat that decided.
        seat: Seat,
        /// Its decision.
        decision: RedealDecision,
    },
    /// All hands are dealt again; the next event is the deal.
    Redealing {
        /// The first accepter in play order, who becomes the starter.
        starter: Seat,
        /// The round's new multiplier.
        multiplier: u32,
    },
    /// The starter is known, and declarations begin.
    StarterChosen {
        /// The starter.
        seat: Seat,
        /// Why this seat starts.
        reason: StarterReason,
    },
    /// A seat declared.
    Declared {
        /// The seat that declared.
        seat: Seat,
        /// The number of piles that it declared.
        declaration: Declaration,
    },
    /// A seat played.
    Played {
        /// The seat that played.
        seat: Seat,
        /// The pieces that it played.
        play: Play,
    },
    /// A seat won a turn and its piles.
    TurnWon {
        /// The winner, who leads the next turn.
        seat: Seat,
        /// The number of piles, 1 to 6.
        piles: u8,
    },
    /// The round ended and was scored.
    RoundScored {
        /// The result of each seat.
        scores: BySeat<RoundScore>,
    },
    /// The game ended.
    GameOver {
        /// The seats with the highest total; several share the win.
        winners: SeatSet,
        /// Each seat's points.
        totals: BySeat<i32>,
    },
}

/// The events of one step. The longest steps have four: a play that ends its turn, its round and the game, or the
/// decision that brings a redeal without weak hands.
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
