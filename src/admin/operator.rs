//! The caller of a request that only operators may make.

use std::{fmt, future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use contracts::battles::error::{Code, Refusal};
use store::Account;

use crate::{
    accounts::{ADMIN, Caller},
    rest::{
        answer::Refused,
        endpoint::{Described, Facts},
    },
};

/// The operator who makes the request; anybody else is refused. Displayed, it names the operator in the log.
pub(crate) struct Operator(pub(super) Account);

impl FromRequest for Operator {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = Caller::from_request(request, payload);
        Box::pin(async move {
            match caller.await? {
                Caller(account) if account.role == ADMIN => Ok(Self(account)),
                Caller(_) => Err(Refusal::new(Code::Forbidden, "This is for admins").into()),
            }
        })
    }
}

impl Described for Operator {
    fn describe(facts: &mut Facts) {
        Caller::describe(facts);
        facts.refuse(&[Code::Forbidden]);
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "admin {} ({})", self.0.username, self.0.id)
    }
}
