//! Accounts: registration, login, tokens, profiles. The store keeps them; this module checks passwords and tokens.

mod auth;
mod caller;
mod device;
mod ending;
mod first_admin;
mod guesses;
mod key;
mod oversight;
mod passwords;
mod places;
mod routes;
mod strength;
mod tokens;
mod users;
mod visit;

use std::{sync::Arc, time::Duration};

use actors::Bans;
use store::{Account, Store};
use vocabulary::Timestamp;

use crate::{
    rest::{answer::Refused, bans},
    settings::ServeSettings,
};
use guesses::Guesses;
use passwords::Passwords;
use places::Places;
use tokens::Tokens;

pub(crate) use caller::{Caller, bearer, id_of};
pub(crate) use routes::ENDPOINTS;
pub(crate) use tokens::{Bearer, Rejected};

/// What a failure of the database is about.
const ACCOUNTS: &str = "accounts";
/// The role of everybody who registers.
const USER: &str = "user";
/// The role of operators.
pub(crate) const ADMIN: &str = "admin";

/// How long expired tokens may stay in the database.
const PURGE: Duration = Duration::from_secs(600);

/// What the handlers share; cheap to clone.
#[derive(Clone)]
pub(crate) struct Accounts {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    passwords: Passwords,
    tokens: Tokens,
    bans: Bans,
    places: Places,
    guesses: Guesses,
}

impl Accounts {
    /// Uses the key that the settings name, or the one in the data folder.
    ///
    /// # Errors
    /// A sentence for the operator if there is no usable key.
    pub(crate) fn open(settings: &ServeSettings, store: Store, bans: Bans) -> anyhow::Result<Self> {
        let keys = key::keys(&settings.auth, &settings.store.data_dir)?;
        let (tokens, places) = (Tokens::new(&keys, &settings.auth), Places::new(&keys)?);
        let guesses = Guesses::new(&settings.limits);
        Ok(Self { inner: Arc::new(Inner { store, passwords: Passwords::new()?, tokens, bans, places, guesses }) })
    }

    /// Deletes expired tokens and unused places every ten minutes, as long as the server lives.
    pub(crate) async fn purge(self) {
        let mut every = actix_web::rt::time::interval(PURGE);
        loop {
            every.tick().await;
            if let Err(error) = self.store().purge_refresh(Timestamp::now()).await {
                log::warn!("can't delete expired refresh tokens: {error}");
            }
            self.purge_places().await;
        }
    }

    /// Refuses an account that is banned.
    ///
    /// # Errors
    /// `BANNED`
    pub(crate) fn check_ban(&self, account: &Account) -> Result<(), Refused> {
        let id = account.id.parse().ok();
        match id.and_then(|id| self.inner.bans.of_account(id)) {
            Some(ban) => Err(bans::refused(&ban)),
            None => Ok(()),
        }
    }

    fn store(&self) -> &Store {
        &self.inner.store
    }

    fn passwords(&self) -> &Passwords {
        &self.inner.passwords
    }

    fn guesses(&self) -> &Guesses {
        &self.inner.guesses
    }

    fn tokens(&self) -> &Tokens {
        &self.inner.tokens
    }
}

/// A new account, which others see by its username.
fn new_account(username: String, password_hash: String, role: &str) -> Account {
    Account {
        id: uuid::Uuid::now_v7().to_string(),
        display_name: username.clone(),
        username,
        avatar_url: None,
        password_hash,
        role: role.to_owned(),
        created_at: Timestamp::now(),
        blocked: false,
        version: 1,
    }
}
