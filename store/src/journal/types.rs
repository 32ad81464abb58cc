//! What goes into the store and what comes out. Times are milliseconds since 1970; the store does not interpret them.

use vocabulary::Timestamp;

use crate::standings::types::Participation;

/// What is to be written in one go. Rooms are founded first, then entries appended, then rooms ended; so one batch may do
/// all three for the same room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Rooms that begin.
    pub founded: Vec<Founded>,
    /// Entries of rooms that have begun, in any order.
    pub entries: Vec<NewEntry>,
    /// Rooms that are over.
    pub ended: Vec<Ended>,
}

impl Batch {
    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.founded.is_empty() && self.entries.is_empty() && self.ended.is_empty()
    }
}

/// A room begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founded {
    /// The room's id: no other room that is open, quarantined or has a finished game may have it.
    pub room: String,
    /// How the room began.
    pub founding: Vec<u8>,
    /// When, in milliseconds.
    pub at: Timestamp,
}

/// One more entry of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// The room's id.
    pub room: String,
    /// From 0, per room, without gaps. A number that comes twice in the batch, or that is not above all the numbers which the
    /// room has already, makes the whole batch a [`Duplicate`].
    ///
    /// [`Duplicate`]: crate::StoreError::Duplicate
    pub number: i64,
    /// What happened.
    pub body: Vec<u8>,
}

/// The room is over. Nothing shows its founding and its entries any more; on SQLite the entries leave the file later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The room's id.
    pub room: String,
    /// When, in milliseconds.
    pub at: Timestamp,
    /// The finished game, kept under the room's id; `None` when the room closed without one, then nothing is kept.
    pub game: Option<Finished>,
}

/// A game that was played to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// How it ended, as JSON text.
    pub result: String,
    /// All of it.
    pub record: Vec<u8>,
    /// Whether everybody may find it.
    pub public: bool,
    /// Whether only bots were left in it; few of these are kept, and they go first.
    pub of_bots: bool,
    /// Those who took part with an account.
    pub players: Vec<Participation>,
}

/// A room as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRoom {
    /// The room's id.
    pub room: String,
    /// How the room began.
    pub founding: Vec<u8>,
    /// When it began, in milliseconds.
    pub at: Timestamp,
    /// Its entries, in the order of their numbers.
    pub entries: Vec<Vec<u8>>,
    /// The numbers of the entries are not 0, 1, 2 …: something is missing, the room can't be trusted.
    pub gap: bool,
    /// The first of its bytes that differ from their checksum: the room can't be trusted. `None` if all are as they were
    /// written, and for rows of versions that wrote no checksums.
    pub damaged: Option<Damaged>,
}

/// Bytes of a room that differ from their checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damaged {
    /// How the room began.
    Founding,
    /// The entry of this number.
    Entry(i64),
}

/// A finished game.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinishedGame {
    /// The id of the room it was played in.
    pub room: String,
    /// When the room began, in milliseconds.
    pub founded_at: Timestamp,
    /// When the game ended, in milliseconds.
    pub ended_at: Timestamp,
    /// How it ended, as JSON text.
    pub result: String,
    /// All of it.
    pub record: Vec<u8>,
}

/// A finished game without its record, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinishedSummary {
    /// The id of the room it was played in.
    pub room: String,
    /// When the room began, in milliseconds.
    pub founded_at: Timestamp,
    /// When the game ended, in milliseconds.
    pub ended_at: Timestamp,
    /// How it ended, as JSON text.
    pub result: String,
}

/// How much the journal holds; finished games do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JournalSize {
    /// Rooms that have not ended.
    pub rooms: u64,
    /// Their entries, with those of rooms in quarantine.
    pub entries: u64,
    /// The bytes in the bodies of these entries.
    pub bytes: u64,
}
