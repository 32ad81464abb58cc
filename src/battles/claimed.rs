//! Who asks about a seat: an account, or whoever has the seat's own secret, which is valid for that seat alone.

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

/// The caller by the token of the request. An account's token has been checked; a seat's secret is checked by the room,
/// and is valid nowhere else.
pub(super) struct Claimed(pub(super) Claim);

impl FromRequest for Claimed {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        // Access tokens have dots, so that no text is both.
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

/// A secret that belongs to no seat of the battle is answered like any invalid token, so that it does not reveal
/// whether the battle exists.
pub(super) fn unless_unknown<T>(claim: &Claim, answer: Result<T, Refused>) -> Result<T, Refused> {
    answer.map_err(|refused| match (claim, refused.0.code) {
        (Claim::Seat(_), Code::NotSeated | Code::BattleNotFound) => Refused::unauthorized(),
        _ => refused,
    })
}
