//! What an account does about guilds.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web,
};
use contracts::battles::{
    error::Refusal,
    guild::{GuildDeposit, GuildDetails, GuildFounding, WarDeclaration},
};
use store::{Account, GuildScope};
use uuid::Uuid;
use vocabulary::Timestamp;

use super::{
    WarLength, Who, membership,
    refused::guild_id,
    views,
    war::{self, Declaration},
};
use crate::{
    accounts::{Accounts, Caller},
    rest::{
        answer::Refused,
        body::{By, Json},
    },
};

/// Founds a guild, with the caller as its leader.
#[utoipa::path(post, path = "/guilds", tag = "guilds", request_body = GuildFounding, security(("bearer" = [])),
    responses(
    (status = 201, description = "The guild; `Location` has its address", body = GuildDetails,
        headers(("Location" = String, description = "`/guilds/` and its id"))),
    (status = 400, description = "`MALFORMED_JSON`, `VALIDATION_FAILED`", body = Refusal),
    (status = 401, description = "`UNAUTHORIZED`", body = Refusal),
    (status = 408, description = "`REQUEST_TIMEOUT`", body = Refusal),
    (status = 409, description = "`GUILD_NAME_TAKEN`, `ALREADY_IN_GUILD`", body = Refusal),
    (status = 413, description = "`BODY_TOO_LARGE`", body = Refusal),
    (status = 415, description = "`UNSUPPORTED_MEDIA_TYPE`", body = Refusal),
    (status = 429, description = "`RATE_LIMITED`", body = Refusal)))]
pub(super) async fn found(
    accounts: web::Data<Accounts>,
    By(Caller(account), Json(wanted)): By<Caller, Json<GuildFounding>>,
) -> Result<HttpResponse, Refused> {
    let (id, name) = (Uuid::now_v7().to_string(), wanted.name.as_str());
    let scope = GuildScope { account: Some(&account.id), name: Some(name), ..GuildScope::default() };
    let store = accounts.store();
    store
        .change_guilds(&scope, |guilds| membership::found(guilds, who(&account), &id, name, Timestamp::now()))
        .await??;
    let location = format!("/guilds/{id}");
    let answer = views::now(store, &id).await?;
    Ok(HttpResponse::build(StatusCode::CREATED).insert_header((header::LOCATION, location)).json(answer))
}

/// Joins a guild.
#[utoipa::path(post, path = "/guilds/{id}/join", tag = "guilds", security(("bearer" = [])),
    params(("id" = String, Path, description = "The guild's id")), responses(
    (status = 200, description = "The guild", body = GuildDetails),
    (status = 401, description = "`UNAUTHORIZED`", body = Refusal),
    (status = 404, description = "`GUILD_NOT_FOUND`", body = Refusal),
    (status = 409, description = "`ALREADY_IN_GUILD`, `GUILD_FULL`", body = Refusal),
    (status = 429, description = "`RATE_LIMITED`", body = Refusal)))]
pub(super) async fn join_guild(
    accounts: web::Data<Accounts>,
    Caller(account): Caller,
    id: web::Path<String>,
) -> Result<web::Json<GuildDetails>, Refused> {
    let id = guild_id(&id)?;
    let rule = |guilds: &mut _| membership::join(guilds, who(&account), &id, Timestamp::now());
    accounts.store().change_guilds(&scope(&account, &id), rule).await??;
    Ok(web::Json(views::now(accounts.store(), &id).await?))
}

/// Leaves the guild. What the caller did not deposit is gone. The last one to leave dissolves the guild.
#[utoipa::path(post, path = "/guilds/{id}/leave", tag = "guilds", security(("bearer" = [])),
    params(("id" = String, Path, description = "The guild's id")), responses(
    (status = 200, description = "The guild; without members it is dissolved", body = GuildDetails),
    (status = 401, description = "`UNAUTHORIZED`", body = Refusal),
    (status = 403, description = "`NOT_A_MEMBER`", body = Refusal),
    (status = 404, description = "`GUILD_NOT_FOUND`", body = Refusal),
    (status = 429, description = "`RATE_LIMITED`", body = Refusal)))]
pub(super) async fn leave_guild(
    accounts: web::Data<Accounts>,
    Caller(account): Caller,
    id: web::Path<String>,
) -> Result<web::Json<GuildDetails>, Refused> {
    let id = guild_id(&id)?;
    let rule = |guilds: &mut _| membership::leave(guilds, who(&account), &id, Timestamp::now());
    accounts.store().change_guilds(&scope(&account, &id), rule).await??;
    Ok(web::Json(views::now(accounts.store(), &id).await?))
}

/// Moves points that the caller earned into the guild's treasury.
#[utoipa::path(post, path = "/guilds/{id}/deposit", tag = "guilds", request_body = GuildDeposit, security(("bearer" = [])),
    params(("id" = String, Path, description = "The guild's id")), responses(
    (status = 200, description = "The guild", body = GuildDetails),
    (status = 400, description = "`MALFORMED_JSON`, `VALIDATION_FAILED`", body = Refusal),
    (status = 401, description = "`UNAUTHORIZED`", body = Refusal),
    (status = 403, description = "`NOT_A_MEMBER`", body = Refusal),
    (status = 404, description = "`GUILD_NOT_FOUND`", body = Refusal),
    (status = 408, description = "`REQUEST_TIMEOUT`", body = Refusal),
    (status = 409, description = "`NOT_ENOUGH_POINTS`: `details` has the `balance`", body = Refusal),
    (status = 413, description = "`BODY_TOO_LARGE`", body = Refusal),
    (status = 415, description = "`UNSUPPORTED_MEDIA_TYPE`", body = Refusal),
    (status = 429, description = "`RATE_LIMITED`", body = Refusal)))]
pub(super) async fn deposit(
    accounts: web::Data<Accounts>,
    id: web::Path<String>,
    By(Caller(account), Json(wanted)): By<Caller, Json<GuildDeposit>>,
) -> Result<web::Json<GuildDetails>, Refused> {
    let id = guild_id(&id)?;
    let rule = |guilds: &mut _| membership::deposit(guilds, who(&account), &id, wanted.points, Timestamp::now());
    accounts.store().change_guilds(&scope(&account, &id), rule).await??;
    Ok(web::Json(views::now(accounts.store(), &id).await?))
}

/// Declares war on another guild. Leader only.
#[utoipa::path(post, path = "/guilds/{id}/war", tag = "guilds", request_body = WarDeclaration, security(("bearer" = [])),
    params(("id" = String, Path, description = "The own guild's id")), responses(
    (status = 200, description = "The own guild", body = GuildDetails),
    (status = 400, description = "`MALFORMED_JSON`, `VALIDATION_FAILED`: also for the own guild", body = Refusal),
    (status = 401, description = "`UNAUTHORIZED`", body = Refusal),
    (status = 403, description = "`NOT_A_MEMBER`, `LEADER_ONLY`", body = Refusal),
    (status = 404, description = "`GUILD_NOT_FOUND`: `details` says which", body = Refusal),
    (status = 408, description = "`REQUEST_TIMEOUT`", body = Refusal),
    (status = 409, description = "`GUILD_AT_WAR`: `details` says which", body = Refusal),
    (status = 413, description = "`BODY_TOO_LARGE`", body = Refusal),
    (status = 415, description = "`UNSUPPORTED_MEDIA_TYPE`", body = Refusal),
    (status = 429, description = "`RATE_LIMITED`", body = Refusal)))]
pub(super) async fn declare_war(
    accounts: web::Data<Accounts>,
    length: web::Data<WarLength>,
    id: web::Path<String>,
    By(Caller(account), Json(wanted)): By<Caller, Json<WarDeclaration>>,
) -> Result<web::Json<GuildDetails>, Refused> {
    let (id, target) = (guild_id(&id)?, guild_id(&wanted.guild_id)?);
    let scope = GuildScope { account: Some(&account.id), guilds: vec![&id, &target], ..GuildScope::default() };
    let rule = |guilds: &mut _| {
        let at = Timestamp::now();
        let declaration = Declaration {
            id: Uuid::now_v7().to_string(),
            target: &target,
            territory: wanted.territory.as_ref().map(|name| name.as_str().to_owned()),
            at,
            ends_at: at + length.0,
        };
        war::declare(guilds, who(&account), &id, declaration)
    };
    accounts.store().change_guilds(&scope, rule).await??;
    Ok(web::Json(views::now(accounts.store(), &id).await?))
}

fn who(account: &Account) -> Who<'_> {
    Who { id: &account.id, name: &account.display_name }
}

fn scope<'a>(account: &'a Account, guild: &'a str) -> GuildScope<'a> {
    GuildScope { account: Some(&account.id), guilds: vec![guild], ..GuildScope::default() }
}
