//! Where games are kept, and which process owns them.

use std::{
    fs::{DirBuilder, File, TryLockError},
    path::PathBuf,
};

use anyhow::Context;
use clap::Args;
use store::{KeptFile, Location};

/// The lock of the embedded database, which ends with the process at the latest.
#[derive(Debug)]
pub struct Claim {
    kept: KeptFile,
    _locks: (File, Option<File>),
}

impl Claim {
    /// The lock file.
    #[must_use]
    pub fn file(&self) -> KeptFile {
        self.kept.clone()
    }
}

/// Where games are kept.
#[derive(Args, Clone, Debug)]
pub struct StoreSettings {
    /// The folder of the embedded database.
    #[arg(long, env = "DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// A PostgreSQL database in place of the embedded one: postgres://user:password@host/name.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
}

impl StoreSettings {
    /// Locks the embedded database until the result is dropped, as two servers would play the same games.
    ///
    /// # Errors
    /// If another server has locked it.
    pub fn claim(&self) -> anyhow::Result<Option<Claim>> {
        if matches!(self.location(), Location::Postgres(_)) {
            return Ok(None);
        }
        private_folder().create(&self.data_dir).with_context(|| format!("can't make {}", self.data_dir.display()))?;
        let path = self.data_dir.join("liap-tui.lock");
        let lock = File::create(&path).with_context(|| format!("can't write {}", path.display()))?;
        // The folder is locked as well, as the file can be deleted while a server runs. Some file systems can't lock
        // folders.
        let folder = File::open(&self.data_dir).ok();
        let folder_is_taken =
            folder.as_ref().is_some_and(|folder| matches!(folder.try_lock(), Err(TryLockError::WouldBlock)));
        if folder_is_taken || lock.try_lock().is_err() {
            let folder = self.data_dir.display();
            anyhow::bail!("another server uses {folder}; stop it, or choose another folder with --data-dir");
        }
        let kept = KeptFile::at(&path).with_context(|| format!("can't read {}", path.display()))?;
        Ok(Some(Claim { kept, _locks: (lock, folder) }))
    }

    /// The location of a database that exists.
    ///
    /// # Errors
    /// If there is no embedded database yet.
    pub fn existing(&self) -> anyhow::Result<Location> {
        let location = self.location();
        match &location {
            Location::Sqlite(file) if !file.exists() => {
                anyhow::bail!("there is no database at {}; name its folder with --data-dir", file.display())
            }
            _ => Ok(location),
        }
    }

    /// The location of the database.
    pub fn location(&self) -> Location {
        match self.database_url.as_deref().filter(|url| !url.is_empty()) {
            Some(url) => Location::Postgres(url.to_owned()),
            None => Location::Sqlite(self.data_dir.join("liap-tui.db")),
        }
    }
}

/// Creates folders that only the server's own user may open.
pub(crate) fn private_folder() -> DirBuilder {
    let mut folder = DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder
}
