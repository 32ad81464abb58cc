//! Profiles: one's own and those of others.

use actix_web::{HttpRequest, web};
use actors::Engine;
use contracts::battles::{
    client::ProfileChange,
    error::{Code, Refusal},
    server::{OwnUser, User},
};
use serde_json::json;
use store::{Account, AccountChange, StoreError};
use vocabulary::{Name, Skeleton};

use super::{ACCOUNTS, Accounts, caller::Caller, passwords::Turn, strength};
use crate::rest::{
    answer::{Refused, Stored},
    body::{By, Json},
    rates::RateLimits,
};

/// The caller's own account.
#[utoipa::path(get, path = "/users/me", tag = "users",
    responses((status = 200, description = "The account", body = OwnUser)))]
pub(super) async fn me(Caller(account): Caller) -> web::Json<OwnUser> {
    web::Json(own(account))
}

/// Changes the caller's own account. A new password needs the current one and ends every login, this one too, with all
/// connections.
#[utoipa::path(patch, path = "/users/me", tag = "users",
    responses((status = 200, description = "The account as it is now", body = OwnUser)))]
pub(super) async fn change(
    accounts: web::Data<Accounts>,
    engine: web::Data<Engine>,
    limits: web::Data<RateLimits>,
    request: HttpRequest,
    By(Caller(account), Json(wanted)): By<Caller, Json<ProfileChange>>,
) -> Result<web::Json<OwnUser>, Refused> {
    let ProfileChange { display_name, avatar_url, password, current_password } = wanted;
    if let Some(name) = &display_name {
        may_be_shown_as(name, &account)?;
    }
    let password_hash = match (password, current_password) {
        (Some(password), Some(current)) => {
            // Whoever finds an open session must not guess the password there.
            limits.on_own_password(&request, &account.id)?;
            if !accounts.passwords().verify(current, Some(account.password_hash.clone()), Turn::Known).await? {
                return Err(Refusal::invalid_credentials().into());
            }
            strength::check("password", &password, &account.username)?;
            Some(accounts.passwords().hash(password, Turn::Known).await?)
        }
        _ => None,
    };
    // A change with the old password must not undo a reset that came while it was checked.
    let only_of_version = password_hash.as_ref().map(|_| account.version);
    let change = AccountChange {
        display_name: display_name.clone(),
        avatar_url,
        password_hash,
        only_of_version,
        ..AccountChange::default()
    };
    match accounts.change(&engine, &account.id, &change).await {
        Err(StoreError::NoSuchAccount) => return Err(Refused::unauthorized()),
        Err(StoreError::Duplicate) => return Err(taken(display_name.as_deref().unwrap_or_default())),
        changed => changed.of(ACCOUNTS)?,
    }
    let now = accounts.store().account_by_id(&account.id).await.of(ACCOUNTS)?;
    Ok(web::Json(own(now.unwrap_or(account))))
}

/// A name that passes for the server, an operator or a bot is refused, unless it is the account's username.
fn may_be_shown_as(name: &str, account: &Account) -> Result<(), Refusal> {
    if Skeleton::of(name) == Skeleton::of(&account.username) {
        return Ok(());
    }
    Name::of_person(name).map(drop).map_err(|invalid| Refusal::of_field("displayName", &invalid.to_string()))
}

fn taken(name: &str) -> Refused {
    let details = Some(json!({ "name": name }));
    let message = "Another account has this name, or one that can be mistaken for it";
    Refusal { details, ..Refusal::new(Code::NameTaken, message) }.into()
}

/// Another account.
#[utoipa::path(get, path = "/users/{id}", tag = "users",
    params(("id" = String, Path, description = "The account's id")),
    responses((status = 200, description = "The account", body = User)))]
pub(super) async fn other(
    accounts: web::Data<Accounts>,
    _: Caller,
    id: web::Path<String>,
) -> Result<web::Json<User>, Refused> {
    let account = accounts.store().account_by_id(&id).await.of(ACCOUNTS)?;
    Ok(web::Json(user(account.ok_or_else(nobody)?)))
}

/// There is no account with this id.
pub(super) fn nobody() -> Refused {
    Refusal::new(Code::NotFound, "There is no user with this id").into()
}

fn own(mut account: Account) -> OwnUser {
    let role = std::mem::take(&mut account.role);
    OwnUser { user: user(account), role }
}

fn user(account: Account) -> User {
    let Account { id, username, display_name, avatar_url, created_at, .. } = account;
    User { id, username, display_name, avatar_url, created_at: created_at.millis() }
}
