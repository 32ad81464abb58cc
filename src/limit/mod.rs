//! The rate limits of REST operations: which requests count for whom.

#[cfg(test)]
mod tests;

use actix_web::{
    Error, HttpMessage, HttpRequest, ResponseError, Route,
    body::BoxBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::{Next, from_fn},
    web::Data,
};
use actors::window::Verdict;

use crate::{
    accounts::Accounts,
    rest::rates::{self, Kind, RateLimits},
};

/// Puts a route under the limit of a kind of requests.
pub(crate) fn limited(route: Route, kind: Kind) -> Route {
    let count = move |limits: Data<RateLimits>,
                      accounts: Data<Accounts>,
                      request: ServiceRequest,
                      next: Next<BoxBody>| { count(kind, limits, accounts, request, next) };
    route.wrap(from_fn(count))
}

async fn count(
    kind: Kind,
    limits: Data<RateLimits>,
    accounts: Data<Accounts>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, Error> {
    // A login that names a browser is counted by the handler, which learns whether the account knows the browser.
    let is_left_to_handler = kind == Kind::Login && accounts.device(request.request()).is_some();
    if !is_left_to_handler && !passes(kind, &limits, &accounts, request.request()) {
        return Ok(rates::refused(request));
    }
    let answer = next.call(request).await?;
    let was_counted = !is_left_to_handler || answer.request().extensions().get::<Verdict>().is_some();
    if was_counted || limits.by_address(kind, answer.request()) {
        return Ok(rates::reported(answer));
    }
    // A request that was refused before the handler counted it counts for its address afterwards.
    Ok(rates::reported(answer.into_response(rates::too_many().error_response())))
}

/// A token that is not valid counts for its address alone. What an address has no room for does not count for the
/// account.
fn passes(kind: Kind, limits: &RateLimits, accounts: &Accounts, request: &HttpRequest) -> bool {
    let account = match kind {
        Kind::Creation | Kind::Actions | Kind::Queries => accounts.signed_in(request),
        Kind::Authentication | Kind::Login | Kind::Services | Kind::Others => None,
    };
    limits.by_address(kind, request) && account.is_none_or(|account| limits.by_account(kind, account, request))
}
