//! Planned pauses: meanwhile no new rooms are possible, and every connection is informed beforehand.

use actix_web::web;
use actors::Engine;
use contracts::battles::{
    admin::Reached,
    error::{Code, Refusal},
    operations::{MaintenancePlan, PlannedMaintenance},
};
use vocabulary::Timestamp;

use super::operator::Operator;
use crate::rest::{
    answer::Refused,
    body::{By, Json},
};

/// Plans a pause in place of any other, and informs every connection.
#[utoipa::path(post, path = "/admin/maintenance", tag = "admin",
    responses((status = 200, body = PlannedMaintenance,
        description = "The pause is planned, and every connection is informed")))]
pub(super) async fn plan(
    engine: web::Data<Engine>,
    By(operator, Json(plan)): By<Operator, Json<MaintenancePlan>>,
) -> Result<web::Json<PlannedMaintenance>, Refused> {
    let now = Timestamp::now();
    let pause = plan.pause(now)?;
    let reached = engine.plan_maintenance(pause);
    log::info!("{operator} planned a pause ({}) and informed {reached} connections", pause.event.as_str());
    Ok(web::Json(PlannedMaintenance::of(&pause, now, Some(reached))))
}

/// Returns the planned or current pause.
#[utoipa::path(get, path = "/admin/maintenance", tag = "admin",
    responses((status = 200, description = "The pause", body = PlannedMaintenance)))]
pub(super) async fn planned(_: Operator, engine: web::Data<Engine>) -> Result<web::Json<PlannedMaintenance>, Refused> {
    let pause = engine.maintenance().ok_or_else(none)?;
    Ok(web::Json(PlannedMaintenance::of(&pause, Timestamp::now(), None)))
}

/// Cancels or ends the pause, and informs every connection.
#[utoipa::path(delete, path = "/admin/maintenance", tag = "admin",
    responses((status = 200, description = "The pause is over", body = Reached)))]
pub(super) async fn end(operator: Operator, engine: web::Data<Engine>) -> Result<web::Json<Reached>, Refused> {
    let reached = engine.end_maintenance().ok_or_else(none)?;
    log::info!("{operator} ended the planned pause and informed {reached} connections");
    Ok(web::Json(Reached { reached }))
}

fn none() -> Refusal {
    Refusal::new(Code::NotFound, "No pause is planned")
}
