//! Refuses every request of banned accounts and networks.

use actix_web::{
    Error, ResponseError,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};
use actors::{Ban, Bans, Limit};
use contracts::{
    battles::error::{Code, Refusal},
    iso8601,
};
use serde_json::json;
use vocabulary::Timestamp;

use super::{answer::Refused, client};

/// Refuses requests from a banned network.
pub(crate) async fn checked(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let bans = request.app_data::<Data<Bans>>().filter(|bans| !bans.is_every_network_free());
    let ban = bans.and_then(|bans| bans.of_address(client::address(request.request())));
    match ban {
        None => Ok(next.call(request).await?.map_into_left_body()),
        Some(ban) => Ok(request.into_response(refused(&ban).error_response()).map_into_right_body()),
    }
}

/// Counts a refusal. The answer has the reason, and the end of the ban if there is one.
pub(crate) fn refused(ban: &Ban) -> Refused {
    Limit::Bans.hit();
    let mut details = json!({ "reason": ban.reason });
    let message = match ban.ends_at {
        None => format!("An operator has banned you: {}", ban.reason),
        Some(end) => {
            let left = end.since(Timestamp::now());
            details["endsAt"] = json!(end.0);
            details["retryAfterMs"] = json!(u64::try_from(left.as_millis()).unwrap_or(u64::MAX));
            format!("An operator has banned you until {}: {}", iso8601::iso(end), ban.reason)
        }
    };
    Refusal::with(Code::Banned, message, details).into()
}
