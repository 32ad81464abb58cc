//! Refusals as HTTP answers, also those of the engine and of the database.

use std::fmt;

use actix_web::{
    HttpResponse, HttpResponseBuilder, ResponseError,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
};
use contracts::battles::error::{Code, Refusal, refusal};
use store::StoreError;
use vocabulary::Denial;

/// A refusal that a handler may return in place of its answer.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) Refusal);

impl Refused {
    /// The request needs a valid token. Why the one that it has is not valid stays unsaid.
    pub(crate) fn unauthorized() -> Self {
        Refusal::new(Code::Unauthorized, "This needs a valid token in the header Authorization: Bearer").into()
    }

    /// Nothing can be done now.
    pub(crate) fn unavailable(reason: impl Into<String>) -> Self {
        Refusal::new(Code::Unavailable, reason).into()
    }

    /// Something broke in the server. The cause is logged and not sent.
    pub(crate) fn internal(what: &str, error: &dyn fmt::Display) -> Self {
        log::error!("{what}: {error}");
        Refusal::internal().into()
    }

    /// Seconds, rounded up, until another try if a limit of the engine has refused this one.
    fn retry_after(&self) -> Option<u64> {
        let millis = self.0.details.as_ref()?.get("retryAfterMs")?.as_u64()?;
        Some(millis.div_ceil(1_000))
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl From<Code> for Refused {
    fn from(code: Code) -> Self {
        Self(code.into())
    }
}

impl From<Denial> for Refused {
    fn from(denial: Denial) -> Self {
        refusal(&denial).into()
    }
}

/// What the database answered to a handler.
pub(crate) trait Stored<T> {
    /// # Errors
    /// `UNAVAILABLE` if the database can't be reached now, with a sentence about `what`, a plural; `INTERNAL`
    /// otherwise.
    fn of(self, what: &'static str) -> Result<T, Refused>;
}

impl<T> Stored<T> for Result<T, StoreError> {
    fn of(self, what: &'static str) -> Result<T, Refused> {
        self.map_err(|error| {
            if !error.is_temporary() {
                return Refused::internal(&format!("the {what} can't be read or written"), &error);
            }
            log::warn!("the {what} can't be read or written: {error}");
            Refused::unavailable(format!("The {what} can't be reached now; try again later"))
        })
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.message)
    }
}

impl ResponseError for Refused {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponseBuilder::new(self.status_code());
        if self.status_code() == StatusCode::UNAUTHORIZED {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        if let Some(seconds) = self.retry_after() {
            answer.insert_header((header::RETRY_AFTER, seconds));
        }
        if self.status_code() == StatusCode::REQUEST_TIMEOUT {
            // The missing part of the request must not be read as the next one.
            answer.force_close();
        }
        answer.json(&self.0)
    }
}

/// The same answer with a time for another try: connections come and go, so a few seconds are a good guess.
pub(crate) fn try_again(refused: &Refused) -> HttpResponse {
    let mut answer = refused.error_response();
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_the_database_names_what_it_is_about_if_it_may_pass() {
        let refused = |error| Err::<(), _>(error).of("guilds").unwrap_err().0;
        let passing = refused(StoreError::Full);
        assert_eq!(passing, Refusal::new(Code::Unavailable, "The guilds can't be reached now; try again later"));
        assert_eq!(refused(StoreError::Duplicate), Refusal::internal());
    }
}
