//! Who makes a request: the account of the token in the header `Authorization: Bearer …`.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use store::Account;

use super::Accounts;
use crate::rest::answer::Refused;

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
pub(crate) struct Visitor(pub(crate) Option<Account>);

impl FromRequest for Visitor {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let accounts = request.app_data::<web::Data<Accounts>>().cloned();
        let token = bearer(request).map(str::to_owned).or_else(|| in_address(request));
        Box::pin(async move {
            match (accounts, token) {
                (Some(accounts), Some(token)) => Ok(Self(Some(accounts.of_token(&token).await?))),
                _ => Ok(Self(None)),
            }
        })
    }
}

fn in_address(request: &HttpRequest) -> Option<String> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string()).ok()?.into_inner();
    pairs.into_iter().find(|(name, _)| name == "token").map(|(_, token)| token)
}

impl Accounts {
    /// The account that a token is of, unless it is shut out.
    async fn of_token(&self, token: &str) -> Result<Account, Refused> {
        let bearer = self.tokens().bearer(token).ok_or_else(Refused::unauthorized)?;
        let account = self.store().account_by_id(&bearer.id).await?;
        let welcome = |account: &Account| !account.blocked && account.version == bearer.version;
        account.filter(welcome).ok_or_else(Refused::unauthorized)
    }

    /// The id of the account that the request's token is of, when it is whole, ours and has not ended. The database is not asked.
    pub(crate) fn signed_in(&self, request: &HttpRequest) -> Option<String> {
        self.tokens().bearer(bearer(request)?).map(|bearer| bearer.id)
    }
}

/// The scheme's name is of any case (RFC 9110, 11.1).
fn bearer(request: &HttpRequest) -> Option<&str> {
    let (scheme, token) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
