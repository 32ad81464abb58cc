//! The end of an account's tokens and of the connections that were opened with them. One function ends both, so that
//! none is forgotten. The store comes first: a connection that is opened meanwhile is registered before it asks the
//! store, so that one of the two finds it.

use actors::Engine;
use contracts::Farewell;
use store::{AccountChange, Login, StoreError};

use super::Accounts;
use crate::secret;

impl Accounts {
    /// Ends the login that a refresh token belongs to, if any: its tokens and its connections, and no other login's.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn end_login(&self, engine: &Engine, refresh_token: &str) -> Result<(), StoreError> {
        if let Some(login) = self.store().revoke_family(&secret::hash(refresh_token)).await? {
            close_login(engine, &login);
        }
        Ok(())
    }

    /// Changes an account. A new password or a block ends every login with all its connections.
    ///
    /// # Errors
    /// As [`Store::update_account`](store::Store::update_account).
    pub(super) async fn change(&self, engine: &Engine, id: &str, change: &AccountChange) -> Result<(), StoreError> {
        self.store().update_account(id, change).await?;
        let farewell = match change {
            AccountChange { blocked: Some(true), .. } => Farewell::Blocked,
            AccountChange { password_hash: Some(_), .. } => Farewell::InvalidToken,
            _ => return Ok(()),
        };
        if let Ok(account) = id.parse() {
            engine.connections().close_of(account, farewell);
        }
        Ok(())
    }
}

/// Closes the connections of a login whose tokens have been revoked.
pub(super) fn close_login(engine: &Engine, login: &Login) {
    if let (Ok(account), Ok(family)) = (login.account.parse(), login.family.parse()) {
        engine.connections().close_login(account, family, Farewell::InvalidToken);
    }
}
