//! Methods of the store for accounts and refresh tokens.

pub(crate) mod bans;
pub(crate) mod names;
mod places;
mod read;
pub(crate) mod types;
mod write;

use vocabulary::{Skeleton, Timestamp};

use self::types::{Account, AccountChange, Login, RefreshToken, Rotation};
use crate::database::{Store, StoreError, in_transaction};

impl Store {
    /// Stores a new account.
    ///
    /// # Errors
    /// [`Duplicate`](StoreError::Duplicate) if the id is taken, or if the username equals or resembles a name of
    /// another account; or the database fails.
    pub async fn create_account(&self, account: &Account) -> Result<(), StoreError> {
        match in_transaction!(self, writer, |connection| write::create(connection, account))? {
            0 => Err(StoreError::Duplicate),
            _ => Ok(()),
        }
    }

    /// The account with this id.
    pub async fn account_by_id(&self, id: &str) -> Result<Option<Account>, StoreError> {
        self.patiently(read::by_id(&self.inner.readers, id)).await
    }

    /// The account with this username, in any case.
    pub async fn account_by_username(&self, username: &str) -> Result<Option<Account>, StoreError> {
        self.patiently(read::by_username(&self.inner.readers, username)).await
    }

    /// The account with this id, if tokens of this version and this login are still valid: it is not blocked, its
    /// password has not changed since, and the login has not ended. Without a login, only the account is checked.
    pub async fn account_of_login(
        &self,
        id: &str,
        version: i64,
        family: Option<&str>,
    ) -> Result<Option<Account>, StoreError> {
        self.patiently(read::of_login(&self.inner.readers, id, version, family)).await
    }

    /// The id of the account whose username or display name equals or resembles this name.
    pub async fn owner_of_name(&self, name: &Skeleton) -> Result<Option<String>, StoreError> {
        self.patiently(read::owner(&self.inner.readers, name)).await
    }

    /// Makes all of the change or nothing. A new password or a block revokes every refresh token of the account and
    /// increments its version.
    ///
    /// # Errors
    /// [`NoSuchAccount`](StoreError::NoSuchAccount) if there is no account of this id and the required version;
    /// [`Duplicate`](StoreError::Duplicate) if the new display name resembles a name of another account; or the
    /// database fails.
    pub async fn update_account(&self, id: &str, change: &AccountChange) -> Result<(), StoreError> {
        // Changing no row would be reported as a missing account.
        if *change == AccountChange::default() {
            return Ok(());
        }
        match in_transaction!(self, writer, |connection| write::update(connection, id, change))? {
            0 => Err(StoreError::NoSuchAccount),
            _ => Ok(()),
        }
    }

    /// Stores the first refresh token of a login, if its account still has this version.
    ///
    /// # Errors
    /// [`NoSuchAccount`](StoreError::NoSuchAccount) if there is no account of this id and version; or the database
    /// fails.
    pub async fn insert_refresh(&self, token: &RefreshToken, version: i64) -> Result<(), StoreError> {
        match in_transaction!(self, writer, |connection| write::keep(connection, token, version))? {
            0 => Err(StoreError::NoSuchAccount),
            _ => Ok(()),
        }
    }

    /// Exchanges a refresh token for the next one of its login, both given as SHA-256, in one step: of several attempts
    /// with one token only one succeeds, and each of the others revokes the login.
    pub async fn rotate_refresh(
        &self,
        hash: &[u8; 32],
        next: &[u8; 32],
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Rotation, StoreError> {
        in_transaction!(self, writer, |connection| write::rotate(connection, hash, next, now, expires_at))
    }

    /// Revokes all refresh tokens of the login that this token belongs to, and returns the login. An unknown token
    /// changes nothing.
    pub async fn revoke_family(&self, hash: &[u8; 32]) -> Result<Option<Login>, StoreError> {
        in_transaction!(self, writer, |connection| write::revoke_family_of(connection, hash))
    }

    /// Deletes the refresh tokens that have expired by `now` and returns their number.
    pub async fn purge_refresh(&self, now: Timestamp) -> Result<u64, StoreError> {
        in_transaction!(self, writer, |connection| write::purge(connection, now))
    }
}
