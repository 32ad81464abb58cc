//! Tallies of messages per day and minute, so that a million messages need not be counted. They change with every
//! write; for a range of time they are summed up, and only messages at its ends are counted one by one.

use std::collections::BTreeMap;

use vocabulary::Timestamp;

use crate::database::{Connection, ROWS, Statement, StoreError, Value};

/// A minute and a day, in milliseconds.
pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 86_400_000;
/// The scope of a tally over all channels.
pub(crate) const ALL: &str = "*";

/// The scope of a tally of one channel.
pub(crate) fn of_channel(channel: &str) -> String {
    format!("#{channel}")
}

/// Changes of tallies, ordered like the table, so that two servers never deadlock.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    changes: BTreeMap<(String, i64, i64, i64), (i64, i64)>,
}

impl Tally {
    /// Adds `count` messages, or removes them if it is negative.
    pub(crate) fn add(&mut self, at: Timestamp, kind: i64, channel: &str, private: bool, count: i64) {
        let at = at.millis();
        for scope in [ALL.to_owned(), of_channel(channel)] {
            for span in [MINUTE, DAY] {
                // Rounded down to the beginning of the span, also before 1970.
                let key = (scope.clone(), span, at - at.rem_euclid(span), kind);
                let (public_count, private_count) = self.changes.entry(key).or_default();
                *(if private { private_count } else { public_count }) += count;
            }
        }
    }

    pub(crate) async fn write(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let rows: Vec<_> = self.changes.iter().collect();
        for some in rows.chunks(ROWS) {
            let some: Vec<[Value<'_>; 6]> = some
                .iter()
                .map(|((scope, span, start, kind), (public_count, private_count))| {
                    let numbers = [*span, *start, *kind, *public_count, *private_count].map(Value::Number);
                    let [span, start, kind, public_count, private_count] = numbers;
                    [Value::Text(scope), span, start, kind, public_count, private_count]
                })
                .collect();
            let before = "INSERT INTO message_tally (scope, span, start, kind, public_count, private_count) VALUES";
            let after = " ON CONFLICT (scope, span, start, kind) DO UPDATE SET \
                         public_count = message_tally.public_count + excluded.public_count, \
                         private_count = message_tally.private_count + excluded.private_count";
            connection.execute(Statement::of_rows(before, &some, after)).await?;
        }
        Ok(())
    }

    /// Deletes tallies that are 0.
    pub(crate) async fn clear(connection: &mut Connection) -> Result<(), StoreError> {
        let text = "DELETE FROM message_tally WHERE public_count = 0 AND private_count = 0";
        connection.execute(Statement::new(text, Vec::new())).await?;
        Ok(())
    }
}

/// Splits a range of time, without its end, into whole days and minutes, given with their span, and the rest, given
/// without.
pub(crate) fn parts(from: i64, until: i64) -> Vec<(Option<i64>, i64, i64)> {
    split(from, until, &[DAY, MINUTE])
}

fn split(from: i64, until: i64, spans: &[i64]) -> Vec<(Option<i64>, i64, i64)> {
    if from >= until {
        return Vec::new();
    }
    let Some((span, finer)) = spans.split_first() else {
        return vec![(None, from, until)];
    };
    let first = from + (span - from.rem_euclid(*span)) % span;
    let last = until - until.rem_euclid(*span);
    if first >= last {
        return split(from, until, finer);
    }
    let mut parts = split(from, first, finer);
    parts.push((Some(*span), first, last));
    parts.extend(split(last, until, finer));
    parts
}
