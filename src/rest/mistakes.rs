//! Counts refused requests by their status.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::StatusCode,
    middleware::Next,
};
use actors::mistakes;

use super::client;

/// Counts an answer of 4xx, and logs it at level debug.
pub(crate) async fn counted(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let answer = next.call(request).await?;
    let status = answer.status();
    if status.is_client_error() {
        mistakes::count(reason(status));
        // Without the query, which may hold a token.
        let (request, address) = (answer.request(), client::address(answer.request()));
        log::debug!("{address}: {} {:?} is refused with {}", request.method(), request.path(), status.as_u16());
    }
    Ok(answer)
}

fn reason(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "http_400",
        401 => "http_401",
        403 => "http_403",
        404 => "http_404",
        405 => "http_405",
        408 => "http_408",
        409 => "http_409",
        413 => "http_413",
        415 => "http_415",
        421 => "http_421",
        426 => "http_426",
        429 => "http_429",
        _ => "http_4xx",
    }
}
