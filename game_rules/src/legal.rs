//! The legal actions of a seat, without allocation.

use std::fmt;

use crate::{
    Action, DeclarationSet, Phase, PieceSet, Play, RedealDecision, Seat, Table, ValidSets, subsets, valid_sets,
};

/// The legal actions of one seat, numbered from 0. Exactly these pass [`Game::check`](crate::Game::check).
///
/// They reveal a hand, so `Debug` shows only the kind of action.
#[derive(Clone, PartialEq, Eq)]
pub enum LegalActions {
    /// The seat does not have to act.
    None,
    /// Accept or decline a redeal.
    Redeal,
    /// Declare one of these numbers.
    Declare(DeclarationSet),
    /// Lead with one of these sets.
    Lead(ValidSets),
    /// Follow with any pieces.
    Follow {
        /// The seat's pieces, at most eight.
        hand: PieceSet,
        /// The number of pieces to play.
        count: u8,
    },
}

impl LegalActions {
    pub(crate) fn new(table: &Table, seat: Seat, hand: PieceSet) -> Self {
        match &table.phase {
            Phase::Preparation(preparation) if preparation.undecided().contains(seat) => Self::Redeal,
            Phase::Declaration(declaring) if declaring.current == seat => Self::Declare(declaring.legal),
            Phase::Turn(turning) if turning.current == seat => match turning.required {
                None => Self::Lead(valid_sets(hand)),
                Some(count) => Self::Follow { hand, count },
            },
            Phase::Preparation(_) | Phase::Declaration(_) | Phase::Turn(_) | Phase::Scoring(_) | Phase::Over(_) => {
                Self::None
            }
        }
    }

    /// The number of legal actions, at most 70.
    pub fn len(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Redeal => 2,
            Self::Declare(legal) => legal.len(),
            Self::Lead(sets) => sets.len(),
            Self::Follow { hand, count } => subsets::number(hand.len(), usize::from(*count)),
        }
    }

    /// Whether there are none, because the seat does not have to act.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The action with this number, in constant time for followers; `None` from [`len`](Self::len) on.
    pub fn nth(&self, index: usize) -> Option<Action> {
        match self {
            Self::None => None,
            Self::Redeal => [RedealDecision::Accept, RedealDecision::Decline].get(index).copied().map(Action::Redeal),
            Self::Declare(legal) => legal.iter().nth(index).map(Action::Declare),
            Self::Lead(sets) => sets.get(index).copied().map(Action::Play),
            Self::Follow { hand, count } => {
                subsets::nth(hand.bits(), usize::from(*count), index).map(|set| Action::Play(Play::of(set)))
            }
        }
    }

    /// Whether this action is legal.
    pub fn contains(&self, action: Action) -> bool {
        match (self, action) {
            (Self::Redeal, Action::Redeal(_)) => true,
            (Self::Declare(legal), Action::Declare(declaration)) => legal.contains(declaration),
            (Self::Lead(sets), Action::Play(play)) => sets.contains(&play),
            (Self::Follow { hand, count }, Action::Play(play)) => {
                play.pieces().is_subset(*hand) && play.count() == *count
            }
            (Self::None | Self::Redeal | Self::Declare(_) | Self::Lead(_) | Self::Follow { .. }, _) => false,
        }
    }

    /// All legal actions, by number.
    pub fn iter(&self) -> impl Iterator<Item = Action> + '_ {
        (0..self.len()).filter_map(|index| self.nth(index))
    }
}

impl fmt::Debug for LegalActions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Redeal => "Redeal",
            Self::Declare(_) => "Declare(…)",
            Self::Lead(_) => "Lead(…)",
            Self::Follow { .. } => "Follow(…)",
        })
    }
}
