//! The key that signs access tokens: the operator's, or one that the server made and keeps with its data.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::Path,
};

use anyhow::Context;

use super::secret;
use crate::settings::{AuthSettings, MIN_KEY_BYTES, private_folder};

/// The key's bytes. Production has been checked to name a good one.
pub(super) fn signing_key(settings: &AuthSettings, folder: &Path) -> anyhow::Result<Vec<u8>> {
    match settings.auth_secret_key.as_deref().filter(|key| !key.is_empty()) {
        Some(key) if key.len() >= MIN_KEY_BYTES => Ok(key.into()),
        Some(key) => {
            log::warn!("AUTH_SECRET_KEY has fewer than {MIN_KEY_BYTES} characters: tokens could be forged");
            Ok(key.into())
        }
        None => kept(folder),
    }
}

/// The key in the folder, made where there is none.
fn kept(folder: &Path) -> anyhow::Result<Vec<u8>> {
    let path = folder.join("auth.key");
    if !path.exists() {
        make(&path).with_context(|| format!("can't write {}; set AUTH_SECRET_KEY", path.display()))?;
        log::warn!("there is no AUTH_SECRET_KEY; one was made and is kept in {}", path.display());
    }
    let key = fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    let key = key.trim();
    if key.len() < MIN_KEY_BYTES {
        anyhow::bail!("{} holds no key; delete it to have another made, which ends all sessions", path.display());
    }
    log::info!("tokens are signed with the key in {}", path.display());
    Ok(key.into())
}

/// Written beside it first: a crash leaves either no key or a whole one.
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
