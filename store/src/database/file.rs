//! The file of the embedded database. Only its owner may read it, since the journal holds the players' hands.

use std::{
    fs::{DirBuilder, File, OpenOptions},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use crate::database::error::OpenError;

/// Creates the folder and the file if they are missing and checks that the file can be written.
pub(crate) fn prepare(path: &Path) -> Result<(), OpenError> {
    let folder = folder_of(path);
    private_folder().create(folder).map_err(|error| not_writable(folder, &error))?;
    match create_new(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            // Without permission to write, SQLite would silently open the file for reading.
            let opened = OpenOptions::new().read(true).write(true).open(path);
            opened.map(drop).map_err(|error| not_writable(path, &error))
        }
        Err(error) => Err(not_writable(path, &error)),
    }
}

/// Creates an empty private file that survives a crash; fails if the file exists.
pub(crate) fn create_new(path: &Path) -> io::Result<()> {
    private_file().open(path)?;
    sync(folder_of(path))
}

/// Waits until the file, or the folder's list of files, is on the disk.
pub(crate) fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

pub(crate) fn is_empty(path: &Path) -> bool {
    path.metadata().is_ok_and(|file| file.len() == 0)
}

/// The path of a file beside the database, such as SQLite's `-wal` and `-shm`.
pub(crate) fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

pub(crate) fn folder_of(path: &Path) -> &Path {
    // A bare file name has an empty parent, which can't be opened.
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

pub(crate) fn not_writable(path: &Path, why: &dyn std::fmt::Display) -> OpenError {
    OpenError::NotWritable { path: PathBuf::from(path), why: why.to_string() }
}

#[cfg(unix)]
fn private_folder() -> DirBuilder {
    let mut folder = DirBuilder::new();
    std::os::unix::fs::DirBuilderExt::mode(folder.recursive(true), 0o700);
    folder
}

#[cfg(unix)]
fn private_file() -> OpenOptions {
    let mut file = OpenOptions::new();
    std::os::unix::fs::OpenOptionsExt::mode(file.write(true).create_new(true), 0o600);
    file
}

#[cfg(not(unix))]
fn private_folder() -> DirBuilder {
    let mut folder = DirBuilder::new();
    folder.recursive(true);
    folder
}

#[cfg(not(unix))]
fn private_file() -> OpenOptions {
    let mut file = OpenOptions::new();
    file.write(true).create_new(true);
    file
}
