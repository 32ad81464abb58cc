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
            let bearer = accounts.tokens().bearer(&token).ok_or_else(Refused::unauthorized)?;
            let account = accounts.store().account_by_id(&bearer.id).await?;
            let welcome = |account: &Account| !account.blocked && account.version == bearer.version;
            account.filter(welcome).map(Self).ok_or_else(Refused::unauthorized)
        })
    }
}

/// The scheme's name is of any case (RFC 9110, 11.1).
fn bearer(request: &HttpRequest) -> Option<&str> {
    let (scheme, token) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
