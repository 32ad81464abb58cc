//! All that a room tells by itself: numbered events, for all, for all but one, or for one.

use std::time::Duration;

use game_rules::{Action, BySeat, PieceSet, RedealDecision, Seat, SeatSet};
use serde::{Deserialize, Serialize};

use crate::{By, Difficulty, Name, RoomId, Sequence, SessionToken, Situation, Timestamp, Who};

/// When and where a message was made.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stamp {
    /// The room; none = the lobby.
    pub room: Option<RoomId>,
    /// Its number, for events of a room.
    pub sequence: Option<Sequence>,
    /// When.
    pub at: Timestamp,
    /// The number of the client's message that this answers.
    pub client_sequence: Option<u64>,
}

impl Stamp {
    /// A stamp of now, without numbers.
    pub fn now(room: Option<RoomId>) -> Self {
        Self { room, sequence: None, at: Timestamp::now(), client_sequence: None }
    }

    /// The same, answering this message of the client.
    #[must_use]
    pub fn answering(self, client_sequence: Option<u64>) -> Self {
        Self { client_sequence, ..self }
    }
}

/// Who hears a public notice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    /// Everybody in the room, and everybody who watches.
    All,
    /// Everybody but this seat, which gets an answer of its own.
    Except(Seat),
}

impl Audience {
    /// Whether a listener hears it; `seat` is none for one who only watches.
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
    /// For many.
    Public(Audience, PublicNotice),
    /// For one seat.
    Private(PrivateNotice),
}

impl Notice {
    /// Whether a listener may hear it; `seat` is none for one who only watches.
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
    /// Someone sat down.
    PlayerJoined {
        /// Who, and where.
        who: Who,
        /// Whether it is a bot.
        is_bot: bool,
        /// Whether they came back to their own seat.
        returned: bool,
    },
    /// Someone left before the start, or a bot was taken away.
    PlayerLeft {
        /// Who, and from where.
        who: Who,
        /// Who is the host now; none when no person is left.
        host: Option<Name>,
        /// Whether they left by themselves.
        departure: Departure,
    },
    /// The game begins.
    GameStarted {
        /// Hex SHA-256 of the deck's seed.
        deck_commitment: String,
        /// Who plays.
        situation: Situation,
    },
    /// A seat decided.
    PlayerActed {
        /// Which.
        who: Who,
        /// What.
        action: Action,
        /// Who decided for it.
        by: By,
    },
    /// The game stands like this now.
    PhaseChanged(Situation),
    /// A declaration was met exactly.
    Bonus {
        /// By whom.
        name: Name,
        /// Which kind.
        kind: BonusKind,
        /// What it brought, times the round's multiplier.
        points: i32,
    },
    /// A seat did not decide in time; the server's action for it follows.
    PlayerTimedOut {
        /// Whose.
        who: Who,
        /// What the server does.
        automatic: Action,
        /// How long they had.
        timeout: Duration,
    },
    /// A bot plays for a person.
    BotActivated {
        /// For whom.
        who: Who,
        /// Why.
        reason: TakeoverReason,
        /// How well it plays.
        difficulty: Difficulty,
    },
    /// The game has ended.
    GameOver(Box<Finale>),
    /// A bot thinks about its decision. In passing: it has no number and is not told again.
    BotThinking {
        /// Which bot, or for whom it stands in.
        who: Who,
    },
    /// A bot failed to decide; the server decides for it. In passing.
    BotFailed {
        /// Which bot, or for whom it stands in.
        who: Who,
    },
    /// A player's connection was lost, or is there (again). In passing.
    Presence {
        /// Whose.
        who: Who,
        /// Whether they are connected now.
        connected: bool,
    },
}

/// What only one seat may know. `Debug` shows no hand and no token.
#[derive(Clone, Debug)]
pub struct PrivateNotice {
    /// Whose.
    pub seat: Seat,
    /// What.
    pub secret: Secret,
}

/// The content of a [`PrivateNotice`].
#[derive(Clone)]
pub enum Secret {
    /// The room was made and the seat taken.
    RoomCreated {
        /// How things stand.
        situation: Situation,
        /// The seat's secret; none when told again later.
        token: Option<SessionToken>,
    },
    /// The seat was taken.
    RoomJoined {
        /// How things stand.
        situation: Situation,
        /// The seat's secret; none when told again later.
        token: Option<SessionToken>,
    },
    /// The seat was given up, or taken away.
    RoomLeft(Departure),
    /// The seat's decision was taken.
    Accepted {
        /// Whose it is.
        who: Who,
        /// What.
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
    /// The word for it in every contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Removed => "removed",
        }
    }
}

/// Which exact declaration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BonusKind {
    /// Declared n > 0 and took n.
    PerfectDeclaration,
    /// Declared 0 and took 0.
    PerfectZero,
}

/// Why a bot plays for a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TakeoverReason {
    /// The connection was lost for longer than the grace.
    Disconnected,
    /// They left, for good.
    Left,
    /// They let three decisions in a row time out.
    Inactive,
}

impl TakeoverReason {
    /// The reason's name in contract *game*.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Disconnected => "disconnected",
            Self::Left => "left",
            Self::Inactive => "inactive",
        }
    }
}

/// How a game ended.
#[derive(Clone, Debug)]
pub struct Finale {
    /// The end of the game, with everybody's names.
    pub situation: Situation,
    /// Who won; several share a tie.
    pub winners: SeatSet,
    /// Everybody's points.
    pub totals: BySeat<i32>,
    /// How many rounds were scored.
    pub rounds_played: u32,
    /// From the start to the end.
    pub duration: Duration,
    /// What happened on the way.
    pub statistics: Statistics,
    /// The deck's seed in hex: now anyone can check every deal.
    pub deck_seed: String,
}

/// Counts over a whole game.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Statistics {
    /// Turns played.
    pub total_turns: u32,
    /// Declarations met exactly, zeros too.
    pub perfect_declarations: u32,
    /// Redeals.
    pub redeals: u32,
    /// Decisions that the server took.
    pub timeouts: u32,
    /// Times a bot took a seat over.
    pub bot_takeovers: u32,
}

/// The word for a redeal decision in every contract.
pub const fn redeal_word(decision: RedealDecision) -> &'static str {
    match decision {
        RedealDecision::Accept => "accept",
        RedealDecision::Decline => "decline",
    }
}
