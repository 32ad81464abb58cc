//! The addresses of battles, and their description.

use actix_web::{
    http::Method,
    middleware::from_fn,
    web::{self, ServiceConfig},
};
use utoipa::OpenApi;

use super::{lists, past, play, seats};
use crate::rest::{limit, page};

/// What utoipa reads off the handlers; [`openapi`](crate::rest::openapi) makes the whole document of it.
#[derive(OpenApi)]
#[openapi(paths(
    seats::create,
    lists::list,
    lists::one,
    seats::join,
    seats::start,
    seats::leave,
    seats::kick,
    seats::forfeit,
    play::state,
    play::game_state,
    play::act,
    play::hint,
    past::history,
    past::replay
))]
pub(crate) struct Api;

/// All of them, to be mounted at the root and again below a prefix.
pub(crate) fn routes(config: &mut ServiceConfig) {
    let creation = || from_fn(limit::creation);
    let actions = || from_fn(limit::actions);
    let queries = || from_fn(limit::queries);
    let list = web::route().to(lists::list).wrap(queries());
    let create = web::route().to(seats::create).wrap(creation());
    let read = web::route().to(play::game_state).wrap(queries());
    let act = web::route().to(play::act).wrap(actions());
    config
        .service(page::page("/battles", [(Method::GET, list), (Method::POST, create)]))
        .service(page::get("/battles/{id}", web::route().to(lists::one).wrap(queries())))
        .service(page::post("/battles/{id}/join", web::route().to(seats::join).wrap(actions())))
        .service(page::post("/battles/{id}/start", web::route().to(seats::start).wrap(actions())))
        .service(page::post("/battles/{id}/leave", web::route().to(seats::leave).wrap(actions())))
        .service(page::post("/battles/{id}/kick", web::route().to(seats::kick).wrap(actions())))
        .service(page::post("/battles/{id}/forfeit", web::route().to(seats::forfeit).wrap(actions())))
        .service(page::get("/state", web::route().to(play::state).wrap(queries())))
        .service(page::get("/state/history", web::route().to(past::history).wrap(queries())))
        .service(page::get("/state/replay/{id}", web::route().to(past::replay).wrap(queries())))
        .service(page::page("/game/state", [(Method::GET, read), (Method::POST, act)]))
        .service(page::post("/ai/action", web::route().to(play::hint).wrap(actions())));
}
