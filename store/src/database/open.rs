//! Opening a store: the file or the server is found, checked and migrated to this program's version.

use std::{
    hash::{BuildHasher, RandomState},
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use sqlx::{
    ConnectOptions,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::database::{
    connection::{CONNECT, Connection, Origin, Readers},
    error::{OpenError, sqlite_code},
    file,
    guard::Guard,
    names,
    statement::Statement,
    wal,
};

static SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");
/// The bytes of "LTUI", set by the first migration.
const APPLICATION: i64 = 0x4C54_5549;
/// The number of connections that read.
const READERS: u32 = 4;
/// Longest time that SQLite waits for a lock, which a backup by another process may hold.
const BUSY: Duration = Duration::from_secs(5);

/// Memory for the writer's pages, in KiB; negative by SQLite's convention.
const CACHE: &str = "-16384";
/// Bytes of the file that readers map into memory, the most that SQLite accepts. A reader's own cache would not help,
/// since every write empties it.
const MAPPED: &str = "2147418112";
/// Pages in the log before a commit moves them to the file and waits for it: 4 MiB, about 30,000 entries. Entries are
/// appended to a table, so few pages change twice; a higher number gains nothing and makes the longest commits longer.
const CHECKPOINT: &str = "1000";

/// Settings of every PostgreSQL session: commits are on the disk, and locks of a lost client are soon released.
const SESSION: [(&str, &str); 6] = [
    ("synchronous_commit", "on"),
    ("statement_timeout", "8s"),
    ("idle_in_transaction_session_timeout", "15s"),
    ("tcp_keepalives_idle", "5"),
    ("tcp_keepalives_interval", "2"),
    ("tcp_keepalives_count", "3"),
];

/// The purpose for which the embedded database is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Use by the one server.
    Serve,
    /// Use by a command that may run beside a server.
    Look,
    /// A restore: the file must already be a database of this program, not an empty one.
    Restore,
}

/// Opens the embedded database in this file, which is created if it is missing.
pub(crate) async fn sqlite(path: &Path, purpose: Purpose) -> Result<(Origin, Connection, Readers), OpenError> {
    if wal::is_foreign(path).map_err(|error| file::not_writable(path, &error))? {
        return Err(OpenError::ForeignLog { path: PathBuf::from(path), log: file::beside(path, "-wal") });
    }
    file::prepare(path)?;
    let file = SqliteConnectOptions::new().filename(path).busy_timeout(BUSY).disable_statement_logging();
    let reading = file.clone().read_only(true).pragma("mmap_size", MAPPED);
    let writing = file.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let writing = writing.pragma("cache_size", CACHE).pragma("wal_autocheckpoint", CHECKPOINT);
    if purpose == Purpose::Restore || !file::is_empty(path) {
        refuse_foreign(path, &reading, purpose).await?;
    }
    let mut connection = writing.connect().await.map_err(|error| of_file(path, error))?;
    SQLITE.run(&mut connection).await.map_err(|error| of_migration(&SQLITE, error, |error| of_file(path, error)))?;
    let guard = Guard::new(path).map_err(|error| file::not_writable(path, &error))?;
    let mut connection = Connection::Sqlite(connection);
    if purpose != Purpose::Look {
        names::enter_all(&mut connection).await.map_err(|error| of_file(path, error))?;
        wal::stamp(&mut connection).await.map_err(|error| of_file(path, error))?;
        guard.note_log();
    }
    let readers = SqlitePoolOptions::new().max_connections(READERS).connect_lazy_with(reading.clone());
    let origin = Origin::Sqlite { writing, reading: Box::new(reading), guard: Box::new(guard) };
    Ok((origin, connection, Readers::Sqlite(readers)))
}

/// Connects to the database at this URL.
pub(crate) async fn postgres(url: &str) -> Result<(Origin, Connection, Readers), OpenError> {
    let options = PgConnectOptions::from_str(url).map_err(|error| OpenError::BadUrl { why: plain(&error) })?;
    let options = without_brackets(options);
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(OpenError::BadUrl { why: "it does not begin with postgres://".to_owned() });
    }
    let (address, by_socket) = (address(&options), options.get_socket().is_some());
    let options = options.application_name("liap-tui").options(SESSION).disable_statement_logging();
    let origin = Origin::Postgres { options: options.clone(), fence: own_number() };
    let mut connection = origin.writer().await.map_err(|error| match error {
        // With TCP, the only file that can be missing is a certificate.
        sqlx::Error::Io(why) if why.kind() == std::io::ErrorKind::NotFound && !by_socket => {
            OpenError::NoTls { address: address.clone(), why: format!("a certificate's file: {why}") }
        }
        error => of_server(&address, error),
    })?;
    refuse_encoding(&mut connection, &address).await?;
    if let Connection::Postgres(connection) = &mut connection {
        let migrated = POSTGRES.run(connection).await;
        migrated.map_err(|error| of_migration(&POSTGRES, error, |error| of_server(&address, error)))?;
    }
    names::enter_all(&mut connection).await.map_err(|error| of_server(&address, error))?;
    let readers = PgPoolOptions::new().max_connections(READERS).acquire_timeout(CONNECT).connect_lazy_with(options);
    Ok((origin, connection, Readers::Postgres(readers)))
}

/// Removes the brackets of an IPv6 address in a URL, which the system's resolver does not accept.
fn without_brackets(options: PgConnectOptions) -> PgConnectOptions {
    let bare = options.get_host().strip_prefix('[').and_then(|host| host.strip_suffix(']')).map(str::to_owned);
    match bare {
        Some(host) => options.host(&host),
        None => options,
    }
}

/// Rejects a database whose encoding can't represent every name, before anything in it changes. `SQL_ASCII` keeps the
/// bytes of UTF-8 as they are.
async fn refuse_encoding(connection: &mut Connection, address: &str) -> Result<(), OpenError> {
    let question = Statement::new("SELECT current_setting('server_encoding')", Vec::new());
    let answer = connection.rows::<(String,)>(question).await.map_err(|error| of_server(address, error))?;
    match answer.into_iter().next() {
        Some((encoding,)) if encoding != "UTF8" && encoding != "SQL_ASCII" => {
            Err(OpenError::Encoding { address: address.to_owned(), encoding })
        }
        _ => Ok(()),
    }
}

/// Rejects a database of another program, before anything in it changes.
async fn refuse_foreign(path: &Path, reading: &SqliteConnectOptions, purpose: Purpose) -> Result<(), OpenError> {
    let mut connection = Connection::Sqlite(reading.connect().await.map_err(|error| of_file(path, error))?);
    let question = "SELECT application_id, (SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE '%sqlx_migrations%') \
                    FROM pragma_application_id";
    let answer = connection.rows::<(i64, i64)>(Statement::new(question, Vec::new())).await;
    connection.close().await;
    match answer.map_err(|error| of_file(path, error))?.first() {
        Some((APPLICATION, _)) => Ok(()),
        Some((0, 0)) if purpose != Purpose::Restore => Ok(()),
        _ => Err(OpenError::Foreign { path: PathBuf::from(path) }),
    }
}

fn of_file(path: &Path, error: sqlx::Error) -> OpenError {
    let why = plain(&error);
    match sqlite_code(&error).map(|code| code & 0xff) {
        // Damaged, not a database.
        Some(11 | 26) => OpenError::NotADatabase { path: PathBuf::from(path), why },
        // No permission, read-only, input or output, full, cannot open: the folder must allow the files beside this one
        // too.
        Some(3 | 8 | 10 | 13 | 14) => file::not_writable(path, &why),
        _ => OpenError::Other(why),
    }
}

fn of_server(address: &str, error: sqlx::Error) -> OpenError {
    let (address, why) = (address.to_owned(), plain(&error));
    if is_of_tls(&error) {
        return OpenError::NoTls { address, why };
    }
    match error.as_database_error().and_then(|error| error.code()) {
        // The server is starting or stopping, or has no connection left.
        Some(code) if code.starts_with("57P") || code.starts_with("53") => OpenError::Unreachable { address, why },
        Some(_) => OpenError::Refused { address, why },
        None => OpenError::Unreachable { address, why },
    }
}

/// Whether TLS failed. A certificate that is not valid is reported as invalid data.
fn is_of_tls(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Tls(_) => true,
        sqlx::Error::Io(error) => error.kind() == std::io::ErrorKind::InvalidData,
        _ => false,
    }
}

fn of_migration(
    migrator: &Migrator,
    error: MigrateError,
    of_database: impl FnOnce(sqlx::Error) -> OpenError,
) -> OpenError {
    let known = migrator.iter().map(|migration| migration.version).max().unwrap_or_default();
    match error {
        MigrateError::VersionMissing(found) if found > known => OpenError::Newer { found, known },
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => of_database(error),
        error => OpenError::Other(error.to_string()),
    }
}

/// The message of the database or the system, without the library's prefix.
fn plain(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        sqlx::Error::Io(error) => error.to_string(),
        sqlx::Error::Tls(error) => error.to_string(),
        sqlx::Error::Configuration(error) => error.to_string(),
        error => error.to_string(),
    }
}

fn address(options: &PgConnectOptions) -> String {
    let host = options.get_host();
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    format!("{host}:{}/{}", options.get_port(), options.get_database().unwrap_or_default())
}

/// A random number; the hasher is seeded by the system.
fn own_number() -> i64 {
    RandomState::new().hash_one(std::process::id()).cast_signed()
}
