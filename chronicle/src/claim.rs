//! How somebody without a connection shows that a seat is theirs.

use vocabulary::{AccountId, SessionToken};

/// Whose a seat is, and what shows it: good for that seat and for nothing else (contract *game*, *Who may act*).
#[derive(Clone, Debug)]
pub enum Claim {
    /// The seat of an account, whose token was checked.
    Account(AccountId),
    /// The seat that this secret belongs to; whether it belongs to one, the room says.
    Seat(SessionToken),
}
