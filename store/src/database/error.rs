//! Errors, grouped by what the caller can do about them; each is one sentence.

use std::path::PathBuf;

use sqlx::sqlite::SqliteError;

/// The reasons why a store can't be opened; each message says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The folder or the file can't be created, read or written.
    #[error("cannot write {}: {why}; give this user the right to write there or choose another place", path.display())]
    NotWritable {
        /// The path of the folder or file.
        path: PathBuf,
        /// The system's message.
        why: String,
    },
    /// The file is damaged or is not a database.
    #[error("{} is not a database or it is damaged: {why}; restore a backup or choose another file", path.display())]
    NotADatabase {
        /// The path of the database.
        path: PathBuf,
        /// SQLite's message.
        why: String,
    },
    /// The database belongs to another program.
    #[error("{} is a database of another program; choose another file", path.display())]
    Foreign {
        /// The path of the database.
        path: PathBuf,
    },
    /// The write-ahead log beside the file belongs to another database.
    #[error(
        "{} does not belong to {}: a backup was copied over a database whose log is still there; \
         move the log away to use the backup, or put the old database back",
        log.display(), path.display()
    )]
    ForeignLog {
        /// The path of the database.
        path: PathBuf,
        /// The path of the log beside it.
        log: PathBuf,
    },
    /// A newer version of this program has changed the database.
    #[error(
        "the database is of version {found} but this program knows only up to {known}; \
         start the newer program or restore a backup"
    )]
    Newer {
        /// The version of the database.
        found: i64,
        /// The newest version that this program supports.
        known: i64,
    },
    /// The URL of the database is not valid.
    #[error("DATABASE_URL cannot be read: {why}; write it as postgres://user:password@host:port/database")]
    BadUrl {
        /// What is wrong with the URL.
        why: String,
    },
    /// No server answers at this address.
    #[error("PostgreSQL at {address} cannot be reached: {why}; check that it runs and that the URL is right")]
    Unreachable {
        /// Host, port and database, never the password.
        address: String,
        /// The network's message.
        why: String,
    },
    /// The server rejects the connection.
    #[error("PostgreSQL at {address} refuses: {why}; check user, password, database and its rights in the URL")]
    Refused {
        /// Host, port and database, never the password.
        address: String,
        /// The server's message.
        why: String,
    },
    /// The encrypted connection that the URL requires can't be made.
    #[error("PostgreSQL at {address} cannot be reached over TLS: {why}; check sslmode and sslrootcert in DATABASE_URL")]
    NoTls {
        /// Host, port and database, never the password.
        address: String,
        /// The message of the TLS library.
        why: String,
    },
    /// The encoding of the database can't represent every text.
    #[error(
        "the database at {address} has the encoding {encoding}; \
         create one with ENCODING 'UTF8' TEMPLATE template0 and name that in DATABASE_URL"
    )]
    Encoding {
        /// Host, port and database, never the password.
        address: String,
        /// The encoding of the database.
        encoding: String,
    },
    /// Any other failure.
    #[error("the store cannot be opened: {0}; the database's own log may say more")]
    Other(String),
}

/// The reasons why an operation failed. Unless stated otherwise, nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// No space is left on the disk. Writes work again once there is some.
    #[error("the database has no space left")]
    Full,
    /// The connection is lost, or the database is busy or does not answer. The store recovers by itself. A batch may
    /// have been written nevertheless: see [`Store::last_number`](crate::Store::last_number).
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A file of the embedded database was deleted or replaced under the running server. Nothing is written, since it
    /// would be lost with the process. Writes work again once the same file is back.
    #[error(
        "{} was deleted or replaced while the server runs, so nothing can be saved; \
         stop the server, put the file or a backup back, and start it again",
        .0.display()
    )]
    Lost(PathBuf),
    /// Stored bytes differ from their checksum.
    #[error("the stored game {0} is damaged: its checksum differs")]
    Damaged(String),
    /// A room, a number of an entry or a name is already in the store.
    #[error("the room, the number of an entry or the username is in the database already")]
    Duplicate,
    /// The room of an entry, an end or a quarantine is not open.
    #[error("the room {0} is not among the unfinished rooms of the database")]
    NoSuchRoom(String),
    /// There is no account of this id, or not of the required version.
    #[error("there is no such account in the database")]
    NoSuchAccount,
    /// The backup can't be made here or for this database.
    #[error("the backup cannot be made: {0}")]
    NoBackup(String),
    /// Any other failure; a retry will not help.
    #[error("the database failed: {0}")]
    Other(String),
}

impl StoreError {
    /// Whether a later retry may succeed.
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

/// SQLite's extended result code, if this is an error of SQLite.
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

/// `SQLITE_IOERR_WRITE`, which a quota or a limit of the file size causes; a full disk causes `SQLITE_FULL`.
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
        // A read-only server, as after a failover; a lock that is not available.
        "25006" | "55P03" => StoreError::Unavailable(error.to_string()),
        // Connection, conflict with another transaction, resources, an operator's intervention, input or output.
        _ if ["08", "40", "53", "57", "58"].iter().any(|class| code.starts_with(class)) => {
            StoreError::Unavailable(error.to_string())
        }
        _ => StoreError::Other(error.to_string()),
    }
}
