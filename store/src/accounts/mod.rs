//! The open store's door to accounts and refresh tokens.

pub(crate) mod bans;
pub(crate) mod names;
pub(crate) mod places;
mod read;
pub(crate) mod types;
pub(crate) mod write;

use vocabulary::Skeleton;

use crate::{
    accounts::{
        types::{Account, AccountChange, Login, RefreshToken, Rotation},
        write::{Change, Outcome},
    },
    database::{error::StoreError, store::Store},
};

impl Store {
    /// Keeps a new account.
    ///
    /// # Errors
    /// [`Duplicate`](StoreError::Duplicate) when its id is taken, or its username, in any case, or one that can be taken for a
    /// name of another account; or the database fails.
    pub async fn create_account(&self, account: &Account) -> Result<(), StoreError> {
        match self.change(Change::Create(account)).await? {
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
        match self.change(Change::Update { id, change }).await? {
            0 => Err(StoreError::NoSuchAccount),
            _ => Ok(()),
        }
    }

    /// Keeps a refresh token that begins a family, if its account is still of this version.
    ///
    /// # Errors
    /// [`NoSuchAccount`](StoreError::NoSuchAccount) when there is none of this id and version; or the database fails.
    pub async fn insert_refresh(&self, token: &RefreshToken, version: i64) -> Result<(), StoreError> {
        match self.change(Change::Keep { token, version }).await? {
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
        now: i64,
        expires_at: i64,
    ) -> Result<Rotation, StoreError> {
        match self.outcome(Change::Rotate { hash, next, now, expires_at }).await? {
            Outcome::Rotation(rotation) => Ok(rotation),
            Outcome::Rows(_) | Outcome::Ended(_) => Ok(Rotation::Invalid),
        }
    }

    /// Ends the login that this refresh token belongs to by revoking all its refresh tokens, and returns the login. An
    /// unknown token changes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_family(&self, hash: &[u8; 32]) -> Result<Option<Login>, StoreError> {
        match self.outcome(Change::RevokeFamilyOf(hash)).await? {
            Outcome::Ended(login) => Ok(login),
            Outcome::Rows(_) | Outcome::Rotation(_) => Ok(None),
        }
    }

    /// Deletes the refresh tokens that have ended, and says how many they were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge_refresh(&self, now: i64) -> Result<u64, StoreError> {
        self.change(Change::Purge { now }).await
    }

    pub(crate) async fn change(&self, change: Change<'_>) -> Result<u64, StoreError> {
        match self.outcome(change).await? {
            Outcome::Rows(rows) => Ok(rows),
            Outcome::Rotation(_) | Outcome::Ended(_) => Ok(0),
        }
    }

    async fn outcome(&self, change: Change<'_>) -> Result<Outcome, StoreError> {
        self.patiently(async { self.inner.writer.lock().await.change(&change).await }).await
    }
}
