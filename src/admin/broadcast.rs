//! Announcements: messages to every open connection, and to new ones while they are current.

use actix_web::web;
use actors::Engine;
use contracts::battles::{
    admin::{Broadcast, CurrentAnnouncement, Reached},
    error::{Code, Refusal},
};
use vocabulary::Timestamp;

use super::operator::Operator;
use crate::rest::{
    answer::Refused,
    body::{By, Json},
};

/// Sends an announcement to every connection of every contract, and to new ones while it is current. It replaces any
/// other.
#[utoipa::path(post, path = "/admin/broadcast", tag = "admin",
    responses((status = 200, description = "The announcement is sent", body = Reached)))]
pub(super) async fn broadcast(
    engine: web::Data<Engine>,
    By(operator, Json(broadcast)): By<Operator, Json<Broadcast>>,
) -> Result<web::Json<Reached>, Refused> {
    let reached = engine.make_announcement(broadcast.announcement(Timestamp::now()));
    log::info!("{operator} sent an announcement to {reached} connections");
    Ok(web::Json(Reached { reached }))
}

/// Returns the current announcement.
#[utoipa::path(get, path = "/admin/broadcast", operation_id = "current_broadcast", tag = "admin",
    responses((status = 200, description = "The announcement", body = CurrentAnnouncement)))]
pub(super) async fn current(_: Operator, engine: web::Data<Engine>) -> Result<web::Json<CurrentAnnouncement>, Refused> {
    Ok(web::Json(engine.announcement().ok_or_else(none)?.into()))
}

/// Withdraws the current announcement from every screen.
#[utoipa::path(delete, path = "/admin/broadcast", operation_id = "withdraw_broadcast", tag = "admin",
    responses((status = 200, description = "The announcement is withdrawn", body = Reached)))]
pub(super) async fn withdraw(operator: Operator, engine: web::Data<Engine>) -> Result<web::Json<Reached>, Refused> {
    let reached = engine.withdraw_announcement().ok_or_else(none)?;
    log::info!("{operator} withdrew the announcement from {reached} connections");
    Ok(web::Json(Reached { reached }))
}

fn none() -> Refusal {
    Refusal::new(Code::NotFound, "There is no current announcement")
}
