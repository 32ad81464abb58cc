//! What can go wrong, sorted by what the caller can do about it; each is one sentence.

use std::path::PathBuf;

use sqlx::sqlite::SqliteError;

/// Why the store could not be opened; each says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The folder or the file can't be created, read or written.
    #[error("cannot write {}: {why}; give this user the right to write there or choose another place", path.display())]
    NotWritable {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The file is something else, or it is damaged.
    #[error("{} is not a database or it is damaged: {why}; restore a backup or choose another file", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        why: String,
    },
    /// The database belongs to another program.
    #[error("{} is a database of another program; choose another file", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The write-ahead log beside the file is another database's.
    #[error(
        "{} does not belong to {}: a backup was copied over a database whose log is still there; move the log away to use the backup, or put the old database back",
        log.display(), path.display()
    )]
    ForeignLog {
        /// The database.
        path: PathBuf,
        /// The log beside it.
        log: PathBuf,
    },
    /// A newer version of this program has changed the database.
    #[error(
        "the database is of version {found} but this program knows only up to {known}; start the newer program or restore a backup"
    )]
    Newer {
        /// The version of the database.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The URL of the database can't be understood.
    #[error("DATABASE_URL cannot be read: {why}; write it as postgres://user:password@host:port/database")]
    BadUrl {
        /// What is wrong with it.
        why: String,
    },
    /// Nothing answers there.
    #[error("PostgreSQL at {address} cannot be reached: {why}; check that it runs and that the URL is right")]
    Unreachable {
        /// Host, port and database, never the password.
        address: String,
        /// What happened.
        why: String,
    },
    /// The server is there, but it does not let us in.
    #[error("PostgreSQL at {address} refuses: {why}; check user, password, database and its rights in the URL")]
    Refused {
        /// Host, port and database, never the password.
        address: String,
        /// What the server says.
        why: String,
    },
    /// No encrypted connection, which the URL asks for.
    #[error("PostgreSQL at {address} cannot be reached over TLS: {why}; check sslmode and sslrootcert in DATABASE_URL")]
    NoTls {
        /// Host, port and database, never the password.
        address: String,
        /// What does not fit.
        why: String,
    },
    /// A database that cannot hold every text.
    #[error(
        "the database at {address} has the encoding {encoding}; create one with ENCODING 'UTF8' TEMPLATE template0 and name that in DATABASE_URL"
    )]
    Encoding {
        /// Host, port and database, never the password.
        address: String,
        /// The encoding that it has.
        encoding: String,
    },
    /// Anything else.
    #[error("the store cannot be opened: {0}; the database's own log may say more")]
    Other(String),
}

/// Why the store did not do it. Unless it says otherwise, nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// No space is left. Works again when there is.
    #[error("the database has no space left")]
    Full,
    /// The connection is lost, the database is busy or does not answer. Works again, without reopening, when it does. A
    /// batch may have been written all the same: [`Store::last_number`](crate::Store::last_number) tells.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A file of the embedded database was deleted or replaced under the running server: what is written is lost with the
    /// process, so nothing is. Works again when the same file is back.
    #[error(
        "{} was deleted or replaced while the server runs, so nothing can be saved; stop the server, put the file or a backup back, and start it again",
        .0.display()
    )]
    Lost(PathBuf),
    /// What is stored differs from its checksum.
    #[error("the stored game {0} is damaged: its checksum differs")]
    Damaged(String),
    /// A room, a number of an entry or a username is in the store already.
    #[error("the room, the number of an entry or the username is in the database already")]
    Duplicate,
    /// An entry, an end or a quarantine for a room that is not open.
    #[error("the room {0} is not among the unfinished rooms of the database")]
    NoSuchRoom(String),
    /// A change of an account that is not there.
    #[error("there is no such account in the database")]
    NoSuchAccount,
    /// A backup that can't be made where or as it is wanted.
    #[error("the backup cannot be made: {0}")]
    NoBackup(String),
    /// Anything else; trying again will not help.
    #[error("the database failed: {0}")]
    Other(String),
}

impl StoreError {
    /// Whether the same may succeed later, without anything changed here.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(self, StoreError::Full | StoreError::Unavailable(_) | StoreError::Lost(_))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let Some(database) = error.as_database_error() else {
            return of_connection(&error);
        };
        if database.is_unique_violation() {
            return StoreError::Duplicate;
        }
        match sqlite_code(&error) {
            Some(code) => of_sqlite(code, &error),
            None => of_postgres(&database.code().unwrap_or_default(), &error),
        }
    }
}

/// SQLite's extended result code, when it is an error of SQLite.
pub(crate) fn sqlite_code(error: &sqlx::Error) -> Option<i32> {
    let error = error.as_database_error()?.try_downcast_ref::<SqliteError>()?;
    sqlx::error::DatabaseError::code(error)?.parse().ok()
}

fn of_connection(error: &sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => StoreError::Unavailable(error.to_string()),
        _ => StoreError::Other(error.to_string()),
    }
}

/// `SQLITE_IOERR_WRITE`: a quota or the limit of a file's size ends in it, where a full disk ends in `SQLITE_FULL`.
const WRITE_FAILED: i32 = 778;

fn of_sqlite(code: i32, error: &sqlx::Error) -> StoreError {
    match code & 0xff {
        13 => StoreError::Full,
        _ if code == WRITE_FAILED => StoreError::Full,
        // Busy, locked, read-only, input or output, cannot open: the file system may recover.
        5 | 6 | 8 | 10 | 14 => StoreError::Unavailable(error.to_string()),
        _ => StoreError::Other(error.to_string()),
    }
}

fn of_postgres(code: &str, error: &sqlx::Error) -> StoreError {
    match code {
        "53100" => StoreError::Full,
        // A read-only server, which a failover leaves behind; a lock that was not to be had.
        "25006" | "55P03" => StoreError::Unavailable(error.to_string()),
        // Connection, conflict with another transaction, resources, an operator's intervention, input or output.
        _ if ["08", "40", "53", "57", "58"].iter().any(|class| code.starts_with(class)) => {
            StoreError::Unavailable(error.to_string())
        }
        _ => StoreError::Other(error.to_string()),
    }
}
