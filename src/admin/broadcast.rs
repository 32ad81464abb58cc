//! A word to everybody.

use actix_web::web;
use actors::Engine;
use contracts::battles::{
    admin::{Broadcast, Reached},
    error::Refusal,
};

use vocabulary::Bulletin;

use super::operator::Operator;
use crate::rest::{
    answer::Refused,
    body::{By, Json},
};

/// Tells every connection whose contract has a word for it: `system:update` in contract battles.
#[utoipa::path(post, path = "/admin/broadcast", tag = "admin", request_body = Broadcast, security(("bearer" = [])), responses(
    (status = 200, description = "It is told", body = Reached),
    (status = 400, description = "`MALFORMED_JSON`, `VALIDATION_FAILED`", body = Refusal),
    (status = 401, description = "`UNAUTHORIZED`", body = Refusal),
    (status = 403, description = "`FORBIDDEN`", body = Refusal),
    (status = 408, description = "`REQUEST_TIMEOUT`", body = Refusal),
    (status = 413, description = "`BODY_TOO_LARGE`", body = Refusal),
    (status = 415, description = "`UNSUPPORTED_MEDIA_TYPE`", body = Refusal),
    (status = 429, description = "`RATE_LIMITED`", body = Refusal)))]
pub(super) async fn broadcast(
    engine: web::Data<Engine>,
    By(operator, Json(broadcast)): By<Operator, Json<Broadcast>>,
) -> Result<web::Json<Reached>, Refused> {
    let reached = engine.announce(&Bulletin::Announcement(broadcast.into()));
    log::info!("{operator} told {reached} connections something");
    Ok(web::Json(Reached { reached }))
}
