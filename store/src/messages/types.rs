//! Messages of the live log, as the store takes and gives them. What a body says is the caller's affair.

/// A message to be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewMessage {
    /// Its id, which no other message has.
    pub id: String,
    /// What sort of message it is: 0 to 5 are user, system, direct, raid, party and guild; the store does not mind others.
    pub kind: u8,
    /// When it was made, in Unix milliseconds.
    pub at: i64,
    /// The accounts that it is from or about.
    pub users: Vec<String>,
    /// Where it was said; may be empty.
    pub channel: String,
    /// The names in it, which are searched.
    pub names: String,
    /// Its text, which is searched; some thousand words at most.
    pub content: String,
    /// The accounts that alone may see it; none: everybody may.
    pub audience: Vec<String>,
    /// What is given back, as it came. PostgreSQL takes no text with a NUL, which JSON has none of.
    pub body: String,
}

/// For whom messages are read: public messages and those whose audience the account belongs to, never any other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// The account; `None` for somebody who is nobody.
    pub account: Option<String>,
}

/// Which messages are wanted; `None` is any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// Of this sort.
    pub kind: Option<u8>,
    /// From or about this account.
    pub user: Option<String>,
    /// Of this channel.
    pub channel: Option<String>,
    /// Not before this, in Unix milliseconds.
    pub from: Option<i64>,
    /// Not after this, in Unix milliseconds.
    pub to: Option<i64>,
}

/// Some messages out of all that were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessagePage {
    /// The messages' bodies, newest first.
    pub bodies: Vec<String>,
    /// How many there are in all.
    pub total: u64,
}

/// Some messages out of all that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessagesFound {
    /// The messages' bodies, best first, and newest first among equals.
    pub bodies: Vec<String>,
    /// How many were found, 10,000 at most.
    pub count: u64,
    /// Whether no more were found than `count` says.
    pub exact: bool,
}

/// The lower bits of a message's number, which tell those of one millisecond apart.
const COUNT_BITS: u32 = 20;
/// The last millisecond that a number can hold: in the year 2248.
const LAST: i64 = (1 << 43) - 1;

/// The number of a message; what is outside the range of time is taken as its end.
pub(crate) const fn number(at: i64, count: u64) -> i64 {
    let count = (count & ((1 << COUNT_BITS) - 1)).cast_signed();
    (clamped(at) << COUNT_BITS) | count
}

/// The time of a message with this number.
pub(crate) const fn time_of(number: i64) -> i64 {
    number >> COUNT_BITS
}

const fn clamped(at: i64) -> i64 {
    if at < 0 {
        0
    } else if at > LAST {
        LAST
    } else {
        at
    }
}

impl MessageFilter {
    /// The first and the last number that the filter's dates allow.
    pub(crate) fn numbers(&self) -> (Option<i64>, Option<i64>) {
        let last = |to: i64| if to < 0 { -1 } else { number(to, u64::MAX) };
        let first = |from: i64| if from > LAST { i64::MAX } else { number(from, 0) };
        (self.from.map(first), self.to.map(last))
    }

    /// Whether nothing can be found for the form of it: PostgreSQL does not even take a text with a NUL.
    pub(crate) fn is_hopeless(&self, reader: &Reader) -> bool {
        let texts = [&self.user, &self.channel, &reader.account];
        let nul = texts.into_iter().flatten().any(|text| text.contains('\0'));
        let dates = self.from.zip(self.to).is_some_and(|(from, to)| from > to);
        nul || dates
    }
}
