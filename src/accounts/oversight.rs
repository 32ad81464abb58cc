//! What operators do to accounts. A block or a new password ends the account's tokens and the connections that were
//! opened with them.

use actors::Engine;
use store::{Account, AccountChange, StoreError};

use super::{ACCOUNTS, Accounts, passwords::Turn, strength, users::nobody};
use crate::rest::answer::{Refused, Stored};

impl Accounts {
    /// The account with this username, in any case.
    pub(crate) async fn by_username(&self, username: &str) -> Result<Option<Account>, Refused> {
        self.store().account_by_username(username).await.of(ACCOUNTS)
    }

    /// The account with this id.
    ///
    /// # Errors
    /// `NOT_FOUND`
    pub(crate) async fn by_id(&self, id: &str) -> Result<Account, Refused> {
        self.store().account_by_id(id).await.of(ACCOUNTS)?.ok_or_else(nobody)
    }

    /// Blocks an account.
    ///
    /// # Errors
    /// `NOT_FOUND`
    pub(crate) async fn block(&self, engine: &Engine, id: &str) -> Result<(), Refused> {
        self.overrule(engine, id, AccountChange { blocked: Some(true), ..AccountChange::default() }).await
    }

    /// Unblocks an account. It has to log in again.
    ///
    /// # Errors
    /// `NOT_FOUND`
    pub(crate) async fn unblock(&self, engine: &Engine, id: &str) -> Result<(), Refused> {
        self.overrule(engine, id, AccountChange { blocked: Some(false), ..AccountChange::default() }).await
    }

    /// Sets another password for an account.
    ///
    /// # Errors
    /// `NOT_FOUND`, `VALIDATION_FAILED` for a password that is too easy to guess.
    pub(crate) async fn reset_password(
        &self,
        engine: &Engine,
        account: &Account,
        password: String,
    ) -> Result<(), Refused> {
        strength::check("password", &password, &account.username)?;
        let password_hash = Some(self.passwords().hash(password, Turn::Known).await?);
        self.overrule(engine, &account.id, AccountChange { password_hash, ..AccountChange::default() }).await
    }

    async fn overrule(&self, engine: &Engine, id: &str, change: AccountChange) -> Result<(), Refused> {
        match self.change(engine, id, &change).await {
            Err(StoreError::NoSuchAccount) => Err(nobody()),
            changed => changed.of(ACCOUNTS),
        }
    }
}
