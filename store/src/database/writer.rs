//! The writer: the one connection that changes the database, reopened after a failure. It keeps what a topic remembers
//! of the rows that it alone changes, without knowing the topic.

use std::{any::Any, sync::Arc};

use crate::database::{
    connection::{Connection, Origin},
    error::StoreError,
    guard::Guard,
    wal,
};

pub(crate) struct Writer {
    origin: Arc<Origin>,
    connection: Option<Connection>,
    /// False while the connection is in use: if that work fails or is dropped halfway, only a new connection is
    /// certainly in no transaction.
    clean: bool,
    /// The number of connections so far. What was remembered on an earlier one may differ from the database: the last
    /// write there may or may not have been committed.
    generation: u64,
    memory: Option<Box<dyn Any + Send>>,
    /// The salts of the log at the last write, which show whether SQLite has restarted it.
    salts: Option<[u8; 8]>,
    closed: bool,
}

impl Writer {
    pub(crate) fn new(origin: Arc<Origin>, connection: Connection) -> Self {
        Self { connection: Some(connection), generation: 1, ..Self::unconnected(origin) }
    }

    /// A writer that connects at its first write.
    pub(crate) fn unconnected(origin: Arc<Origin>) -> Self {
        Self { origin, connection: None, clean: true, generation: 0, memory: None, salts: None, closed: false }
    }

    /// Begins a transaction, which must be ended with [`end`](Self::end).
    pub(crate) async fn begin(&mut self) -> Result<&mut Connection, StoreError> {
        let connection = self.take().await?;
        connection.begin_write().await?;
        Ok(connection)
    }

    /// Ends a transaction: commits a success and rolls back a failure.
    pub(crate) async fn end<T>(&mut self, outcome: Result<T, impl Into<StoreError>>) -> Result<T, StoreError> {
        let outcome = match (outcome, &mut self.connection) {
            (Ok(done), Some(connection)) => connection.run("COMMIT").await.map(|()| done).map_err(StoreError::from),
            (outcome, _) => outcome.map_err(Into::into),
        };
        self.give_back(outcome).await
    }

    /// Waits until every earlier write is decided: it has been committed or never will be.
    pub(crate) async fn settle(&mut self) -> Result<(), StoreError> {
        self.take().await?;
        self.clean = true;
        Ok(())
    }

    pub(crate) async fn close(&mut self) {
        self.closed = true;
        let is_lost = self.check().is_err();
        let Some(mut connection) = self.connection.take() else { return };
        if is_lost {
            // Closing would delete the log by its name, which may now belong to another database.
            return std::mem::forget(connection);
        }
        if !connection.is_postgres() {
            // What can't be moved into the database stays in the log until the next start.
            let _ = wal::is_emptied(&mut connection).await;
        }
        connection.close().await;
    }

    /// The number of the present connection, which is above that of every earlier one.
    pub(crate) const fn generation(&self) -> u64 {
        self.generation
    }

    /// Takes out what a topic has [remembered](Self::remember); the default if there is nothing, also because the work
    /// that took it out was dropped halfway.
    pub(crate) fn recall<M: Any + Default>(&mut self) -> Box<M> {
        self.memory.take().and_then(|memory| memory.downcast().ok()).unwrap_or_default()
    }

    /// Keeps what a topic remembers of its rows. Only one topic per writer does.
    pub(crate) fn remember<M: Any + Send>(&mut self, memory: Box<M>) {
        self.memory = Some(memory);
    }

    /// Returns a connection in no transaction; it counts as unclean until it is given back.
    pub(crate) async fn take(&mut self) -> Result<&mut Connection, StoreError> {
        if self.closed {
            return Err(StoreError::Other("the store is closed".to_owned()));
        }
        self.check()?;
        if !self.clean {
            self.abandon().await;
        }
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                self.generation += 1;
                self.origin.writer().await?
            }
        };
        self.clean = false;
        Ok(self.connection.insert(connection))
    }

    /// Checks whether the database's files are still there.
    fn check(&self) -> Result<(), StoreError> {
        self.origin.guard().map_or(Ok(()), Guard::check)
    }

    /// Guards the log after a write on SQLite, and writes the stamp into a log that SQLite has restarted.
    async fn note_log(&mut self) -> Result<(), StoreError> {
        let (Some(guard), Some(connection)) = (self.origin.guard(), &mut self.connection) else {
            return Ok(());
        };
        guard.note_log();
        let salts = wal::salts(guard.database());
        if salts != self.salts {
            wal::mark(connection).await?;
            self.salts = wal::salts(guard.database());
        }
        Ok(())
    }

    /// Takes the connection back after work with this outcome. A write into a file that is no longer there has failed.
    pub(crate) async fn give_back<T>(&mut self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        let outcome = match self.check() {
            Ok(()) => outcome,
            Err(lost) => outcome.and(Err(lost)),
        };
        self.clean = match &outcome {
            Ok(_) => self.note_log().await.is_ok(),
            // Outside a transaction SQLite rejects a rollback; the connection is then replaced, which does no harm.
            Err(StoreError::Duplicate | StoreError::NoSuchRoom(_)) => match &mut self.connection {
                Some(connection) => connection.run("ROLLBACK").await.is_ok(),
                None => false,
            },
            Err(_) => false,
        };
        if !self.clean {
            self.abandon().await;
        }
        outcome
    }

    async fn abandon(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        if self.check().is_err() {
            // See `close`.
            return std::mem::forget(connection);
        }
        connection.abandon().await;
        self.salts = None;
        if let Some(guard) = self.origin.guard() {
            guard.forget_log();
        }
    }
}
