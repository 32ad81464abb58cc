//! Founding and facts as the bytes that a journal keeps. A founding is JSON, once per room; a fact is a few bytes of
//! postcard behind a format number, for there are hundreds of them in a game.

use crate::{fact::Entry, founding::Founding};

/// The format of the facts; a later one must still read this.
const FORMAT: u8 = 1;

/// Stored bytes that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The bytes of a founding, or of a whole record.
    #[error("the founding can't be read: {0}")]
    Founding(String),
    /// The bytes of a fact.
    #[error("fact {number} can't be read: {reason}")]
    Fact {
        /// Counting from 0.
        number: usize,
        /// The cause, for the log.
        reason: String,
    },
    /// The facts do not follow from one another.
    #[error("fact {number} does not fit what came before")]
    Unfitting {
        /// Counting from 0.
        number: usize,
    },
    /// The bytes of a founding or a fact are not those that were written.
    #[error("{0} is damaged: its checksum differs")]
    Damaged(String),
    /// A fact is missing.
    #[error("facts are missing")]
    Gap,
}

/// A founding as bytes.
pub fn founding(founding: &Founding) -> Vec<u8> {
    // The types of a founding can't fail to be written.
    serde_json::to_vec(founding).unwrap_or_default()
}

/// A fact as bytes.
pub fn entry(entry: &Entry) -> Vec<u8> {
    postcard::to_extend(entry, vec![FORMAT]).unwrap_or_default()
}

/// Reads a founding.
///
/// # Errors
/// [`Unreadable::Founding`] if the bytes are not a valid founding.
pub fn read_founding(bytes: &[u8]) -> Result<Founding, Unreadable> {
    serde_json::from_slice(bytes).map_err(|error| Unreadable::Founding(error.to_string()))
}

/// Reads the facts of a room.
///
/// # Errors
/// [`Unreadable::Fact`] if some bytes are not a valid fact of a known format.
pub fn read_entries<'a>(entries: impl IntoIterator<Item = &'a Vec<u8>>) -> Result<Vec<Entry>, Unreadable> {
    entries.into_iter().enumerate().map(|(number, bytes)| read_entry(number, bytes)).collect()
}

fn read_entry(number: usize, bytes: &[u8]) -> Result<Entry, Unreadable> {
    let unreadable = |reason: String| Unreadable::Fact { number, reason };
    match bytes.split_first() {
        Some((&FORMAT, rest)) => match postcard::take_from_bytes(rest) {
            Ok((entry, [])) => Ok(entry),
            Ok(_) => Err(unreadable("bytes are left over".to_owned())),
            Err(error) => Err(unreadable(error.to_string())),
        },
        Some((format, _)) => Err(unreadable(format!("its format {format} is unknown; a newer version wrote it"))),
        None => Err(unreadable("it is empty".to_owned())),
    }
}

/// A whole room as bytes, for the replay of its finished game.
pub fn record(founding: &Founding, entries: &[Entry]) -> Vec<u8> {
    let entries: Vec<Vec<u8>> = entries.iter().map(entry).collect();
    postcard::to_stdvec(&(self::founding(founding), entries)).unwrap_or_default()
}

/// Reads what [`record`] wrote.
///
/// # Errors
/// [`Unreadable`] if the bytes are not a valid record.
pub fn read_record(bytes: &[u8]) -> Result<(Founding, Vec<Entry>), Unreadable> {
    let (founding, entries): (Vec<u8>, Vec<Vec<u8>>) =
        postcard::from_bytes(bytes).map_err(|error| Unreadable::Founding(error.to_string()))?;
    Ok((read_founding(&founding)?, read_entries(&entries)?))
}

#[cfg(test)]
mod tests {
    use game_rules::{RuleSet, Seat};
    use vocabulary::{Difficulty, Name, Pace, RoomId, RoomOptions, Timestamp};

    use super::*;
    use crate::fact::{Fact, NetworkMark};

    /// Names were allowed once that nobody may choose now.
    #[test]
    fn names_of_an_earlier_version_are_read_as_they_were_written() {
        let old = "a\u{200d}\u{202e}b";
        assert!(Name::parse(old).is_err());
        let [room_name, name] = [(); 2].map(|()| Name::stored(old));
        let options = RoomOptions {
            public: true,
            fill_with_bots: true,
            difficulty: Difficulty::Medium,
            turn_timeout_seconds: 30,
            pace: Pace::Normal,
            rules: RuleSet::default(),
        };
        let written = Founding { room: RoomId::random(), room_name, options, at: Timestamp::now() };
        let fact = Fact::BotPlaced { seat: Seat::ALL[1], name, difficulty: Difficulty::Easy };
        let (founding, entries) =
            read_record(&record(&written, &[Entry { at: written.at, fact, request: None }])).unwrap();
        assert_eq!(founding.room_name.as_str(), old);
        assert!(matches!(&entries[0].fact, Fact::BotPlaced { name, .. } if name.as_str() == old));
    }

    /// A journal of this version is read by every later one: a fact keeps its number, and new ones come last.
    #[test]
    fn a_fact_keeps_the_bytes_that_it_was_first_written_with() {
        let network = NetworkMark([138, 199, 184]);
        let seat = Seat::ALL[2];
        for (fact, bytes) in [
            (Fact::Left { seat }, &[3, 2][..]),
            (Fact::Resumed, &[9]),
            (Fact::Removed { seat, network: None }, &[11, 2, 0]),
            (Fact::Removed { seat, network: Some(network) }, &[11, 2, 1, 138, 199, 184]),
        ] {
            let written = entry(&Entry { at: Timestamp(5), fact, request: None });
            assert_eq!(written, [&[FORMAT, 5], bytes, &[0]].concat());
            assert!(read_entry(0, &written).is_ok());
        }
    }
}
