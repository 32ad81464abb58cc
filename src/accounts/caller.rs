//! Who makes a request: the account of the token in the header `Authorization: Bearer …`.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use contracts::battles::error::Code;
use store::Account;
use vocabulary::AccountId;

use super::{
    ACCOUNTS, Accounts,
    tokens::{Bearer, Rejected},
};
use crate::rest::{
    answer::{Refused, Stored},
    endpoint::{Described, Facts},
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
            let (account, _) = accounts.holder(&token).await?;
            Ok(Self(account))
        })
    }
}

impl Described for Caller {
    fn describe(facts: &mut Facts) {
        facts.secure("bearer");
        facts.refuse(&[Code::Unauthorized, Code::Banned, Code::Unavailable]);
    }
}

impl Accounts {
    /// The account that a token belongs to, and what the token says.
    pub(crate) async fn holder(&self, token: &str) -> Result<(Account, Bearer), Rejected> {
        let bearer = self.tokens().bearer(token)?;
        let family = bearer.login.map(|login| login.to_string());
        let account = self.store().account_of_login(&bearer.id, bearer.version, family.as_deref()).await;
        let account = account.of(ACCOUNTS).map_err(Rejected::Failed)?.ok_or(Rejected::Invalid)?;
        self.check_ban(&account).map_err(Rejected::Failed)?;
        Ok((account, bearer))
    }

    /// The id of the account that the request's token belongs to, if the token is whole, ours and has not expired. It
    /// does not ask the database.
    pub(crate) fn signed_in(&self, request: &HttpRequest) -> Option<String> {
        self.tokens().bearer(bearer(request)?).ok().map(|bearer| bearer.id)
    }
}

/// The token of the header. The scheme's name is of any case (RFC 9110, 11.1).
pub(crate) fn bearer(request: &HttpRequest) -> Option<&str> {
    let (scheme, token) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The id that the store keeps as a text.
pub(crate) fn id_of(account: &Account) -> Result<AccountId, Refused> {
    account.id.parse().map_err(|error| Refused::internal("an account's id", &error))
}
