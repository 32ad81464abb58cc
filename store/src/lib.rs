//! The store: the journal of rooms and the finished games, in the embedded SQLite or in PostgreSQL. What a founding, an
//! entry or a record means is the caller's affair; here they are bytes.
//!
//! One server process writes the rooms of a database. What [`Store::append`] has taken is on the disk when it returns.

mod append;
mod backup;
mod batch;
mod connection;
mod error;
mod file;
mod open;
mod read;
mod statement;
mod store;
mod writer;

pub use batch::{Batch, Ended, Finished, FinishedGame, FinishedSummary, Founded, JournalSize, NewEntry, StoredRoom};
pub use error::{OpenError, StoreError};
pub use store::{Location, Store};
