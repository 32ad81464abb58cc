//! What pages of other sites may request, and what their scripts may read (CORS).

use actix_cors::{Cors, CorsError};
use actix_web::{
    Error, HttpResponse, ResponseError,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, ETAG, HeaderName, IF_MATCH, IF_NONE_MATCH, RETRY_AFTER},
    },
    middleware::{Condition, Next},
};
use contracts::battles::error::{Code, Refusal};

use super::{
    answer::Refused,
    origin::Origins,
    rates::{LIMIT, REMAINING, RESET},
};

/// The number of entries on all pages of a list.
const TOTAL: HeaderName = HeaderName::from_static("x-total-count");
/// Seconds for which a browser may remember the answer to a preflight.
const REMEMBERED: usize = 600;

/// The headers for browsers; none if no other site is listed. Cookies of other sites are not accepted.
pub(crate) fn cors(origins: &Origins) -> Condition<Cors> {
    let cors = Cors::default()
        .allowed_methods([Method::GET, Method::POST, Method::PATCH, Method::PUT, Method::DELETE])
        .allowed_headers([ACCEPT, AUTHORIZATION, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH])
        .expose_headers([LIMIT, REMAINING, RESET, RETRY_AFTER, TOTAL, ETAG])
        .max_age(REMEMBERED);
    let cors = match origins.listed() {
        None => cors.allow_any_origin().send_wildcard(),
        Some(listed) => listed.iter().fold(cors, |cors, origin| cors.allowed_origin(origin)),
    };
    Condition::new(!origins.is_none(), cors)
}

/// Gives refused preflights the one error body.
pub(crate) async fn explained(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let answer = next.call(request).await?;
    let refused = answer.response().error().and_then(|error| error.as_error::<CorsError>()).map(refusal);
    Ok(match refused {
        None => answer.map_into_left_body(),
        Some(refusal) => {
            let explained: HttpResponse = Refused(refusal).error_response();
            answer.into_response(explained).map_into_right_body()
        }
    })
}

fn refusal(error: &CorsError) -> Refusal {
    match error {
        CorsError::HeadersNotAllowed | CorsError::BadRequestHeaders => {
            Refusal::of_field("Access-Control-Request-Headers", "names a header that no address accepts")
        }
        CorsError::MethodNotAllowed | CorsError::BadRequestMethod | CorsError::MissingRequestMethod => {
            Refusal::of_field("Access-Control-Request-Method", "names a method that no address accepts")
        }
        _ => Code::OriginNotAllowed.into(),
    }
}
