//! Passwords: of the environment, asked for without an echo, read from a pipe, or made up. None is ever on the command line,
//! where every process of the machine could read it.

use std::io::IsTerminal;

use anyhow::Context;
use rand::RngExt;

use crate::command::environment;

/// Letters and digits that nobody takes for one another.
const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Of these, about 115 bits.
const LENGTH: usize = 20;

/// Another password for a user.
pub(super) enum NewPassword {
    /// The operator has to be told.
    MadeUp(String),
    /// The operator knows it.
    Chosen(String),
}

impl NewPassword {
    pub(super) fn text(&self) -> &str {
        let (Self::MadeUp(text) | Self::Chosen(text)) = self;
        text
    }
}

/// The admin's own password.
pub(super) fn of_admin(username: &str) -> anyhow::Result<String> {
    match environment::secret("ADMIN_PASSWORD")? {
        Some(password) => Ok(password),
        None => ask(&format!("Password of {username}: ")),
    }
}

/// A password that the operator types, twice where nobody sees it.
pub(super) fn chosen(user: &str) -> anyhow::Result<NewPassword> {
    let password = ask(&format!("New password for {user}: "))?;
    if std::io::stdin().is_terminal() && ask("The same again: ")? != password {
        anyhow::bail!("the two are not the same; nothing was changed");
    }
    Ok(NewPassword::Chosen(password))
}

/// A random one that does not happen to contain the username, which the server would refuse.
pub(super) fn made_up(user: &str) -> anyhow::Result<NewPassword> {
    let mut rng = rand::rng();
    loop {
        let password: String = (0..LENGTH).map(|_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())])).collect();
        if !password.to_lowercase().contains(&user.to_lowercase()) {
            return Ok(NewPassword::MadeUp(password));
        }
    }
}

/// From the terminal, or one line of what is piped in.
fn ask(prompt: &str) -> anyhow::Result<String> {
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password(prompt).context("no password could be read");
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("no password could be read")?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        anyhow::bail!("there is no password; set ADMIN_PASSWORD, or pipe one in for each that is asked for");
    }
    Ok(password.to_owned())
}
