//! Accounts: finding, blocking and unblocking one, and resetting its password.

use actix_web::{HttpResponse, web};
use actors::Engine;
use contracts::battles::{
    admin::{AdminUser, PasswordReset},
    error::{Code, Refusal},
};
use store::Account;

use super::operator::Operator;
use crate::{
    accounts::Accounts,
    rest::{
        answer::Refused,
        body::{By, Json},
        query::Parameters,
    },
};

/// Finds the account with a username.
#[utoipa::path(get, path = "/admin/users", tag = "admin",
    params(("username" = String, Query, description = "The username, in any case")),
    responses((status = 200, description = "The account, or none", body = Vec<AdminUser>)))]
pub(super) async fn find(
    _: Operator,
    accounts: web::Data<Accounts>,
    query: Parameters,
) -> Result<web::Json<Vec<AdminUser>>, Refused> {
    let query = query.only(&["username"])?;
    let username = query.text("username").ok_or_else(|| Refusal::of_field("username", "is missing"))?;
    let found = accounts.by_username(username).await?;
    Ok(web::Json(found.into_iter().map(user).collect()))
}

/// Blocks an account: its tokens become invalid and its connections are closed. Bots continue its games.
#[utoipa::path(post, path = "/admin/users/{id}/block", tag = "admin",
    params(("id" = String, Path, description = "The account's id")),
    responses((status = 200, description = "The blocked account", body = AdminUser)))]
pub(super) async fn block(
    operator: Operator,
    accounts: web::Data<Accounts>,
    engine: web::Data<Engine>,
    id: web::Path<String>,
) -> Result<web::Json<AdminUser>, Refused> {
    if *id == operator.0.id {
        return Err(Refusal::new(Code::OwnAccount, "You can't block your own account").into());
    }
    accounts.block(&engine, &id).await?;
    let account = accounts.by_id(&id).await?;
    log::info!("{operator} blocked {} ({id})", account.username);
    Ok(web::Json(user(account)))
}

/// Unblocks an account; it has to log in again.
#[utoipa::path(post, path = "/admin/users/{id}/unblock", tag = "admin",
    params(("id" = String, Path, description = "The account's id")),
    responses((status = 200, description = "The unblocked account", body = AdminUser)))]
pub(super) async fn unblock(
    operator: Operator,
    accounts: web::Data<Accounts>,
    engine: web::Data<Engine>,
    id: web::Path<String>,
) -> Result<web::Json<AdminUser>, Refused> {
    accounts.unblock(&engine, &id).await?;
    let account = accounts.by_id(&id).await?;
    log::info!("{operator} unblocked {} ({id})", account.username);
    Ok(web::Json(user(account)))
}

/// Sets another password for an account: its tokens become invalid and its connections are closed.
#[utoipa::path(post, path = "/admin/users/{id}/password", tag = "admin",
    params(("id" = String, Path, description = "The account's id")),
    responses((status = 204, description = "The password is changed")))]
pub(super) async fn reset_password(
    accounts: web::Data<Accounts>,
    engine: web::Data<Engine>,
    id: web::Path<String>,
    By(operator, Json(reset)): By<Operator, Json<PasswordReset>>,
) -> Result<HttpResponse, Refused> {
    let account = accounts.by_id(&id).await?;
    accounts.reset_password(&engine, &account, reset.password).await?;
    log::info!("{operator} reset the password of {} ({id})", account.username);
    Ok(HttpResponse::NoContent().finish())
}

fn user(account: Account) -> AdminUser {
    let Account { id, username, display_name, role, blocked, created_at, .. } = account;
    AdminUser { id, username, display_name, role, blocked, created_at: created_at.millis() }
}
