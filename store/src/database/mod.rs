//! The database: SQLite or PostgreSQL, the connections to it, its one writer, and the files of the embedded one.

mod backup;
pub(crate) mod checksum;
mod connection;
mod error;
mod file;
mod guard;
pub(crate) mod names;
mod open;
mod restore;
mod space;
mod statement;
mod store;
mod wal;
mod writer;

pub(crate) use self::{
    connection::{Connection, Readers, Snapshot},
    statement::{ROWS, Statement, Value, window},
    store::in_transaction,
    writer::Writer,
};
pub use self::{
    error::{OpenError, StoreError},
    guard::KeptFile,
    restore::{Existing, RestoreError, restore},
    space::Space,
    store::{Location, Store},
};
