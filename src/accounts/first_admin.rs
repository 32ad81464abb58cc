//! The first operator: the account that the settings name, made or raised at the start.

use anyhow::Context;
use contracts::battles::client::{FromJson, Registration};
use serde_json::json;
use store::{Account, AccountChange, StoreError};

use super::{ADMIN, Accounts, new_account, passwords::Turn, strength};
use crate::{rest::answer::Refused, settings::AdminSettings};

impl Accounts {
    /// Sees to it that the account of the settings is there and is an operator's. One that is an operator's already stays as
    /// it is, its password too.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub(crate) async fn ensure_admin(&self, settings: &AdminSettings) -> anyhow::Result<()> {
        let Some((username, password)) = settings.credentials()? else { return Ok(()) };
        let wanted = json!({ "username": username, "password": password }).to_string();
        let wanted = Registration::from_json(wanted.as_bytes())
            .map_err(|refusal| anyhow::anyhow!("correct ADMIN_USERNAME or ADMIN_PASSWORD: {}", refusal.message))?;
        match self.store().account_by_username(username).await.context("the first admin can't be looked up")? {
            Some(account) if account.role == ADMIN => Ok(()),
            Some(account) => self.raise(account, wanted.password).await,
            None => {
                strength::check("ADMIN_PASSWORD", &wanted.password, username)
                    .map_err(|refusal| anyhow::anyhow!(refusal.message))?;
                self.make_admin(wanted).await
            }
        }
    }

    async fn make_admin(&self, Registration { username, password }: Registration) -> anyhow::Result<()> {
        let account = new_account(username, self.passwords().hash(password, Turn::Known).await.map_err(said)?, ADMIN);
        match self.store().create_account(&account).await {
            Err(StoreError::Duplicate) => anyhow::bail!(
                "ADMIN_USERNAME {} can be taken for a name of another account; choose another one",
                account.username
            ),
            made => made.context("the first admin can't be made")?,
        }
        log::info!("the admin {} ({}) is made", account.username, account.id);
        Ok(())
    }

    /// Only with its own password: else whoever was first to register the name would become an operator.
    async fn raise(&self, account: Account, password: String) -> anyhow::Result<()> {
        let Account { id, username, password_hash, .. } = account;
        if !self.passwords().verify(password, Some(password_hash), Turn::Known).await.map_err(said)? {
            anyhow::bail!(
                "somebody else has the account {username}: ADMIN_PASSWORD is not its password; choose another ADMIN_USERNAME"
            );
        }
        let change = AccountChange { role: Some(ADMIN.to_owned()), ..AccountChange::default() };
        self.store().update_account(&id, &change).await.context("the first admin can't be made")?;
        log::info!("{username} ({id}) is an admin now");
        Ok(())
    }
}

fn said(refused: Refused) -> anyhow::Error {
    anyhow::anyhow!("{refused}")
}
