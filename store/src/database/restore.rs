//! Restoring a backup: it is checked and then replaces the embedded database in one step.

use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use crate::database::{
    connection::Connection,
    error::OpenError,
    file::{self, beside},
    open::{self, Purpose},
    statement::Statement,
    store::Store,
};

/// What to do with an existing database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Keep it, and fail.
    Keep,
    /// Delete it.
    Replace,
}

/// The reasons why a backup was not restored; the existing database is unchanged.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RestoreError {
    /// A database already exists at this path.
    #[error("there is a database at {} already; choose another folder, or replace it with --force", .0.display())]
    Exists(PathBuf),
    /// The backup can't be copied.
    #[error("{} cannot be copied to {}: {why}", from.display(), to.display())]
    NotCopied {
        /// The path of the backup.
        from: PathBuf,
        /// The path that it was copied to.
        to: PathBuf,
        /// The system's message.
        why: io::Error,
    },
    /// The file is not a database of this program.
    #[error("{} is not a backup of liap-tui; choose another file", .0.display())]
    NotOurs(PathBuf),
    /// The file is damaged.
    #[error("{} is damaged: {why}; choose another backup", from.display())]
    Damaged {
        /// The path of the backup.
        from: PathBuf,
        /// SQLite's message.
        why: String,
    },
    /// The file can't be opened for another reason.
    #[error("{} cannot be restored: {why}", from.display())]
    NotOpened {
        /// The path of the backup.
        from: PathBuf,
        /// The reason why it can't be opened.
        why: OpenError,
    },
}

/// Replaces the database by the backup, migrated to this program's version; a log beside the backup is part of it. The
/// caller must ensure that no server uses the database.
///
/// # Errors
/// A sentence that says what to do; nothing has changed.
pub async fn restore(from: &Path, to: &Path, existing: Existing) -> Result<(), RestoreError> {
    if existing == Existing::Keep && (to.exists() || beside(to, "-wal").exists()) {
        return Err(RestoreError::Exists(to.to_owned()));
    }
    let not_copied = |why| RestoreError::NotCopied { from: from.to_owned(), to: to.to_owned(), why };
    let copy = Copied::of(from, to).map_err(not_copied)?;
    check(from, &copy.path).await?;
    copy.move_to(to).map_err(not_copied)
}

/// Opens the copy as a server would, and checks all of it.
async fn check(from: &Path, copy: &Path) -> Result<(), RestoreError> {
    let from = || from.to_owned();
    // SQLite would take an empty file for a new database.
    if file::is_empty(copy) {
        return Err(RestoreError::NotOurs(from()));
    }
    let opened = open::sqlite(copy, Purpose::Restore).await;
    let (origin, mut connection, readers) = opened.map_err(|error| match error {
        OpenError::Foreign { .. } => RestoreError::NotOurs(from()),
        OpenError::NotADatabase { why, .. } => RestoreError::Damaged { from: from(), why },
        why => RestoreError::NotOpened { from: from(), why },
    })?;
    let found = problem(&mut connection).await;
    // Closing moves the log into the file, which is then the whole database.
    Store::with(origin, connection, readers).close().await;
    found.map_or(Ok(()), |why| Err(RestoreError::Damaged { from: from(), why }))
}

/// The first problem that SQLite finds in the database.
async fn problem(connection: &mut Connection) -> Option<String> {
    let question = Statement::new("PRAGMA integrity_check(1)", Vec::new());
    match connection.rows::<(String,)>(question).await {
        Ok(found) => found.into_iter().map(|(found,)| found).find(|found| found != "ok"),
        Err(error) => Some(error.to_string()),
    }
}

/// A copy of a backup beside the database; it is deleted unless it replaces the database.
struct Copied {
    path: PathBuf,
}

impl Copied {
    fn of(from: &Path, to: &Path) -> io::Result<Self> {
        let copied = Self { path: beside(to, ".restoring") };
        copied.delete();
        copy(from, &copied.path)?;
        match copy(&beside(from, "-wal"), &beside(&copied.path, "-wal")) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(copied),
        }
    }

    /// Until the log of the old database is deleted too, the new one beside it can't be opened.
    fn move_to(&self, to: &Path) -> io::Result<()> {
        file::sync(&self.path)?;
        fs::rename(&self.path, to)?;
        for log in [beside(to, "-wal"), beside(to, "-shm")] {
            match fs::remove_file(log) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        file::sync(file::folder_of(to))
    }

    fn delete(&self) {
        for suffix in ["", "-wal", "-shm"] {
            // Usually there is none; one that can't be deleted now is deleted by the next restore.
            let _ = fs::remove_file(beside(&self.path, suffix));
        }
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        self.delete();
    }
}

/// Creates a new private copy.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    file::create_new(to)?;
    io::copy(&mut source, &mut File::options().write(true).open(to)?).map(drop)
}
