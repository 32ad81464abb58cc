//! Registration, login, and the exchange of tokens.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
    web,
};
use actors::Engine;
use contracts::battles::{
    client::{Credentials, Refreshing, Registration},
    error::{Code, Refusal},
    server::{AuthResponse, Done, TokenResponse},
};
use serde::Serialize;
use store::StoreError;
use vocabulary::Name;

use super::{
    ACCOUNTS, Accounts, USER, ending::close_login, new_account, passwords::Turn, strength, tokens::NotExchanged,
    visit::Visit,
};
use crate::rest::{
    answer::{Refused, Stored},
    body::{Anybody, By, Form, Json},
    rates::RateLimits,
};

/// Creates an account and logs it in.
#[utoipa::path(post, path = "/auth/register", tag = "auth",
    responses((status = 201, description = "The account is created; these are its first tokens", body = AuthResponse)))]
pub(super) async fn register(
    accounts: web::Data<Accounts>,
    request: HttpRequest,
    By(Anybody, Json(wanted)): By<Anybody, Json<Registration>>,
) -> Result<HttpResponse, Refused> {
    Name::of_person(&wanted.username).map_err(|invalid| Refusal::of_field("username", &invalid.to_string()))?;
    strength::check("password", &wanted.password, &wanted.username)?;
    if accounts.store().account_by_username(&wanted.username).await.of(ACCOUNTS)?.is_some() {
        return Err(Code::UsernameTaken.into());
    }
    let password_hash = accounts.passwords().hash(wanted.password, Turn::New).await?;
    let account = new_account(wanted.username, password_hash, USER);
    match accounts.store().create_account(&account).await {
        // Another registration was faster while the password was hashed, or the name can be mistaken for another
        // account's.
        Err(StoreError::Duplicate) => return Err(Code::UsernameTaken.into()),
        kept => kept.of(ACCOUNTS)?,
    }
    let tokens = accounts.tokens().begin(accounts.store(), &account).await?;
    let visit = Visit::first(&request);
    visit.note(&accounts, &account.id).await;
    let cookie = accounts.device_cookie(&request, &account.id);
    Ok(welcome(private(StatusCode::CREATED, &tokens), cookie))
}

/// Logs in.
#[utoipa::path(post, path = "/auth/login", tag = "auth",
    responses((status = 200, description = "Tokens", body = AuthResponse)))]
pub(super) async fn login(
    accounts: web::Data<Accounts>,
    limits: web::Data<RateLimits>,
    request: HttpRequest,
    By(Anybody, Json(credentials)): By<Anybody, Json<Credentials>>,
) -> Result<HttpResponse, Refused> {
    let (tokens, cookie) = log_in(&accounts, &limits, &request, credentials).await?;
    Ok(welcome(private(StatusCode::OK, &tokens), cookie))
}

/// Logs in as OAuth2 does it: with the password form.
#[utoipa::path(post, path = "/token", tag = "auth",
    responses((status = 200, description = "Tokens", body = TokenResponse)))]
pub(super) async fn token(
    accounts: web::Data<Accounts>,
    limits: web::Data<RateLimits>,
    request: HttpRequest,
    By(Anybody, Form(credentials)): By<Anybody, Form>,
) -> Result<HttpResponse, Refused> {
    let (tokens, cookie) = log_in(&accounts, &limits, &request, credentials).await?;
    Ok(welcome(private(StatusCode::OK, &TokenResponse::from(tokens)), cookie))
}

/// Exchanges a refresh token for new tokens. A refresh token that is used twice ends the whole login.
#[utoipa::path(post, path = "/auth/refresh", tag = "auth",
    responses((status = 200, description = "The next tokens", body = AuthResponse)))]
pub(super) async fn refresh(
    accounts: web::Data<Accounts>,
    engine: web::Data<Engine>,
    By(Anybody, Json(refreshing)): By<Anybody, Json<Refreshing>>,
) -> Result<HttpResponse, Refused> {
    match accounts.tokens().exchange(accounts.store(), &refreshing.refresh_token).await {
        Ok(tokens) => Ok(private(StatusCode::OK, &tokens)),
        Err(NotExchanged::Refused(refused)) => Err(refused),
        Err(NotExchanged::Reused(login)) => {
            log::warn!("a refresh token of account {} was used twice; its login was ended", login.account);
            close_login(&engine, &login);
            Err(Refused::unauthorized())
        }
    }
}

/// Ends the login that the refresh token came from: its access tokens become invalid, and connections that were opened
/// with them are closed. For an unknown token there is nothing to end.
#[utoipa::path(post, path = "/auth/logout", tag = "auth",
    responses((status = 200, description = "No token of this login is accepted any more", body = Done)))]
pub(super) async fn logout(
    accounts: web::Data<Accounts>,
    engine: web::Data<Engine>,
    By(Anybody, Json(refreshing)): By<Anybody, Json<Refreshing>>,
) -> Result<HttpResponse, Refused> {
    accounts.end_login(&engine, &refreshing.refresh_token).await.of(ACCOUNTS)?;
    Ok(private(StatusCode::OK, &Done::SUCCESS))
}

/// An unknown name, a wrong password and a blocked account cost the same work, wait as long and get the same answer.
async fn log_in(
    accounts: &Accounts,
    limits: &RateLimits,
    request: &HttpRequest,
    Credentials { username, password }: Credentials,
) -> Result<(AuthResponse, Option<HeaderValue>), Refused> {
    let account = accounts.store().account_by_username(&username).await.of(ACCOUNTS)?;
    let visit = Visit::of(accounts, limits, request, account.as_ref()).await?;
    let attempt = accounts.guesses().attempt(&username, visit.source(), visit.is_known);
    attempt.wait(request).await?;
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let turn = if visit.is_known { Turn::Known } else { Turn::New };
    let matches = accounts.passwords().verify(password, hash, turn).await?;
    match account {
        Some(account) if matches && !account.blocked => {
            accounts.check_ban(&account)?;
            let tokens = accounts.tokens().begin(accounts.store(), &account).await?;
            attempt.succeeded();
            visit.note(accounts, &account.id).await;
            Ok((tokens, accounts.device_cookie(request, &account.id)))
        }
        _ => Err(Refusal::invalid_credentials().into()),
    }
}

/// The answer to a login, with a cookie for browsers.
fn welcome(mut answer: HttpResponse, cookie: Option<HeaderValue>) -> HttpResponse {
    if let Some(cookie) = cookie {
        answer.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    answer
}

/// An answer that no cache may store (RFC 6749, 5.1).
fn private(status: StatusCode, body: &impl Serialize) -> HttpResponse {
    HttpResponse::build(status).insert_header((header::CACHE_CONTROL, "no-store")).json(body)
}
