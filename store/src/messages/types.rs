//! Messages of the live log, as the store takes and gives them. What a body says is the caller's affair.

use vocabulary::Timestamp;

/// A message to be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewMessage {
    /// Its id, which no other message has.
    pub id: String,
    /// What sort of message it is: 0 to 5 are user, system, direct, raid, party and guild; the store does not mind others.
    pub kind: u8,
    /// When it was made, in Unix milliseconds.
    pub at: Timestamp,
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
    pub from: Option<Timestamp>,
    /// Not after this, in Unix milliseconds.
    pub to: Option<Timestamp>,
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

    /// Whether nothing can be found for the form of it: PostgreSQL does not even take a text with a NUL.
    pub(crate) fn is_hopeless(&self, reader: &Reader) -> bool {
        let texts = [&self.user, &self.channel, &reader.account];
        let nul = texts.into_iter().flatten().any(|text| text.contains('\0'));
        let dates = self.from.zip(self.to).is_some_and(|(from, to)| from > to);
        nul || dates
    }
}
