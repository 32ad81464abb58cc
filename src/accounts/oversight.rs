//! What operators do to accounts. Each act ends what was given out to the account before: its refresh tokens, and its
//! access tokens, as these are good for one version of the account alone.

use store::{Account, AccountChange, StoreError};

use super::{Accounts, users::nobody};
use crate::rest::answer::Refused;

impl Accounts {
    /// The account with this username, in any case.
    pub(crate) async fn by_username(&self, username: &str) -> Result<Option<Account>, Refused> {
        Ok(self.store().account_by_username(username).await?)
    }

    /// The account with this id.
    ///
    /// # Errors
    /// `NOT_FOUND`
    pub(crate) async fn by_id(&self, id: &str) -> Result<Account, Refused> {
        self.store().account_by_id(id).await?.ok_or_else(nobody)
    }

    /// Shuts an account out.
    ///
    /// # Errors
    /// `NOT_FOUND`
    pub(crate) async fn block(&self, id: &str) -> Result<(), Refused> {
        self.change(id, AccountChange { blocked: Some(true), ..AccountChange::default() }).await
    }

    /// Lets an account in again. It has to log in anew.
    ///
    /// # Errors
    /// `NOT_FOUND`
    pub(crate) async fn unblock(&self, id: &str) -> Result<(), Refused> {
        self.change(id, AccountChange { blocked: Some(false), ..AccountChange::default() }).await
    }

    /// Gives an account another password.
    ///
    /// # Errors
    /// `NOT_FOUND`
    pub(crate) async fn reset_password(&self, id: &str, password: String) -> Result<(), Refused> {
        let password_hash = Some(self.passwords().hash(password).await?);
        self.change(id, AccountChange { password_hash, ..AccountChange::default() }).await
    }

    async fn change(&self, id: &str, change: AccountChange) -> Result<(), Refused> {
        match self.store().update_account(id, &change).await {
            Err(StoreError::NoSuchAccount) => Err(nobody()),
            changed => Ok(changed?),
        }
    }
}
