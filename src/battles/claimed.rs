//! Who asks about a seat: an account, or whoever has the seat's own secret. The secret opens that one seat and nothing else.

use std::{
    future::{Future, ready},
    pin::Pin,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use chronicle::Claim;
use contracts::battles::error::Code;
use vocabulary::SessionToken;

use crate::{
    accounts::{Caller, bearer, id_of},
    rest::{
        answer::Refused,
        endpoint::{Described, Facts},
    },
};

/// Whose seat it is, by the token of the request. An account's has been checked; a seat's secret the room checks, and who
/// has it comes no further than there.
pub(super) struct Claimed(pub(super) Claim);

impl FromRequest for Claimed {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        // An access token has dots in it: no text is both.
        if let Some(secret) = bearer(request).and_then(SessionToken::recognised) {
            return Box::pin(ready(Ok(Self(Claim::Seat(secret)))));
        }
        let caller = Caller::from_request(request, payload);
        Box::pin(async move { Ok(Self(Claim::Account(id_of(&caller.await?.0)?))) })
    }
}

impl Described for Claimed {
    fn describe(facts: &mut Facts) {
        Caller::describe(facts);
        facts.secure("seat");
    }
}

/// A secret that belongs to no seat of the battle is a token that is none: it does not even tell whether the battle exists.
pub(super) fn unless_unknown<T>(claim: &Claim, answer: Result<T, Refused>) -> Result<T, Refused> {
    answer.map_err(|refused| match (claim, refused.0.code) {
        (Claim::Seat(_), Code::NotSeated | Code::BattleNotFound) => Refused::unauthorized(),
        _ => refused,
    })
}
