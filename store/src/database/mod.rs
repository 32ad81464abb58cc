//! The database: SQLite or PostgreSQL, the connections to it, its one writer, and the files of the embedded one.

mod backup;
pub(crate) mod checksum;
pub(crate) mod connection;
pub(crate) mod error;
mod file;
pub(crate) mod guard;
pub(crate) mod names;
mod open;
pub(crate) mod restore;
pub(crate) mod space;
pub(crate) mod statement;
pub(crate) mod store;
mod wal;
pub(crate) mod writer;
