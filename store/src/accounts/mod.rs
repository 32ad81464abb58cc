//! The open store's door to accounts and refresh tokens.

pub(crate) mod bans;
pub(crate) mod names;
mod places;
mod read;
pub(crate) mod types;
mod write;

use vocabulary::{Skeleton, Timestamp};

use crate::{
    accounts::types::{Account, AccountChange, Login, RefreshToken, Rotation},
    database::{
        error::StoreError,
        store::{Store, in_transaction},
    },
};

impl Store {
    /// Keeps a new account.
    ///
    /// # Errors
    /// [`Duplicate`](StoreError::Duplicate) when its id is taken, or its username, in any case, or one that can be taken for a
    /// name of another account; or the database fails.
    pub async fn create_account(&self, account: &Account) -> Result<(), StoreError> {
        match in_transaction!(self, writer, |connection| write::create(connection, account))? {
            0 => Err(StoreError::Duplicate),
            _ => Ok(()),
        }
    }

    /// The account with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_by_id(&self, id: &str) -> Result<Option<Account>, StoreError> {
        self.patiently(read::by_id(&self.inner.readers, id)).await
    }

    /// The account with this username, in any case.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_by_username(&self, username: &str) -> Result<Option<Account>, StoreError> {
        self.patiently(read::by_username(&self.inner.readers, username)).await
    }

    /// The account with this id, while what was given out to it at this version and by this login is good: it is not
    /// blocked, has had no other password since, and the login was not ended. Without a login only the account counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_of_login(
        &self,
        id: &str,
        version: i64,
        family: Option<&str>,
    ) -> Result<Option<Account>, StoreError> {
        self.patiently(read::of_login(&self.inner.readers, id, version, family)).await
    }

    /// The id of the account that has this name, or one that can be taken for it, as its username or its display name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owner_of_name(&self, name: &Skeleton) -> Result<Option<String>, StoreError> {
        self.patiently(read::owner(&self.inner.readers, name)).await
    }

    /// Changes an account, all of the change or nothing. A new password and a block revoke every refresh token of the account,
    /// and its version goes up.
    ///
    /// # Errors
    /// [`NoSuchAccount`](StoreError::NoSuchAccount), also when there is none of the version that the change is for;
    /// [`Duplicate`](StoreError::Duplicate) when the new display name can be taken for a name of another account; or the
    /// database fails.
    pub async fn update_account(&self, id: &str, change: &AccountChange) -> Result<(), StoreError> {
        if *change == AccountChange::default() {
            return Ok(());
        }
        match in_transaction!(self, writer, |connection| write::update(connection, id, change))? {
            0 => Err(StoreError::NoSuchAccount),
            _ => Ok(()),
        }
    }

    /// Keeps a refresh token that begins a family, if its account is still of this version.
    ///
    /// # Errors
    /// [`NoSuchAccount`](StoreError::NoSuchAccount) when there is none of this id and version; or the database fails.
    pub async fn insert_refresh(&self, token: &RefreshToken, version: i64) -> Result<(), StoreError> {
        match in_transaction!(self, writer, |connection| write::keep(connection, token, version))? {
            0 => Err(StoreError::NoSuchAccount),
            _ => Ok(()),
        }
    }

    /// Exchanges a refresh token for the next of its family, by their SHA-256, in one step: of many attempts with one token
    /// one alone succeeds, and each of the others revokes the family.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rotate_refresh(
        &self,
        hash: &[u8; 32],
        next: &[u8; 32],
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Rotation, StoreError> {
        in_transaction!(self, writer, |connection| write::rotate(connection, hash, next, now, expires_at))
    }

    /// Ends the login that this refresh token belongs to by revoking all its refresh tokens, and returns the login. An
    /// unknown token changes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_family(&self, hash: &[u8; 32]) -> Result<Option<Login>, StoreError> {
        in_transaction!(self, writer, |connection| write::revoke_family_of(connection, hash))
    }

    /// Deletes the refresh tokens that have ended, and says how many they were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge_refresh(&self, now: Timestamp) -> Result<u64, StoreError> {
        in_transaction!(self, writer, |connection| write::purge(connection, now))
    }
}
