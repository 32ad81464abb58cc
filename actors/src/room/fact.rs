//! What can happen to a room. The facts of a room, told again in order, rebuild it exactly.

use game_rules::{Action, DeckSeed, Seat};
use serde::{Deserialize, Serialize};
use vocabulary::{Difficulty, Name, TakeoverReason, Timestamp, TokenHash};

/// One thing that happened to a room, and when.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) at: Timestamp,
    pub(crate) fact: Fact,
    /// The numbered message that brought it about: a repeat of it is answered, not done again.
    pub(crate) request: Option<Numbered>,
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

/// What happened. A journal keeps it: new facts come last, and fields do not change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Fact {
    /// A person sat down.
    Joined { seat: Seat, name: Name, token: TokenHash, created: bool },
    /// The host placed a bot.
    BotPlaced { seat: Seat, name: Name, difficulty: Difficulty },
    /// The host took a bot away.
    BotRemoved { seat: Seat },
    /// A person left: before the start the seat is free again, in a game a bot has it for good.
    Left { seat: Seat },
    /// The game began, with these bots on the empty seats.
    Started { seed: DeckSeed, bots: Vec<(Seat, Name, Difficulty)> },
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
}

/// Who took a decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum By {
    /// The person on the seat.
    Player,
    /// The bot on the seat, or the one that stands in.
    Bot,
    /// The server, for a seat that stayed silent.
    Clock,
}
