//! The rooms of the server: to see all of them, and to close one.

use actix_web::{HttpRequest, HttpResponse, web};
use actors::{Engine, RoomView};
use contracts::battles::{
    admin::{AdminPlayer, AdminRoom},
    error::{Code, Refusal},
};
use vocabulary::RoomId;

use super::{operator::Operator, query::Query};
use crate::rest::answer::Refused;

/// All rooms that live, private ones too: waiting ones first, the newest first.
#[utoipa::path(get, path = "/admin/rooms", operation_id = "admin_rooms", tag = "admin", security(("bearer" = [])), params(
    ("status" = Option<String>, Query, description = "`waiting`, `playing` or `finished` alone"),
    ("limit" = Option<usize>, Query, description = "So many at the most, 1 to 200; 100 if it is left out"),
    ("offset" = Option<usize>, Query, description = "So many are passed over")), responses(
    (status = 200, description = "The rooms of this page", body = Vec<AdminRoom>,
        headers(("X-Total-Count" = usize, description = "How many there are on all pages"))),
    (status = 400, description = "`VALIDATION_FAILED`", body = Refusal),
    (status = 401, description = "`UNAUTHORIZED`", body = Refusal),
    (status = 403, description = "`FORBIDDEN`", body = Refusal)))]
pub(super) async fn list(
    _: Operator,
    engine: web::Data<Engine>,
    request: HttpRequest,
) -> Result<HttpResponse, Refused> {
    let query = Query::of(&request)?;
    let (page, status) = (query.page()?, query.status()?);
    let (views, total) = engine.rooms().all_views(page, |roster| status.is_none_or(|status| roster.status == status));
    let rooms: Vec<AdminRoom> = views.iter().map(|view| room(view)).collect();
    Ok(HttpResponse::Ok().insert_header(("X-Total-Count", total.to_string())).json(rooms))
}

/// Closes a room. Its people are told; a game that has not ended is not kept.
#[utoipa::path(delete, path = "/admin/rooms/{id}", operation_id = "close_room", tag = "admin", security(("bearer" = [])),
    params(("id" = String, Path, description = "The room's id")), responses(
    (status = 204, description = "It is closed"),
    (status = 401, description = "`UNAUTHORIZED`", body = Refusal),
    (status = 403, description = "`FORBIDDEN`", body = Refusal),
    (status = 404, description = "`NOT_FOUND`: there is no such room", body = Refusal)))]
pub(super) async fn close(
    operator: Operator,
    engine: web::Data<Engine>,
    id: web::Path<String>,
) -> Result<HttpResponse, Refused> {
    let room: RoomId = id.parse().map_err(|_| no_room())?;
    engine.close_room(room).await.map_err(|_| no_room())?;
    log::info!("{operator} closed room {room}");
    Ok(HttpResponse::NoContent().finish())
}

fn no_room() -> Refused {
    Refusal::new(Code::NotFound, "there is no room with this id").into()
}

fn room(view: &RoomView) -> AdminRoom {
    let roster = &view.situation.roster;
    let player = |(seat, player): (game_rules::Seat, &vocabulary::Player)| AdminPlayer {
        id: roster.player_id(seat).map(|id| id.to_string()).unwrap_or_default(),
        name: player.name.to_string(),
        seat: seat.index(),
        is_bot: player.is_bot(),
    };
    AdminRoom {
        id: roster.room.to_string(),
        name: roster.room_name.to_string(),
        status: roster.status.as_str(),
        is_public: roster.options.public,
        players: roster.players().map(player).collect(),
        created_at: roster.created_at.0,
        updated_at: view.updated_at.0,
    }
}
