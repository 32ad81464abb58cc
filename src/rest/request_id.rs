//! An id for every request, in the header `X-Request-Id` of the answer and in the log at level debug. With
//! `API_DEBUG=true` error bodies have it, too.

use actix_web::{
    Error, HttpRequest,
    body::{self, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{CONTENT_TYPE, HeaderName, HeaderValue},
    middleware::Next,
    web::Data,
};
use serde_json::{Map, Value};

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The field of error bodies.
const FIELD: &str = "requestId";

/// Whether error bodies have the id (`API_DEBUG`).
#[derive(Clone, Copy)]
pub(crate) struct InErrors(pub(crate) bool);

/// Gives the request its id. The address is logged without its query, which may hold a token.
pub(crate) async fn identified(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = format!("{:016x}", rand::random::<u64>());
    log::debug!("request {id}: {} {}", request.method(), request.path());
    let mut answer = next.call(request).await?;
    log::debug!("request {id}: {}", answer.status());
    if let Ok(value) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert(X_REQUEST_ID, value);
    }
    if !shows_id(&answer) {
        return Ok(answer.map_into_left_body());
    }
    let (request, answer) = answer.into_parts();
    let (answer, body) = answer.into_parts();
    let body = with_id(body, &id).await;
    Ok(ServiceResponse::new(request, answer.set_body(body)).map_into_right_body())
}

fn shows_id(answer: &ServiceResponse<impl MessageBody>) -> bool {
    let wanted = |request: &HttpRequest| request.app_data::<Data<InErrors>>().is_some_and(|wanted| wanted.0);
    let is_json = answer.headers().get(CONTENT_TYPE).is_some_and(|of| of.as_bytes().starts_with(b"application/json"));
    answer.status().as_u16() >= 400 && is_json && wanted(answer.request())
}

/// Adds the id to a JSON object; any other body stays as it is.
async fn with_id(body: impl MessageBody, id: &str) -> BoxBody {
    let Ok(bytes) = body::to_bytes(body).await else { return BoxBody::new(()) };
    let Ok(mut fields) = serde_json::from_slice::<Map<String, Value>>(&bytes) else { return BoxBody::new(bytes) };
    fields.insert(FIELD.to_owned(), id.into());
    BoxBody::new(Value::Object(fields).to_string())
}
