//! The keys that sign and check access tokens: the operator's, or one that the server generated and keeps with its
//! data.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::Path,
};

use anyhow::Context;

use crate::{
    secret,
    settings::{AuthSettings, MIN_KEY_BYTES, private_folder},
};

/// The bytes of every key. That production names good ones has been checked before.
pub(super) fn keys(settings: &AuthSettings, folder: &Path) -> anyhow::Result<Keys> {
    let mut named = settings.keys();
    let Some((setting, first)) = named.next() else {
        return Ok(Keys { signing: kept(folder)?, older: Vec::new() });
    };
    let older: Vec<(&str, &str)> = named.collect();
    for (setting, key) in older.iter().chain([&(setting, first)]) {
        if key.len() < MIN_KEY_BYTES {
            log::warn!("{setting} has fewer than {MIN_KEY_BYTES} characters: tokens could be forged");
        }
    }
    Ok(Keys { signing: first.into(), older: older.into_iter().map(|(_, key)| key.into()).collect() })
}

/// The key that signs tokens, and those that are accepted as well.
pub(super) struct Keys {
    /// Every new token is signed with it.
    pub(super) signing: Vec<u8>,
    /// Tokens that were signed with one of these are accepted until they expire.
    pub(super) older: Vec<Vec<u8>>,
}

/// The key in the folder, generated if there is none.
fn kept(folder: &Path) -> anyhow::Result<Vec<u8>> {
    let path = folder.join("auth.key");
    if !path.exists() {
        make(&path).with_context(|| format!("can't write {}; set AUTH_SECRET_KEY", path.display()))?;
        log::warn!("AUTH_SECRET_KEY is not set; generated a key, which is kept in {}", path.display());
    }
    let key = fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    let key = key.trim();
    if key.len() < MIN_KEY_BYTES {
        anyhow::bail!(
            "{} has no valid key; delete it and restart for a new one, which ends all sessions",
            path.display()
        );
    }
    log::info!("tokens are signed with the key in {}", path.display());
    Ok(key.into())
}

/// Writes a temporary file first, so that a crash leaves either no key or a complete one.
fn make(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        private_folder().create(folder)?;
    }
    let unfinished = path.with_extension("key.new");
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = private_file().open(&unfinished)?;
    file.write_all(secret::new().as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}

fn private_file() -> OpenOptions {
    let mut file = OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file
}
