//! Request bodies: their type, size, time and contents, each with its own refusal. A handler gets a body only by
//! [`By`], together with its sender, so that no body is read before its sender may send one.

use std::{
    future::{Future, Ready, ready},
    pin::Pin,
    time::Duration,
};

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
use utoipa::{ToSchema, openapi::Required};

use super::{
    answer::Refused,
    endpoint::{Described, Facts},
};

/// How long a body may take to arrive.
#[derive(Clone, Copy)]
pub(crate) struct Patience(pub(crate) Duration);

impl Patience {
    async fn wait<T>(self, body: impl Future<Output = T>) -> Result<T, Refused> {
        timeout(self.0, body).await.map_err(|_| Code::RequestTimeout.into())
    }

    fn of(request: &HttpRequest) -> Self {
        request.app_data().copied().unwrap_or(Self(Duration::from_secs(5)))
    }
}

/// A body that can be read. It is not a [`FromRequest`] of its own: actix polls a handler's extractors together, and a
/// bad body would be answered while the caller is still looked up.
pub(crate) trait Body: Sized {
    /// Reads and checks the body.
    ///
    /// # Errors
    /// 400, 408, 413 or 415, each with its code.
    fn read(request: &HttpRequest, payload: Payload) -> impl Future<Output = Result<Self, Refused>>;
}

/// The sender of a request, and then its body, which is read once the sender is known and may send it.
pub(crate) struct By<Who, B>(pub(crate) Who, pub(crate) B);

/// The sender of a body that needs no account.
pub(crate) struct Anybody;

impl FromRequest for Anybody {
    type Error = Refused;
    type Future = Ready<Result<Self, Refused>>;

    fn from_request(_: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self))
    }
}

impl<Who: FromRequest<Error = Refused> + 'static, B: Body + 'static> FromRequest for By<Who, B> {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refused>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let who = Who::extract(&request).await?;
            Ok(Self(who, B::read(&request, payload).await?))
        })
    }
}

impl<Who: Described, B: Described> Described for By<Who, B> {
    fn describe(facts: &mut Facts) {
        Who::describe(facts);
        B::describe(facts);
    }
}

impl Described for Anybody {}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
/// The codes with which any body may be refused.
const BODY: [Code; 4] = [Code::ValidationFailed, Code::RequestTimeout, Code::BodyTooLarge, Code::UnsupportedMediaType];

/// A body of `application/json`.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: FromJson> Body for Json<T> {
    async fn read(request: &HttpRequest, payload: Payload) -> Result<Self, Refused> {
        Ok(Self(T::from_json(&json_bytes(request, payload).await?)?))
    }
}

impl<T: ToSchema> Described for Json<T> {
    fn describe(facts: &mut Facts) {
        Text::describe(facts);
        facts.take::<T>(JSON, Some(Required::True));
    }
}

/// The bytes of a body whose type is JSON.
async fn json_bytes(request: &HttpRequest, mut payload: Payload) -> Result<web::Bytes, Refused> {
    if !request.content_type().eq_ignore_ascii_case(JSON) {
        return Err(wrong_type(JSON));
    }
    let bytes = web::Bytes::from_request(request, &mut payload);
    Patience::of(request).wait(bytes).await?.map_err(|error| of_payload(&error))
}

/// A body of `application/json` as a text, for handlers that read it as a whole.
pub(crate) struct Text(pub(crate) String);

impl Body for Text {
    async fn read(request: &HttpRequest, payload: Payload) -> Result<Self, Refused> {
        let text = String::from_utf8(json_bytes(request, payload).await?.into());
        Ok(Self(text.map_err(|_| Refusal::new(Code::MalformedJson, "The body is not valid UTF-8"))?))
    }
}

impl Described for Text {
    fn describe(facts: &mut Facts) {
        facts.refuse(&[Code::MalformedJson]);
        facts.refuse(&BODY);
    }
}

/// A body of `application/json` that may be left out.
pub(crate) struct Optional<T>(pub(crate) Option<T>);

impl<T: FromJson> Body for Optional<T> {
    async fn read(request: &HttpRequest, payload: Payload) -> Result<Self, Refused> {
        let headers = request.headers();
        let length = headers.get(header::CONTENT_LENGTH);
        let is_there = headers.contains_key(header::TRANSFER_ENCODING) || length.is_some_and(|length| length != "0");
        Ok(Self(if is_there { Some(Json::<T>::read(request, payload).await?.0) } else { None }))
    }
}

impl<T: ToSchema> Described for Optional<T> {
    fn describe(facts: &mut Facts) {
        Text::describe(facts);
        facts.take::<T>(JSON, None);
    }
}

/// The OAuth2 password form.
pub(crate) struct Form(pub(crate) Credentials);

impl Body for Form {
    async fn read(request: &HttpRequest, mut payload: Payload) -> Result<Self, Refused> {
        let pairs = web::Form::<Vec<(String, String)>>::from_request(request, &mut payload);
        let pairs = Patience::of(request).wait(pairs).await?.map_err(|error| of_form(&error))?;
        Ok(Self(PasswordForm::credentials(pairs.into_inner())?))
    }
}

impl Described for Form {
    fn describe(facts: &mut Facts) {
        facts.refuse(&BODY);
        facts.take::<PasswordForm>(FORM, Some(Required::True));
    }
}

fn wrong_type(expected: &str) -> Refused {
    Refusal::new(Code::UnsupportedMediaType, format!("The body must be of type {expected}")).into()
}

fn too_large() -> Refused {
    Code::BodyTooLarge.into()
}

fn of_payload(error: &Error) -> Refused {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => too_large(),
        _ => Refusal::new(Code::MalformedJson, "The body is incomplete").into(),
    }
}

fn of_form(error: &Error) -> Refused {
    match error.as_error::<UrlencodedError>() {
        Some(UrlencodedError::Overflow { .. } | UrlencodedError::Payload(PayloadError::Overflow)) => too_large(),
        Some(UrlencodedError::ContentType) => wrong_type(FORM),
        _ => Refusal::new(Code::ValidationFailed, "The body is not a valid form").into(),
    }
}
