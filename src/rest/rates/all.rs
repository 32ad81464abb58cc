//! The limit that every request counts for: pages, files, probes, handshakes, and requests with a limit of their own.
//! It comes before the routes, so that none can be forgotten.

use std::{
    num::NonZeroU32,
    sync::atomic::{AtomicU64, Ordering},
};

use actix_web::{
    Error, ResponseError,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderValue, RETRY_AFTER},
    middleware::Next,
    web::Data,
};
use actors::{Limit, Network};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};

use super::{too_many, whole_seconds};
use crate::rest::client;

/// After this many requests, networks without requests in the last minute are forgotten: often enough to bound memory
/// by the requests of a minute, seldom enough to cost a request almost nothing.
const SWEEP: u64 = 50_000;

/// How many requests of any kind each network may still make.
pub(crate) struct AllRequests {
    /// `None` if the limit is off.
    limiter: Option<DefaultKeyedRateLimiter<Network>>,
    taken: AtomicU64,
}

impl AllRequests {
    /// A limit of this many requests per minute, also all at once; 0 = no limit.
    pub(crate) fn new(per_minute: u32) -> Self {
        let quota = NonZeroU32::new(per_minute).map(Quota::per_minute);
        Self { limiter: quota.map(RateLimiter::keyed), taken: AtomicU64::new(0) }
    }

    /// # Errors
    /// The seconds until the next one is possible.
    fn take(&self, network: Network) -> Result<(), u64> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        let taken = limiter.check_key(&network);
        if self.taken.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            limiter.retain_recent();
        }
        taken.map_err(|until| whole_seconds(until.wait_time_from(limiter.clock().now())))
    }
}

/// Refuses what is too much. Other answers do not report this limit, as ordinary clients never come near it.
pub(crate) async fn counted(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let limit = request.app_data::<Data<AllRequests>>().cloned();
    let taken = limit.map_or(Ok(()), |limit| limit.take(client::address(request.request()).into()));
    let Err(seconds) = taken else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    Limit::AllRequests.hit();
    let mut answer = too_many().error_response();
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    Ok(request.into_response(answer).map_into_right_body())
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    #[test]
    fn a_network_has_its_minute_at_once_and_then_waits_and_others_do_not() {
        let limit = AllRequests::new(3);
        let network = |address: &str| Network::from(address.parse::<IpAddr>().unwrap());
        assert!((0..3).all(|_| limit.take(network("2001:db8::1")).is_ok()));
        let wait = limit.take(network("2001:db8::2")).unwrap_err();
        assert!((1..=20).contains(&wait), "{wait}");
        assert_eq!(limit.take(network("192.0.2.1")), Ok(()));
    }

    #[test]
    fn zero_is_no_limit() {
        let limit = AllRequests::new(0);
        assert!((0..10_000).all(|_| limit.take(IpAddr::from([192, 0, 2, 1]).into()).is_ok()));
    }
}
