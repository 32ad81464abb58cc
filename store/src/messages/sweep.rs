//! Deletes old messages per kind, so that a flood of one kind never displaces another.

use vocabulary::Timestamp;

use super::{
    tally::{self, Tally},
    types,
};
use crate::database::{Connection, ROWS, Statement, StoreError, Value};

/// The messages that may be deleted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Old {
    pub(crate) kind: u8,
    /// Messages from before this moment may be deleted.
    pub(crate) before: Timestamp,
    /// The number of newest messages of this kind that are kept.
    pub(crate) keep: u64,
    pub(crate) at_most: u64,
}

/// A message to be deleted.
struct Going {
    number: i64,
    channel: String,
    private: bool,
}

/// Deletes some of the oldest messages of a kind and returns their number.
pub(crate) async fn sweep(connection: &mut Connection, old: Old) -> Result<u64, StoreError> {
    let going = going(connection, old).await?;
    if !going.is_empty() {
        remove(connection, old.kind, &going).await?;
    }
    Ok(u64::try_from(going.len()).unwrap_or(u64::MAX))
}

async fn going(connection: &mut Connection, old: Old) -> Result<Vec<Going>, StoreError> {
    let at_most = usize::try_from(old.at_most).unwrap_or(usize::MAX).min(ROWS);
    let beyond = usize::try_from(count(connection, old.kind).await?.saturating_sub(old.keep)).unwrap_or(usize::MAX);
    let mut oldest = Vec::new();
    for (private, text) in OLDEST {
        let limit = Value::Number(i64::try_from(at_most).unwrap_or(i64::MAX));
        let some = Statement::new(text, vec![Value::Number(old.kind.into()), limit]);
        let some: Vec<(i64, String)> = connection.rows(some).await?;
        oldest.extend(some.into_iter().map(|(number, channel)| Going { number, channel, private }));
    }
    // Public and private messages come from two indexes.
    oldest.sort_unstable_by_key(|message| message.number);
    oldest.truncate(at_most);
    let goes = |(place, message): &(usize, Going)| *place < beyond || types::time_of(message.number) < old.before;
    Ok(oldest.into_iter().enumerate().take_while(goes).map(|(_, message)| message).collect())
}

/// Each has its own partial index, which the planner uses only for a literal.
const OLDEST: [(bool, &str); 2] = [
    (false, "SELECT seq, channel FROM messages WHERE kind = $1 AND private = 0 ORDER BY seq LIMIT $2"),
    (true, "SELECT seq, channel FROM messages WHERE kind = $1 AND private = 1 ORDER BY seq LIMIT $2"),
];

/// The number of messages of a kind.
async fn count(connection: &mut Connection, kind: u8) -> Result<u64, StoreError> {
    let text = "SELECT CAST(coalesce(sum(public_count + private_count), 0) AS BIGINT) FROM message_tally \
                WHERE scope = '*' AND span = $1 AND kind = $2";
    let values = vec![Value::Number(tally::DAY), Value::Number(kind.into())];
    let count: Option<(i64,)> = connection.first(Statement::new(text, values)).await?;
    Ok(count.map_or(0, |(count,)| count.cast_unsigned()))
}

async fn remove(connection: &mut Connection, kind: u8, going: &[Going]) -> Result<(), StoreError> {
    let mut tally = Tally::default();
    for Going { number, channel, private } in going {
        tally.add(types::time_of(*number), kind.into(), channel, *private, -1);
    }
    tally.write(connection).await?;
    Tally::clear(connection).await?;
    let index = match connection.is_postgres() {
        false => "DELETE FROM message_index WHERE rowid IN",
        true => "DELETE FROM message_index WHERE seq IN",
    };
    let users = "DELETE FROM message_users WHERE seq IN";
    let audience = "DELETE FROM message_audience WHERE seq IN";
    for before in [index, users, audience, "DELETE FROM messages WHERE seq IN"] {
        let numbers = going.iter().map(|message| Value::Number(message.number)).collect();
        connection.execute(Statement::of_list(before, numbers, "")).await?;
    }
    Ok(())
}
