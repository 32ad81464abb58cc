//! The addresses of operators, and their description.

use actix_web::{
    http::Method,
    middleware::from_fn,
    web::{self, ServiceConfig},
};
use utoipa::OpenApi;

use super::{analytics, bans, broadcast, maintenance, rooms, users};
use crate::rest::{limit, page};

/// What utoipa reads off the handlers; [`openapi`](crate::rest::openapi) makes the whole document of it.
#[derive(OpenApi)]
#[openapi(paths(
    analytics::analytics,
    bans::list,
    bans::ban,
    bans::lift,
    bans::disconnect,
    broadcast::broadcast,
    broadcast::current,
    broadcast::withdraw,
    maintenance::plan,
    maintenance::planned,
    maintenance::end,
    rooms::list,
    rooms::close,
    users::find,
    users::block,
    users::unblock,
    users::reset_password
))]
pub(crate) struct Api;

/// All of them, to be mounted at the root and again below a prefix.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(page::get("/admin/rooms", web::route().to(rooms::list).wrap(from_fn(limit::others))))
        .service(page::page(
            "/admin/rooms/{id}",
            [(Method::DELETE, web::route().to(rooms::close).wrap(from_fn(limit::others)))],
        ))
        .service(page::page(
            "/admin/bans",
            [
                (Method::GET, web::route().to(bans::list).wrap(from_fn(limit::others))),
                (Method::POST, web::route().to(bans::ban).wrap(from_fn(limit::others))),
            ],
        ))
        .service(page::page(
            "/admin/bans/{id}",
            [(Method::DELETE, web::route().to(bans::lift).wrap(from_fn(limit::others)))],
        ))
        .service(page::post("/admin/disconnect", web::route().to(bans::disconnect).wrap(from_fn(limit::others))))
        .service(page::page(
            "/admin/broadcast",
            [
                (Method::POST, web::route().to(broadcast::broadcast).wrap(from_fn(limit::others))),
                (Method::GET, web::route().to(broadcast::current).wrap(from_fn(limit::others))),
                (Method::DELETE, web::route().to(broadcast::withdraw).wrap(from_fn(limit::others))),
            ],
        ))
        .service(page::page(
            "/admin/maintenance",
            [
                (Method::POST, web::route().to(maintenance::plan).wrap(from_fn(limit::others))),
                (Method::GET, web::route().to(maintenance::planned).wrap(from_fn(limit::others))),
                (Method::DELETE, web::route().to(maintenance::end).wrap(from_fn(limit::others))),
            ],
        ))
        .service(page::get(
            "/admin/live-log/analytics",
            web::route().to(analytics::analytics).wrap(from_fn(limit::others)),
        ))
        .service(page::get("/admin/users", web::route().to(users::find).wrap(from_fn(limit::others))))
        .service(page::post("/admin/users/{id}/block", web::route().to(users::block).wrap(from_fn(limit::others))))
        .service(page::post("/admin/users/{id}/unblock", web::route().to(users::unblock).wrap(from_fn(limit::others))))
        .service(page::post(
            "/admin/users/{id}/password",
            web::route().to(users::reset_password).wrap(from_fn(limit::others)),
        ));
}
