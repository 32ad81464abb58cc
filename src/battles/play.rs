//! The state of a battle, actions in it, and hints.

use std::time::Instant;

use actix_web::web;
use actors::Engine;
use contracts::battles::{
    client::{ActionSubmission, HintRequest},
    server::{Action, GameState, Hint},
};
use store::Store;
use vocabulary::{Denial, RoomId};

use super::{
    claimed::{Claimed, unless_unknown},
    record,
    refused::battle_id,
    seats::viewer,
};
use crate::{
    accounts::{Caller, id_of},
    rest::{
        answer::Refused,
        body::{By, Json},
        query::{Parameters, Query},
        work::Work,
    },
};

/// Returns the state of a battle as the caller may see it; without an id, of the battle that they play in.
#[utoipa::path(get, path = "/state", tag = "state",
    params(("battleId" = Option<String>, Query, description = "The battle's id; the caller's own battle if left out")),
    responses((status = 200, description = "The state", body = GameState)))]
pub(super) async fn state(
    engine: web::Data<Engine>,
    store: web::Data<Store>,
    work: Work,
    Caller(account): Caller,
    query: Parameters,
) -> Result<web::Json<GameState>, Refused> {
    let query = query.only(&["battleId"])?;
    let id = id_of(&account)?;
    let room = which(&engine, id, &query)?;
    let seen = record::seen(&engine, &store, &work, id, room).await?;
    Ok(web::Json(GameState::of(&seen.view.situation, viewer(&seen))))
}

/// The same as `GET /state`.
#[utoipa::path(get, path = "/game/state", tag = "state",
    params(("battleId" = Option<String>, Query, description = "The battle's id; the caller's own battle if left out")),
    responses((status = 200, description = "The state", body = GameState)))]
pub(super) async fn game_state(
    engine: web::Data<Engine>,
    store: web::Data<Store>,
    work: Work,
    caller: Caller,
    query: Parameters,
) -> Result<web::Json<GameState>, Refused> {
    state(engine, store, work, caller, query).await
}

/// The battle that the address names, or the one that the account plays in.
pub(super) fn which(engine: &Engine, account: vocabulary::AccountId, query: &Query) -> Result<RoomId, Refused> {
    match query.text("battleId") {
        Some(text) => battle_id(text),
        None => {
            let current = engine.current_room(account).map(|view| view.situation.roster.room);
            current.ok_or_else(|| Denial::RoomNotFound { room: String::new() }.into())
        }
    }
}

/// Performs an action of the caller's own seat. The state itself can't be written.
#[utoipa::path(post, path = "/game/state", tag = "state",
    responses((status = 200, description = "The action is done and durable; the state after it", body = GameState)))]
pub(super) async fn act(
    engine: web::Data<Engine>,
    By(Caller(account), Json(submitted)): By<Caller, Json<ActionSubmission>>,
) -> Result<web::Json<GameState>, Refused> {
    let seen = engine.act(id_of(&account)?, submitted.battle_id, submitted.action).await?;
    Ok(web::Json(GameState::of(&seen.view.situation, viewer(&seen))))
}

/// Returns what a bot would do in the caller's place, from what the caller can see. The secret of a seat
/// (`session_token` of contract *game*) is accepted for that seat, too.
#[utoipa::path(post, path = "/ai/action", tag = "state",
    responses((status = 200, description = "A hint", body = Hint)))]
pub(super) async fn hint(
    engine: web::Data<Engine>,
    work: Work,
    By(Claimed(claim), Json(wanted)): By<Claimed, Json<HintRequest>>,
) -> Result<web::Json<Hint>, Refused> {
    let began = Instant::now();
    let hint = engine.hint(claim.clone(), work.network(), wanted.battle_id, wanted.difficulty).await;
    let (action, difficulty) = unless_unknown(&claim, hint.map_err(Refused::from))?;
    let think_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(web::Json(Hint { action: Action::of(action), difficulty, think_ms }))
}
