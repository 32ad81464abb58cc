//! Rate limits: what is counted, for whom, and the headers that report it.

mod all;

use std::time::{Duration, Instant};

use actix_web::{
    Error, HttpMessage, HttpRequest, ResponseError,
    body::BoxBody,
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
use crate::settings::LimitSettings;

/// Requests per window.
pub(crate) const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
/// Further requests that are possible now.
pub(crate) const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
/// Seconds until a further request is possible.
pub(crate) const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

const MINUTE: Duration = Duration::from_secs(60);
/// Browsers behind one address that may use up their limits for logins in the same minute.
const DEVICES: u32 = 12;

/// Requests that share a limit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Registrations, and all that has to do with refresh tokens.
    Authentication,
    /// Logins, which share the limit of the former unless they come from a browser that the account knows.
    Login,
    Creation,
    Actions,
    Queries,
    Services,
    /// All that has no limit of its own.
    Others,
}

/// For whom a request is counted.
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
    windows: [(Kind, Option<Window<Key>>); 6],
    /// Logins of browsers that their accounts know, from one address.
    known_devices: Option<Window<Key>>,
}

impl RateLimits {
    /// As many as the settings say.
    pub(crate) fn new(settings: &LimitSettings) -> Self {
        let window = |allowed, period| (allowed > 0).then(|| Window::new(allowed, period));
        let limit = |kind, allowed, period| (kind, window(allowed, period));
        let logins = settings.battles_auth_per_minute;
        Self {
            windows: [
                limit(Kind::Authentication, logins, MINUTE),
                limit(Kind::Creation, settings.battles_create_per_minute, MINUTE),
                limit(Kind::Actions, settings.battles_actions_per_minute, MINUTE),
                limit(Kind::Queries, settings.battles_state_per_minute, MINUTE),
                limit(Kind::Services, settings.live_log_posts_per_minute, MINUTE),
                limit(Kind::Others, settings.rate_limit_requests, settings.period()),
            ],
            known_devices: window(logins.saturating_mul(DEVICES), MINUTE),
        }
    }

    /// Counts a request for its address; `false` if that has used up its limit.
    pub(crate) fn by_address(&self, kind: Kind, request: &HttpRequest) -> bool {
        self.take(kind, Key::Address(client::address(request).into()), request)
    }

    /// Counts a request for an account; `false` if that has used up its limit.
    pub(crate) fn by_account(&self, kind: Kind, account: String, request: &HttpRequest) -> bool {
        self.take(kind, Key::Account(account), request)
    }

    /// Counts an attempt on the password of the account that makes the request; the answer will report it.
    pub(crate) fn on_own_password(&self, request: &HttpRequest, account: &str) -> Result<(), Refused> {
        if self.by_account(Kind::Authentication, account.to_owned(), request) { Ok(()) } else { Err(too_many()) }
    }

    /// Counts a login that names a browser: for the browser if the account has logged in with it, otherwise for the
    /// address.
    pub(crate) fn on_device(&self, request: &HttpRequest, known: Option<&str>) -> Result<(), Refused> {
        let passed = match known {
            Some(device) => {
                let address = Key::Address(client::address(request).into());
                count(self.known_devices.as_ref(), address, request)
                    && self.take(Kind::Login, Key::Device(device.to_owned()), request)
            }
            None => self.by_address(Kind::Login, request),
        };
        if passed { Ok(()) } else { Err(too_many()) }
    }

    fn take(&self, kind: Kind, key: Key, request: &HttpRequest) -> bool {
        let kind = if kind == Kind::Login { Kind::Authentication } else { kind };
        let window = self.windows.iter().find(|(of, _)| *of == kind).and_then(|(_, window)| window.as_ref());
        count(window, key, request)
    }
}

/// Counts a request; what the window says is noted for the answer.
fn count(window: Option<&Window<Key>>, key: Key, request: &HttpRequest) -> bool {
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

/// Limits what has no limit of its own, by address.
pub(crate) async fn others(
    limits: Data<RateLimits>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, Error> {
    if !limits.by_address(Kind::Others, request.request()) {
        return Ok(refused(request));
    }
    Ok(reported(next.call(request).await?))
}

/// The answer to a request that is too much.
pub(crate) fn refused(request: ServiceRequest) -> ServiceResponse {
    reported(request.into_response(too_many().error_response()))
}

/// The answer with headers that report what was counted.
pub(crate) fn reported<B>(mut answer: ServiceResponse<B>) -> ServiceResponse<B> {
    let verdict = answer.request().extensions().get::<Verdict>().copied();
    if let Some(verdict) = verdict {
        report(answer.headers_mut(), verdict);
    }
    answer
}

fn report(headers: &mut HeaderMap, verdict: Verdict) {
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

/// Rounded up, so that a client that waits as long is not too early.
pub(crate) fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

/// Refuses a request for a reason that this verdict explains, in the headers of the answer too.
pub(crate) fn refuse(request: &HttpRequest, verdict: Verdict) -> Refused {
    request.extensions_mut().insert(verdict);
    too_many()
}

pub(crate) fn too_many() -> Refused {
    Refusal::new(Code::RateLimited, "Too many requests; the header Retry-After says when the next one is possible")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_never_told_to_come_back_too_early() {
        assert_eq!(whole_seconds(Duration::from_millis(1)), 1);
        assert_eq!(whole_seconds(Duration::from_secs(2)), 2);
        assert_eq!(whole_seconds(Duration::from_millis(2_001)), 3);
    }
}
