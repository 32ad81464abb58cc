//! What can happen to a room. Applying the facts of a room in order rebuilds it exactly.

use game_rules::{Action, DeckSeed, Seat};
use serde::{Deserialize, Serialize};
use vocabulary::{AccountId, By, Difficulty, Name, TakeoverReason, Timestamp, TokenHash};

/// One thing that happened to a room, and when.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub fact: Fact,
    /// The numbered message that brought it about: a repeat of it is answered, not done again.
    pub request: Option<Box<Numbered>>,
}

/// A numbered message of a client.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Numbered {
    /// Whose.
    pub seat: Seat,
    /// Its number.
    pub sequence: u64,
    /// What it asked, in short.
    pub digest: u64,
}

/// What happened. A journal keeps it: new facts come last, and fields do not change. A room has hundreds of these in
/// memory, nearly all of them decisions: what is rare and large is boxed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Fact {
    /// A person sat down.
    Joined(Box<Joined>),
    /// The host placed a bot.
    BotPlaced {
        /// The free seat that it takes.
        seat: Seat,
        /// Unique in the room.
        name: Name,
        /// How well it plays.
        difficulty: Difficulty,
    },
    /// The host took a bot away.
    BotRemoved {
        /// Free again.
        seat: Seat,
    },
    /// A person left: before the start the seat is free again, in a game a bot has it for good.
    Left {
        /// Whose they leave.
        seat: Seat,
    },
    /// The game began, with these bots on the empty seats.
    Started(Box<Started>),
    /// A seat decided.
    Acted {
        /// The seat that had to decide.
        seat: Seat,
        /// Its decision, which the rules allow.
        action: Action,
        /// Who took it.
        by: By,
    },
    /// The next round was dealt.
    NextRound,
    /// A bot took over.
    TakenOver {
        /// Whose person the bot stands in for.
        seat: Seat,
        /// Why.
        reason: TakeoverReason,
    },
    /// The person is back.
    Returned {
        /// Whose person decides again.
        seat: Seat,
    },
    /// The server or its journal was away: every open decision has its full time again.
    Resumed,
    /// A person sat down by their account.
    AccountJoined(Box<AccountJoined>),
    /// The host, or an operator, removed a person before the start. The network is known again by its mark; `None` if
    /// it is unknown, or the host's own.
    Removed {
        /// Free again.
        seat: Seat,
        /// Where the person connected from.
        network: Option<NetworkMark>,
    },
}

impl Fact {
    /// The seat that a person takes with it.
    pub const fn taken_seat(&self) -> Option<Seat> {
        match self {
            Self::Joined(joined) => Some(joined.seat),
            Self::AccountJoined(joined) => Some(joined.joined.seat),
            Self::BotPlaced { .. }
            | Self::BotRemoved { .. }
            | Self::Left { .. }
            | Self::Removed { .. }
            | Self::Started(_)
            | Self::Acted { .. }
            | Self::NextRound
            | Self::TakenOver { .. }
            | Self::Returned { .. }
            | Self::Resumed => None,
        }
    }
}

/// A person and their seat.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Joined {
    /// The seat that was free.
    pub seat: Seat,
    /// Unique in the room.
    pub name: Name,
    /// What opens the seat again.
    pub token: TokenHash,
    /// Whether they made the room.
    pub created: bool,
}

/// A person with an account, and their seat.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccountJoined {
    /// As for a guest.
    pub joined: Joined,
    /// The account that opens the seat again.
    pub account: AccountId,
}

/// The beginning of a game.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Started {
    /// The seed of every deal of the game.
    pub seed: DeckSeed,
    /// The bots on the seats that were still free.
    pub bots: Vec<(Seat, Name, Difficulty)>,
}

/// 24 bits of a hash of a network and a room. Enough to recognise a network: another one has the same mark in one of 16
/// million cases. Not enough to identify it: 256 IPv4 addresses share each mark, different ones in every room.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NetworkMark(pub [u8; 3]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_stays_small_in_memory() {
        assert!(size_of::<Entry>() <= 48, "{} bytes", size_of::<Entry>());
    }
}
