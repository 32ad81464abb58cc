//! Bodies that come in: their type, their size, their time, and what is in them, each with its own refusal.

use std::{future::Future, pin::Pin, time::Duration};

use actix_web::{
    Error, FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    error::{PayloadError, UrlencodedError},
    http::header,
    rt::time::timeout,
    web,
};
use contracts::battles::{
    client::{Credentials, FromJson, PasswordForm},
    error::{Code, Refusal},
};

use super::answer::Refused;

/// How long a body may take to come in.
#[derive(Clone, Copy)]
pub(crate) struct Patience(pub(crate) Duration);

impl Patience {
    async fn wait<T>(self, body: impl Future<Output = T>) -> Result<T, Refused> {
        timeout(self.0, body).await.map_err(|_| {
            Refusal::new(Code::RequestTimeout, "the body did not come in whole within the server's time").into()
        })
    }

    /// As the server was told.
    fn of(request: &HttpRequest) -> Self {
        request.app_data().copied().unwrap_or(Self(Duration::from_secs(5)))
    }
}

/// A body of `application/json`.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: FromJson + 'static> FromRequest for Json<T> {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = json_bytes(request, payload);
        Box::pin(async move { Ok(Self(T::from_json(&bytes.await?)?)) })
    }
}

/// The bytes of a body that says it is JSON.
fn json_bytes(
    request: &HttpRequest,
    payload: &mut Payload,
) -> impl Future<Output = Result<web::Bytes, Refused>> + use<> {
    let is_json = request.content_type().eq_ignore_ascii_case("application/json");
    let patience = Patience::of(request);
    let bytes = web::Bytes::from_request(request, payload);
    async move {
        if !is_json {
            return Err(wrong_type("application/json"));
        }
        patience.wait(bytes).await?.map_err(|error| of_payload(&error))
    }
}

/// A body of `application/json` as a text, for who reads it as a whole.
pub(crate) struct Text(pub(crate) String);

impl FromRequest for Text {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = json_bytes(request, payload);
        Box::pin(async move {
            let text = String::from_utf8(bytes.await?.into());
            Ok(Self(text.map_err(|_| Refusal::new(Code::MalformedJson, "the body is no UTF-8"))?))
        })
    }
}

/// The same where the body may be left out.
pub(crate) struct Optional<T>(pub(crate) Option<T>);

impl<T: FromJson + 'static> FromRequest for Optional<T> {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let headers = request.headers();
        let length = headers.get(header::CONTENT_LENGTH);
        let is_there = headers.contains_key(header::TRANSFER_ENCODING) || length.is_some_and(|length| length != "0");
        let body = is_there.then(|| Json::<T>::from_request(request, payload));
        Box::pin(async move {
            Ok(Self(match body {
                Some(body) => Some(body.await?.0),
                None => None,
            }))
        })
    }
}

/// The OAuth2 password form.
pub(crate) struct Form(pub(crate) Credentials);

impl FromRequest for Form {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let patience = Patience::of(request);
        let pairs = web::Form::<Vec<(String, String)>>::from_request(request, payload);
        Box::pin(async move {
            let pairs = patience.wait(pairs).await?.map_err(|error| of_form(&error))?;
            Ok(Self(PasswordForm::credentials(pairs.into_inner())?))
        })
    }
}

fn wrong_type(expected: &str) -> Refused {
    Refusal::new(Code::UnsupportedMediaType, format!("the body must be of type {expected}")).into()
}

fn too_large() -> Refused {
    Refusal::new(Code::BodyTooLarge, "the body is larger than the server takes").into()
}

fn of_payload(error: &Error) -> Refused {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => too_large(),
        _ => Refusal::new(Code::MalformedJson, "the body did not come in whole").into(),
    }
}

fn of_form(error: &Error) -> Refused {
    match error.as_error::<UrlencodedError>() {
        Some(UrlencodedError::Overflow { .. } | UrlencodedError::Payload(PayloadError::Overflow)) => too_large(),
        Some(UrlencodedError::ContentType) => wrong_type("application/x-www-form-urlencoded"),
        _ => Refusal::new(Code::ValidationFailed, "the body is no form").into(),
    }
}
