//! Free space for the embedded database.

use std::path::{Path, PathBuf};

use crate::database::{error::StoreError, file, statement::Statement, store::Store};

/// The log beside the database grows before free pages are reused; with fewer free bytes than this on the file system,
/// these pages are of no use.
const FOR_THE_LOG: u64 = 64 << 20;

/// The free space of the embedded database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// Bytes that this process may still use on the file system of the database.
    pub on_disk: u64,
    /// Free bytes in the database's own file, left by deleted rows; they are reused before the file grows.
    pub in_file: u64,
}

impl Space {
    /// Bytes that can still be written.
    #[must_use]
    pub const fn usable(&self) -> u64 {
        if self.on_disk < FOR_THE_LOG { self.on_disk } else { self.on_disk.saturating_add(self.in_file) }
    }
}

impl Store {
    /// The free space of the embedded database; `None` for PostgreSQL, whose disk is not visible from here.
    ///
    /// # Errors
    /// When the file system or the database does not answer.
    pub async fn space(&self) -> Result<Option<Space>, StoreError> {
        let Some(folder) = self.folder() else { return Ok(None) };
        // A network file system may block.
        let asked = tokio::task::spawn_blocking(move || free(&folder)).await;
        let on_disk = asked.map_err(|error| StoreError::Other(error.to_string()))?;
        let on_disk = on_disk.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let text = "SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size";
        let free: Option<(i64,)> = self.inner.readers.first(Statement::new(text, Vec::new())).await?;
        let in_file = free.map_or(0, |(bytes,)| u64::try_from(bytes).unwrap_or_default());
        Ok(Some(Space { on_disk, in_file }))
    }

    fn folder(&self) -> Option<PathBuf> {
        self.inner.origin.guard().map(|guard| file::folder_of(guard.database()).to_owned())
    }
}

#[cfg(unix)]
fn free(folder: &Path) -> std::io::Result<u64> {
    let system = rustix::fs::statvfs(folder)?;
    Ok(system.f_bavail.saturating_mul(system.f_frsize))
}

#[cfg(not(unix))]
fn free(_: &Path) -> std::io::Result<u64> {
    Err(std::io::ErrorKind::Unsupported.into())
}
