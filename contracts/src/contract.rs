//! What every contract can do, and a contract as a value.

use std::time::Duration;

use bytestring::ByteString;
use vocabulary::{
    AccountId, Bulletin, ChatNotice, ConnectionId, Denial, Maintenance, Name, PrivateNotice, PublicNotice, Reply,
    Request, RoomId, RoomOptions, Stamp, Timestamp,
};

use crate::{Limits, Malformed, farewell::Farewell};

/// A contract. A value of the type is the state of one connection in it, such as the version that was negotiated.
pub trait Contract: Default + Unpin + 'static {
    /// The contract as a value.
    const ID: ContractId;
    /// The contract's own limits, before settings.
    const LIMITS: Limits;
    /// Why a connection that sends a binary message is closed; `None` if that is only an error.
    const ON_BINARY: Option<Farewell> = None;

    /// Decodes one text message.
    fn decode(&mut self, text: &str, speaker: &Speaker<'_>) -> Incoming;
    /// The first message on a new connection.
    fn greet(arrival: &Arrival<'_>, stamp: &Stamp) -> Option<ByteString>;
    /// Encodes a public event; `None` if this contract has no message for it.
    fn public(notice: &PublicNotice, stamp: &Stamp) -> Option<ByteString>;
    /// Encodes an event for one seat; `None` if this contract has no message for it.
    fn private(notice: &PrivateNotice, stamp: &Stamp) -> Option<ByteString>;
    /// Encodes an answer; `None` if this contract has no message for it.
    fn reply(reply: &Reply, stamp: &Stamp) -> Option<ByteString>;
    /// Encodes a refusal.
    fn deny(denial: &Denial, stamp: &Stamp) -> ByteString;
    /// Encodes what is wrong with a message.
    fn malformed(malformed: &Malformed, stamp: &Stamp) -> ByteString;
    /// Encodes the last message before the server closes the connection; `None` if the close frame says it all.
    fn farewell(farewell: Farewell, stamp: &Stamp) -> Option<ByteString>;
    /// Encodes what operators send to every connection. No contract may leave a bulletin out.
    fn announce(bulletin: &Bulletin, stamp: &Stamp) -> ByteString;
    /// Encodes the error that precedes the announcement of a pause, for clients that know only the contract's error
    /// codes.
    fn forewarn(_: &Maintenance, _: &Stamp) -> Option<ByteString> {
        None
    }
    /// Encodes a chat message or a change of presence; `None` if this contract has no message for it.
    fn chat(notice: &ChatNotice, stamp: &Stamp) -> Option<ByteString>;
    /// The WebSocket close code.
    fn close_code(farewell: Farewell) -> u16 {
        farewell.code()
    }
    /// Encodes the last message to a client that closes the connection itself; `None` if the contract has none.
    fn parting(_: &Stamp) -> Option<ByteString> {
        None
    }
    /// Encodes the warning that a connection has nearly reached its quota; `None` if the contract has none.
    fn nearly_spent(_: &Spending, _: &Stamp) -> Option<ByteString> {
        None
    }
    /// The contract's code for a refusal, for metrics.
    fn code(denial: &Denial) -> &'static str;
    /// The contract's code for a malformed message, for metrics.
    fn malformed_code(malformed: &Malformed) -> &'static str;
}

/// What a contract must know about the sender of a message to decode it.
#[derive(Clone, Copy, Debug)]
pub struct Speaker<'a> {
    /// The name of the sender's seat; `None` if the sender has no seat.
    pub player: Option<&'a Name>,
    /// The room of the connection; `None` in the lobby.
    pub room: Option<RoomId>,
    /// The sender's account; `None` for a guest.
    pub account: Option<AccountId>,
    /// The options of a new room, as far as the message does not set them.
    pub defaults: &'a RoomOptions,
    /// When the message was received.
    pub at: Timestamp,
}

/// A new connection.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// The connection's id.
    pub connection: ConnectionId,
    /// Its account; `None` for a guest.
    pub account: Option<AccountId>,
    /// The client's name for its device.
    pub device: Option<&'a str>,
    /// Whether guests may play on this server.
    pub guests_allowed: bool,
}

/// How much of its quota a connection has used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spending {
    /// Messages in the window that ends now.
    pub used: u32,
    /// Messages that are allowed in the window.
    pub limit: u32,
    /// The length of the window.
    pub window: Duration,
    /// The time until the window has room for more.
    pub reset: Duration,
}

/// A decoded message.
#[derive(Debug)]
pub struct Incoming {
    /// The message's number, if the client gave it one.
    pub client_sequence: Option<u64>,
    /// A hash of the request, which tells a repeat from another message with the same number.
    pub digest: u64,
    /// Warnings to send before the answer.
    pub warnings: Vec<ByteString>,
    /// What the message asks.
    pub said: Said,
}

/// What a message asks.
#[derive(Debug)]
pub enum Said {
    /// A request to the engine.
    Ask(Request),
    /// Nothing of the engine: the contract answers by itself, such as a ping.
    Answer(ByteString),
    /// Something that is not possible.
    Denied(Denial),
    /// Not a valid request.
    Malformed(Malformed),
}

/// A contract as a value: the contract in which a member of a room receives its events.
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

impl ContractId {
    /// The number of contracts.
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

    /// Whether it has messages for a room's passing events, which have no number.
    pub const fn hears_in_passing(self) -> bool {
        match self {
            Self::Battles => true,
            Self::Game | Self::State | Self::LiveLog | Self::Chat => false,
        }
    }

    /// Whether one connection may be in several rooms, and a seat may have several such connections: they exist beside
    /// the one that plays and do not replace it.
    pub const fn is_gateway(self) -> bool {
        match self {
            Self::State => true,
            Self::Game | Self::Battles | Self::LiveLog | Self::Chat => false,
        }
    }
}
