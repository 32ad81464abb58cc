//! Founding, joining, leaving, deposits and wars.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web,
};
use contracts::battles::guild::{GuildDeposit, GuildDetails, GuildFounding, WarDeclaration};
use store::{Account, GuildScope, Guilds, Store};
use uuid::Uuid;
use vocabulary::Timestamp;

use super::{
    Denied, WarLength, Who, membership,
    refused::{GUILDS, guild_id},
    views,
    war::{self, Declaration},
};
use crate::{
    accounts::Caller,
    rest::{
        answer::{Refused, Stored},
        body::{By, Json},
    },
};

/// Founds a guild, with the caller as its leader.
#[utoipa::path(post, path = "/guilds", tag = "guilds",
    responses((status = 201, description = "The guild; `Location` has its address", body = GuildDetails,
        headers(("Location" = String, description = "`/guilds/` and its id")))))]
pub(super) async fn found(
    store: web::Data<Store>,
    By(Caller(account), Json(wanted)): By<Caller, Json<GuildFounding>>,
) -> Result<HttpResponse, Refused> {
    let (id, name) = (Uuid::now_v7().to_string(), wanted.name.as_str());
    let scope = GuildScope { account: Some(&account.id), name: Some(name), ..GuildScope::default() };
    let rule = |guilds: &mut _| membership::found(guilds, who(&account), &id, name, Timestamp::now());
    let answer = changed(&store, &scope, &id, rule).await?;
    let location = format!("/guilds/{id}");
    Ok(HttpResponse::build(StatusCode::CREATED).insert_header((header::LOCATION, location)).json(answer))
}

/// Joins a guild.
#[utoipa::path(post, path = "/guilds/{id}/join", tag = "guilds",
    params(("id" = String, Path, description = "The guild's id")),
    responses((status = 200, description = "The guild", body = GuildDetails)))]
pub(super) async fn join_guild(
    store: web::Data<Store>,
    Caller(account): Caller,
    id: web::Path<String>,
) -> Result<web::Json<GuildDetails>, Refused> {
    let id = guild_id(&id)?;
    let rule = |guilds: &mut _| membership::join(guilds, who(&account), &id, Timestamp::now());
    Ok(web::Json(changed(&store, &scope(&account, &id), &id, rule).await?))
}

/// Leaves the guild. Points that the caller did not deposit are lost. The last member to leave dissolves the guild.
#[utoipa::path(post, path = "/guilds/{id}/leave", tag = "guilds",
    params(("id" = String, Path, description = "The guild's id")),
    responses((status = 200, description = "The guild; without members it is dissolved", body = GuildDetails)))]
pub(super) async fn leave_guild(
    store: web::Data<Store>,
    Caller(account): Caller,
    id: web::Path<String>,
) -> Result<web::Json<GuildDetails>, Refused> {
    let id = guild_id(&id)?;
    let rule = |guilds: &mut _| membership::leave(guilds, who(&account), &id, Timestamp::now());
    Ok(web::Json(changed(&store, &scope(&account, &id), &id, rule).await?))
}

/// Moves points that the caller earned into the guild's treasury.
#[utoipa::path(post, path = "/guilds/{id}/deposit", tag = "guilds",
    params(("id" = String, Path, description = "The guild's id")),
    responses((status = 200, description = "The guild", body = GuildDetails)))]
pub(super) async fn deposit(
    store: web::Data<Store>,
    id: web::Path<String>,
    By(Caller(account), Json(wanted)): By<Caller, Json<GuildDeposit>>,
) -> Result<web::Json<GuildDetails>, Refused> {
    let id = guild_id(&id)?;
    let rule = |guilds: &mut _| membership::deposit(guilds, who(&account), &id, wanted.points, Timestamp::now());
    Ok(web::Json(changed(&store, &scope(&account, &id), &id, rule).await?))
}

/// Declares war on another guild. Leader only.
#[utoipa::path(post, path = "/guilds/{id}/war", tag = "guilds",
    params(("id" = String, Path, description = "The id of the caller's guild")),
    responses((status = 200, description = "The caller's guild", body = GuildDetails)))]
pub(super) async fn declare_war(
    store: web::Data<Store>,
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
    Ok(web::Json(changed(&store, &scope, &id, rule).await?))
}

/// Changes guilds by a rule, and returns one of them after the change.
async fn changed(
    store: &Store,
    scope: &GuildScope<'_>,
    id: &str,
    rule: impl FnOnce(&mut Guilds) -> Result<(), Denied>,
) -> Result<GuildDetails, Refused> {
    store.change_guilds(scope, rule).await.of(GUILDS)??;
    views::now(store, id).await
}

fn who(account: &Account) -> Who<'_> {
    Who { id: &account.id, name: &account.display_name }
}

fn scope<'a>(account: &'a Account, guild: &'a str) -> GuildScope<'a> {
    GuildScope { account: Some(&account.id), guilds: vec![guild], ..GuildScope::default() }
}

#[cfg(test)]
mod tests {
    use store::Location;
    use tempfile::TempDir;

    use super::*;

    #[tokio::test]
    async fn guilds_that_the_database_does_not_keep_are_not_taken_for_accounts() {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("store.db");
        let store = Store::open(&Location::Sqlite(file.clone())).await.unwrap();
        std::fs::remove_file(file).unwrap();
        let refused = changed(&store, &GuildScope::default(), "a guild", |_| Ok(())).await.unwrap_err();
        assert_eq!(refused.to_string(), "The guilds can't be reached now; try again later");
    }
}
