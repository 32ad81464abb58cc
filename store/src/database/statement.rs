//! SQL statements: a text for both databases and its values. There are few types of values, so a query need not know
//! which database it is for.

use std::{borrow::Cow, fmt::Write};

use vocabulary::Timestamp;

/// A value of a statement.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    Text(&'a str),
    Number(i64),
    /// Stored as a number of milliseconds.
    Time(Timestamp),
    Bytes(&'a [u8]),
}

impl Value<'_> {
    /// A count, at most [`i64::MAX`].
    pub(crate) fn count(count: u64) -> Self {
        Value::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// The values for `LIMIT $1 OFFSET $2`.
pub(crate) fn window(offset: u64, limit: u64) -> Vec<Value<'static>> {
    [limit, offset].map(Value::count).into()
}

/// A text with `$1`, `$2` … and the values for them. The text never contains input from outside.
#[derive(Debug)]
pub(crate) struct Statement<'a> {
    pub(crate) text: Cow<'static, str>,
    pub(crate) values: Vec<Value<'a>>,
    /// Whether the database should keep it prepared, for texts that are used again.
    pub(crate) prepared: bool,
    /// Whether the values are in the order of their placeholders.
    pub(crate) in_order: bool,
}

/// The most rows per statement. SQLite allows 32,766 values and PostgreSQL 65,535; more rows than this gain nothing.
pub(crate) const ROWS: usize = 1_000;
/// The most rows of a prepared statement; the databases keep a hundred of them.
const PREPARED_ROWS: usize = 8;

impl<'a> Statement<'a> {
    /// A fixed text.
    pub(crate) fn new(text: &'static str, values: Vec<Value<'a>>) -> Self {
        Self { text: Cow::Borrowed(text), values, prepared: true, in_order: false }
    }

    /// `before ($1, $2), ($3, $4) … after`, at most [`ROWS`] rows.
    pub(crate) fn of_rows<const N: usize>(before: &str, rows: &[[Value<'a>; N]], after: &str) -> Self {
        let mut text = String::with_capacity(before.len() + after.len() + rows.len() * N * 8);
        text.push_str(before);
        for row in 0..rows.len() {
            text.push_str(if row == 0 { " (" } else { ", (" });
            push_places(&mut text, row * N + 1, N);
            text.push(')');
        }
        text.push_str(after);
        Self { text: text.into(), values: rows.concat(), prepared: rows.len() <= PREPARED_ROWS, in_order: true }
    }

    /// `before ($1, $2 …) after`, at most [`ROWS`] values.
    pub(crate) fn of_list(before: &str, values: Vec<Value<'a>>, after: &str) -> Self {
        let mut text = format!("{before} (");
        push_places(&mut text, 1, values.len());
        text.push(')');
        text.push_str(after);
        let prepared = values.len() <= PREPARED_ROWS;
        Self { text: text.into(), values, prepared, in_order: true }
    }

    /// `before ($2, $3 …)`, where `before` has placeholders for the first `own` values.
    pub(crate) fn of_list_after(before: &str, values: Vec<Value<'a>>, own: usize) -> Self {
        let mut text = format!("{before} (");
        push_places(&mut text, own + 1, values.len().saturating_sub(own));
        text.push(')');
        let prepared = values.len() <= PREPARED_ROWS;
        Self { text: text.into(), values, prepared, in_order: true }
    }

    /// The text for SQLite, which looks up each numbered placeholder among all others, in quadratic time. Placeholders
    /// without a number avoid this.
    pub(crate) fn text_for_sqlite(&mut self) -> String {
        let text = std::mem::take(&mut self.text);
        if !self.in_order {
            return text.into_owned();
        }
        let mut parts = text.split('$');
        let mut unnumbered = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            unnumbered.push('?');
            unnumbered.push_str(part.trim_start_matches(|digit: char| digit.is_ascii_digit()));
        }
        unnumbered
    }
}

fn push_places(text: &mut String, first: usize, count: usize) {
    for place in first..first + count {
        let comma = if place == first { "" } else { ", " };
        // Writing into a String can't fail.
        let _ = write!(text, "{comma}${place}");
    }
}
