//! Where a game's deals come from: a secret seed, or deals given beforehand.

use std::sync::Arc;

use crate::{BySeat, DeckSeed, PieceSet, deal::is_deal};

/// The source of deals. It has no `Debug`, because it knows every hand.
#[derive(Clone)]
pub(crate) enum Deck {
    Seeded(DeckSeed),
    Stacked(Arc<[BySeat<PieceSet>]>),
}

impl Deck {
    pub(crate) fn stacked(deals: Arc<[BySeat<PieceSet>]>) -> Result<Self, StackedDeckError> {
        if deals.is_empty() {
            return Err(StackedDeckError::Empty);
        }
        match deals.iter().position(|hands| !is_deal(hands)) {
            Some(index) => Err(StackedDeckError::NotADeal { index }),
            None => Ok(Self::Stacked(deals)),
        }
    }

    /// The deal with this number, from 0. Given deals start over after the last one.
    pub(crate) fn deal(&self, number: u64) -> BySeat<PieceSet> {
        match self {
            Self::Seeded(seed) => seed.deal(number),
            Self::Stacked(deals) => deals[(number % deals.len() as u64) as usize],
        }
    }
}

/// Why a game can't be played with given deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StackedDeckError {
    /// There are no deals.
    #[error("a stacked deck needs a deal")]
    Empty,
    /// A deal does not give eight of the 32 pieces to each seat.
    #[error("deal {index} does not give eight pieces to each seat")]
    NotADeal {
        /// The deal's index, from 0.
        index: usize,
    },
}
