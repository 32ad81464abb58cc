//! Who opens a WebSocket.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use actors::session::Login;
use store::{Account, Store};
use vocabulary::{Name, Profile};

use crate::{
    accounts::{self, ADMIN, Accounts, Bearer, Rejected},
    rest::{
        answer::{Refused, Stored},
        client,
    },
    standings,
};

/// Who opens a WebSocket. Browsers can't set its headers, so the token may stand in the address, too (`?token=`).
pub(crate) struct Visitor {
    /// `None` if they send no token.
    pub(crate) proof: Result<Option<Proof>, Rejected>,
}

/// A token that was accepted.
pub(crate) struct Proof {
    /// Its account.
    pub(crate) profile: Arc<Profile>,
    /// The login that it came from.
    pub(crate) login: Login,
    /// The time since it was issued.
    pub(crate) age: Duration,
    /// The time until it expires.
    pub(crate) left: Duration,
}

impl Visitor {
    /// # Errors
    /// 401 for a token that is not accepted.
    pub(crate) fn or_refuse(self) -> Result<Option<Proof>, Refused> {
        Ok(self.proof?)
    }
}

impl FromRequest for Visitor {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let accounts = request.app_data::<web::Data<Accounts>>().cloned();
        let store = request.app_data::<web::Data<Store>>().cloned();
        let token = accounts::bearer(request).map(str::to_owned).or_else(|| client::parameter(request, "token"));
        Box::pin(async move {
            let proof = match (accounts, store, token) {
                (Some(accounts), Some(store), Some(token)) => proof(&accounts, &store, &token).await.map(Some),
                _ => Ok(None),
            };
            Ok(Self { proof })
        })
    }
}

async fn proof(accounts: &Accounts, store: &Store, token: &str) -> Result<Proof, Rejected> {
    let (account, Bearer { version, login, age, left, .. }) = accounts.holder(token).await?;
    let profile = profile(store, account).await.map_err(Rejected::Failed)?;
    Ok(Proof { profile: Arc::new(profile), login: Login { id: login, version }, age, left })
}

/// An account as other players see it.
async fn profile(store: &Store, account: Account) -> Result<Profile, Refused> {
    let standing = store.standing(&account.id).await.of("standings")?;
    Ok(Profile {
        account: accounts::id_of(&account)?,
        name: Name::stored(&account.username),
        avatar_url: account.avatar_url,
        is_admin: account.role == ADMIN,
        level: standing.as_ref().map_or(1, standings::level),
    })
}
