//! Messages that services put into the live log.

use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::header::{ContentType, HeaderName},
    web,
};
use actors::Engine;
use contracts::{
    battles::error::{Code, Refusal},
    live_log::{
        self,
        message::{Content, Message},
    },
};

use super::Access;
use crate::rest::{
    answer::Refused,
    body::{By, Text},
    endpoint::{Described, Facts},
};

/// The header that holds a service's key.
const KEY: HeaderName = HeaderName::from_static("x-api-key");

/// A service with a key; anybody else is refused.
pub(crate) struct Service;

impl FromRequest for Service {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let key = request.headers().get(KEY).and_then(|value| value.to_str().ok());
        let known =
            key.is_some_and(|key| request.app_data::<web::Data<Access>>().is_some_and(|access| access.knows(key)));
        let service = if known { Ok(Self) } else { Err(no_key()) };
        Box::pin(std::future::ready(service))
    }
}

impl Described for Service {
    fn describe(facts: &mut Facts) {
        facts.secure("apiKey");
        facts.refuse(&[Code::Unauthorized]);
    }
}

fn no_key() -> Refused {
    Refusal::new(Code::Unauthorized, "The header X-API-Key must have the key of a service").into()
}

/// Adds a message to the live log: any of the six types, without `id` and `timestamp`, which the server sets.
#[utoipa::path(post, path = "/live-log/messages", tag = "live log", request_body = Content,
    responses((status = 201, description = "The message is stored, and sent to all subscribers", body = Message)))]
pub(crate) async fn put(
    engine: web::Data<Engine>,
    By(Service, Text(text)): By<Service, Text>,
) -> Result<HttpResponse, Refused> {
    let message = live_log::ingest(&text).map_err(Refusal::from)?;
    let body = message.body.clone();
    engine
        .live_log()
        .take(message)
        .await
        .map_err(|_| Refusal::new(Code::NotDurable, "The message could not be saved; nothing was done, try again"))?;
    Ok(HttpResponse::Created().content_type(ContentType::json()).body(body.into_bytes()))
}
