//! Backups of the embedded database while it is in use.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use sqlx::{ConnectOptions, sqlite::SqliteConnectOptions};

use crate::database::{
    connection::{Connection, Origin},
    error::StoreError,
    file,
    statement::{Statement, Value},
    wal,
};

pub(crate) async fn copy(origin: &Origin, to: &Path) -> Result<(), StoreError> {
    let Origin::Sqlite { reading, .. } = origin else {
        return Err(StoreError::NoBackup("this is PostgreSQL; use pg_dump".to_owned()));
    };
    let Some(name) = to.to_str() else {
        return Err(StoreError::NoBackup("the file's name is not UTF-8".to_owned()));
    };
    // SQLite fills an empty file; creating it here makes it private and ensures that it is new.
    file::create_new(to).map_err(|error| no_backup(to, &error))?;
    let mut unfinished = Unfinished(Some(to.to_owned()));
    let mut connection = Connection::Sqlite(reading.connect().await?);
    let copied = connection.execute(Statement::new("VACUUM INTO $1", vec![Value::Text(name)])).await;
    connection.close().await;
    copied?;
    stamp(to).await?;
    file::sync(to).and_then(|()| file::sync(file::folder_of(to))).map_err(|error| no_backup(to, &error))?;
    unfinished.0 = None;
    Ok(())
}

/// A copy gets its own stamp, so that it is not confused with the database whose log it may later lie beside.
async fn stamp(copy: &Path) -> Result<(), StoreError> {
    let options = SqliteConnectOptions::new().filename(copy).disable_statement_logging();
    let mut connection = Connection::Sqlite(options.connect().await?);
    let stamped = wal::stamp_copy(&mut connection).await;
    connection.close().await;
    Ok(stamped?)
}

/// Deletes an incomplete backup, so that nobody uses it.
struct Unfinished(Option<PathBuf>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            // If this fails, nothing more can be done.
            let _ = fs::remove_file(path);
        }
    }
}

fn no_backup(to: &Path, error: &std::io::Error) -> StoreError {
    let to = to.display();
    match error.kind() {
        ErrorKind::AlreadyExists => StoreError::NoBackup(format!("{to} exists already")),
        _ => StoreError::NoBackup(format!("{to} cannot be written: {error}")),
    }
}
