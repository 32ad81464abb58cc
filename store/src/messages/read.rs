//! Lists messages by time and counts them. A reader sees two streams, the public messages and those with the reader in
//! their audience; the database merges only as much of them as it needs, and reads no others.

use vocabulary::Timestamp;

use super::{
    tally::{self, ALL, DAY, MINUTE},
    types::{self, MessageFilter, MessagePage, Reader},
};
use crate::database::{Readers, Statement, StoreError, Value, checksum};

/// A statement that is being built.
pub(crate) struct Question<'a> {
    text: String,
    values: Vec<Value<'a>>,
}

impl<'a> Question<'a> {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Appends the text and then the placeholder of the value.
    pub(crate) fn value(&mut self, text: &str, value: Value<'a>) -> &mut Self {
        self.values.push(value);
        self.text.push_str(&format!("{text}${}", self.values.len()));
        self
    }

    pub(crate) fn number(&mut self, text: &str, number: u64) -> &mut Self {
        self.value(text, Value::count(number))
    }

    /// A statement that is planned each time, since the best plan depends on the values.
    pub(crate) fn planned(self) -> Statement<'a> {
        Statement { text: self.text.into(), values: self.values, prepared: false, in_order: false }
    }

    pub(crate) fn prepared(self) -> Statement<'a> {
        Statement { prepared: true, ..self.planned() }
    }
}

/// A range of message numbers, both ends inclusive.
type Numbers = (Option<i64>, Option<i64>);

pub(crate) async fn messages(
    readers: &Readers,
    reader: &Reader,
    filter: &MessageFilter,
    offset: u64,
    limit: u64,
) -> Result<MessagePage, StoreError> {
    if filter.matches_nothing(reader) {
        return Ok(MessagePage::default());
    }
    let total = total(readers, reader, filter).await?;
    // `Page` requires an offset below the total.
    if offset >= total || limit == 0 {
        return Ok(MessagePage { bodies: Vec::new(), total });
    }
    let page = Page::of(offset, limit, total);
    let rows: Vec<Stored> = readers.rows(page.question(readers, reader, filter).prepared()).await?;
    let mut bodies: Vec<String> = rows.into_iter().filter_map(intact).collect();
    if page.from_oldest {
        bodies.reverse();
    }
    Ok(MessagePage { bodies, total })
}

/// A message's id, body and checksum.
pub(crate) type Stored = (String, String, Option<i64>);

/// The body; `None` if it is damaged, since it would make the whole answer unreadable.
pub(crate) fn intact((id, body, crc): Stored) -> Option<String> {
    if checksum::matches(crc, checksum::of_message(&id, &body)) {
        return Some(body);
    }
    log::error!("the message {id} of the live log is damaged: its checksum differs; lists leave it out");
    None
}

/// A page of messages, counted from the nearer end.
struct Page {
    from_oldest: bool,
    skipped: u64,
    count: u64,
}

impl Page {
    /// Requires that the offset is below the total.
    fn of(offset: u64, limit: u64, total: u64) -> Self {
        let count = limit.min(total - offset);
        let after = total - offset - count;
        // Rows that are skipped cost as much as those that are returned.
        let from_oldest = after < offset;
        Self { from_oldest, skipped: if from_oldest { after } else { offset }, count }
    }

    /// SQLite merges two streams row by row. PostgreSQL does so only with streams that are already ordered, and
    /// otherwise sorts all of them.
    fn question<'a>(&self, readers: &Readers, reader: &'a Reader, filter: &'a MessageFilter) -> Question<'a> {
        let order = if self.from_oldest { "seq" } else { "seq DESC" };
        let in_order = |question: &mut Question<'a>| {
            if readers.is_postgres() {
                question.number(&format!(" ORDER BY {order} LIMIT "), self.skipped + self.count);
            }
        };
        let mut question = Question::new(
            "SELECT messages.id, messages.body, messages.crc FROM (SELECT seq FROM (SELECT seq FROM (SELECT seq FROM ",
        );
        public(&mut question, filter, filter.numbers());
        in_order(&mut question);
        question.push(") AS public");
        if let Some(account) = &reader.account {
            question.push(" UNION ALL SELECT seq FROM (SELECT seq FROM ");
            own(&mut question, account, filter, filter.numbers());
            in_order(&mut question);
            question.push(") AS own");
        }
        question.number(&format!(") AS streams ORDER BY {order} LIMIT "), self.count).number(" OFFSET ", self.skipped);
        question.push(&format!(") AS page JOIN messages ON messages.seq = page.seq ORDER BY page.{order}"));
        question
    }
}

/// Appends the public messages as a source of rows.
fn public<'a>(question: &mut Question<'a>, filter: &'a MessageFilter, numbers: Numbers) {
    match &filter.user {
        Some(user) => question.value("message_users WHERE private = 0 AND account = ", Value::Text(user)),
        None => question.push("messages WHERE private = 0"),
    };
    narrow(question, filter, numbers);
}

/// Appends the private messages that this account may see as a source of rows.
fn own<'a>(question: &mut Question<'a>, account: &'a str, filter: &'a MessageFilter, numbers: Numbers) {
    question.value("message_audience WHERE account = ", Value::Text(account));
    if let Some(user) = &filter.user {
        question.value(
            " AND EXISTS (SELECT 1 FROM message_users WHERE message_users.private = 1 \
             AND message_users.seq = message_audience.seq AND message_users.account = ",
            Value::Text(user),
        );
        question.push(")");
    }
    narrow(question, filter, numbers);
}

fn narrow<'a>(question: &mut Question<'a>, filter: &'a MessageFilter, (first, last): Numbers) {
    if let Some(channel) = &filter.channel {
        question.value(" AND channel = ", Value::Text(channel));
    }
    if let Some(kind) = filter.kind {
        // The sign keeps the databases from using the index of kinds; that of channels is more selective.
        let kind_is = if filter.channel.is_some() { " AND +kind = " } else { " AND kind = " };
        question.value(kind_is, Value::Number(kind.into()));
    }
    if let Some(first) = first {
        question.value(" AND seq >= ", Value::Number(first));
    }
    if let Some(last) = last {
        question.value(" AND seq <= ", Value::Number(last));
    }
}

/// The exact number of messages. Tallies count the public ones, unless the filter names an account.
async fn total(readers: &Readers, reader: &Reader, filter: &MessageFilter) -> Result<u64, StoreError> {
    let scope = filter.channel.as_deref().map_or_else(|| ALL.to_owned(), tally::of_channel);
    let mut question = Question::new("SELECT CAST(0");
    if filter.user.is_some() {
        question.push(" + (SELECT count(*) FROM ");
        public(&mut question, filter, filter.numbers());
        question.push(")");
    } else if let Some((from, until)) = whole(readers, filter).await? {
        public_count(&mut question, &scope, filter, from, until);
    } else {
        tallied(&mut question, &scope, filter, DAY, i64::MIN, i64::MAX);
    }
    if let Some(account) = &reader.account {
        question.push(" + (SELECT count(*) FROM ");
        own(&mut question, account, filter, filter.numbers());
        question.push(")");
    }
    question.push(" AS BIGINT)");
    let count: Option<(i64,)> = readers.first(question.prepared()).await?;
    Ok(count.map_or(0, |(count,)| count.cast_unsigned()))
}

/// The time of the newest message.
pub(crate) async fn newest(readers: &Readers) -> Result<Option<Timestamp>, StoreError> {
    let newest: Option<(Option<i64>,)> =
        readers.first(Statement::new("SELECT max(seq) FROM messages", Vec::new())).await?;
    Ok(newest.and_then(|(number,)| number).map(types::time_of))
}

/// The time range of a filter with dates, cut to the range of all messages, since nothing outside needs to be counted.
async fn whole(readers: &Readers, filter: &MessageFilter) -> Result<Option<(i64, i64)>, StoreError> {
    if filter.from.is_none() && filter.to.is_none() {
        return Ok(None);
    }
    let text = "SELECT (SELECT min(seq) FROM messages), (SELECT max(seq) FROM messages)";
    let ends: Option<(Option<i64>, Option<i64>)> = readers.first(Statement::new(text, Vec::new())).await?;
    let Some((Some(first), Some(last))) = ends else { return Ok(None) };
    let [first, last] = [first, last].map(|number| types::time_of(number).millis());
    // An end that excludes no message is extended to a whole day.
    let from = filter.from.map(Timestamp::millis).filter(|from| *from > first).unwrap_or(first - first.rem_euclid(DAY));
    let to = filter.to.map(Timestamp::millis).filter(|to| *to < last);
    let until = to.map_or(last - last.rem_euclid(DAY) + DAY, |to| to.saturating_add(1));
    Ok(Some((from, until)))
}

fn public_count<'a>(question: &mut Question<'a>, scope: &'a str, filter: &'a MessageFilter, from: i64, until: i64) {
    for (span, from, until) in tally::parts(from, until) {
        if let Some(span) = span {
            tallied(question, scope, filter, span, from, until);
        } else {
            question.push(" + (SELECT count(*) FROM ");
            let [first, after] = [from, until].map(|at| types::number(Timestamp::from_millis(at), 0));
            public(question, filter, (Some(first), Some(after - 1)));
            question.push(")");
        }
    }
}

fn tallied<'a>(question: &mut Question<'a>, scope: &'a str, filter: &MessageFilter, span: i64, from: i64, until: i64) {
    question.value(" + (SELECT coalesce(sum(public_count), 0) FROM message_tally WHERE scope = ", Value::Text(scope));
    question.value(" AND span = ", Value::Number(span));
    question.value(" AND start >= ", Value::Number(from)).value(" AND start < ", Value::Number(until));
    if let Some(kind) = filter.kind {
        question.value(" AND kind = ", Value::Number(kind.into()));
    }
    question.push(")");
}

pub(crate) async fn counts(
    readers: &Readers,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<(u8, Timestamp, i64)>, StoreError> {
    let text = "SELECT kind, start, public_count + private_count FROM message_tally \
                WHERE scope = '*' AND span = $1 AND start > $2 AND start <= $3 \
                AND public_count + private_count > 0 ORDER BY start, kind";
    let values = [MINUTE, from.millis() - MINUTE, to.millis()].map(Value::Number).into();
    let rows: Vec<(i64, i64, i64)> = readers.rows(Statement::new(text, values)).await?;
    let small = |kind| u8::try_from(kind).unwrap_or(u8::MAX);
    Ok(rows.into_iter().map(|(kind, start, count)| (small(kind), Timestamp::from_millis(start), count)).collect())
}
