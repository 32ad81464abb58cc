//! The handshake of a WebSocket (RFC 6455, section 4.2.1), which is checked before anything else about the request,
//! whoever sends it.

use actix_http::ws::{HandshakeError, verify_handshake};
use actix_web::{
    Error, HttpResponse, ResponseError,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode, Version,
        header::{
            CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION,
            TRANSFER_ENCODING, UPGRADE,
        },
    },
    middleware::Next,
};
use contracts::battles::error::{Code, Refusal};

use super::origin;

/// The one version of the protocol.
const VERSION: HeaderValue = HeaderValue::from_static("13");
const PROTOCOL: HeaderValue = HeaderValue::from_static("websocket");

/// Why a request is not a handshake.
#[derive(Debug, thiserror::Error)]
enum NoHandshake {
    #[error("WebSocket needs HTTP/1.1")]
    OldHttp,
    #[error("the header Upgrade must be: websocket")]
    OtherUpgrade,
    #[error("the header {0} is there more than once")]
    Repeated(HeaderName),
    #[error("a handshake has no body")]
    Body,
    #[error("{0}")]
    Wrong(HandshakeError),
}

impl NoHandshake {
    /// 426 with the supported version for another one; everything else is 400.
    fn answer(&self) -> HttpResponse {
        let message = format!("This address accepts only WebSocket handshakes: {self}");
        let mut answer = match self {
            Self::Wrong(HandshakeError::UnsupportedVersion | HandshakeError::NoVersionHeader) => {
                let mut answer = HttpResponse::build(StatusCode::UPGRADE_REQUIRED);
                answer.insert_header((SEC_WEBSOCKET_VERSION, VERSION)).insert_header((UPGRADE, PROTOCOL));
                answer
            }
            Self::OldHttp | Self::OtherUpgrade | Self::Repeated(_) | Self::Body | Self::Wrong(_) => {
                HttpResponse::BadRequest()
            }
        };
        // Frames may follow, which must not be read as the next request.
        answer.force_close().json(Refusal::new(Code::BadHandshake, message))
    }
}

/// Refuses what is not a handshake, or comes from a page that may not connect.
pub(crate) async fn checked(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let refused = match check(&request) {
        Err(refused) => Some(refused.answer()),
        Ok(()) => origin::allowed(request.request()).err().map(|refused| refused.error_response()),
    };
    match refused {
        None => Ok(next.call(request).await?.map_into_left_body()),
        Some(answer) => Ok(request.into_response(answer).map_into_right_body()),
    }
}

fn check(request: &ServiceRequest) -> Result<(), NoHandshake> {
    let headers = request.headers();
    if request.version() != Version::HTTP_11 {
        return Err(NoHandshake::OldHttp);
    }
    for name in [SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION] {
        if headers.get_all(&name).count() > 1 {
            return Err(NoHandshake::Repeated(name));
        }
    }
    // The library would accept any text that contains the word, but reads frames only if it is the whole.
    if headers.contains_key(UPGRADE) && !headers.get_all(UPGRADE).any(|value| is(value, "websocket")) {
        return Err(NoHandshake::OtherUpgrade);
    }
    verify_handshake(request.request().head()).map_err(NoHandshake::Wrong)?;
    if has_body(headers) { Err(NoHandshake::Body) } else { Ok(()) }
}

fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(TRANSFER_ENCODING) || headers.get(CONTENT_LENGTH).is_some_and(|length| length != "0")
}

fn is(value: &HeaderValue, word: &str) -> bool {
    value.to_str().is_ok_and(|value| value.trim().eq_ignore_ascii_case(word))
}
