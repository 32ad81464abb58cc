//! The addresses of services, and their description.

use actix_web::{
    middleware::from_fn,
    web::{self, ServiceConfig},
};
use utoipa::OpenApi;

use super::ingest;
use crate::rest::{limit, page};

/// What utoipa reads off the handlers; [`openapi`](crate::rest::openapi) makes the whole document of it.
#[derive(OpenApi)]
#[openapi(paths(ingest::put))]
pub(crate) struct Api;

/// All of them, to be mounted at the root and again below a prefix.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(page::post("/live-log/messages", web::route().to(ingest::put).wrap(from_fn(limit::services))));
}
