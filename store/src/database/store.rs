//! The open store, shared by the whole server.

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

/// Longest time that PostgreSQL may take; otherwise a stopped server would block the caller forever. It is longer than
/// the server's own limit for a statement, so that the server gives up first.
const PATIENCE: Duration = Duration::from_secs(12);

/// Runs `$work`, a future of a `Result`, on the writing connection in one transaction, which is rolled back on an
/// error. It is a macro because the future of an async closure that borrows the connection can't be required to be
/// `Send`.
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

/// The place of the data.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// The embedded database, in this file.
    Sqlite(PathBuf),
    /// A PostgreSQL server: `postgres://user:password@host:port/database`.
    Postgres(String),
}

/// Omits the URL, which may contain a password.
impl fmt::Debug for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Sqlite(path) => formatter.debug_tuple("Sqlite").field(path).finish(),
            Location::Postgres(_) => formatter.write_str("Postgres"),
        }
    }
}

/// An open store. Clones are cheap and share its connections.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) origin: Arc<Origin>,
    writer: Mutex<Writer>,
    /// A second writer, for messages, where the database allows two.
    beside: Option<Mutex<Writer>>,
    pub(crate) readers: Readers,
    /// Counts batches with finished games of accounts.
    pub(crate) games_ended: watch::Sender<u64>,
    /// Counts changes with news of guilds.
    pub(crate) guild_news: watch::Sender<u64>,
}

impl Inner {
    pub(crate) fn writer(&self) -> &Mutex<Writer> {
        &self.writer
    }

    /// The writer for messages.
    pub(crate) fn message_writer(&self) -> &Mutex<Writer> {
        self.beside.as_ref().unwrap_or(&self.writer)
    }
}

impl Store {
    /// Opens the store and migrates it to this program's version. The file of the embedded database and its folder are
    /// created if they are missing, readable by their owner only.
    ///
    /// # Errors
    /// A sentence that says what to do. A database of a newer version is rejected and not changed.
    pub async fn open(location: &Location) -> Result<Store, OpenError> {
        Self::opened(location, Purpose::Serve).await
    }

    /// Like [`open`](Self::open), for a command that may run beside the server that uses the store.
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

    /// Writes a consistent copy of the embedded database while it is in use; only its owner may read it.
    ///
    /// # Errors
    /// [`NoBackup`](StoreError::NoBackup) if the file exists or can't be written, and on PostgreSQL, which has
    /// `pg_dump`.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        backup::copy(&self.inner.origin, to).await
    }

    /// Adds a file, such as the server's lock, that must not be removed while the embedded database is written.
    pub fn keep(&self, file: KeptFile) {
        if let Some(guard) = self.inner.origin.guard() {
            guard.keep(file);
        }
    }

    /// Checks whether the embedded database's files are still in their folder. Every write checks it too.
    ///
    /// # Errors
    /// [`Lost`](StoreError::Lost) if one was deleted or replaced.
    pub fn check_files(&self) -> Result<(), StoreError> {
        self.inner.origin.guard().map_or(Ok(()), Guard::check)
    }

    /// Writes `at`, the present time, to find out whether writes succeed; it is on the disk when this returns.
    ///
    /// # Errors
    /// The reason why writes fail.
    pub async fn heartbeat(&self, at: Timestamp) -> Result<(), StoreError> {
        let text = "UPDATE heartbeat SET at = $1 WHERE id = 1";
        let beat = Statement::new(text, vec![Value::Time(at)]);
        in_transaction!(self, writer, |connection| connection.execute(beat)).map(drop)
    }

    /// Closes the store after the current write. The store and its clones can't be used afterwards. The embedded
    /// database is then one complete file, unless another process has it open.
    pub async fn close(&self) {
        // SQLite moves the log into the file when the last connection closes, but not if that one only reads.
        self.inner.readers.close().await;
        // On SQLite both are one writer; closing it again does nothing.
        self.inner.message_writer().lock().await.close().await;
        self.inner.writer.lock().await.close().await;
    }

    pub(crate) async fn patiently<T>(
        &self,
        work: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        self.within(PATIENCE, work).await
    }

    /// SQLite itself limits its only wait, for a lock, and its work can't be cancelled halfway.
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
