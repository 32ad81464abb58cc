//! Accounts and their refresh tokens, as they go into the store and come out. Times are milliseconds since 1970.

use std::fmt;

use vocabulary::Timestamp;

/// A registered person.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The id, a UUID of version 7 in its usual text.
    pub id: String,
    /// The name to log in with, as it was first written. No two accounts' usernames differ by the case of ASCII letters alone.
    pub username: String,
    /// The name that others see.
    pub display_name: String,
    /// Where a picture is.
    pub avatar_url: Option<String>,
    /// The password's hash as a PHC text, which names its own parameters.
    pub password_hash: String,
    /// What the account may do: `user`, `admin`.
    pub role: String,
    /// When it was made, in milliseconds.
    pub created_at: Timestamp,
    /// Whether it is shut out.
    pub blocked: bool,
    /// Counts up with every new password and every block; what was given out for an earlier version is void. At first 1.
    pub version: i64,
}

/// Without the password's hash, which belongs in no log.
impl fmt::Debug for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Account")
            .field("id", &self.id)
            .field("username", &self.username)
            .field("role", &self.role)
            .field("blocked", &self.blocked)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// What of an account is to change; `None` leaves a field as it is.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AccountChange {
    /// Another name that others see.
    pub display_name: Option<String>,
    /// Another picture; `Some(None)` takes it away.
    pub avatar_url: Option<Option<String>>,
    /// Another password, as a PHC text. With it every refresh token of the account is revoked and its version goes up.
    pub password_hash: Option<String>,
    /// Another role.
    pub role: Option<String>,
    /// Shut out or let in again. Shutting out revokes every refresh token of the account, and its version goes up.
    pub blocked: Option<bool>,
    /// Nothing changes unless the account is still of this version.
    pub only_of_version: Option<i64>,
}

impl AccountChange {
    /// Whether what was given out to the account so far is void afterwards.
    pub(crate) fn ends_logins(&self) -> bool {
        self.password_hash.is_some() || self.blocked == Some(true)
    }
}

/// A refresh token that was given out.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// The token's SHA-256; the token itself is not kept.
    pub hash: [u8; 32],
    /// The id of the account that it stands for.
    pub account: String,
    /// What all tokens of one login have in common.
    pub family: String,
    /// When it ends, in milliseconds.
    pub expires_at: Timestamp,
}

/// A login, which ends as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The id of the account.
    pub account: String,
    /// What all its tokens have in common.
    pub family: String,
}

/// What became of an attempt to exchange a refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// It was good; now it is used and the next one is kept in its place.
    Rotated {
        /// The account that it stands for.
        account: String,
        /// The account's version at that moment.
        version: i64,
        /// The login that it belongs to.
        family: String,
    },
    /// It had been used before: somebody has a copy. All of its family is revoked.
    Reused(Login),
    /// It is unknown, revoked or has ended; nothing was changed.
    Invalid,
}

/// By what an account is known to be taken: case does not count.
pub(crate) fn key(username: &str) -> String {
    username.to_ascii_lowercase()
}
