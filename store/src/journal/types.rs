//! Rooms, their entries and finished games, as they are stored.

use vocabulary::Timestamp;

use crate::standings::types::Participation;

/// Writes that are committed together: rooms are founded first, then entries appended, then rooms ended, so one batch
/// may do all three for one room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Rooms to be founded.
    pub founded: Vec<Founded>,
    /// Entries of open rooms, in any order.
    pub entries: Vec<NewEntry>,
    /// Rooms to be ended.
    pub ended: Vec<Ended>,
}

impl Batch {
    /// Whether the batch writes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.founded.is_empty() && self.entries.is_empty() && self.ended.is_empty()
    }
}

/// A room that is founded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founded {
    /// The room's id, unique among rooms that are open, quarantined or have a finished game.
    pub room: String,
    /// The encoded founding of the room.
    pub founding: Vec<u8>,
    /// The time of the founding.
    pub at: Timestamp,
}

/// An entry that is appended to a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// The room's id.
    pub room: String,
    /// Counts from 0 per room, without gaps. If a number is used twice in the batch, or is not above all numbers that
    /// the room already has, the whole batch is a [`Duplicate`].
    ///
    /// [`Duplicate`]: crate::StoreError::Duplicate
    pub number: i64,
    /// The encoded fact.
    pub body: Vec<u8>,
}

/// A room that is over. Its founding and its entries are no longer returned; on SQLite the entries are deleted later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The room's id.
    pub room: String,
    /// The time of the end.
    pub at: Timestamp,
    /// The finished game, kept under the room's id; `None` if the room closed without one, so that nothing is kept.
    pub game: Option<Finished>,
}

/// A game that was played to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// The game's result, as JSON text.
    pub result: String,
    /// The encoded record of the whole game.
    pub record: Vec<u8>,
    /// Whether the game is listed for everybody.
    pub public: bool,
    /// Whether only bots finished the game; few of these are kept, and they are deleted first.
    pub of_bots: bool,
    /// The players with an account.
    pub players: Vec<Participation>,
}

/// An unfinished room, read from the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRoom {
    /// The room's id.
    pub room: String,
    /// The encoded founding of the room.
    pub founding: Vec<u8>,
    /// The time at which it began.
    pub at: Timestamp,
    /// Its entries, in the order of their numbers.
    pub entries: Vec<Vec<u8>>,
    /// Whether the numbers of the entries are not 0, 1, 2 …: an entry is missing, so the room can't be trusted.
    pub gap: bool,
    /// The first part that differs from its checksum, so that the room can't be trusted. `None` if there is none; rows
    /// of early versions have no checksums and always pass.
    pub damaged: Option<Damaged>,
}

/// A part of a room that differs from its checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damaged {
    /// The encoded founding of the room.
    Founding,
    /// The entry of this number.
    Entry(i64),
}

/// A finished game with its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinishedGame {
    /// The id of the room that the game was played in.
    pub room: String,
    /// The time at which the room was founded.
    pub founded_at: Timestamp,
    /// The time at which the game ended.
    pub ended_at: Timestamp,
    /// The game's result, as JSON text.
    pub result: String,
    /// The encoded record of the whole game.
    pub record: Vec<u8>,
}

/// A finished game without its record, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinishedSummary {
    /// The id of the room that the game was played in.
    pub room: String,
    /// The time at which the room was founded.
    pub founded_at: Timestamp,
    /// The time at which the game ended.
    pub ended_at: Timestamp,
    /// The game's result, as JSON text.
    pub result: String,
}

/// The size of the journal, without finished games.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JournalSize {
    /// The number of rooms that have not ended.
    pub rooms: u64,
    /// The entries of these rooms and of quarantined rooms.
    pub entries: u64,
    /// The bytes of the bodies of these entries.
    pub bytes: u64,
}
