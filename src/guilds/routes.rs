//! The addresses of guilds, and their description.

use actix_web::{
    http::Method,
    middleware::from_fn,
    web::{self, ServiceConfig},
};
use utoipa::OpenApi;

use super::{changes, views};
use crate::rest::{limit, page};

/// What utoipa reads off the handlers; [`openapi`](crate::rest::openapi) makes the whole document of it.
#[derive(OpenApi)]
#[openapi(paths(
    changes::found,
    views::guilds,
    views::guild,
    changes::join_guild,
    changes::leave_guild,
    changes::deposit,
    changes::declare_war
))]
pub(crate) struct Api;

/// All of them, to be mounted at the root and again below a prefix.
pub(crate) fn routes(config: &mut ServiceConfig) {
    let actions = || from_fn(limit::actions);
    let others = || from_fn(limit::others);
    let list = web::route().to(views::guilds).wrap(others());
    let found = web::route().to(changes::found).wrap(from_fn(limit::creation));
    config
        .service(page::page("/guilds", [(Method::GET, list), (Method::POST, found)]))
        .service(page::get("/guilds/{id}", web::route().to(views::guild).wrap(others())))
        .service(page::post("/guilds/{id}/join", web::route().to(changes::join_guild).wrap(actions())))
        .service(page::post("/guilds/{id}/leave", web::route().to(changes::leave_guild).wrap(actions())))
        .service(page::post("/guilds/{id}/deposit", web::route().to(changes::deposit).wrap(actions())))
        .service(page::post("/guilds/{id}/war", web::route().to(changes::declare_war).wrap(actions())));
}
