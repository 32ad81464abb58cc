//! Refusals as HTTP answers.

use std::fmt;

use actix_web::{
    HttpResponse, HttpResponseBuilder, ResponseError,
    http::{StatusCode, header},
};
use contracts::battles::error::{Code, Refusal};
use store::StoreError;

/// A refusal that a handler may return in place of its answer.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) Refusal);

impl Refused {
    /// The request needs a valid token; why this one is none is not told.
    pub(crate) fn unauthorized() -> Self {
        Refusal::new(Code::Unauthorized, "this needs a valid token in the header Authorization: Bearer").into()
    }

    /// Something broke here. It is logged; the client learns no more than that.
    pub(crate) fn internal(what: &str, error: &dyn fmt::Display) -> Self {
        log::error!("{what}: {error}");
        Refusal::internal().into()
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        if error.is_temporary() {
            log::warn!("an account can't be read or written: {error}");
            return Refusal::new(Code::Unavailable, "the accounts can't be reached now; try again later").into();
        }
        Self::internal("an account can't be read or written", &error)
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
        let wait = || self.0.details.as_ref()?["retryAfterMs"].as_u64();
        if let (Code::Banned | Code::Removed, Some(wait)) = (self.0.code, wait()) {
            answer.insert_header((header::RETRY_AFTER, wait.div_ceil(1_000)));
        }
        if self.status_code() == StatusCode::REQUEST_TIMEOUT {
            // What is missing of the request must not be read as the next one.
            answer.force_close();
        }
        answer.json(&self.0)
    }
}
