//! The writer: the one connection that changes the database, opened again after a failure, with what it remembers of its rooms.

use std::sync::Arc;

use crate::{
    account_write::{self, Change, Outcome},
    append,
    batch::Batch,
    connection::{Connection, Origin},
    error::StoreError,
    guild::{GuildScope, Guilds},
    guild_write,
    message_write::{self, Old, Prepared},
    rooms::{Changed, Rooms},
    standing::{Participation, Standings},
    standing_write,
    statement::{Statement, Value},
    sweep::Sweep,
};

pub(crate) struct Writer {
    origin: Arc<Origin>,
    connection: Option<Connection>,
    /// False while the connection is in use: when that work is dropped in the middle or fails, only a new connection is
    /// surely in no transaction.
    clean: bool,
    /// The open rooms of the database, read over this connection when they were first wanted. It changes only after a commit.
    rooms: Option<Rooms>,
    sweep: Sweep,
    closed: bool,
}

impl Writer {
    pub(crate) fn new(origin: Arc<Origin>, connection: Connection) -> Self {
        Self { connection: Some(connection), ..Self::unconnected(origin) }
    }

    /// One that connects when it has something to write.
    pub(crate) fn unconnected(origin: Arc<Origin>) -> Self {
        Self { origin, connection: None, clean: true, rooms: None, sweep: Sweep::default(), closed: false }
    }

    pub(crate) async fn append(&mut self, batch: &Batch) -> Result<(), StoreError> {
        if batch.is_empty() {
            return Ok(());
        }
        let mut changed = Changed::of(self.rooms().await?, batch)?;
        let connection = self.take().await?;
        let outcome = append::write(connection, &mut changed, batch).await;
        let sweeps = connection.sweeps();
        if let (Ok(()), Some(rooms)) = (&outcome, &mut self.rooms) {
            rooms.take_in(&changed, batch, sweeps);
        }
        self.give_back(&outcome).await;
        if outcome.is_ok() {
            self.sweep(batch.entries.len()).await;
        }
        outcome
    }

    /// The number of the room's last entry, when the room is open and has one.
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
        self.give_back(&outcome).await;
        if let (Ok(()), Some(rooms)) = (&outcome, &mut self.rooms) {
            rooms.set_aside(room);
        }
        outcome
    }

    /// Makes a change of the accounts, between two batches.
    pub(crate) async fn change(&mut self, change: &Change<'_>) -> Result<Outcome, StoreError> {
        let connection = self.take().await?;
        let outcome = account_write::write(connection, change).await;
        self.give_back(&outcome).await;
        outcome
    }

    /// Rates games that have ended, between two batches: how many, and whether guilds have news of it.
    pub(crate) async fn rate_games(
        &mut self,
        rule: impl Fn(&[Participation], &mut Standings),
        earn: impl Fn(i64, &[Participation], &mut Guilds),
    ) -> Result<(u64, bool), StoreError> {
        let connection = self.take().await?;
        let outcome = standing_write::rate(connection, rule, earn).await;
        self.give_back(&outcome).await;
        outcome
    }

    /// Changes guilds, between two batches.
    pub(crate) async fn change_guilds<T, E>(
        &mut self,
        scope: &GuildScope<'_>,
        rule: impl FnOnce(&mut Guilds) -> Result<T, E>,
    ) -> Result<(Result<T, E>, bool), StoreError> {
        let connection = self.take().await?;
        let outcome = guild_write::change(connection, scope, rule).await;
        self.give_back(&outcome).await;
        outcome
    }

    /// Deletes the news of guilds up to this one.
    pub(crate) async fn forget_guild_news(&mut self, up_to: i64) -> Result<(), StoreError> {
        let connection = self.take().await?;
        let outcome = guild_write::forget_news(connection, up_to).await;
        self.give_back(&outcome).await;
        outcome
    }

    /// Keeps messages, between two batches.
    pub(crate) async fn store_messages(&mut self, messages: &[Prepared<'_>]) -> Result<(), StoreError> {
        let connection = self.take().await?;
        let outcome = message_write::write(connection, messages).await;
        self.give_back(&outcome).await;
        outcome
    }

    /// Deletes old messages, between two batches.
    pub(crate) async fn sweep_messages(&mut self, old: Old) -> Result<u64, StoreError> {
        let connection = self.take().await?;
        let outcome = message_write::sweep(connection, old).await;
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
    async fn take(&mut self) -> Result<&mut Connection, StoreError> {
        if self.closed {
            return Err(StoreError::Other("the store is closed".to_owned()));
        }
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

    /// The open rooms as the database has them now, when nothing is undecided any more.
    async fn rooms(&mut self) -> Result<&Rooms, StoreError> {
        self.settle().await?;
        if self.rooms.is_none() {
            let read = Rooms::read(self.take().await?).await;
            self.give_back(&read).await;
            let rooms = read?;
            self.sweep.start(&rooms);
            self.rooms = Some(rooms);
        }
        Ok(self.rooms.get_or_insert_default())
    }

    /// Deletes some of what rooms that ended have left. Nobody need know when it can't.
    async fn sweep(&mut self, appended: usize) {
        let (Some(connection), Some(rooms)) = (&mut self.connection, &mut self.rooms) else {
            return;
        };
        if !self.sweep.is_due(rooms) {
            return;
        }
        self.clean = false;
        let swept = self.sweep.step(connection, rooms, appended).await;
        self.give_back(&swept).await;
        if swept.is_err() {
            self.sweep.rest();
        }
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
