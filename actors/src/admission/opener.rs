//! On whose account a room is.

use vocabulary::AccountId;

use super::Requester;
use crate::Network;

/// On whose account a room is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Opener {
    /// Somebody who asked for it.
    Person(Requester),
    /// Unknown, as the room was in the journal; but for the account that made it.
    Recovered(Option<AccountId>),
    /// The operator or a measurement: no quota holds for it.
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
