//! What one seat may know of a game: the only way to look into a hand.

use std::fmt;

use crate::{Action, LegalActions, PieceSet, Seat, Table, automatic::automatic};

/// A seat's own hand and the table. Who holds a `View` can't leak another's hand: there is none in it. `Debug` hides the
/// hand.
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

    /// The view of a seat whose pieces and table are known from elsewhere: of a player at the other end of a wire. It
    /// shows nothing that was not put in, and nothing checks that such a game exists.
    pub fn told(seat: Seat, hand: PieceSet, table: Table) -> Self {
        Self::new(seat, hand, table)
    }

    /// Whose view it is.
    pub fn seat(&self) -> Seat {
        self.seat
    }

    /// The seat's own pieces.
    pub fn hand(&self) -> PieceSet {
        self.hand
    }

    /// What everybody knows.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// What the seat may do now; nothing when it is not its turn.
    pub fn legal_actions(&self) -> LegalActions {
        LegalActions::new(&self.table, self.seat, self.hand)
    }

    /// What the server does for the seat when it does not decide in time; none when it has nothing to decide.
    pub fn automatic(&self) -> Option<Action> {
        automatic(&self.table, self.seat, self.hand)
    }

    /// The pieces that the others may hold: all that are neither in the own hand nor played in this round.
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
