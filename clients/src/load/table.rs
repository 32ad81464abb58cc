//! What the players of one room share: they are in one process, so it can be measured how long it takes from one of them
//! to another.

use std::cell::RefCell;

use super::ledger::{Ledger, Sent};

pub(super) struct Table {
    pub(super) book: RefCell<Book>,
}

/// What is known of a room's events.
pub(super) struct Book {
    pub(super) ledger: Ledger,
    /// The last action of each member, until it is acknowledged.
    pub(super) under_way: [Option<Sent>; 4],
    /// Which member plays which seat.
    pub(super) members: [Option<usize>; 4],
}
