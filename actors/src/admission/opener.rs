//! On whose account a room is.

use vocabulary::{AccountId, RoomId};

use super::Requester;
use crate::{Network, Source};

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

    /// Whom the room counts for in the live log: the network of a connection, the account of a request over REST.
    pub(crate) const fn source(&self, room: RoomId) -> Source {
        match self {
            Self::Person(Requester { account: Some(account), connection: None, .. }) => Source::Account(*account),
            Self::Person(requester) => Source::Network(requester.network),
            Self::Recovered(_) | Self::Operator => Source::Room(room),
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
