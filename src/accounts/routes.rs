//! The addresses of accounts, and their description.

use actix_web::{
    dev::HttpServiceFactory,
    http::Method,
    middleware::from_fn,
    web::{self, ServiceConfig},
};
use utoipa::OpenApi;

use super::{auth, users};
use crate::rest::{limit, page};

/// What utoipa reads off the handlers; [`openapi`](crate::rest::openapi) makes the whole document of it.
#[derive(OpenApi)]
#[openapi(paths(
    auth::register,
    auth::login,
    auth::token,
    auth::refresh,
    auth::logout,
    users::me,
    users::change,
    users::other
))]
pub(crate) struct Api;

/// All of them, to be mounted at the root and again below a prefix.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(page::post("/auth/register", web::route().to(auth::register).wrap(from_fn(limit::authentication))))
        .service(page::post("/auth/login", web::route().to(auth::login).wrap(from_fn(limit::login))))
        .service(page::post("/auth/refresh", web::route().to(auth::refresh).wrap(from_fn(limit::authentication))))
        .service(page::post("/auth/logout", web::route().to(auth::logout).wrap(from_fn(limit::authentication))))
        .service(page::post("/token", web::route().to(auth::token).wrap(from_fn(limit::login))))
        .service(own_profile())
        .service(page::get("/users/{id}", web::route().to(users::other).wrap(from_fn(limit::others))));
}

fn own_profile() -> impl HttpServiceFactory {
    let change = web::route().to(users::change).wrap(from_fn(limit::others));
    let show = web::route().to(users::me).wrap(from_fn(limit::others));
    page::page("/users/me", [(Method::GET, show), (Method::PATCH, change)])
}
