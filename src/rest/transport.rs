//! Checks that every request has to pass first: in production it came over TLS, and its address does not contain
//! U+0000.

use actix_web::{
    Error, HttpRequest, HttpResponse, ResponseError,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, Uri, header, uri::Authority},
    middleware::Next,
    web::Data,
};
use contracts::battles::error::{Code, Refusal};

use super::{answer::Refused, client};
use crate::settings::ServeSettings;

/// Addresses without secrets, which machines beside the server request without its proxy.
const PROBES: [&str; 3] = ["/health", "/ready", "/metrics"];
/// U+0000 in an address; `%2500` is a percent sign and two zeros.
const NUL: &str = "%00";

/// Whether requests over plain HTTP are served.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PlainHttp {
    /// In development.
    Served,
    /// Only from this machine, or from a proxy that spoke TLS with the client.
    Refused,
}

impl PlainHttp {
    pub(crate) fn of(settings: &ServeSettings) -> Self {
        if settings.requires_tls() { Self::Refused } else { Self::Served }
    }
}

/// Answers requests that fail a check.
pub(crate) async fn checked(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let refused = exposed(request.request()).or_else(|| with_nul(request.request()));
    match refused {
        Some(answer) => Ok(request.into_response(answer).map_into_right_body()),
        None => Ok(next.call(request).await?.map_into_left_body()),
    }
}

/// Answers a request that others could have read: redirects it to https, or refuses it if it would be sent again.
fn exposed(request: &HttpRequest) -> Option<HttpResponse> {
    let policy = request.app_data::<Data<PlainHttp>>().map_or(PlainHttp::Served, |policy| *policy.get_ref());
    if policy == PlainHttp::Served {
        return None;
    }
    let was_plain = match client::forwarded_scheme(request) {
        Some(scheme) => !["https", "wss"].iter().any(|secure| scheme.eq_ignore_ascii_case(secure)),
        None => client::is_exposed(request) && !PROBES.contains(&request.path()),
    };
    if !was_plain {
        return None;
    }
    let only_reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let opens_socket = request.headers().contains_key(header::UPGRADE);
    match secure_address(request) {
        Some(address) if only_reads && !opens_socket => {
            Some(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, address)).finish())
        }
        _ => Some(refusal(Refusal::new(Code::Forbidden, "This server accepts only https and wss"))),
    }
}

/// The same address with https, without the port, which was that of http.
fn secure_address(request: &HttpRequest) -> Option<String> {
    let host: Authority = client::host(request)?.parse().ok()?;
    if host.as_str().contains('@') {
        return None;
    }
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let address = format!("https://{}{path}", host.host());
    address.parse::<Uri>().is_ok().then_some(address)
}

/// Refuses U+0000, which databases take for the end of a text, or do not accept. WebSocket addresses never reach a
/// database, and each contract has its own error for an invalid token or room.
fn with_nul(request: &HttpRequest) -> Option<HttpResponse> {
    let uri = request.uri();
    if uri.path() == "/ws" || uri.path().starts_with("/ws/") {
        return None;
    }
    let field = if uri.path().contains(NUL) {
        "path"
    } else if uri.query().is_some_and(|query| query.contains(NUL)) {
        "query"
    } else {
        return None;
    };
    Some(refusal(Refusal::of_field(field, "holds the character U+0000")))
}

fn refusal(refusal: Refusal) -> HttpResponse {
    Refused(refusal).error_response()
}
