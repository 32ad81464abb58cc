//! The caller of a request that only the host of a battle may make. It is checked before the body is read.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use actors::Engine;
use contracts::battles::error::Code;
use vocabulary::{AccountId, Denial, RoomId};

use super::refused::{battle_id, not_seated};
use crate::{
    accounts::{Caller, id_of},
    rest::{
        answer::Refused,
        endpoint::{Described, Facts},
    },
};

/// The host of the battle that the address names.
pub(super) struct Host {
    pub(super) account: AccountId,
    pub(super) room: RoomId,
}

impl FromRequest for Host {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = Caller::from_request(request, payload);
        let id = request.match_info().get("id").unwrap_or_default().to_owned();
        let engine = request.app_data::<web::Data<Engine>>().cloned();
        Box::pin(async move {
            let (account, room) = (id_of(&caller.await?.0)?, battle_id(&id)?);
            // If the room has closed after its game, its own answer says more.
            if let Some(roster) = engine.and_then(|engine| engine.rooms().roster(room)) {
                let seat = roster.seat_of(account).ok_or_else(not_seated)?;
                if roster.host != Some(seat) {
                    return Err(Denial::HostOnly { host: roster.host_name().to_owned() }.into());
                }
            }
            Ok(Self { account, room })
        })
    }
}

impl Described for Host {
    fn describe(facts: &mut Facts) {
        Caller::describe(facts);
        facts.refuse(&[Code::BattleNotFound, Code::NotSeated, Code::HostOnly]);
    }
}
