//! Checks that the embedded database is still in its folder. SQLite continues to write into a deleted file, and what it
//! acknowledges then is lost with the process.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use crate::database::{error::StoreError, file::beside};

/// A file that must not be removed, identified by its device and inode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    path: PathBuf,
    identity: (u64, u64),
}

impl KeptFile {
    /// Identifies the file that is at this path now.
    ///
    /// # Errors
    /// When there is no file at this path.
    pub fn at(path: &Path) -> io::Result<Self> {
        Ok(Self { path: path.to_owned(), identity: identity(path)? })
    }

    /// The inode of an open file is not reused, so another file at the same path has another inode.
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
    /// The log and its index, which exist from the first write until the last connection closes.
    log: Mutex<Vec<KeptFile>>,
}

impl Guard {
    /// Guards the database in this file.
    pub(crate) fn new(database: &Path) -> io::Result<Self> {
        let kept = Mutex::new(vec![KeptFile::at(database)?]);
        Ok(Self { database: database.to_owned(), kept, log: Mutex::default() })
    }

    pub(crate) fn database(&self) -> &Path {
        &self.database
    }

    /// Adds a file that must not be removed.
    pub(crate) fn keep(&self, file: KeptFile) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(file);
    }

    /// Guards the log as well, after a write.
    pub(crate) fn note_log(&self) {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        // They are identified only once: if they are replaced later, checks must fail.
        if log.is_empty() {
            let files = ["-wal", "-shm"].map(|suffix| KeptFile::at(&beside(&self.database, suffix)));
            log.extend(files.into_iter().filter_map(Result::ok));
        }
    }

    /// Stops guarding the log, which may go when the writing connection closes.
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
