//! What one seat may know of a game: the only way to look at a hand.

use std::fmt;

use crate::{Action, LegalActions, PieceSet, Seat, Table, automatic::automatic};

/// A seat's own hand and the table. Code that has a `View` can't leak another hand, because there is none in it.
/// `Debug` hides the hand.
#[derive(Clone, PartialEq, Eq)]
pub struct View {
    seat: Seat,
    hand: PieceSet,
    table: Table,
}

impl View {
    pub(crate) fn new(seat: Seat, hand: PieceSet, table: Table) -> Self {
        Self { seat, hand, table }
    }

    /// A view built from a hand and a table that are known from elsewhere, such as a client that follows a game by its
    /// messages. Nothing checks that such a game exists.
    pub fn told(seat: Seat, hand: PieceSet, table: Table) -> Self {
        Self::new(seat, hand, table)
    }

    /// The seat whose view this is.
    pub fn seat(&self) -> Seat {
        self.seat
    }

    /// The seat's own pieces.
    pub fn hand(&self) -> PieceSet {
        self.hand
    }

    /// What all seats know.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The legal actions of the seat; none if it does not have to act.
    pub fn legal_actions(&self) -> LegalActions {
        LegalActions::new(&self.table, self.seat, self.hand)
    }

    /// The seat's action if it does not decide in time; `None` if it has nothing to decide.
    pub fn automatic(&self) -> Option<Action> {
        automatic(&self.table, self.seat, self.hand)
    }

    /// The pieces that the others may hold: all that are neither in the seat's hand nor played in this round.
    pub fn unseen(&self) -> PieceSet {
        PieceSet::FULL - self.hand - self.table.played()
    }
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View")
            .field("seat", &self.seat)
            .field("hand", &format_args!("…"))
            .field("table", &self.table)
            .finish()
    }
}
