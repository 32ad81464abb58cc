//! What clients may send: each contract has one table of it, with a row for each message.

use crate::{Malformed, schema::Part};

/// The most characters of an unknown name that an error repeats.
const NAME_CHARS: usize = 64;

/// A message that clients may send: its name, how it is decoded, and the schema of its content.
pub(crate) type Asked<R, S = Part> = (&'static str, R, S);

/// How the message of this name is decoded; the error for a name that the table does not have lists those that it has.
pub(crate) fn reader<R: Copy, S>(table: &[Asked<R, S>], name: &str) -> Result<R, Malformed> {
    let known = || table.iter().map(|(known, ..)| *known);
    let unknown =
        || Malformed::UnknownEvent { event: name.chars().take(NAME_CHARS).collect(), known: known().collect() };
    table.iter().find(|(known, ..)| *known == name).map(|(_, read, _)| *read).ok_or_else(unknown)
}
