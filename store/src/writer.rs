//! The writer: the one connection that changes the database, opened again after a failure, and the numbers of its rooms.

use std::{collections::HashMap, sync::Arc};

use crate::{
    account_write::{self, Change, Outcome},
    append,
    batch::Batch,
    connection::{Connection, Origin},
    error::StoreError,
    standing::{Participation, Standings},
    standing_write,
    statement::{Statement, Value},
};

pub(crate) struct Writer {
    origin: Arc<Origin>,
    connection: Option<Connection>,
    /// False while the connection is in use: when that work is dropped in the middle or fails, only a new connection is
    /// surely in no transaction.
    clean: bool,
    /// The numbers of open rooms in the database, as far as this connection has met them. It changes only after a commit.
    rooms: Rooms,
    closed: bool,
}

pub(crate) type Rooms = HashMap<String, i64>;

impl Writer {
    pub(crate) fn new(origin: Arc<Origin>, connection: Connection) -> Self {
        Self { origin, connection: Some(connection), clean: true, rooms: Rooms::new(), closed: false }
    }

    pub(crate) async fn append(&mut self, batch: &Batch) -> Result<(), StoreError> {
        if batch.is_empty() {
            return Ok(());
        }
        let (connection, rooms) = self.take().await?;
        let outcome = append::write(connection, rooms, batch).await;
        self.give_back(&outcome).await;
        outcome
    }

    pub(crate) async fn quarantine(&mut self, room: &str, reason: &str) -> Result<(), StoreError> {
        let (connection, _) = self.take().await?;
        let statement = Statement::new(
            "UPDATE rooms SET state = 'quarantined', reason = $2 WHERE room = $1 AND state = 'open'",
            vec![Value::Text(room), Value::Text(reason)],
        );
        let outcome = match connection.execute(statement).await {
            Ok(0) => Err(StoreError::NoSuchRoom(room.to_owned())),
            Ok(_) => Ok(()),
            Err(error) => Err(error.into()),
        };
        self.give_back(&outcome).await;
        if outcome.is_ok() {
            self.rooms.remove(room);
        }
        outcome
    }

    /// Makes a change of the accounts, between two batches.
    pub(crate) async fn change(&mut self, change: &Change<'_>) -> Result<Outcome, StoreError> {
        let (connection, _) = self.take().await?;
        let outcome = account_write::write(connection, change).await;
        self.give_back(&outcome).await;
        outcome
    }

    /// Rates games that have ended, between two batches.
    pub(crate) async fn rate_games(
        &mut self,
        rule: impl Fn(&[Participation], &mut Standings),
    ) -> Result<u64, StoreError> {
        let (connection, _) = self.take().await?;
        let outcome = standing_write::rate(connection, rule).await;
        self.give_back(&outcome).await;
        outcome
    }

    /// Returns when no earlier write is undecided any more: each has been committed or never will be.
    pub(crate) async fn settle(&mut self) -> Result<(), StoreError> {
        self.take().await?;
        self.clean = true;
        Ok(())
    }

    pub(crate) async fn close(&mut self) {
        self.closed = true;
        if let Some(connection) = self.connection.take() {
            connection.close().await;
        }
    }

    /// A connection in no transaction; it counts as unclean until it is given back.
    async fn take(&mut self) -> Result<(&mut Connection, &mut Rooms), StoreError> {
        if self.closed {
            return Err(StoreError::Other("the store is closed".to_owned()));
        }
        if !self.clean {
            self.abandon().await;
        }
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                self.rooms.clear();
                self.origin.writer().await?
            }
        };
        self.clean = false;
        Ok((self.connection.insert(connection), &mut self.rooms))
    }

    async fn give_back<T>(&mut self, outcome: &Result<T, StoreError>) {
        self.clean = match (outcome, &mut self.connection) {
            (Ok(_), _) => true,
            // Outside a transaction SQLite refuses to roll back; then the connection is replaced, which does no harm.
            (Err(StoreError::Duplicate | StoreError::NoSuchRoom(_)), Some(connection)) => {
                connection.run("ROLLBACK").await.is_ok()
            }
            (Err(_), _) => false,
        };
        if !self.clean {
            self.abandon().await;
        }
    }

    async fn abandon(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.abandon().await;
        }
    }
}
