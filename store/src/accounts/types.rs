//! Accounts and their refresh tokens, as they are stored.

use std::fmt;

use vocabulary::Timestamp;

/// A registered player.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The id, a UUID of version 7 in its usual text form.
    pub id: String,
    /// The name to log in with, in its original case. It is unique in any case of ASCII letters.
    pub username: String,
    /// The name that other players see.
    pub display_name: String,
    /// The URL of a picture.
    pub avatar_url: Option<String>,
    /// The password's hash as a PHC string, which includes its parameters.
    pub password_hash: String,
    /// The account's role: `user` or `admin`.
    pub role: String,
    /// The time at which it was created.
    pub created_at: Timestamp,
    /// Whether the account is blocked.
    pub blocked: bool,
    /// Starts at 1 and goes up with every new password and every block; tokens of earlier versions are invalid.
    pub version: i64,
}

/// Omits the password's hash, which must not be logged.
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

/// A change of an account; `None` keeps a field as it is.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AccountChange {
    /// The new display name.
    pub display_name: Option<String>,
    /// The new URL of a picture; `Some(None)` removes it.
    pub avatar_url: Option<Option<String>>,
    /// The hash of a new password, as a PHC string. It revokes every refresh token of the account and increments its
    /// version.
    pub password_hash: Option<String>,
    /// The new role.
    pub role: Option<String>,
    /// Blocks or unblocks the account. A block revokes every refresh token of the account and increments its version.
    pub blocked: Option<bool>,
    /// If set, nothing changes unless the account still has this version.
    pub only_of_version: Option<i64>,
}

impl AccountChange {
    /// Whether the change makes all tokens of the account invalid.
    pub(crate) fn ends_logins(&self) -> bool {
        self.password_hash.is_some() || self.blocked == Some(true)
    }
}

/// A refresh token that was issued.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// The token's SHA-256; the token itself is not stored.
    pub hash: [u8; 32],
    /// The id of the token's account.
    pub account: String,
    /// The id of the login, which all its tokens share.
    pub family: String,
    /// The time at which the token expires.
    pub expires_at: Timestamp,
}

/// A login, whose tokens are revoked together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The id of the login's account.
    pub account: String,
    /// The id of the login, which all its tokens share.
    pub family: String,
}

/// The outcome of an attempt to exchange a refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// The token was valid; it is now used, and the next one is stored.
    Rotated {
        /// The id of the token's account.
        account: String,
        /// The account's version at the moment of the exchange.
        version: i64,
        /// The id of the token's login.
        family: String,
    },
    /// The token had been used before, so somebody has a copy. All tokens of its login are revoked.
    Reused(Login),
    /// The token is unknown, revoked or expired; nothing was changed.
    Invalid,
}

/// The key by which usernames are unique: case does not count.
pub(crate) fn key(username: &str) -> String {
    username.to_ascii_lowercase()
}
