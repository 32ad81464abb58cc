//! How much more the embedded database can hold.

use std::path::{Path, PathBuf};

use crate::database::{error::StoreError, file, statement::Statement, store::Store};

/// The log beside the database grows before the pages that are free in it are used again; with less than this on the file
/// system they are of no use.
const FOR_THE_LOG: u64 = 64 << 20;

/// Where the embedded database can still write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// Bytes that are free on the file system of the database, for this process.
    pub on_disk: u64,
    /// Bytes of the database's own file that deleted rows have left; they are used again before the file grows.
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
    /// How much the embedded database can still hold; `None` for PostgreSQL, whose disk is another machine's.
    ///
    /// # Errors
    /// When the file system or the database can't be asked.
    pub async fn space(&self) -> Result<Option<Space>, StoreError> {
        let Some(folder) = self.folder() else { return Ok(None) };
        // A network's file system may keep it waiting.
        let asked = tokio::task::spawn_blocking(move || free(&folder)).await;
        let on_disk = asked.map_err(|error| StoreError::Other(error.to_string()))?;
        let on_disk = on_disk.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let text = "SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size";
        let free: Vec<(i64,)> = self.inner.readers.rows(Statement::new(text, Vec::new())).await?;
        let in_file = free.first().map_or(0, |(bytes,)| u64::try_from(*bytes).unwrap_or_default());
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
