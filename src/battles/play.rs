//! The state of a battle, actions in it, and hints.

use std::time::Instant;

use actix_web::web;
use actors::Engine;
use contracts::battles::{
    client::{ActionSubmission, HintRequest},
    error::Refusal,
    server::{Action, GameState, Hint},
};
use vocabulary::{Denial, RoomId};

use super::{
    claimed::{Claimed, unless_unknown},
    record,
    refused::{account_id, battle_id},
    seats::viewer,
};
use crate::{
    accounts::{Accounts, Caller},
    rest::{
        answer::Refused,
        body::{By, Json},
        query::{Parameters, Query},
        work::Work,
    },
};

/// The state of a battle as the caller may see it; without an id of the battle that they play in.
#[utoipa::path(get, path = "/state", tag = "state", security(("bearer" = [])), params(
    ("battleId" = Option<String>, Query, description = "Which battle; without it the caller's own")), responses(
    (status = 200, description = "The state", body = GameState),
    (status = 400, description = "`VALIDATION_FAILED`", body = Refusal),
    (status = 401, description = "`UNAUTHORIZED`", body = Refusal),
    (status = 403, description = "`NOT_SEATED`: it is private and the caller has no seat in it", body = Refusal),
    (status = 404, description = "`BATTLE_NOT_FOUND`", body = Refusal),
    (status = 429, description = "`RATE_LIMITED`", body = Refusal),
    (status = 503, description = "`UNAVAILABLE`, `BUSY`", body = Refusal)))]
pub(super) async fn state(
    engine: web::Data<Engine>,
    accounts: web::Data<Accounts>,
    work: Work,
    Caller(account): Caller,
    query: Parameters,
) -> Result<web::Json<GameState>, Refused> {
    let query = query.only(&["battleId"])?;
    let id = account_id(&account)?;
    let room = which(&engine, id, &query)?;
    let seen = record::seen(&engine, &accounts, &work, id, room).await?;
    Ok(web::Json(GameState::of(&seen.view.situation, viewer(&seen))))
}

/// The same as `GET /state`.
#[utoipa::path(get, path = "/game/state", tag = "state", security(("bearer" = [])), params(
    ("battleId" = Option<String>, Query, description = "Which battle; without it the caller's own")), responses(
    (status = 200, description = "The state", body = GameState),
    (status = 400, description = "`VALIDATION_FAILED`", body = Refusal),
    (status = 401, description = "`UNAUTHORIZED`", body = Refusal),
    (status = 403, description = "`NOT_SEATED`: it is private and the caller has no seat in it", body = Refusal),
    (status = 404, description = "`BATTLE_NOT_FOUND`", body = Refusal),
    (status = 429, description = "`RATE_LIMITED`", body = Refusal),
    (status = 503, description = "`UNAVAILABLE`, `BUSY`", body = Refusal)))]
pub(super) async fn game_state(
    engine: web::Data<Engine>,
    accounts: web::Data<Accounts>,
    work: Work,
    caller: Caller,
    query: Parameters,
) -> Result<web::Json<GameState>, Refused> {
    state(engine, accounts, work, caller, query).await
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

/// Takes an action of the caller's own seat. The state itself can't be written.
#[utoipa::path(post, path = "/game/state", tag = "state", request_body = ActionSubmission, security(("bearer" = [])),
    responses(
    (status = 200, description = "It is done and on the disk; the state after it", body = GameState),
    (status = 400, description = "`MALFORMED_JSON`, `VALIDATION_FAILED`, `STATE_NOT_WRITABLE`", body = Refusal),
    (status = 401, description = "`UNAUTHORIZED`", body = Refusal),
    (status = 403, description = "`NOT_SEATED`, `HOST_ONLY`", body = Refusal),
    (status = 404, description = "`BATTLE_NOT_FOUND`", body = Refusal),
    (status = 408, description = "`REQUEST_TIMEOUT`", body = Refusal),
    (status = 409, description = "The rules refuse it: `NOT_YOUR_TURN`, `WRONG_PHASE`, `INVALID_PLAY` …", body = Refusal),
    (status = 413, description = "`BODY_TOO_LARGE`", body = Refusal),
    (status = 415, description = "`UNSUPPORTED_MEDIA_TYPE`", body = Refusal),
    (status = 429, description = "`RATE_LIMITED`", body = Refusal),
    (status = 503, description = "`NOT_DURABLE`, `BUSY`", body = Refusal)))]
pub(super) async fn act(
    engine: web::Data<Engine>,
    By(Caller(account), Json(submitted)): By<Caller, Json<ActionSubmission>>,
) -> Result<web::Json<GameState>, Refused> {
    let seen = engine.act(account_id(&account)?, submitted.battle_id, submitted.action).await?;
    Ok(web::Json(GameState::of(&seen.view.situation, viewer(&seen))))
}

/// What a bot would do in the caller's place, only from what the caller can see. The secret of a seat (`session_token` of
/// contract *game*) is good here for that seat, too.
#[utoipa::path(post, path = "/ai/action", tag = "state", request_body = HintRequest,
    security(("bearer" = []), ("seat" = [])), responses(
    (status = 200, description = "A hint", body = Hint),
    (status = 400, description = "`MALFORMED_JSON`, `VALIDATION_FAILED`", body = Refusal),
    (status = 401, description = "`UNAUTHORIZED`", body = Refusal),
    (status = 403, description = "`NOT_SEATED`", body = Refusal),
    (status = 404, description = "`BATTLE_NOT_FOUND`", body = Refusal),
    (status = 408, description = "`REQUEST_TIMEOUT`", body = Refusal),
    (status = 409, description = "`NOT_YOUR_TURN`, `WRONG_PHASE`, `BATTLE_NOT_ACTIVE`", body = Refusal),
    (status = 413, description = "`BODY_TOO_LARGE`", body = Refusal),
    (status = 415, description = "`UNSUPPORTED_MEDIA_TYPE`", body = Refusal),
    (status = 429, description = "`RATE_LIMITED`", body = Refusal),
    (status = 503, description = "`BUSY`", body = Refusal)))]
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
