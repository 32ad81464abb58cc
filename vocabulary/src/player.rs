//! Accounts, and the ids of all players in a room.

use std::{fmt, str::FromStr};

use game_rules::Seat;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Name, RoomId};

/// The id of an account, assigned at its registration.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(Uuid);

impl AccountId {
    /// A new id; ids sort by the time at which they were made.
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }
}

impl Default for AccountId {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A text that is not the id of an account or of a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the id of an account or of a login is a UUID")]
pub struct ParseAccountIdError;

impl FromStr for AccountId {
    type Err = ParseAccountIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| ParseAccountIdError)
    }
}

/// The id of a login: all tokens from one use of the password have it, and so does every connection that was opened
/// with one of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LoginId(Uuid);

impl LoginId {
    /// A new id; ids sort by the time at which they were made.
    #[expect(clippy::new_without_default, reason = "a default id would suggest that two of them are equal")]
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }
}

impl fmt::Display for LoginId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for LoginId {
    type Err = ParseAccountIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| ParseAccountIdError)
    }
}

/// The id of a player: that of the account, or one per room and seat for guests and bots.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PlayerId {
    /// A person with an account.
    Account(AccountId),
    /// A person with only a name.
    Guest(RoomId, Seat),
    /// A bot.
    Bot(RoomId, Seat),
}

impl PlayerId {
    /// The account; `None` for guests and bots.
    pub const fn account(self) -> Option<AccountId> {
        match self {
            Self::Account(account) => Some(account),
            Self::Guest(..) | Self::Bot(..) => None,
        }
    }
}

impl fmt::Display for PlayerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(account) => account.fmt(f),
            Self::Guest(room, seat) => write!(f, "guest-{room}-{}", seat.index()),
            Self::Bot(room, seat) => write!(f, "bot-{room}-{}", seat.index()),
        }
    }
}

/// A player, as events name them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Who {
    /// The seat.
    pub seat: Seat,
    /// The player's id.
    pub id: PlayerId,
    /// The player's name in the room.
    pub name: Name,
}

/// Who made a decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum By {
    /// The person on the seat.
    Player,
    /// The bot at the seat, or the one that replaces the person.
    Bot,
    /// The server, after a timeout.
    Clock,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_id_reads_back_and_other_texts_are_none() {
        let id = AccountId::new();
        assert_eq!(id.to_string().parse(), Ok(id));
        for text in ["", "ann", "guest-ABCD2345-0"] {
            assert!(text.parse::<AccountId>().is_err(), "{text}");
        }
    }

    #[test]
    fn everybody_at_a_table_has_an_id_of_their_own() {
        let room = RoomId::random();
        let ids =
            Seat::ALL.map(|seat| [PlayerId::Guest(room, seat).to_string(), PlayerId::Bot(room, seat).to_string()]);
        let unique: std::collections::HashSet<_> = ids.iter().flatten().collect();
        assert_eq!(unique.len(), 8);
    }
}
