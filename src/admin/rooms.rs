//! The rooms of the server, and closing one.

use actix_web::{HttpResponse, web};
use actors::Engine;
use chronicle::RoomView;
use contracts::battles::{
    admin::{AdminPlayer, AdminRoom},
    error::{Code, Refusal},
};
use utoipa::ToSchema;
use vocabulary::{RoomId, RoomStatus};

use super::operator::Operator;
use crate::rest::{
    answer::Refused,
    query::{List, TOTAL},
};

const STATUSES: [RoomStatus; 3] = [RoomStatus::Waiting, RoomStatus::Playing, RoomStatus::Finished];

/// The state of a room.
#[derive(ToSchema)]
#[schema(as = AdminRoomStatus, rename_all = "lowercase")]
#[expect(dead_code, reason = "its schema is what it is for")]
enum Status {
    Waiting,
    Playing,
    Finished,
}

/// Lists all open rooms, private ones too: waiting ones first, the newest first.
#[utoipa::path(get, path = "/admin/rooms", operation_id = "admin_rooms", tag = "admin", params(
    ("status" = inline(Option<Status>), Query, description = "Only rooms in this state")),
    responses((status = 200, description = "The rooms of this page", body = Vec<AdminRoom>,
        headers(("X-Total-Count" = usize, description = "The number of entries on all pages")))))]
pub(super) async fn list(
    _: Operator,
    engine: web::Data<Engine>,
    list: List<100, 200>,
) -> Result<HttpResponse, Refused> {
    let (page, query) = list.read(&["status"])?;
    let page = page.into();
    let status = query.one_of("status", &STATUSES.map(RoomStatus::as_str))?;
    let status = STATUSES.into_iter().find(|wanted| Some(wanted.as_str()) == status);
    // It looks at all rooms, which takes too long for a serving thread.
    let rooms = engine.clone();
    let looking = move || rooms.rooms().all_views(page, |roster| status.is_none_or(|status| roster.status == status));
    let (views, total) = engine.background().run(looking).await?;
    let rooms: Vec<AdminRoom> = views.iter().map(|view| room(view)).collect();
    Ok(HttpResponse::Ok().insert_header((TOTAL, total)).json(rooms))
}

/// Closes a room. Its members are informed; a game that has not ended is lost.
#[utoipa::path(delete, path = "/admin/rooms/{id}", operation_id = "close_room", tag = "admin",
    params(("id" = String, Path, description = "The room's id")),
    responses((status = 204, description = "The room is closed")))]
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
    Refusal::new(Code::NotFound, "There is no room with this id").into()
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
