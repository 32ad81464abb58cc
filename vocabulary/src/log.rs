//! The live log: messages of six types that the server keeps, tells to subscribers, lists and searches.

use bytestring::ByteString;

use crate::{AccountId, Timestamp};

/// The types of messages (contract *live log*, "Message Types").
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LogKind {
    /// What people say.
    User,
    /// What the server says.
    System,
    /// What one says to another alone.
    Dm,
    /// Practice against bots.
    Raid,
    /// Rooms and who is in them.
    Party,
    /// Clubs.
    Guild,
}

impl LogKind {
    /// How many there are.
    pub const COUNT: usize = 6;
    /// All of them; the order is that of [`LogKind::index`], which the database keeps.
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

    /// The word for it in the contract.
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
    /// The ids of whom it is from or about, for the filter `user_id`.
    pub users: Vec<String>,
    /// Where it was said, for the filter `channel`.
    pub channel: Option<String>,
    /// The names in it, to be searched.
    pub names: String,
    /// The words in it, to be searched.
    pub content: String,
    /// Who alone may ever see it; none = everybody.
    pub audience: Option<Vec<AccountId>>,
    /// The whole message as it is sent.
    pub body: ByteString,
}

impl LogMessage {
    /// Whether someone may see it; nobody in particular sees what everybody may.
    pub fn is_for(&self, account: Option<AccountId>) -> bool {
        match (&self.audience, account) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(audience), Some(account)) => audience.contains(&account),
        }
    }
}

/// Which messages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LogFilter {
    /// Of this type.
    pub kind: Option<LogKind>,
    /// From or about this user.
    pub user: Option<String>,
    /// Said there.
    pub channel: Option<String>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Not after.
    pub to: Option<Timestamp>,
}

/// A slice of the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LogSlice {
    /// How many at the most, 1 to [`LogSlice::MAX`].
    pub limit: u64,
    /// How many to pass over.
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

/// What a client asks of the live log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LogRequest {
    /// Tell me these types, too.
    Subscribe(Vec<LogKind>),
    /// Tell me these types no more.
    Unsubscribe(Vec<LogKind>),
    /// List messages, the newest first.
    History {
        /// Which.
        filter: LogFilter,
        /// How many of them.
        slice: LogSlice,
    },
    /// Find messages, the best first.
    Search {
        /// What to look for.
        query: String,
        /// Among which.
        filter: LogFilter,
        /// How many of them.
        slice: LogSlice,
    },
}

/// The answer to [`LogRequest::History`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogHistory {
    /// The messages' bodies, the newest first.
    pub bodies: Vec<String>,
    /// How many there are in all.
    pub total: u64,
    /// What was asked for.
    pub slice: LogSlice,
}

/// The answer to [`LogRequest::Search`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogFound {
    /// What was looked for.
    pub query: String,
    /// The messages' bodies, the best first.
    pub bodies: Vec<String>,
    /// How many there are in all; at least so many when it is not exact.
    pub count: u64,
    /// Whether all were counted.
    pub exact: bool,
}
