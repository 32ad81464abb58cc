//! The list of battles, and one of them.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use actors::Engine;
use chronicle::RoomView;
use contracts::battles::server::{Battle, BattleStatus};
use store::Store;
use vocabulary::RoomStatus;

use super::{record, refused::battle_id, seats::battle};
use crate::{
    accounts::{Caller, id_of},
    rest::{
        answer::Refused,
        query::{self, List},
        work::{Work, encoded_page},
    },
};

const STATUSES: [&str; 3] = ["WAITING", "ACTIVE", "FINISHED"];

/// Lists the public battles: waiting ones first, the newest first.
#[utoipa::path(get, path = "/battles", tag = "battles", params(
    ("status" = Option<BattleStatus>, Query, description = "WAITING, ACTIVE or FINISHED; the first two if left out")),
    responses((status = 200, body = [Battle],
        description = "A page of battles; `X-Total-Count` has the number of all",
        headers(("X-Total-Count" = u64, description = "The number of entries on all pages")))))]
pub(super) async fn list(
    engine: web::Data<Engine>,
    store: web::Data<Store>,
    work: Work,
    _: Caller,
    list: List<20, 100>,
) -> Result<HttpResponse, Refused> {
    let (page, query) = list.read(&["status"])?;
    let status = query.one_of("status", &STATUSES)?;
    let (body, total) = match status {
        Some("FINISHED") => {
            let (views, total) = record::finished(&store, &work, page).await?;
            (work.json(move || views.iter().map(public).collect::<Vec<Battle>>()).await?, total)
        }
        _ => {
            let (views, total) = live(&engine, page, status);
            (work.json(move || views.iter().map(|view| public(view)).collect::<Vec<Battle>>()).await?, total)
        }
    };
    Ok(encoded_page(body, total))
}

fn live(engine: &Engine, page: query::Page, status: Option<&str>) -> (Vec<Arc<RoomView>>, usize) {
    let statuses: &[RoomStatus] = match status {
        Some("WAITING") => &[RoomStatus::Waiting],
        Some("ACTIVE") => &[RoomStatus::Playing],
        _ => &[RoomStatus::Waiting, RoomStatus::Playing],
    };
    engine.rooms().views(page.into(), statuses)
}

fn public(view: &RoomView) -> Battle {
    Battle::of(&view.situation, view.updated_at)
}

/// Returns a battle, with what the caller may see of their own seat in it.
#[utoipa::path(get, path = "/battles/{id}", tag = "battles",
    params(("id" = String, Path, description = "The battle's id", example = "ABCD2345")),
    responses((status = 200, description = "The battle", body = Battle)))]
pub(super) async fn one(
    engine: web::Data<Engine>,
    store: web::Data<Store>,
    work: Work,
    Caller(account): Caller,
    id: web::Path<String>,
) -> Result<web::Json<Battle>, Refused> {
    let (id, room) = (id_of(&account)?, battle_id(&id)?);
    let seen = record::seen(&engine, &store, &work, id, room).await?;
    Ok(web::Json(battle(&seen)))
}
