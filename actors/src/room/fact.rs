//! What can happen to a room. The facts of a room, told again in order, rebuild it exactly.

use game_rules::{Action, DeckSeed, Seat};
use serde::{Deserialize, Serialize};
use vocabulary::{AccountId, By, Difficulty, Name, TakeoverReason, Timestamp, TokenHash};

use crate::network::NetworkMark;

/// One thing that happened to a room, and when.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) at: Timestamp,
    pub(crate) fact: Fact,
    /// The numbered message that brought it about: a repeat of it is answered, not done again.
    pub(crate) request: Option<Box<Numbered>>,
}

/// A numbered message of a client.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Numbered {
    /// Whose.
    pub(crate) seat: Seat,
    /// Its number.
    pub(crate) sequence: u64,
    /// What it asked, in short.
    pub(crate) digest: u64,
}

/// What happened. A journal keeps it: new facts come last, and fields do not change. A room has hundreds of these in
/// memory, nearly all of them decisions: what is rare and large is boxed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Fact {
    /// A person sat down.
    Joined(Box<Joined>),
    /// The host placed a bot.
    BotPlaced { seat: Seat, name: Name, difficulty: Difficulty },
    /// The host took a bot away.
    BotRemoved { seat: Seat },
    /// A person left: before the start the seat is free again, in a game a bot has it for good.
    Left { seat: Seat },
    /// The game began, with these bots on the empty seats.
    Started(Box<Started>),
    /// A seat decided.
    Acted { seat: Seat, action: Action, by: By },
    /// The next round was dealt.
    NextRound,
    /// A bot took over.
    TakenOver { seat: Seat, reason: TakeoverReason },
    /// The person is back.
    Returned { seat: Seat },
    /// The server or its journal was away: every open decision has its full time again.
    Resumed,
    /// A person sat down by their account.
    AccountJoined(Box<AccountJoined>),
    /// The host, or an operator, removed a person before the start. The network is known again by its mark; `None` if
    /// it is unknown, or the host's own.
    Removed { seat: Seat, network: Option<NetworkMark> },
}

impl Fact {
    /// The seat that a person takes with it.
    pub(crate) const fn taken_seat(&self) -> Option<Seat> {
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
pub(crate) struct Joined {
    pub(crate) seat: Seat,
    pub(crate) name: Name,
    pub(crate) token: TokenHash,
    /// Whether they made the room.
    pub(crate) created: bool,
}

/// A person with an account, and their seat.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AccountJoined {
    pub(crate) joined: Joined,
    pub(crate) account: AccountId,
}

/// The beginning of a game.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Started {
    pub(crate) seed: DeckSeed,
    pub(crate) bots: Vec<(Seat, Name, Difficulty)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_stays_small_in_memory() {
        assert!(size_of::<Entry>() <= 48, "{} bytes", size_of::<Entry>());
    }
}
