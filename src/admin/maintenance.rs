//! Planned pauses: from their beginning to their end the server takes no new rooms, and everybody is told beforehand.

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

/// Plans a pause in place of any other and tells everybody, in each contract's own words.
#[utoipa::path(post, path = "/admin/maintenance", tag = "admin",
    responses((status = 200, description = "It is planned, and told", body = PlannedMaintenance)))]
pub(super) async fn plan(
    engine: web::Data<Engine>,
    By(operator, Json(plan)): By<Operator, Json<MaintenancePlan>>,
) -> Result<web::Json<PlannedMaintenance>, Refused> {
    let now = Timestamp::now();
    let pause = plan.pause(now)?;
    let reached = engine.plan_maintenance(pause);
    log::info!("{operator} planned a pause ({}) and told {reached} connections", pause.event.as_str());
    Ok(web::Json(PlannedMaintenance::of(&pause, now, Some(reached))))
}

/// The pause that is planned or on.
#[utoipa::path(get, path = "/admin/maintenance", tag = "admin",
    responses((status = 200, description = "The pause", body = PlannedMaintenance)))]
pub(super) async fn planned(_: Operator, engine: web::Data<Engine>) -> Result<web::Json<PlannedMaintenance>, Refused> {
    let pause = engine.maintenance().ok_or_else(none)?;
    Ok(web::Json(PlannedMaintenance::of(&pause, Timestamp::now(), None)))
}

/// Calls the pause off, or ends it, and tells everybody.
#[utoipa::path(delete, path = "/admin/maintenance", tag = "admin",
    responses((status = 200, description = "It is over", body = Reached)))]
pub(super) async fn end(operator: Operator, engine: web::Data<Engine>) -> Result<web::Json<Reached>, Refused> {
    let reached = engine.end_maintenance().ok_or_else(none)?;
    log::info!("{operator} ended the planned pause and told {reached} connections");
    Ok(web::Json(Reached { reached }))
}

fn none() -> Refusal {
    Refusal::new(Code::NotFound, "No pause is planned")
}
