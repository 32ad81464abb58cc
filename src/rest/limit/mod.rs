//! Rate limits: by address and by account, told in headers on every limited answer.

mod all;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use actix_web::{
    Error, HttpMessage, HttpRequest, ResponseError,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    middleware::Next,
    web::Data,
};
use actors::{
    Limit, Network,
    window::{Verdict, Window},
};
use contracts::battles::error::{Code, Refusal};

pub(crate) use self::all::{AllRequests, counted};
use super::{answer::Refused, client};
use crate::{accounts::Accounts, settings::LimitSettings};

/// Requests per window.
pub(crate) const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
/// How many more would be taken right now.
pub(crate) const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
/// Seconds until one more is taken.
pub(crate) const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

const MINUTE: Duration = Duration::from_secs(60);
/// So many browsers behind one address may use up their limits for logins in the same minute.
const DEVICES: u32 = 12;

/// What is counted together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Authentication,
    /// Logins of browsers that their accounts know, from one address.
    KnownDevices,
    Creation,
    Actions,
    Queries,
    Services,
    /// All that has no limit of its own.
    Others,
}

/// For whom it is counted.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Address(Network),
    Account(String),
    /// A browser that its account knows.
    Device(String),
}

/// The requests of the last while, of each kind.
pub(crate) struct RateLimits {
    /// A kind whose limit is off has no window.
    windows: [(Kind, Option<Window<Key>>); 7],
}

impl RateLimits {
    /// As many as the settings say.
    pub(crate) fn new(settings: &LimitSettings) -> Self {
        let limit = |kind, allowed, period| (kind, (allowed > 0).then(|| Window::new(allowed, period)));
        Self {
            windows: [
                limit(Kind::Authentication, settings.battles_auth_per_minute, MINUTE),
                limit(Kind::KnownDevices, settings.battles_auth_per_minute.saturating_mul(DEVICES), MINUTE),
                limit(Kind::Creation, settings.battles_create_per_minute, MINUTE),
                limit(Kind::Actions, settings.battles_actions_per_minute, MINUTE),
                limit(Kind::Queries, settings.battles_state_per_minute, MINUTE),
                limit(Kind::Services, settings.live_log_posts_per_minute, MINUTE),
                limit(Kind::Others, settings.rate_limit_requests, settings.period()),
            ],
        }
    }

    /// Counts an attempt on the password of the account that makes the request; the answer will tell of it.
    pub(crate) fn on_own_password(&self, request: &HttpRequest, account: &str) -> Result<(), Refused> {
        let key = Key::Account(account.to_owned());
        if self.take(Kind::Authentication, key, request) { Ok(()) } else { Err(too_many()) }
    }

    /// Counts a login that names a browser, of which [`login`] leaves it to the handler: for the browser if the account has
    /// logged in with it, and for the address otherwise.
    pub(crate) fn on_device(&self, request: &HttpRequest, known: Option<&str>) -> Result<(), Refused> {
        let passed = match known {
            Some(device) => {
                let device = Key::Device(device.to_owned());
                let address = Key::Address(Network::from(client::address(request)));
                self.take(Kind::KnownDevices, address, request) && self.take(Kind::Authentication, device, request)
            }
            None => by_address(self, Kind::Authentication, request),
        };
        if passed { Ok(()) } else { Err(too_many()) }
    }

    /// Whether there is room for one more; what the window says is noted for the answer.
    fn take(&self, kind: Kind, key: Key, request: &HttpRequest) -> bool {
        let window = self.windows.iter().find(|(of, _)| *of == kind).and_then(|(_, window)| window.as_ref());
        let Some(verdict) = window.map(|window| window.take(key, Instant::now())) else {
            return true;
        };
        let mut extensions = request.extensions_mut();
        let told = extensions.get::<Verdict>().map_or(verdict, |earlier| earlier.stricter(verdict));
        extensions.insert(told);
        if !verdict.passed {
            Limit::HttpRequests.hit();
        }
        verdict.passed
    }
}

/// Limits logins and the like, by address; the handler slows wrong passwords down.
pub(crate) async fn authentication(
    limits: Data<RateLimits>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let passed = by_address(&limits, Kind::Authentication, request.request());
    answered(passed, request, next).await
}

/// Limits logins. One that names a browser is counted by the handler, which learns whether the account knows it; what does
/// not come so far counts for its address afterwards.
pub(crate) async fn login(
    limits: Data<RateLimits>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let accounts = request.app_data::<Data<Accounts>>();
    if accounts.and_then(|accounts| accounts.device(request.request())).is_none() {
        let passed = by_address(&limits, Kind::Authentication, request.request());
        return answered(passed, request, next).await.map(|answer| answer.map_into_boxed_body());
    }
    let answer = next.call(request).await?;
    let is_counted = answer.request().extensions().get::<Verdict>().is_some();
    if is_counted || by_address(&limits, Kind::Authentication, answer.request()) {
        return Ok(told(answer).map_into_boxed_body());
    }
    Ok(told(answer.into_response(too_many().error_response())).map_into_boxed_body())
}

/// Limits new battles and guilds, by address and by account.
pub(crate) async fn creation(
    limits: Data<RateLimits>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let passed = by_address_and_account(&limits, Kind::Creation, &request);
    answered(passed, request, next).await
}

/// Limits what is done in battles and guilds, by address and by account.
pub(crate) async fn actions(
    limits: Data<RateLimits>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let passed = by_address_and_account(&limits, Kind::Actions, &request);
    answered(passed, request, next).await
}

/// Limits questions for the state of battles, by address and by account.
pub(crate) async fn queries(
    limits: Data<RateLimits>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let passed = by_address_and_account(&limits, Kind::Queries, &request);
    answered(passed, request, next).await
}

/// Limits what services send, by address.
pub(crate) async fn services(
    limits: Data<RateLimits>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let passed = by_address(&limits, Kind::Services, request.request());
    answered(passed, request, next).await
}

/// Limits all that has no limit of its own, by address.
pub(crate) async fn others(
    limits: Data<RateLimits>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let passed = by_address(&limits, Kind::Others, request.request());
    answered(passed, request, next).await
}

fn by_address(limits: &RateLimits, kind: Kind, request: &HttpRequest) -> bool {
    let address = Network::from(client::address(request));
    limits.take(kind, Key::Address(address), request)
}

/// A token that is none counts for its address alone. What an address has no room for does not count for the account.
fn by_address_and_account(limits: &RateLimits, kind: Kind, request: &ServiceRequest) -> bool {
    let accounts = request.app_data::<Data<Accounts>>();
    let account = accounts.and_then(|accounts| accounts.signed_in(request.request()));
    by_address(limits, kind, request.request())
        && account.is_none_or(|account| limits.take(kind, Key::Account(account), request.request()))
}

/// The handler's answer or the refusal, with what was counted.
async fn answered(
    passed: bool,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if !passed {
        return Ok(told(request.into_response(too_many().error_response())).map_into_right_body());
    }
    Ok(told(next.call(request).await?).map_into_left_body())
}

fn told<B>(mut answer: ServiceResponse<B>) -> ServiceResponse<B> {
    let verdict = answer.request().extensions().get::<Verdict>().copied();
    if let Some(verdict) = verdict {
        tell(answer.headers_mut(), verdict);
    }
    answer
}

fn tell(headers: &mut HeaderMap, verdict: Verdict) {
    headers.insert(LIMIT, HeaderValue::from(verdict.limit));
    headers.insert(REMAINING, HeaderValue::from(verdict.remaining));
    headers.insert(RESET, HeaderValue::from(whole_seconds(verdict.reset)));
    if let Some(wait) = headers.get(RETRY_AFTER).cloned() {
        // A limit of the engine has refused what passed here.
        headers.insert(REMAINING, HeaderValue::from(0));
        headers.insert(RESET, wait);
    } else if !verdict.passed {
        headers.insert(RETRY_AFTER, HeaderValue::from(whole_seconds(verdict.reset)));
    }
}

/// Rounded up: who comes back after so many seconds is not too early.
fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

/// Refuses a request for a reason that this verdict tells, in the headers of the answer too.
pub(crate) fn refuse(request: &HttpRequest, verdict: Verdict) -> Refused {
    request.extensions_mut().insert(verdict);
    too_many()
}

fn too_many() -> Refused {
    Refusal::new(Code::RateLimited, "too many requests; the header Retry-After says when the next one is taken").into()
}
