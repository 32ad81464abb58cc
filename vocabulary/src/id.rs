//! The ids of rooms and connections, and the numbers of events.

use std::{fmt, str::FromStr};

use rand::RngExt;
use serde::{Deserialize, Serialize};

/// The letters of a room id: `A-Z2-9` without the look-alikes `O`, `0`, `I` and `1`
/// (contract, *What they share*).
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// The id of a room, a battle and a game, which are the same thing: eight characters of `A-Z2-9` without look-alikes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoomId([u8; 8]);

impl RoomId {
    /// A random id of 40 bits. The caller checks that no other room has it.
    pub fn random() -> Self {
        let mut rng = rand::rng();
        Self(std::array::from_fn(|_| ALPHABET[rng.random_range(0..ALPHABET.len())]))
    }

    /// The eight characters.
    pub fn as_str(&self) -> &str {
        // There are only letters of ALPHABET, so this never returns the default.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl TryFrom<String> for RoomId {
    type Error = ParseRoomIdError;

    fn try_from(text: String) -> Result<Self, ParseRoomIdError> {
        text.parse()
    }
}

impl From<RoomId> for String {
    fn from(room: RoomId) -> Self {
        room.as_str().to_owned()
    }
}

impl fmt::Display for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is not a valid room id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a room id is eight characters of A-Z and 2-9 without O and I")]
pub struct ParseRoomIdError;

impl FromStr for RoomId {
    type Err = ParseRoomIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let letters: [u8; 8] = text.as_bytes().try_into().map_err(|_| ParseRoomIdError)?;
        if letters.iter().all(|letter| ALPHABET.contains(letter)) { Ok(Self(letters)) } else { Err(ParseRoomIdError) }
    }
}

/// The id of one connection, unique as long as the process runs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ConnectionId(u64);

impl ConnectionId {
    /// A random id. It identifies a connection, but authorises nothing.
    pub fn random() -> Self {
        Self(rand::rng().random())
    }
}

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "conn_{:016x}", self.0)
    }
}

/// A text that is not a connection's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a connection's id is conn_ and 16 hexadecimal digits")]
pub struct ParseConnectionIdError;

impl FromStr for ConnectionId {
    type Err = ParseConnectionIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix("conn_").filter(|digits| digits.len() == 16).ok_or(ParseConnectionIdError)?;
        u64::from_str_radix(digits, 16).map(Self).map_err(|_| ParseConnectionIdError)
    }
}

/// The number of an event in its room, counted from 1; 0 is before the first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Sequence(pub u64);

impl Sequence {
    /// The number that follows.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_random_room_id_reads_back() {
        for _ in 0..1_000 {
            let id = RoomId::random();
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn a_connections_id_reads_back_and_other_texts_are_none() {
        let id = ConnectionId::random();
        assert_eq!(id.to_string().parse(), Ok(id));
        for text in ["", "conn_", "conn_12", "0123456789abcdef", "conn_0123456789abcdeg", "conn_0123456789abcdef0"] {
            assert_eq!(text.parse::<ConnectionId>(), Err(ParseConnectionIdError), "{text}");
        }
    }

    #[test]
    fn look_alikes_lower_case_and_other_lengths_are_no_room_ids() {
        for text in ["ABCD123O", "ABCDEFG0", "ABCDEFGI", "ABCDEFG1", "abcdefgh", "ABCDEFG", "ABCDEFGHJ", "", "ÄBCDEFG"]
        {
            assert_eq!(text.parse::<RoomId>(), Err(ParseRoomIdError), "{text}");
        }
    }
}
