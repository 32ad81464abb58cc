//! Creating battles, and the seats in them.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use actors::{Engine, Network, room::Seen};
use contracts::battles::{
    client::{BattleCreation, JoinBody, KickBody},
    error::{Code, Refusal},
    server::{Battle, GameState},
};
use game_rules::{PieceSet, Seat};
use serde_json::json;
use store::Store;
use vocabulary::{CreateRoom, Denial, Occupant, RoomRequest};

use super::{
    host::Host,
    refused::{battle_id, names},
};
use crate::{
    accounts::{Caller, id_of},
    rest::{
        answer::{Refused, Stored},
        body::{By, Json, Optional},
        client,
    },
};

/// Creates a battle and joins it as its host.
#[utoipa::path(post, path = "/battles", tag = "battles",
    responses((status = 201, description = "The battle; `Location` has its address", body = Battle,
        headers(("Location" = String, description = "`/battles/` and its id")))))]
pub(super) async fn create(
    engine: web::Data<Engine>,
    request: HttpRequest,
    By(Caller(account), Json(wanted)): By<Caller, Json<BattleCreation>>,
) -> Result<HttpResponse, Refused> {
    let network = Network::from(client::address(&request));
    let [player, _] = names(&account);
    let options = wanted.options(&engine.settings().room_defaults);
    let room_name = wanted.name.unwrap_or_else(|| player.clone());
    let wanted = CreateRoom { room_name, player, options };
    let seen = engine.create_for(id_of(&account)?, network, &wanted).await?;
    let location = format!("/battles/{}", seen.view.situation.roster.room);
    Ok(HttpResponse::build(StatusCode::CREATED).insert_header((header::LOCATION, location)).json(battle(&seen)))
}

/// Joins a battle that has not started, under the account's display name, under its username if another player has a
/// name like the first one, or under another name for this battle alone.
#[utoipa::path(post, path = "/battles/{id}/join", tag = "battles",
    params(("id" = String, Path, description = "The battle's id", example = "ABCD2345")),
    responses((status = 200, description = "The battle", body = Battle)))]
pub(super) async fn join(
    engine: web::Data<Engine>,
    store: web::Data<Store>,
    request: HttpRequest,
    id: web::Path<String>,
    By(Caller(account), body): By<Caller, Optional<JoinBody>>,
) -> Result<web::Json<Battle>, Refused> {
    let (id, room) = (id_of(&account)?, battle_id(&id)?);
    let network = Network::from(client::address(&request));
    if let Some(name) = body.0.and_then(|body| body.player_name) {
        let owner = store.owner_of_name(&name.skeleton()).await.of("accounts")?;
        if owner.is_some_and(|owner| owner != account.id) {
            return Err(Denial::NameTaken { name }.into());
        }
        return Ok(web::Json(battle(&engine.join(id, network, room, name).await?)));
    }
    let [liked, own] = names(&account);
    // Another player may have the display name; nobody else has the username.
    let seen = match engine.join(id, network, room, liked).await {
        Err(Denial::NameTaken { .. }) => engine.join(id, network, room, own).await?,
        joined => joined?,
    };
    Ok(web::Json(battle(&seen)))
}

/// Starts a battle, with bots on the empty seats if it is set up so. Host only.
#[utoipa::path(post, path = "/battles/{id}/start", tag = "battles",
    params(("id" = String, Path, description = "The battle's id", example = "ABCD2345")),
    responses((status = 200, description = "The battle", body = Battle)))]
pub(super) async fn start(
    engine: web::Data<Engine>,
    Caller(account): Caller,
    id: web::Path<String>,
) -> Result<web::Json<Battle>, Refused> {
    let seen = engine.act(id_of(&account)?, battle_id(&id)?, RoomRequest::Start).await?;
    Ok(web::Json(battle(&seen)))
}

/// Leaves a battle before it starts.
#[utoipa::path(post, path = "/battles/{id}/leave", tag = "battles",
    params(("id" = String, Path, description = "The battle's id", example = "ABCD2345")),
    responses((status = 200, description = "The battle", body = Battle)))]
pub(super) async fn leave(
    engine: web::Data<Engine>,
    Caller(account): Caller,
    id: web::Path<String>,
) -> Result<web::Json<Battle>, Refused> {
    let seen = engine.leave(id_of(&account)?, battle_id(&id)?).await?;
    Ok(web::Json(battle(&seen)))
}

/// Removes a person before the battle starts. Host only. The person is informed, the seat is free at once, and for ten
/// minutes the person can't join this battle again.
#[utoipa::path(post, path = "/battles/{id}/kick", tag = "battles",
    params(("id" = String, Path, description = "The battle's id", example = "ABCD2345")),
    responses((status = 200, description = "The battle", body = Battle)))]
pub(super) async fn kick(
    engine: web::Data<Engine>,
    By(host, Json(kick)): By<Host, Json<KickBody>>,
) -> Result<web::Json<Battle>, Refused> {
    let request = RoomRequest::RemovePlayer(Occupant::At(kick.seat));
    let seen = engine.act(host.account, host.room, request).await?;
    Ok(web::Json(battle(&seen)))
}

/// Forfeits an active battle: a bot continues, and for the caller it is a loss.
#[utoipa::path(post, path = "/battles/{id}/forfeit", tag = "battles",
    params(("id" = String, Path, description = "The battle's id", example = "ABCD2345")),
    responses((status = 200, description = "The battle", body = Battle)))]
pub(super) async fn forfeit(
    engine: web::Data<Engine>,
    Caller(account): Caller,
    id: web::Path<String>,
) -> Result<web::Json<Battle>, Refused> {
    let seen = engine.forfeit(id_of(&account)?, battle_id(&id)?).await.map_err(|denial| match denial {
        Denial::WrongPhase { .. } => has_ended(),
        other => other.into(),
    })?;
    Ok(web::Json(battle(&seen)))
}

fn has_ended() -> Refused {
    let details = Some(json!({ "status": "FINISHED" }));
    Refusal { details, ..Refusal::new(Code::BattleNotActive, "The battle has ended") }.into()
}

/// The battle, with what the caller may see of their own seat.
pub(super) fn battle(seen: &Seen) -> Battle {
    let situation = &seen.view.situation;
    Battle { state: GameState::of(situation, viewer(seen)), ..Battle::of(situation, seen.view.updated_at) }
}

pub(super) fn viewer(seen: &Seen) -> Option<(Seat, Option<PieceSet>)> {
    seen.seat.map(|seat| (seat, seen.hand))
}
