//! The open store: what the rest of the server sees of the database.

use std::{
    fmt,
    future::Future,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::sync::{Mutex, watch};
use vocabulary::Timestamp;

use crate::database::{
    backup,
    connection::{Connection, Origin, Readers},
    error::{OpenError, StoreError},
    guard::{Guard, KeptFile},
    open::{self, Purpose},
    statement::{Statement, Value},
    writer::Writer,
};

/// So long may PostgreSQL take; a server that has stopped would otherwise be waited for without end. It is longer than the
/// server's own limit for a statement, so that the server gives up first.
const PATIENCE: Duration = Duration::from_secs(12);

/// Does the work on a connection that writes, in one transaction: `$work` is a future of a [`StoreError`] or of what it
/// came to. A macro, since a closure that borrows the connection would not make a future that is `Send`.
macro_rules! in_transaction {
    ($store:expr, $writer:ident, |$connection:ident| $work:expr) => {{
        let work = async {
            let mut writer = $store.inner.$writer().lock().await;
            let $connection = writer.begin().await?;
            let outcome = $work.await;
            writer.end(outcome).await
        };
        $store.patiently(work).await
    }};
}
pub(crate) use in_transaction;

/// Where the data is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// The embedded database, in this file.
    Sqlite(PathBuf),
    /// A PostgreSQL server: `postgres://user:password@host:port/database`.
    Postgres(String),
}

/// Without the URL, which may hold a password.
impl fmt::Debug for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Sqlite(path) => formatter.debug_tuple("Sqlite").field(path).finish(),
            Location::Postgres(_) => formatter.write_str("Postgres"),
        }
    }
}

/// The open store; cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) origin: Arc<Origin>,
    writer: Mutex<Writer>,
    /// Writes messages where the journal need not wait for it.
    beside: Option<Mutex<Writer>>,
    pub(crate) readers: Readers,
    /// Batches with finished games that accounts took part in.
    pub(crate) games_ended: watch::Sender<u64>,
    /// Changes with news of guilds.
    pub(crate) guild_news: watch::Sender<u64>,
}

impl Inner {
    pub(crate) fn writer(&self) -> &Mutex<Writer> {
        &self.writer
    }

    /// The writer that messages go through.
    pub(crate) fn message_writer(&self) -> &Mutex<Writer> {
        self.beside.as_ref().unwrap_or(&self.writer)
    }
}

impl Store {
    /// Opens the store and brings it to this program's version. The file of the embedded database and its folder are made
    /// where they are missing, readable by their owner only.
    ///
    /// # Errors
    /// One sentence that says what to do; a database of a newer version is refused and not touched.
    pub async fn open(location: &Location) -> Result<Store, OpenError> {
        Self::opened(location, Purpose::Serve).await
    }

    /// The same for a command that may run beside the server which uses the store.
    ///
    /// # Errors
    /// As for [`open`](Self::open).
    pub async fn open_beside(location: &Location) -> Result<Store, OpenError> {
        Self::opened(location, Purpose::Look).await
    }

    pub(crate) async fn opened(location: &Location, purpose: Purpose) -> Result<Store, OpenError> {
        let (origin, connection, readers) = match location {
            Location::Sqlite(path) => open::sqlite(path, purpose).await?,
            Location::Postgres(url) => open::postgres(url).await?,
        };
        Ok(Self::with(origin, connection, readers))
    }

    pub(crate) fn with(origin: Origin, connection: Connection, readers: Readers) -> Self {
        let origin = Arc::new(origin);
        let writer = Mutex::new(Writer::new(Arc::clone(&origin), connection));
        let beside = origin.beside().map(|origin| Mutex::new(Writer::unconnected(Arc::new(origin))));
        let (games_ended, guild_news) = (watch::Sender::new(0), watch::Sender::new(0));
        Self { inner: Arc::new(Inner { origin, writer, beside, readers, games_ended, guild_news }) }
    }

    /// A consistent copy of the embedded database, as of one moment, while it is in use; readable by its owner only.
    ///
    /// # Errors
    /// [`NoBackup`](StoreError::NoBackup) when the file exists or can't be written, and on PostgreSQL, which has `pg_dump`.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        backup::copy(&self.inner.origin, to).await
    }

    /// One more file, such as the server's lock, that must stay as long as the embedded database is written.
    pub fn keep(&self, file: KeptFile) {
        if let Some(guard) = self.inner.origin.guard() {
            guard.keep(file);
        }
    }

    /// Checks whether the embedded database's files are still in their folder. Every write checks it too.
    ///
    /// # Errors
    /// [`Lost`](StoreError::Lost) when one was deleted or replaced.
    pub fn check_files(&self) -> Result<(), StoreError> {
        self.inner.origin.guard().map_or(Ok(()), Guard::check)
    }

    /// Writes something small, to find out whether anything can be written; it is on the disk when this returns. `at` is the
    /// time in milliseconds.
    ///
    /// # Errors
    /// Why nothing can be written.
    pub async fn heartbeat(&self, at: Timestamp) -> Result<(), StoreError> {
        let text = "UPDATE heartbeat SET at = $1 WHERE id = 1";
        let beat = Statement::new(text, vec![Value::Time(at)]);
        in_transaction!(self, writer, |connection| connection.execute(beat)).map(drop)
    }

    /// Closes the store, after the write that is under way. Nothing works on it or its clones afterwards. The embedded
    /// database is one complete file then, unless another process has it open.
    pub async fn close(&self) {
        // SQLite moves the log into the file with the last connection, but not when that one only reads.
        self.inner.readers.close().await;
        self.inner.message_writer().lock().await.close().await;
        self.inner.writer.lock().await.close().await;
    }

    pub(crate) async fn patiently<T>(
        &self,
        work: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        self.within(PATIENCE, work).await
    }

    /// SQLite waits by itself no longer than for a lock, and its work can't be given up in the middle.
    pub(crate) async fn within<T>(
        &self,
        time: Duration,
        work: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        match &*self.inner.origin {
            Origin::Sqlite { .. } => work.await,
            Origin::Postgres { .. } => tokio::time::timeout(time, work).await.unwrap_or_else(|_| Err(late())),
        }
    }
}

fn late() -> StoreError {
    StoreError::Unavailable("no answer in time".to_owned())
}
