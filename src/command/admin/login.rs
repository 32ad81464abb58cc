//! The admin's login, kept between commands in a file that only its user may read, so that not every command counts as
//! an attempt to log in.

use std::{
    env,
    fmt::Write as _,
    fs::{self, File, OpenOptions},
    io::{Read, Seek, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clients::ServerAddress;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    secret,
    server::{Server, Tokens},
};
use crate::settings::private_folder;

/// The file of one login.
pub(super) struct KeptLogin {
    path: PathBuf,
    server: String,
    username: String,
}

impl KeptLogin {
    /// The login of this user at this server; `None` where the user has no folder to keep anything in.
    pub(super) fn of(address: &ServerAddress, username: &str) -> Option<Self> {
        let (server, username) = (address.http(), username.to_ascii_lowercase());
        let digest = Sha256::digest(format!("{server}\n{username}"));
        let mut name = "login-".to_owned();
        for byte in digest.iter().take(8) {
            // Writing into a String can't fail.
            let _ = write!(name, "{byte:02x}");
        }
        Some(Self { path: state_folder()?.join(name + ".json"), server, username })
    }

    /// Who is logged in already, or logs in now.
    pub(super) fn resume_or_log_in(&self, server: Server) -> anyhow::Result<Server> {
        let mut file = self.open()?;
        if let Some(tokens) = self.resumed(&mut file, &server)? {
            return Ok(server.with(&tokens));
        }
        // Others need not wait while somebody thinks of a password.
        drop(file);
        let password = secret::of_admin(&self.username)?;
        let tokens = server.log_in(&self.username, &password)?;
        self.write(&mut self.open()?, &tokens)?;
        Ok(server.with(&tokens))
    }

    /// Ends the login at the server, and forgets it here.
    pub(super) fn log_out(&self, server: &Server) -> anyhow::Result<()> {
        if !self.path.exists() {
            return Ok(());
        }
        if let Some(tokens) = self.read(&mut self.open()?)? {
            server.log_out(&tokens)?;
        }
        fs::remove_file(&self.path).with_context(|| format!("can't delete {}", self.path.display()))
    }

    /// The tokens if they are still good, renewed if need be. The file is locked: a refresh token is good for one use.
    fn resumed(&self, file: &mut File, server: &Server) -> anyhow::Result<Option<Tokens>> {
        let Some(tokens) = self.read(file)? else { return Ok(None) };
        if server.knows(&tokens)? {
            return Ok(Some(tokens));
        }
        let renewed = server.refresh(&tokens)?;
        if let Some(renewed) = &renewed {
            self.write(file, renewed)?;
        }
        Ok(renewed)
    }

    /// The file, locked until it is dropped, and made where it is missing.
    fn open(&self) -> anyhow::Result<File> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let place = || format!("can't keep the login in {}; add --no-store, or set XDG_STATE_HOME", folder.display());
        private_folder().create(folder).with_context(place)?;
        refuse_open_to_others(folder, 0o022, "written", "700")?;
        if self.path.exists() {
            refuse_open_to_others(&self.path, 0o077, "read", "600")?;
        }
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(&self.path);
        let file = file.with_context(place)?;
        file.lock().with_context(place)?;
        Ok(file)
    }

    /// What was kept; `None` if there is nothing, or nothing that can be used.
    fn read(&self, file: &mut File) -> anyhow::Result<Option<Tokens>> {
        let mut text = String::new();
        file.rewind().and_then(|()| file.read_to_string(&mut text)).with_context(|| self.unusable())?;
        let kept: Value = serde_json::from_str(&text).unwrap_or_default();
        let is_own = kept["server"] == self.server.as_str() && kept["username"] == self.username.as_str();
        Ok(if is_own { Tokens::read(&kept) } else { None })
    }

    fn write(&self, file: &mut File, tokens: &Tokens) -> anyhow::Result<()> {
        let Tokens { access, refresh } = tokens;
        let kept =
            json!({ "server": self.server, "username": self.username, "token": access, "refreshToken": refresh });
        file.rewind()
            .and_then(|()| file.set_len(0))
            .and_then(|()| file.write_all(kept.to_string().as_bytes()))
            .with_context(|| self.unusable())
    }

    fn unusable(&self) -> String {
        format!("can't use {}; delete it, or add --no-store", self.path.display())
    }
}

/// `$XDG_STATE_HOME/liap-tui`, or its default below the user's own folder.
fn state_folder() -> Option<PathBuf> {
    let folder = |variable: &str| env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = folder("XDG_STATE_HOME").or_else(|| Some(folder("HOME")?.join(".local/state")));
    state.map(|state| state.join("liap-tui"))
}

fn refuse_open_to_others(path: &Path, bits: u32, verb: &str, wanted: &str) -> anyhow::Result<()> {
    let metadata = fs::symlink_metadata(path).with_context(|| format!("can't look at {}", path.display()))?;
    if metadata.is_symlink() || metadata.permissions().mode() & bits != 0 {
        let path = path.display();
        bail!(
            "{path} can be {verb} by other users, and it keeps your login; run `chmod {wanted} {path}`, or add --no-store"
        );
    }
    Ok(())
}
