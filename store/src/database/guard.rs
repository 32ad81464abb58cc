//! Whether the embedded database is still in its folder. SQLite goes on writing into a file that was deleted, and what it
//! acknowledges then is gone with the process.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use crate::database::{error::StoreError, file::beside};

/// A file that must stay where it is, known by its device and inode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    path: PathBuf,
    identity: (u64, u64),
}

impl KeptFile {
    /// The file that is there now.
    ///
    /// # Errors
    /// When there is none.
    pub fn at(path: &Path) -> io::Result<Self> {
        Ok(Self { path: path.to_owned(), identity: identity(path)? })
    }

    /// A file that is open has its inode for itself: whatever else stands at the path has another.
    fn is_there(&self) -> bool {
        identity(&self.path).is_ok_and(|identity| identity == self.identity)
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let file = fs::metadata(path)?;
    Ok((file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<(u64, u64)> {
    fs::metadata(path).map(|_| (0, 0))
}

/// The files of an open database.
#[derive(Debug)]
pub(crate) struct Guard {
    database: PathBuf,
    kept: Mutex<Vec<KeptFile>>,
    /// The log and its index, which come with the first write and go with the last connection.
    log: Mutex<Vec<KeptFile>>,
}

impl Guard {
    /// Of the database in this file.
    pub(crate) fn new(database: &Path) -> io::Result<Self> {
        let kept = Mutex::new(vec![KeptFile::at(database)?]);
        Ok(Self { database: database.to_owned(), kept, log: Mutex::default() })
    }

    pub(crate) fn database(&self) -> &Path {
        &self.database
    }

    /// One more file that must stay.
    pub(crate) fn keep(&self, file: KeptFile) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(file);
    }

    /// Something was written: from now on the log must stay too.
    pub(crate) fn note_log(&self) {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        if log.is_empty() {
            let files = ["-wal", "-shm"].map(|suffix| KeptFile::at(&beside(&self.database, suffix)));
            log.extend(files.into_iter().filter_map(Result::ok));
        }
    }

    /// The connection that wrote is closed, and the log perhaps with it.
    pub(crate) fn forget_log(&self) {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(crate) fn check(&self) -> Result<(), StoreError> {
        for files in [&self.kept, &self.log] {
            let files = files.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(lost) = files.iter().find(|file| !file.is_there()) {
                return Err(StoreError::Lost(lost.path.clone()));
            }
        }
        Ok(())
    }
}
