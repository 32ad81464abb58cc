//! What every dialect can do, and the choice between them at run time.

use std::time::Duration;

use bytestring::ByteString;
use vocabulary::{
    AccountId, Bulletin, ChatNotice, ConnectionId, Denial, Maintenance, Name, Notice, PrivateNotice, PublicNotice,
    Reply, Request, RoomId, RoomOptions, Stamp, Timestamp,
};

use crate::{
    Limits, Malformed, battles::Battles, chat::Chat, farewell::Farewell, game::Game, live_log::LiveLog, state::State,
};

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
    fn greet(arrival: &Arrival<'_>, stamp: &Stamp) -> Option<ByteString>;
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
    /// Encodes what operators send to every connection. No contract may leave a bulletin out.
    fn announce(bulletin: &Bulletin, stamp: &Stamp) -> ByteString;
    /// The refusal that comes before a newly announced pause, for clients that know nothing but the contract's error codes.
    fn forewarn(_: &Maintenance, _: &Stamp) -> Option<ByteString> {
        None
    }
    /// Words what was said, and who is there; `None` where this contract has no word for it.
    fn chat(notice: &ChatNotice, stamp: &Stamp) -> Option<ByteString>;
    /// The WebSocket close code for a good-bye.
    fn close_code(farewell: Farewell) -> u16 {
        farewell.code()
    }
    /// The last message to a client that closes the connection itself; `None` where the contract has none.
    fn parting(_: &Stamp) -> Option<ByteString> {
        None
    }
    /// A warning that a connection has nearly sent as much as it may; `None` where the contract has none.
    fn nearly_spent(_: &Spending, _: &Stamp) -> Option<ByteString> {
        None
    }
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
    /// Their account; guests have none.
    pub account: Option<AccountId>,
    /// What a new room is like where the message does not say.
    pub defaults: &'a RoomOptions,
    /// When the message came.
    pub at: Timestamp,
}

/// A connection that has just been made.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// Its id.
    pub connection: ConnectionId,
    /// Whose it is; guests have no account.
    pub account: Option<AccountId>,
    /// What its client calls the device that it runs on.
    pub device: Option<&'a str>,
    /// Whether people without an account may play on this server.
    pub guests_allowed: bool,
}

/// How much of what it may send a connection has sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spending {
    /// So many in the window that ends now.
    pub used: u32,
    /// So many are allowed.
    pub limit: u32,
    /// How long the window is.
    pub window: Duration,
    /// When it has room for more.
    pub reset: Duration,
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

/// The contracts, as a value: what a room knows of a member's language.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum ContractId {
    /// The game client of Liap Tui.
    Game,
    /// Apps of other developers.
    Battles,
    /// Kivy apps, observers and devices.
    State,
    /// Dashboards and tools of the community.
    LiveLog,
    /// Chat clients and avatars.
    Chat,
}

/// Calls a function of the contract that a [`ContractId`] names.
macro_rules! speak {
    ($id:expr, $function:ident($($argument:expr),*)) => {
        match $id {
            ContractId::Game => Game::$function($($argument),*),
            ContractId::Battles => Battles::$function($($argument),*),
            ContractId::State => State::$function($($argument),*),
            ContractId::LiveLog => LiveLog::$function($($argument),*),
            ContractId::Chat => Chat::$function($($argument),*),
        }
    };
}

impl ContractId {
    /// How many there are.
    pub const COUNT: usize = 5;

    /// A place in tables over contracts, below [`ContractId::COUNT`].
    pub const fn index(self) -> usize {
        match self {
            Self::Game => 0,
            Self::Battles => 1,
            Self::State => 2,
            Self::LiveLog => 3,
            Self::Chat => 4,
        }
    }

    /// The contract's name in logs and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Game => "game",
            Self::Battles => "battles",
            Self::State => "state",
            Self::LiveLog => "live_log",
            Self::Chat => "chat",
        }
    }

    /// Whether it has words for what a room tells in passing, without a number.
    pub const fn hears_in_passing(self) -> bool {
        match self {
            Self::Battles => true,
            Self::Game | Self::State | Self::LiveLog | Self::Chat => false,
        }
    }

    /// Whether one connection may be in several rooms, and a seat may have several such connections: they come beside the
    /// one that plays and do not take its place.
    pub const fn is_gateway(self) -> bool {
        match self {
            Self::State => true,
            Self::Game | Self::Battles | Self::LiveLog | Self::Chat => false,
        }
    }

    /// [`Contract::public`] of this contract.
    pub fn public(self, notice: &PublicNotice, stamp: &Stamp) -> Option<ByteString> {
        speak!(self, public(notice, stamp))
    }

    /// [`Contract::private`] of this contract.
    pub fn private(self, notice: &PrivateNotice, stamp: &Stamp) -> Option<ByteString> {
        speak!(self, private(notice, stamp))
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
        speak!(self, reply(reply, stamp))
    }

    /// [`Contract::deny`] of this contract.
    pub fn deny(self, denial: &Denial, stamp: &Stamp) -> ByteString {
        speak!(self, deny(denial, stamp))
    }

    /// [`Contract::code`] of this contract.
    pub fn code(self, denial: &Denial) -> &'static str {
        speak!(self, code(denial))
    }

    /// [`Contract::announce`] of this contract.
    pub fn announce(self, bulletin: &Bulletin, stamp: &Stamp) -> ByteString {
        speak!(self, announce(bulletin, stamp))
    }

    /// [`Contract::forewarn`] of this contract.
    pub fn forewarn(self, pause: &Maintenance, stamp: &Stamp) -> Option<ByteString> {
        speak!(self, forewarn(pause, stamp))
    }

    /// [`Contract::chat`] of this contract.
    pub fn chat(self, notice: &ChatNotice, stamp: &Stamp) -> Option<ByteString> {
        speak!(self, chat(notice, stamp))
    }

    /// [`Contract::farewell`] of this contract.
    pub fn farewell(self, farewell: Farewell, stamp: &Stamp) -> Option<ByteString> {
        speak!(self, farewell(farewell, stamp))
    }

    /// [`Contract::close_code`] of this contract.
    pub fn close_code(self, farewell: Farewell) -> u16 {
        speak!(self, close_code(farewell))
    }
}
