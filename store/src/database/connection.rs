//! Connections to both databases; nothing else in the crate depends on which of the two is used, except for some SQL
//! texts.

use std::{future::Future, time::Duration};

use futures_util::TryStreamExt;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection as _, FromRow, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection,
    SqlitePool, Transaction,
    postgres::{PgConnectOptions, PgRow},
    sqlite::{SqliteConnectOptions, SqliteRow},
};

use crate::database::{
    guard::Guard,
    statement::{Statement, Value},
};

/// Longest time that connecting to PostgreSQL may take.
pub(crate) const CONNECT: Duration = Duration::from_secs(5);

/// The options with which a connection is opened.
pub(crate) enum Origin {
    Sqlite {
        writing: SqliteConnectOptions,
        reading: Box<SqliteConnectOptions>,
        guard: Box<Guard>,
    },
    Postgres {
        options: PgConnectOptions,
        /// A number of this store alone; see [`Origin::writer`].
        fence: i64,
    },
}

pub(crate) enum Connection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Connections for single statements that only read.
pub(crate) enum Readers {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// A reader for several statements in one snapshot; when it is dropped, it returns to the pool.
pub(crate) enum Snapshot {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A row that can be read from either database.
pub(crate) trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Row for T {}

macro_rules! bound {
    ($query:expr, $statement:expr) => {{
        let mut query = $query.persistent($statement.prepared);
        for value in $statement.values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
                Value::Time(at) => query.bind(at.millis()),
                Value::Bytes(bytes) => query.bind(bytes),
            };
        }
        query
    }};
}

macro_rules! each_row {
    ($database:ty, $executor:expr, $statement:expr, $take:expr) => {{
        let text = AssertSqlSafe($statement.text.into_owned());
        let mut rows = bound!(sqlx::query_as::<$database, _>(text), $statement).fetch($executor);
        while let Some(row) = rows.try_next().await? {
            $take(row);
        }
    }};
}

impl Origin {
    /// The guard of the embedded database's files.
    pub(crate) fn guard(&self) -> Option<&Guard> {
        match self {
            Origin::Sqlite { guard, .. } => Some(guard),
            Origin::Postgres { .. } => None,
        }
    }

    /// The origin of a second writer, if the database allows two.
    pub(crate) fn beside(&self) -> Option<Self> {
        match self {
            Origin::Sqlite { .. } => None,
            Origin::Postgres { options, fence } => {
                Some(Origin::Postgres { options: options.clone(), fence: fence.wrapping_add(1) })
            }
        }
    }

    /// Opens the connection that writes. On PostgreSQL it holds a lock of this store: a new connection waits until the
    /// session of a lost one has ended, so that its last commit is decided before anybody reads.
    pub(crate) async fn writer(&self) -> Result<Connection, sqlx::Error> {
        match self {
            Origin::Sqlite { writing, .. } => Ok(Connection::Sqlite(writing.connect().await?)),
            Origin::Postgres { options, fence } => {
                let mut connection = Connection::Postgres(within(CONNECT, options.connect()).await?);
                let lock = Statement::new("SELECT 1 FROM pg_advisory_lock($1)", vec![Value::Number(*fence)]);
                connection.execute(lock).await?;
                Ok(connection)
            }
        }
    }

    /// Opens a connection that reads in one snapshot, until it is dropped.
    pub(crate) async fn snapshot(&self) -> Result<Connection, sqlx::Error> {
        let (mut connection, begin) = match self {
            Origin::Sqlite { reading, .. } => (Connection::Sqlite(reading.connect().await?), "BEGIN"),
            Origin::Postgres { options, .. } => {
                let connection = within(CONNECT, options.connect()).await?;
                (
                    Connection::Postgres(connection),
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '300s'",
                )
            }
        };
        connection.run(begin).await?;
        Ok(connection)
    }
}

impl Connection {
    /// Whether this is PostgreSQL, whose index of words has another query language.
    pub(crate) const fn is_postgres(&self) -> bool {
        matches!(self, Connection::Postgres(_))
    }

    /// Whether entries of ended rooms are swept later instead of deleted with the room.
    pub(crate) const fn sweeps(&self) -> bool {
        matches!(self, Connection::Sqlite(_))
    }

    /// Runs a statement and returns the number of rows it changed.
    pub(crate) async fn execute(&mut self, mut statement: Statement<'_>) -> Result<u64, sqlx::Error> {
        Ok(match self {
            Connection::Sqlite(connection) => {
                let text = AssertSqlSafe(statement.text_for_sqlite());
                bound!(sqlx::query::<Sqlite>(text), statement).execute(connection).await?.rows_affected()
            }
            Connection::Postgres(connection) => {
                let text = AssertSqlSafe(statement.text.into_owned());
                bound!(sqlx::query::<Postgres>(text), statement).execute(connection).await?.rows_affected()
            }
        })
    }

    /// Begins a transaction that writes. On SQLite it takes the lock at once, since a later request for it could fail.
    pub(crate) async fn begin_write(&mut self) -> Result<(), sqlx::Error> {
        let begin = match self {
            Connection::Sqlite(_) => "BEGIN IMMEDIATE",
            Connection::Postgres(_) => "BEGIN",
        };
        self.run(begin).await
    }

    /// Waits until no other transaction changes guilds, and keeps others waiting until this one ends. SQLite allows
    /// only one writing transaction anyway.
    pub(crate) async fn lock_guilds(&mut self) -> Result<(), sqlx::Error> {
        match self {
            Connection::Sqlite(_) => Ok(()),
            // Any number will do that all servers share: these are the bytes of "guilds".
            Connection::Postgres(_) => self.run("SELECT pg_advisory_xact_lock(113753977545843)").await,
        }
    }

    /// Runs a text without values, such as `COMMIT`.
    pub(crate) async fn run(&mut self, text: &'static str) -> Result<(), sqlx::Error> {
        match self {
            Connection::Sqlite(connection) => sqlx::raw_sql(text).execute(connection).await.map(drop),
            Connection::Postgres(connection) => sqlx::raw_sql(text).execute(connection).await.map(drop),
        }
    }

    pub(crate) async fn each<T: Row>(
        &mut self,
        statement: Statement<'_>,
        mut take: impl FnMut(T),
    ) -> Result<(), sqlx::Error> {
        match self {
            Connection::Sqlite(connection) => each_row!(Sqlite, connection, statement, take),
            Connection::Postgres(connection) => each_row!(Postgres, connection, statement, take),
        }
        Ok(())
    }

    pub(crate) async fn rows<T: Row>(&mut self, statement: Statement<'_>) -> Result<Vec<T>, sqlx::Error> {
        let mut rows = Vec::new();
        self.each(statement, |row| rows.push(row)).await?;
        Ok(rows)
    }

    /// The first row of the answer; `None` if it is empty.
    pub(crate) async fn first<T: Row>(&mut self, statement: Statement<'_>) -> Result<Option<T>, sqlx::Error> {
        Ok(self.rows(statement).await?.into_iter().next())
    }

    /// Drops a connection in an unknown state. SQLite finishes its current work first; PostgreSQL may no longer answer.
    pub(crate) async fn abandon(self) {
        if let Connection::Sqlite(connection) = self {
            // A connection that fails to close is closed anyway.
            let _ = connection.close().await;
        }
    }

    /// Closes the connection; uncommitted changes are rolled back.
    pub(crate) async fn close(self) {
        // A connection that fails to close is closed anyway.
        let _ = match self {
            Connection::Sqlite(connection) => connection.close().await,
            Connection::Postgres(connection) => within(CONNECT, connection.close()).await,
        };
    }
}

impl Readers {
    /// Whether these are connections to PostgreSQL.
    pub(crate) const fn is_postgres(&self) -> bool {
        matches!(self, Readers::Postgres(_))
    }

    pub(crate) async fn rows<T: Row>(&self, statement: Statement<'_>) -> Result<Vec<T>, sqlx::Error> {
        let mut rows = Vec::new();
        match self {
            Readers::Sqlite(pool) => each_row!(Sqlite, pool, statement, |row| rows.push(row)),
            Readers::Postgres(pool) => each_row!(Postgres, pool, statement, |row| rows.push(row)),
        }
        Ok(rows)
    }

    /// The first row of the answer; `None` if it is empty.
    pub(crate) async fn first<T: Row>(&self, statement: Statement<'_>) -> Result<Option<T>, sqlx::Error> {
        Ok(self.rows(statement).await?.into_iter().next())
    }

    pub(crate) async fn snapshot(&self) -> Result<Snapshot, sqlx::Error> {
        Ok(match self {
            Readers::Sqlite(pool) => Snapshot::Sqlite(pool.begin().await?),
            Readers::Postgres(pool) => {
                Snapshot::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    pub(crate) async fn close(&self) {
        match self {
            Readers::Sqlite(pool) => pool.close().await,
            Readers::Postgres(pool) => pool.close().await,
        }
    }
}

impl Snapshot {
    pub(crate) async fn rows<T: Row>(&mut self, statement: Statement<'_>) -> Result<Vec<T>, sqlx::Error> {
        let mut rows = Vec::new();
        match self {
            Snapshot::Sqlite(transaction) => each_row!(Sqlite, &mut **transaction, statement, |row| rows.push(row)),
            Snapshot::Postgres(transaction) => each_row!(Postgres, &mut **transaction, statement, |row| rows.push(row)),
        }
        Ok(rows)
    }

    /// The first row of the answer; `None` if it is empty.
    pub(crate) async fn first<T: Row>(&mut self, statement: Statement<'_>) -> Result<Option<T>, sqlx::Error> {
        Ok(self.rows(statement).await?.into_iter().next())
    }
}

/// Returns the outcome, or an error if the work takes longer than this.
pub(crate) async fn within<T>(
    time: Duration,
    work: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    let late = || sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, "no answer in time"));
    tokio::time::timeout(time, work).await.unwrap_or_else(|_| Err(late()))
}
