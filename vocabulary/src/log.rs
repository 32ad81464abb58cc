//! The live log: messages of six types that the server stores, sends to subscribers, lists and searches.

use bytestring::ByteString;
use serde::Serialize;

use crate::{AccountId, Timestamp};

/// The type of a message of the live log.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MessageType"))]
#[serde(rename_all = "lowercase")]
pub enum LogKind {
    /// Public chat messages of people and bots.
    User,
    /// Messages of the server.
    System,
    /// Direct messages between two accounts.
    Dm,
    /// Games of people against bots.
    Raid,
    /// Events of rooms.
    Party,
    /// Events of guilds.
    Guild,
}

impl LogKind {
    /// The number of types.
    pub const COUNT: usize = 6;
    /// All types; the order is that of [`LogKind::index`], which the database stores.
    pub const ALL: [Self; Self::COUNT] = [Self::User, Self::System, Self::Dm, Self::Raid, Self::Party, Self::Guild];

    /// A place in tables over types, below [`LogKind::COUNT`].
    pub const fn index(self) -> usize {
        match self {
            Self::User => 0,
            Self::System => 1,
            Self::Dm => 2,
            Self::Raid => 3,
            Self::Party => 4,
            Self::Guild => 5,
        }
    }

    /// Its name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::System => "system",
            Self::Dm => "dm",
            Self::Raid => "raid",
            Self::Party => "party",
            Self::Guild => "guild",
        }
    }
}

/// One message of the live log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogMessage {
    /// Its id: the type's prefix and a UUID.
    pub id: String,
    /// Its type.
    pub kind: LogKind,
    /// When it was made.
    pub at: Timestamp,
    /// The ids of the users who wrote it or whom it is about, for the filter `user_id`.
    pub users: Vec<String>,
    /// The channel, for the filter `channel`.
    pub channel: Option<String>,
    /// The names in it, for the search.
    pub names: String,
    /// The words in it, for the search.
    pub content: String,
    /// The only accounts that may see it; `None` for everybody.
    pub audience: Option<Vec<AccountId>>,
    /// The whole message as it is sent.
    pub body: ByteString,
}

impl LogMessage {
    /// Whether an account may see it; without an account only what everybody may see.
    pub fn is_for(&self, account: Option<AccountId>) -> bool {
        match (&self.audience, account) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(audience), Some(account)) => audience.contains(&account),
        }
    }
}

/// A filter for messages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LogFilter {
    /// The type.
    pub kind: Option<LogKind>,
    /// The user who wrote it or whom it is about.
    pub user: Option<String>,
    /// The channel.
    pub channel: Option<String>,
    /// The earliest time.
    pub from: Option<Timestamp>,
    /// The latest time.
    pub to: Option<Timestamp>,
}

/// A slice of the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LogSlice {
    /// The most messages to return, 1 to [`LogSlice::MAX`].
    pub limit: u64,
    /// How many to skip.
    pub offset: u64,
}

impl LogSlice {
    /// The most messages of one answer (contract *live log*, `get_history`).
    pub const MAX: u64 = 500;
}

impl Default for LogSlice {
    fn default() -> Self {
        Self { limit: 100, offset: 0 }
    }
}

/// A request of a client to the live log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LogRequest {
    /// Subscribes to these types too.
    Subscribe(Vec<LogKind>),
    /// Ends the subscription to these types.
    Unsubscribe(Vec<LogKind>),
    /// Lists messages, the newest first.
    History {
        /// Which messages are listed.
        filter: LogFilter,
        /// Which part of them.
        slice: LogSlice,
    },
    /// Finds messages, the best match first.
    Search {
        /// The words to find.
        query: String,
        /// Which messages are searched.
        filter: LogFilter,
        /// Which part of them.
        slice: LogSlice,
    },
}

/// The answer to [`LogRequest::History`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogHistory {
    /// The messages' bodies, the newest first.
    pub bodies: Vec<String>,
    /// The number of all matching messages.
    pub total: u64,
    /// The requested part.
    pub slice: LogSlice,
}

/// The answer to [`LogRequest::Search`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogFound {
    /// The words of the search.
    pub query: String,
    /// The messages' bodies, the best match first.
    pub bodies: Vec<String>,
    /// The number of all matching messages; if it is not exact, there are at least as many.
    pub count: u64,
    /// Whether `count` is exact.
    pub exact: bool,
}
