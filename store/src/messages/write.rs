//! Stores messages, up to a thousand in a transaction.
//!
//! SQLite has one lock for writing, so messages use the one writer, and batches of the journal take their turn between
//! two transactions. On PostgreSQL a second writer with its own connection stores messages, and the journal never
//! waits.

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
    sync::atomic::{AtomicU64, Ordering},
};

use super::{
    tally::Tally,
    types::{self, NewMessage},
    words::Indexed,
};
use crate::database::{Connection, ROWS, Statement, StoreError, Value, checksum};

/// The most messages in one transaction. Each takes about 0.06 ms; smaller transactions take longer in all.
pub(crate) const TOGETHER: usize = 1_000;

/// Distinguishes messages of the same millisecond, in the order in which this server stores them.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// A message with everything that can be computed before the database is used.
pub(crate) struct Prepared<'a> {
    message: &'a NewMessage,
    number: i64,
    private: bool,
    words: String,
    /// The vector that PostgreSQL indexes; SQLite indexes the words.
    vector: Option<String>,
}

impl<'a> Prepared<'a> {
    pub(crate) fn of(message: &'a NewMessage, for_postgres: bool) -> Self {
        let indexed = Indexed::of(message);
        let vector = for_postgres.then(|| indexed.vector());
        let private = !message.audience.is_empty();
        let mut prepared = Self { message, number: 0, private, words: indexed.text(), vector };
        prepared.renumber();
        prepared
    }

    pub(crate) fn renumber(&mut self) {
        self.number = types::number(self.message.at, COUNT.fetch_add(1, Ordering::Relaxed));
    }

    fn kind(&self) -> i64 {
        self.message.kind.into()
    }

    fn row(&self) -> [Value<'_>; 8] {
        [
            Value::Number(self.number),
            Value::Text(&self.message.id),
            Value::Number(self.kind()),
            Value::Text(&self.message.channel),
            Value::Number(self.private.into()),
            Value::Text(&self.words),
            Value::Text(&self.message.body),
            Value::Number(checksum::of_message(&self.message.id, &self.message.body)),
        ]
    }

    fn indexed(&self) -> [Value<'_>; 2] {
        [Value::Number(self.number), Value::Text(self.vector.as_ref().unwrap_or(&self.words))]
    }

    fn users(&self) -> impl Iterator<Item = [Value<'_>; 5]> {
        let row = |account| {
            let [private, number, kind] = [self.private.into(), self.number, self.kind()].map(Value::Number);
            [Value::Text(account), private, number, kind, Value::Text(&self.message.channel)]
        };
        distinct(&self.message.users).into_iter().map(row)
    }

    fn audience(&self) -> impl Iterator<Item = [Value<'_>; 4]> {
        let row = |account| {
            let [number, kind] = [self.number, self.kind()].map(Value::Number);
            [Value::Text(account), number, kind, Value::Text(&self.message.channel)]
        };
        distinct(&self.message.audience).into_iter().map(row)
    }
}

fn distinct(accounts: &[String]) -> Vec<&str> {
    let mut accounts: Vec<&str> = accounts.iter().map(String::as_str).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

/// Jumps to distant numbers, after another server has taken the number or the id of a message.
pub(crate) fn jump() {
    COUNT.fetch_add(RandomState::new().hash_one(0_u8) >> 45, Ordering::Relaxed);
}

/// Stores the messages that are not stored yet.
pub(crate) async fn write(connection: &mut Connection, messages: &[Prepared<'_>]) -> Result<(), StoreError> {
    let new = unknown(connection, messages).await?;
    if new.is_empty() { Ok(()) } else { insert(connection, &new).await }
}

/// The messages that are not stored yet, each once, by time.
async fn unknown<'a>(
    connection: &mut Connection,
    messages: &'a [Prepared<'a>],
) -> Result<Vec<&'a Prepared<'a>>, StoreError> {
    let mut known: HashSet<String> = HashSet::new();
    for some in messages.chunks(ROWS) {
        let ids = some.iter().map(|message| Value::Text(&message.message.id)).collect();
        let found = Statement::of_list("SELECT id FROM messages WHERE id IN", ids, "");
        known.extend(connection.rows::<(String,)>(found).await?.into_iter().map(|(id,)| id));
    }
    let mut seen: HashSet<&str> = HashSet::new();
    let mut new: Vec<&Prepared<'_>> = messages
        .iter()
        .filter(|message| !known.contains(&message.message.id) && seen.insert(&message.message.id))
        .collect();
    // In the order of the table's key rows are appended; others would touch pages all over it.
    new.sort_by_key(|message| message.number);
    Ok(new)
}

async fn insert(connection: &mut Connection, new: &[&Prepared<'_>]) -> Result<(), StoreError> {
    let rows: Vec<_> = new.iter().map(|message| message.row()).collect();
    let before = "INSERT INTO messages (seq, id, kind, channel, private, words, body, crc) VALUES";
    insert_rows(connection, before, &rows, "").await?;

    let mut users: Vec<_> = new.iter().flat_map(|message| message.users()).collect();
    users.sort_by_key(|[account, ..]| text(*account));
    let before = "INSERT INTO message_users (account, private, seq, kind, channel) VALUES";
    insert_rows(connection, before, &users, "").await?;

    let mut audience: Vec<_> = new.iter().flat_map(|message| message.audience()).collect();
    audience.sort_by_key(|[account, ..]| text(*account));
    let before = "INSERT INTO message_audience (account, seq, kind, channel) VALUES";
    insert_rows(connection, before, &audience, "").await?;

    let words: Vec<_> = new.iter().map(|message| message.indexed()).collect();
    // SQLite's index is a virtual table of words, PostgreSQL's a table of vectors.
    let (before, after) = match connection.is_postgres() {
        false => ("INSERT INTO message_index (rowid, words) VALUES", ""),
        true => (
            "INSERT INTO message_index (seq, lexemes) SELECT seq, CAST(words AS tsvector) FROM (VALUES",
            ") AS new (seq, words)",
        ),
    };
    insert_rows(connection, before, &words, after).await?;

    let mut tally = Tally::default();
    for message in new {
        let at = types::time_of(message.number);
        tally.add(at, message.kind(), &message.message.channel, message.private, 1);
    }
    tally.write(connection).await
}

/// A key for sorting: in the order of the table's key, fewer pages are touched twice.
const fn text(value: Value<'_>) -> &str {
    match value {
        Value::Text(text) => text,
        _ => "",
    }
}

async fn insert_rows<const N: usize>(
    connection: &mut Connection,
    before: &str,
    rows: &[[Value<'_>; N]],
    after: &str,
) -> Result<(), StoreError> {
    for some in rows.chunks(ROWS) {
        connection.execute(Statement::of_rows(before, some, after)).await?;
    }
    Ok(())
}
