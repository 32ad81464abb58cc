//! Everything that a room sends by itself: events for all, for all but one, or for one.

use std::time::Duration;

use game_rules::{Action, BySeat, PieceSet, RedealDecision, Seat, SeatSet};

use crate::{By, Difficulty, Name, RoomId, Sequence, SessionToken, Situation, TakeoverReason, Timestamp, Who};

/// When and where a message was made.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stamp {
    /// The room; `None` in the lobby.
    pub room: Option<RoomId>,
    /// The number of the event, if a room sent it.
    pub sequence: Option<Sequence>,
    /// When it happened.
    pub at: Timestamp,
    /// The number of the client's message that this answers.
    pub client_sequence: Option<u64>,
}

impl Stamp {
    /// A stamp of now, without numbers.
    pub fn now(room: Option<RoomId>) -> Self {
        Self { room, sequence: None, at: Timestamp::now(), client_sequence: None }
    }

    /// The same for the answer to this message of the client.
    #[must_use]
    pub fn answering(self, client_sequence: Option<u64>) -> Self {
        Self { client_sequence, ..self }
    }
}

/// Who receives a public notice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    /// All players and spectators of the room.
    All,
    /// Everybody except this seat, which receives its own answer.
    Except(Seat),
}

impl Audience {
    /// Whether a member receives it; `seat` is `None` for a spectator.
    pub fn includes(self, seat: Option<Seat>) -> bool {
        match self {
            Self::All => true,
            Self::Except(out) => seat != Some(out),
        }
    }
}

/// One event of a room.
#[derive(Clone, Debug)]
pub enum Notice {
    /// An event for all, or for all but one.
    Public(Audience, PublicNotice),
    /// An event for one seat.
    Private(PrivateNotice),
}

impl Notice {
    /// Whether a member may receive it; `seat` is `None` for a spectator.
    pub fn is_for(&self, seat: Option<Seat>) -> bool {
        match self {
            Self::Public(audience, _) => audience.includes(seat),
            Self::Private(private) => seat == Some(private.seat),
        }
    }
}

/// What everybody may know. No variant has a field that could hold a hand.
#[derive(Clone, Debug)]
pub enum PublicNotice {
    /// A player has taken a seat, or returned to one.
    PlayerJoined {
        /// The player and the seat.
        who: Who,
        /// Whether the player is a bot.
        is_bot: bool,
        /// Whether a person has returned to their own seat.
        returned: bool,
    },
    /// A player has left before the start, or a bot was removed.
    PlayerLeft {
        /// The player and the former seat.
        who: Who,
        /// The current host; `None` if no person is left.
        host: Option<Name>,
        /// Whether the player left or was removed.
        departure: Departure,
    },
    /// The game begins.
    GameStarted {
        /// Hex SHA-256 of the deck's seed.
        deck_commitment: String,
        /// The state at the start, with the players.
        situation: Situation,
    },
    /// A seat has decided.
    PlayerActed {
        /// The player.
        who: Who,
        /// The decision.
        action: Action,
        /// Who made the decision.
        by: By,
    },
    /// The state of the game has changed.
    PhaseChanged(Situation),
    /// A declaration was met exactly.
    Bonus {
        /// The player's name.
        name: Name,
        /// The kind of bonus.
        kind: BonusKind,
        /// The bonus points, multiplied by the round's multiplier.
        points: i32,
    },
    /// A seat has not decided in time; the server's action for it follows.
    PlayerTimedOut {
        /// The player.
        who: Who,
        /// What the server does.
        automatic: Action,
        /// The time that the player had.
        timeout: Duration,
    },
    /// A bot plays for a person.
    BotActivated {
        /// The player.
        who: Who,
        /// Why the bot plays.
        reason: TakeoverReason,
        /// The level of the bot.
        difficulty: Difficulty,
    },
    /// The game has ended.
    GameOver(Box<Finale>),
    /// A bot thinks about its decision. A passing event: it has no number and is not repeated.
    BotThinking {
        /// The bot, or the player whom it replaces.
        who: Who,
    },
    /// A bot failed to decide; the server decides instead. A passing event.
    BotFailed {
        /// The bot, or the player whom it replaces.
        who: Who,
    },
    /// A player's connection was lost or restored. A passing event.
    Presence {
        /// The player.
        who: Who,
        /// Whether the player is connected now.
        connected: bool,
    },
}

/// What only one seat may know. `Debug` shows no hand and no token.
#[derive(Clone, Debug)]
pub struct PrivateNotice {
    /// The seat.
    pub seat: Seat,
    /// The content.
    pub secret: Secret,
}

/// The content of a [`PrivateNotice`].
#[derive(Clone)]
pub enum Secret {
    /// The room was created, and the seat is the host's.
    RoomCreated {
        /// The public state of the room.
        situation: Situation,
        /// The token of the seat; `None` if the event is repeated later.
        token: Option<SessionToken>,
    },
    /// The seat was taken.
    RoomJoined {
        /// The public state of the room.
        situation: Situation,
        /// The token of the seat; `None` if the event is repeated later.
        token: Option<SessionToken>,
    },
    /// The seat was given up, or the player was removed.
    RoomLeft(Departure),
    /// The seat's decision counts.
    Accepted {
        /// The player.
        who: Who,
        /// The decision.
        action: Action,
    },
    /// The hand has changed.
    Hand(PieceSet),
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::RoomCreated { .. } => "RoomCreated(…)",
            Self::RoomJoined { .. } => "RoomJoined(…)",
            Self::RoomLeft(_) => "RoomLeft",
            Self::Accepted { .. } => "Accepted(…)",
            Self::Hand(_) => "Hand(…)",
        })
    }
}

/// How a seat became free.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Departure {
    /// The player left, or the host removed a bot.
    Left,
    /// The host, or an operator, removed the player from the waiting room.
    Removed,
}

impl Departure {
    /// Its name in every contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Removed => "removed",
        }
    }
}

/// The kind of a bonus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BonusKind {
    /// Declared n > 0 and took n.
    PerfectDeclaration,
    /// Declared 0 and took 0.
    PerfectZero,
}

/// The result of a game.
#[derive(Clone, Debug)]
pub struct Finale {
    /// The state at the end of the game.
    pub situation: Situation,
    /// The winners; several in a tie.
    pub winners: SeatSet,
    /// The final points.
    pub totals: BySeat<i32>,
    /// The number of scored rounds.
    pub rounds_played: u32,
    /// The length of the game.
    pub duration: Duration,
    /// Counts over the whole game.
    pub statistics: Statistics,
    /// The deck's seed in hex, with which anyone can check every deal.
    pub deck_seed: String,
}

/// Counts over a whole game.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Statistics {
    /// The number of completed turns.
    pub total_turns: u32,
    /// Declarations that were met exactly, including zeros.
    pub perfect_declarations: u32,
    /// The number of redeals.
    pub redeals: u32,
    /// Decisions that the server made after a timeout.
    pub timeouts: u32,
    /// How often a bot took over a seat.
    pub bot_takeovers: u32,
}

/// The name of a redeal decision in every contract.
pub const fn redeal_word(decision: RedealDecision) -> &'static str {
    match decision {
        RedealDecision::Accept => "accept",
        RedealDecision::Decline => "decline",
    }
}
