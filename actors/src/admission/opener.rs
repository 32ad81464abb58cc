//! Who created a room.

use vocabulary::AccountId;

use super::Requester;
use crate::Network;

/// The creator of a room, against whom it counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Opener {
    /// A person, over a connection or over REST.
    Person(Requester),
    /// Nobody who is known, because the room was restored from the journal; it names only the creator's account.
    Recovered(Option<AccountId>),
    /// An operator or a benchmark, which no quota limits.
    Operator,
}

impl Opener {
    pub(crate) const fn network(&self) -> Option<Network> {
        match self {
            Self::Person(requester) => Some(requester.network),
            Self::Recovered(_) | Self::Operator => None,
        }
    }

    pub(crate) const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Person(requester) => requester.account,
            Self::Recovered(account) => *account,
            Self::Operator => None,
        }
    }

    pub(crate) const fn is_operator(&self) -> bool {
        matches!(self, Self::Operator)
    }
}
