//! What can happen to a room. The facts of a room, told again in order, rebuild it exactly.

use game_rules::{Action, DeckSeed, Seat};
use vocabulary::{Difficulty, Name, TakeoverReason, Timestamp, TokenHash};

/// One thing that happened to a room, and when.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) at: Timestamp,
    pub(crate) fact: Fact,
}

/// What happened.
#[derive(Clone, Debug)]
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
}

/// Who took a decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum By {
    /// The person on the seat.
    Player,
    /// The bot on the seat, or the one that stands in.
    Bot,
    /// The server, for a seat that stayed silent.
    Clock,
}
