//! Messages of the live log, as they are stored. Only the caller interprets their bodies.

use vocabulary::Timestamp;

/// A message to be stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewMessage {
    /// The unique id of the message.
    pub id: String,
    /// The kind: 0 to 5 are user, system, direct, raid, party and guild; the store accepts any other number.
    pub kind: u8,
    /// The time of the message.
    pub at: Timestamp,
    /// The ids of the accounts that it is from or about.
    pub users: Vec<String>,
    /// The channel; may be empty.
    pub channel: String,
    /// The names in the message, which can be searched.
    pub names: String,
    /// The text, whose first 4,000 words can be searched.
    pub content: String,
    /// The ids of the only accounts that may see it; if empty, everybody may.
    pub audience: Vec<String>,
    /// The body, returned unchanged. PostgreSQL rejects a text with a NUL, which JSON never contains.
    pub body: String,
}

/// The reader of messages, who sees public messages and those with its account in the audience, never any other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// The id of the account; `None` for a reader without one.
    pub account: Option<String>,
}

/// A filter for messages; `None` allows any value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// The kind of message.
    pub kind: Option<u8>,
    /// An account that the message is from or about.
    pub user: Option<String>,
    /// The channel of the message.
    pub channel: Option<String>,
    /// The earliest time, inclusive.
    pub from: Option<Timestamp>,
    /// The latest time, inclusive.
    pub to: Option<Timestamp>,
}

/// A page of listed messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessagePage {
    /// The bodies of the messages, newest first.
    pub bodies: Vec<String>,
    /// The number of all messages that match.
    pub total: u64,
}

/// A page of search results.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessagesFound {
    /// The bodies of the messages, best first, and newest first among equals.
    pub bodies: Vec<String>,
    /// The number of all results, at most 10,000.
    pub count: u64,
    /// Whether `count` is exact, not a maximum.
    pub exact: bool,
}

/// The lower bits of a message's number, which distinguish messages of the same millisecond.
const COUNT_BITS: u32 = 20;
/// The last millisecond that a message's number can hold, in the year 2248.
const LAST: i64 = (1 << 43) - 1;

/// The number of a message; a later time than the last is taken as the last.
pub(crate) const fn number(at: Timestamp, count: u64) -> i64 {
    let count = (count & ((1 << COUNT_BITS) - 1)).cast_signed();
    let at = at.millis();
    ((if at > LAST { LAST } else { at }) << COUNT_BITS) | count
}

/// The time of a message with this number.
pub(crate) const fn time_of(number: i64) -> Timestamp {
    Timestamp::from_millis(number >> COUNT_BITS)
}

impl MessageFilter {
    /// The first and the last number that the filter's dates allow.
    pub(crate) fn numbers(&self) -> (Option<i64>, Option<i64>) {
        let first = |from: Timestamp| if from.millis() > LAST { i64::MAX } else { number(from, 0) };
        (self.from.map(first), self.to.map(|to| number(to, u64::MAX)))
    }

    /// Whether the filter can't match anything. PostgreSQL would even reject a text with a NUL.
    pub(crate) fn matches_nothing(&self, reader: &Reader) -> bool {
        let texts = [&self.user, &self.channel, &reader.account];
        let nul = texts.into_iter().flatten().any(|text| text.contains('\0'));
        let dates = self.from.zip(self.to).is_some_and(|(from, to)| from > to);
        nul || dates
    }
}
