//! The first operator: the account that the settings name, created or promoted at the start.

use anyhow::Context;
use contracts::battles::client::{FromJson, Registration};
use serde_json::json;
use store::{Account, AccountChange, StoreError};

use super::{ADMIN, Accounts, new_account, passwords::Turn, strength};
use crate::{rest::answer::Refused, settings::AdminSettings};

impl Accounts {
    /// Creates or promotes the account that the settings name. If it is an operator's already, it stays as it is, with
    /// its password.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub(crate) async fn ensure_admin(&self, settings: &AdminSettings) -> anyhow::Result<()> {
        let Some((username, password)) = settings.credentials()? else { return Ok(()) };
        let wanted = json!({ "username": username, "password": password }).to_string();
        let wanted = Registration::from_json(wanted.as_bytes())
            .map_err(|refusal| anyhow::anyhow!("correct ADMIN_USERNAME or ADMIN_PASSWORD: {}", refusal.message))?;
        match self.store().account_by_username(username).await.context("can't look up the first admin")? {
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
                "ADMIN_USERNAME {} can be mistaken for a name of another account; choose another one",
                account.username
            ),
            made => made.context("can't create the first admin")?,
        }
        log::info!("created admin {} ({})", account.username, account.id);
        Ok(())
    }

    /// Only with the account's own password; otherwise whoever registered the name first would become an operator.
    async fn raise(&self, account: Account, password: String) -> anyhow::Result<()> {
        let Account { id, username, password_hash, .. } = account;
        if !self.passwords().verify(password, Some(password_hash), Turn::Known).await.map_err(said)? {
            anyhow::bail!(
                "somebody else has the account {username}: ADMIN_PASSWORD is not its password; choose another ADMIN_USERNAME"
            );
        }
        let change = AccountChange { role: Some(ADMIN.to_owned()), ..AccountChange::default() };
        self.store().update_account(&id, &change).await.context("can't create the first admin")?;
        log::info!("promoted {username} ({id}) to admin");
        Ok(())
    }
}

fn said(refused: Refused) -> anyhow::Error {
    anyhow::anyhow!("{refused}")
}
