//! WebSocket upgrades: which contract, which door.

use actix_web::{Error, HttpRequest, HttpResponse, web};
use actors::{
    Engine,
    session::{self, Door, Visit},
};
use contracts::game::Game;

use crate::{http, rest::origin};

/// `/ws/lobby`
pub(crate) async fn lobby(
    engine: web::Data<Engine>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    game(&engine, Door::Lobby, &request, payload)
}

/// `/ws/{room_id}`
pub(crate) async fn room(
    engine: web::Data<Engine>,
    room: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    game(&engine, Door::Room(room.parse().ok()), &request, payload)
}

fn game(engine: &Engine, door: Door, request: &HttpRequest, payload: web::Payload) -> Result<HttpResponse, Error> {
    origin::allowed(request)?;
    if engine.is_draining() {
        return Ok(http::unavailable("the server is stopping"));
    }
    if engine.connections().len() >= engine.settings().max_connections {
        return Ok(http::unavailable("the server has as many connections as it may"));
    }
    let limits = engine.settings().game_limits;
    Ok(session::open::<Game>(engine, limits, Visit { door, account: None }, request, payload)
        .unwrap_or_else(|error| http::no_websocket(&error)))
}
