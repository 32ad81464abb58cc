//! The writer: the one connection that changes the database, reopened after a failure, with its memory of open rooms.

use std::sync::Arc;

use crate::{
    database::{
        connection::{Connection, Origin},
        error::StoreError,
        guard::Guard,
        statement::{Statement, Value},
        wal,
    },
    journal::{
        rooms::{Changed, Rooms},
        sweep::Sweep,
        types::Batch,
        write,
    },
};

pub(crate) struct Writer {
    origin: Arc<Origin>,
    connection: Option<Connection>,
    /// False while the connection is in use: if that work fails or is dropped halfway, only a new connection is
    /// certainly in no transaction.
    clean: bool,
    /// The open rooms of the database, read on this connection at their first use, and changed only after a commit.
    rooms: Option<Rooms>,
    sweep: Sweep,
    /// The salts of the log at the last write, which show whether SQLite has restarted it.
    salts: Option<[u8; 8]>,
    closed: bool,
}

impl Writer {
    pub(crate) fn new(origin: Arc<Origin>, connection: Connection) -> Self {
        Self { connection: Some(connection), ..Self::unconnected(origin) }
    }

    /// A writer that connects at its first write.
    pub(crate) fn unconnected(origin: Arc<Origin>) -> Self {
        Self { origin, connection: None, clean: true, rooms: None, sweep: Sweep::default(), salts: None, closed: false }
    }

    pub(crate) async fn append(&mut self, batch: &Batch) -> Result<(), StoreError> {
        if batch.is_empty() {
            return Ok(());
        }
        let mut changed = Changed::of(self.rooms().await?, batch)?;
        let connection = self.take().await?;
        let outcome = write::write(connection, &mut changed, batch).await;
        let sweeps = connection.sweeps();
        if let (Ok(()), Some(rooms)) = (&outcome, &mut self.rooms) {
            rooms.add_batch(&changed, batch, sweeps);
        }
        let outcome = self.give_back(outcome).await;
        if outcome.is_ok() {
            self.sweep(batch.entries.len()).await;
        }
        outcome
    }

    /// The number of the room's last entry, if the room is open and has one.
    pub(crate) async fn last_number(&mut self, room: &str) -> Result<Option<i64>, StoreError> {
        Ok(self.rooms().await?.get(room).and_then(|room| room.last))
    }

    pub(crate) async fn quarantine(&mut self, room: &str, reason: &str) -> Result<(), StoreError> {
        let connection = self.take().await?;
        let statement = Statement::new(
            "UPDATE rooms SET state = 'quarantined', reason = $2 WHERE room = $1 AND state = 'open'",
            vec![Value::Text(room), Value::Text(reason)],
        );
        let outcome = match connection.execute(statement).await {
            Ok(0) => Err(StoreError::NoSuchRoom(room.to_owned())),
            Ok(_) => Ok(()),
            Err(error) => Err(error.into()),
        };
        let outcome = self.give_back(outcome).await;
        if let (Ok(()), Some(rooms)) = (&outcome, &mut self.rooms) {
            rooms.quarantine(room);
        }
        outcome
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

    /// Returns a connection in no transaction; it counts as unclean until it is given back.
    async fn take(&mut self) -> Result<&mut Connection, StoreError> {
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
                self.rooms = None;
                self.origin.writer().await?
            }
        };
        self.clean = false;
        Ok(self.connection.insert(connection))
    }

    /// The open rooms as the database has them, after every earlier write is decided.
    async fn rooms(&mut self) -> Result<&Rooms, StoreError> {
        self.settle().await?;
        if self.rooms.is_none() {
            let read = Rooms::read(self.take().await?).await;
            let rooms = self.give_back(read).await?;
            self.sweep.start(&rooms);
            self.rooms = Some(rooms);
        }
        Ok(self.rooms.get_or_insert_default())
    }

    /// Deletes some entries of ended rooms. A failure is not reported, since nothing depends on it.
    async fn sweep(&mut self, appended: usize) {
        let (Some(connection), Some(rooms)) = (&mut self.connection, &mut self.rooms) else {
            return;
        };
        if !self.sweep.is_due(rooms) {
            return;
        }
        self.clean = false;
        let swept = self.sweep.step(connection, rooms, appended).await;
        let swept = self.give_back(swept).await;
        if swept.is_err() {
            self.sweep.rest();
        }
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

    /// Takes the connection back. A write into a file that is no longer there has failed.
    async fn give_back<T>(&mut self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
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
