//! Rate limits of authentication: by address and by username, told in headers on every limited answer.

use std::{
    net::{IpAddr, Ipv6Addr},
    time::{Duration, Instant},
};

use actix_web::{
    Error, HttpMessage, HttpRequest, ResponseError,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    middleware::Next,
    web,
};
use contracts::battles::error::{Code, Refusal};

use super::{
    answer::Refused,
    window::{Verdict, Window},
};

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// The attempts to log in and the like, of the last minute.
pub(crate) struct Attempts {
    addresses: Window<IpAddr>,
    usernames: Window<String>,
}

impl Attempts {
    /// So many a minute from one address, and as many for one username.
    pub(crate) fn new(per_minute: u32) -> Self {
        Self { addresses: Window::new(per_minute), usernames: Window::new(per_minute) }
    }

    /// Counts an attempt on a username that is one; the answer will tell of it.
    pub(crate) fn on_username(&self, request: &HttpRequest, username: &str) -> Result<(), Refused> {
        let verdict = self.usernames.take(username.to_ascii_lowercase(), Instant::now());
        let mut extensions = request.extensions_mut();
        let told = extensions.get::<Verdict>().map_or(verdict, |earlier| earlier.stricter(verdict));
        extensions.insert(told);
        if verdict.passed { Ok(()) } else { Err(too_many()) }
    }
}

/// Counts the request for the address that it comes from, and refuses it when those were too many.
pub(crate) async fn by_address(
    attempts: web::Data<Attempts>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    // Without an address there is no socket either, as in a test of a handler alone.
    let address = request.peer_addr().map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.ip());
    let verdict = attempts.addresses.take(household(address), Instant::now());
    request.extensions_mut().insert(verdict);
    if !verdict.passed {
        let mut answer = request.into_response(too_many().error_response());
        tell(answer.headers_mut(), verdict);
        return Ok(answer.map_into_right_body());
    }
    Ok(told(next.call(request).await?).map_into_left_body())
}

/// Tells of the attempts that the handler counted, if it did.
pub(crate) async fn by_handler(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    Ok(told(next.call(request).await?))
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
    if !verdict.passed {
        headers.insert(RETRY_AFTER, HeaderValue::from(whole_seconds(verdict.reset)));
    }
}

/// Rounded up: who comes back after so many seconds is not too early.
fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

fn too_many() -> Refused {
    Refusal::new(Code::RateLimited, "too many attempts; the header Retry-After says when the next one is taken").into()
}

/// Who gets IPv6 gets 2⁶⁴ addresses at least; they count as one.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_of_one_network_count_as_one() {
        let of = |text: &str| household(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::9"));
        assert_ne!(of("2001:db8:1:2::9"), of("2001:db8:1:3::9"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
    }

    #[test]
    fn a_client_is_never_told_to_come_back_too_early() {
        assert_eq!(whole_seconds(Duration::from_millis(1)), 1);
        assert_eq!(whole_seconds(Duration::from_secs(2)), 2);
        assert_eq!(whole_seconds(Duration::from_millis(2_001)), 3);
    }
}
