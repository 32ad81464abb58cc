//! Who makes a request: the account of the token in the header `Authorization: Bearer …`.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use actors::session::Login;
use store::Account;
use vocabulary::{Name, ParseAccountIdError, Profile};

use super::{ADMIN, Accounts, tokens::Bearer};
use crate::{
    rest::{answer::Refused, client},
    standings,
};

/// The account that makes the request; without one the request is refused.
pub(crate) struct Caller(pub(crate) Account);

impl FromRequest for Caller {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let accounts = request.app_data::<web::Data<Accounts>>().cloned();
        let token = bearer(request).map(str::to_owned);
        Box::pin(async move {
            let (Some(accounts), Some(token)) = (accounts, token) else {
                return Err(Refused::unauthorized());
            };
            accounts.of_token(&token).await.map(Self)
        })
    }
}

/// Who opens a WebSocket: browsers can't set its headers, so the token may stand in the address, too (`?token=`).
pub(crate) struct Visitor {
    /// Who they are; none when they bring no token, and why not when it is no good.
    pub(crate) proof: Result<Option<Proof>, Rejected>,
}

/// A token that is good.
pub(crate) struct Proof {
    /// Whose it is.
    pub(crate) profile: Arc<Profile>,
    /// The login that it came from.
    pub(crate) login: Login,
    /// How long ago it was issued.
    pub(crate) age: Duration,
    /// How long it is still good.
    pub(crate) left: Duration,
}

/// Why someone is not let in.
pub(crate) enum Rejected {
    /// There is nothing to show who they are.
    Missing,
    /// It is not one of this server's, or its account is blocked or has another password by now, or its login was ended.
    Invalid,
    /// It has ended.
    Expired,
    /// The server could not look.
    Failed(Refused),
}

impl Visitor {
    /// Whoever it is; guests are nobody.
    ///
    /// # Errors
    /// 401 for a token that is no good.
    pub(crate) fn or_refuse(self) -> Result<Option<Proof>, Refused> {
        match self.proof {
            Ok(proof) => Ok(proof),
            Err(Rejected::Failed(refused)) => Err(refused),
            Err(Rejected::Missing | Rejected::Invalid | Rejected::Expired) => Err(Refused::unauthorized()),
        }
    }
}

impl FromRequest for Visitor {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let accounts = request.app_data::<web::Data<Accounts>>().cloned();
        let token = bearer(request).map(str::to_owned).or_else(|| client::parameter(request, "token"));
        Box::pin(async move {
            let proof = match (accounts, token) {
                (Some(accounts), Some(token)) => accounts.proof(&token).await.map(Some),
                _ => Ok(None),
            };
            Ok(Self { proof })
        })
    }
}

impl Accounts {
    /// The account that a token is of, unless it is shut out.
    async fn of_token(&self, token: &str) -> Result<Account, Refused> {
        let bearer = self.tokens().bearer(token).map_err(|_| Refused::unauthorized())?;
        self.welcome(&bearer).await?.ok_or_else(Refused::unauthorized)
    }

    async fn welcome(&self, bearer: &Bearer) -> Result<Option<Account>, Refused> {
        let family = bearer.login.map(|login| login.to_string());
        let account = self.store().account_of_login(&bearer.id, bearer.version, family.as_deref()).await?;
        account.as_ref().map_or(Ok(()), |account| self.check_ban(account))?;
        Ok(account)
    }

    /// Whom a token is of, as others see them.
    async fn proof(&self, token: &str) -> Result<Proof, Rejected> {
        let bearer = self.tokens().bearer(token)?;
        let account = self.welcome(&bearer).await.map_err(Rejected::Failed)?.ok_or(Rejected::Invalid)?;
        let standing = self.store().standing(&account.id).await.map_err(|error| Rejected::Failed(error.into()))?;
        let unreadable = |error| Rejected::Failed(Refused::internal("an account's id", &error));
        let profile = Profile {
            account: account.id.parse().map_err(|error: ParseAccountIdError| unreadable(error))?,
            name: Name::stored(&account.username),
            avatar_url: account.avatar_url,
            is_admin: account.role == ADMIN,
            level: standing.as_ref().map_or(1, standings::level),
        };
        let Bearer { version, login, age, left, .. } = bearer;
        Ok(Proof { profile: Arc::new(profile), login: Login { id: login, version }, age, left })
    }

    /// The id of the account that the request's token is of, when it is whole, ours and has not ended. The database is not asked.
    pub(crate) fn signed_in(&self, request: &HttpRequest) -> Option<String> {
        self.tokens().bearer(bearer(request)?).ok().map(|bearer| bearer.id)
    }
}

/// The token of the header. The scheme's name is of any case (RFC 9110, 11.1).
pub(crate) fn bearer(request: &HttpRequest) -> Option<&str> {
    let (scheme, token) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
