//! The addresses of standings, and their description.

use actix_web::{
    middleware::from_fn,
    web::{self, ServiceConfig},
};
use utoipa::OpenApi;

use super::views;
use crate::rest::{limit, page};

/// What utoipa reads off the handlers; [`openapi`](crate::rest::openapi) makes the whole document of it.
#[derive(OpenApi)]
#[openapi(paths(views::stats, views::games, views::leaderboard))]
pub(crate) struct Api;

/// All of them, to be mounted at the root and again below a prefix.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(page::get("/users/{id}/stats", web::route().to(views::stats).wrap(from_fn(limit::others))))
        .service(page::get("/users/me/games", web::route().to(views::games).wrap(from_fn(limit::others))))
        .service(page::get("/leaderboard", web::route().to(views::leaderboard).wrap(from_fn(limit::others))));
}
