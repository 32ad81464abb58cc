//! WebSocket upgrades: which contract, which door, who.

use actix_web::{Error, HttpRequest, HttpResponse, web};
use actors::{
    Engine,
    session::{self, Door, Visit},
};
use contracts::{Contract, Limits, battles::Battles, game::Game};
use vocabulary::AccountId;

use crate::{
    accounts::Visitor,
    http,
    rest::{answer::Refused, origin},
};

/// `/ws/lobby`
pub(crate) async fn lobby(
    engine: web::Data<Engine>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let limits = engine.settings().game_limits;
    let visit = Visit { door: Door::Lobby, account: account(&visitor)? };
    open::<Game>(&engine, limits, visit, &request, payload)
}

/// `/ws/{room_id}`
pub(crate) async fn room(
    engine: web::Data<Engine>,
    room: web::Path<String>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let limits = engine.settings().game_limits;
    let visit = Visit { door: Door::Room(room.parse().ok()), account: account(&visitor)? };
    open::<Game>(&engine, limits, visit, &request, payload)
}

/// `/ws/battles/{id}`
pub(crate) async fn battle(
    engine: web::Data<Engine>,
    room: web::Path<String>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let limits = engine.settings().battles_limits;
    let account = account(&visitor)?.ok_or_else(Refused::unauthorized)?;
    let visit = Visit { door: Door::Attend(room.parse().ok(), account), account: Some(account) };
    open::<Battles>(&engine, limits, visit, &request, payload)
}

fn account(visitor: &Visitor) -> Result<Option<AccountId>, Refused> {
    let id = visitor.0.as_ref().map(|account| account.id.parse());
    id.transpose().map_err(|error| Refused::internal("an account's id", &error))
}

fn open<C: Contract>(
    engine: &Engine,
    limits: Limits,
    visit: Visit,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    origin::allowed(request)?;
    if engine.is_draining() {
        return Ok(http::unavailable("the server is stopping"));
    }
    if engine.connections().len() >= engine.settings().max_connections {
        return Ok(http::unavailable("the server has as many connections as it may"));
    }
    Ok(session::open::<C>(engine, limits, visit, request, payload).unwrap_or_else(|error| http::no_websocket(&error)))
}
