//! What every dialect can do, and the choice between them at run time.

use bytestring::ByteString;
use vocabulary::{
    Announcement, ConnectionId, Denial, Name, Notice, PrivateNotice, PublicNotice, Reply, Request, RoomId, RoomOptions,
    Stamp, Timestamp,
};

use crate::{Limits, Malformed, battles::Battles, game::Game};

/// One of the contracts. A value of it is what one connection has agreed on, such as the version it speaks.
pub trait Contract: Default + Unpin + 'static {
    /// Which one.
    const ID: ContractId;
    /// The contract's own limits, before settings.
    const LIMITS: Limits;
    /// How a connection ends that sends a binary message; none where that is only an error.
    const ON_BINARY: Option<Farewell> = None;

    /// Reads one text message.
    fn decode(&mut self, text: &str, speaker: &Speaker<'_>) -> Incoming;
    /// The first message on a new connection.
    fn greet(connection: ConnectionId, stamp: &Stamp) -> Option<ByteString>;
    /// Words an event for many; `None` where this contract has no word for it.
    fn public(notice: &PublicNotice, stamp: &Stamp) -> Option<ByteString>;
    /// Words an event for one seat.
    fn private(notice: &PrivateNotice, stamp: &Stamp) -> Option<ByteString>;
    /// Words an answer.
    fn reply(reply: &Reply, stamp: &Stamp) -> Option<ByteString>;
    /// Words a refusal.
    fn deny(denial: &Denial, stamp: &Stamp) -> ByteString;
    /// Words what is wrong with a message.
    fn malformed(malformed: &Malformed, stamp: &Stamp) -> ByteString;
    /// The last message before the server closes the connection.
    fn farewell(farewell: Farewell, stamp: &Stamp) -> Option<ByteString>;
    /// Words what an operator tells everybody; `None` where this contract has no word for it.
    fn announce(announcement: &Announcement, stamp: &Stamp) -> Option<ByteString>;
    /// The contract's code for a refusal, for metrics.
    fn code(denial: &Denial) -> &'static str;
    /// The contract's code for a malformed message, for metrics.
    fn malformed_code(malformed: &Malformed) -> &'static str;
}

/// Who speaks, as far as a dialect must know to understand them.
#[derive(Clone, Copy, Debug)]
pub struct Speaker<'a> {
    /// The name of their seat, when they have one.
    pub player: Option<&'a Name>,
    /// The room of the connection; none = the lobby.
    pub room: Option<RoomId>,
    /// What a new room is like where the message does not say.
    pub defaults: &'a RoomOptions,
    /// When the message came.
    pub at: Timestamp,
}

/// A message, read.
#[derive(Debug)]
pub struct Incoming {
    /// The message's number, if the client gave it one.
    pub client_sequence: Option<u64>,
    /// A hash of what it asks, to tell a repeat from another message with the same number.
    pub digest: u64,
    /// Warnings to send before the answer.
    pub warnings: Vec<ByteString>,
    /// What it says.
    pub said: Said,
}

/// What a message says.
#[derive(Debug)]
pub enum Said {
    /// It asks the engine.
    Ask(Request),
    /// The dialect can answer by itself: a ping, a version.
    Answer(ByteString),
    /// It asks for what can't be.
    Denied(Denial),
    /// It is no request.
    Malformed(Malformed),
}

/// Why the server closes a connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Farewell {
    /// A newer connection took the seat: 1000.
    Replaced,
    /// The room has closed: 1000.
    RoomClosed,
    /// An operator has closed the room: 1000.
    ClosedByOperator,
    /// An operator has shut the account out: 1008.
    Blocked,
    /// The room failed: 1011.
    RoomFailed,
    /// The server stops: 1001.
    ServerStopping,
    /// The client reads too slowly; no message can reach it: 1008.
    TooSlow,
    /// No such room: 1008.
    UnknownRoom,
    /// No sign of life: 1001.
    HeartbeatLost,
    /// A message beyond the size limit: 1009.
    MessageTooBig,
    /// The account may not be there: 1008.
    NotAdmitted,
    /// A binary message where none is taken: 1003.
    BinaryRefused,
}

impl Farewell {
    /// The WebSocket close code.
    pub const fn code(self) -> u16 {
        match self {
            Self::Replaced | Self::RoomClosed | Self::ClosedByOperator => 1000,
            Self::ServerStopping | Self::HeartbeatLost => 1001,
            Self::BinaryRefused => 1003,
            Self::TooSlow | Self::UnknownRoom | Self::NotAdmitted | Self::Blocked => 1008,
            Self::MessageTooBig => 1009,
            Self::RoomFailed => 1011,
        }
    }

    /// The close reason, in a few plain words.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Replaced => "replaced",
            Self::RoomClosed => "room closed",
            Self::ClosedByOperator => "closed by an operator",
            Self::Blocked => "account blocked",
            Self::RoomFailed => "room failed",
            Self::ServerStopping => "server stopping",
            Self::TooSlow => "too slow",
            Self::UnknownRoom => "unknown room",
            Self::HeartbeatLost => "heartbeat lost",
            Self::MessageTooBig => "message too big",
            Self::NotAdmitted => "not admitted",
            Self::BinaryRefused => "binary refused",
        }
    }
}

/// The contracts, as a value: what a room knows of a member's language.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum ContractId {
    /// The game client of Liap Tui.
    Game,
    /// Apps of other developers.
    Battles,
}

impl ContractId {
    /// How many there are.
    pub const COUNT: usize = 2;

    /// A place in tables over contracts, below [`ContractId::COUNT`].
    pub const fn index(self) -> usize {
        match self {
            Self::Game => 0,
            Self::Battles => 1,
        }
    }

    /// The contract's name in logs and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Game => "game",
            Self::Battles => "battles",
        }
    }

    /// Whether it has words for what is told in passing, without a number.
    pub const fn hears_in_passing(self) -> bool {
        match self {
            Self::Game => false,
            Self::Battles => true,
        }
    }

    /// [`Contract::public`] of this contract.
    pub fn public(self, notice: &PublicNotice, stamp: &Stamp) -> Option<ByteString> {
        match self {
            Self::Game => Game::public(notice, stamp),
            Self::Battles => Battles::public(notice, stamp),
        }
    }

    /// [`Contract::private`] of this contract.
    pub fn private(self, notice: &PrivateNotice, stamp: &Stamp) -> Option<ByteString> {
        match self {
            Self::Game => Game::private(notice, stamp),
            Self::Battles => Battles::private(notice, stamp),
        }
    }

    /// Words any event of a room for someone who may hear it.
    pub fn notice(self, notice: &Notice, stamp: &Stamp) -> Option<ByteString> {
        match notice {
            Notice::Public(_, public) => self.public(public, stamp),
            Notice::Private(private) => self.private(private, stamp),
        }
    }

    /// [`Contract::reply`] of this contract.
    pub fn reply(self, reply: &Reply, stamp: &Stamp) -> Option<ByteString> {
        match self {
            Self::Game => Game::reply(reply, stamp),
            Self::Battles => Battles::reply(reply, stamp),
        }
    }

    /// [`Contract::deny`] of this contract.
    pub fn deny(self, denial: &Denial, stamp: &Stamp) -> ByteString {
        match self {
            Self::Game => Game::deny(denial, stamp),
            Self::Battles => Battles::deny(denial, stamp),
        }
    }

    /// [`Contract::code`] of this contract.
    pub fn code(self, denial: &Denial) -> &'static str {
        match self {
            Self::Game => Game::code(denial),
            Self::Battles => Battles::code(denial),
        }
    }

    /// [`Contract::announce`] of this contract.
    pub fn announce(self, announcement: &Announcement, stamp: &Stamp) -> Option<ByteString> {
        match self {
            Self::Game => Game::announce(announcement, stamp),
            Self::Battles => Battles::announce(announcement, stamp),
        }
    }

    /// [`Contract::farewell`] of this contract.
    pub fn farewell(self, farewell: Farewell, stamp: &Stamp) -> Option<ByteString> {
        match self {
            Self::Game => Game::farewell(farewell, stamp),
            Self::Battles => Battles::farewell(farewell, stamp),
        }
    }
}
