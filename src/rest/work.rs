//! Requests that cause work: it is charged to the network that they come from, and done on another thread if it takes
//! long.

use std::{
    future::{Ready, ready},
    time::{Duration, Instant},
};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest, HttpResponse,
    dev::Payload,
    http::header::ContentType,
    web::{Bytes, Data},
};
use actors::{Cost, Engine, Network, window::Verdict};
use contracts::battles::error::Code;
use serde::Serialize;
use vocabulary::Denial;

use super::{
    answer::Refused,
    client,
    endpoint::{Described, Facts},
    query::TOTAL,
};

/// The network that a request is charged to. Extracting it refuses the request if the network owes too much; the header
/// `Retry-After` says when the next one is possible.
pub(crate) struct Work {
    engine: Data<Engine>,
    network: Network,
}

impl Work {
    /// Does the work on another thread, and charges the time that it took.
    ///
    /// # Errors
    /// `BUSY`, and `INTERNAL` if the work panicked.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
        let timed = move || {
            let began = Instant::now();
            let done = work();
            (done, began.elapsed())
        };
        let (done, took) = self.engine.background().run(timed).await?;
        self.charge(Cost::time(took));
        Ok(done)
    }

    pub(crate) fn network(&self) -> Network {
        self.network
    }

    /// Charges work that the handler did itself.
    pub(crate) fn charge(&self, cost: Cost) {
        self.engine.costs().charge(self.network, cost);
    }

    /// Encodes an answer on another thread.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub(crate) async fn json<T: Serialize + 'static>(
        &self,
        answer: impl FnOnce() -> T + Send + 'static,
    ) -> Result<Bytes, Refused> {
        let body = self.run(move || serde_json::to_vec(&answer()).map(Bytes::from)).await?;
        let body = body.map_err(|error| Refused::internal("an answer can't be encoded", &error))?;
        self.charge(Cost::bytes(body.len()));
        Ok(body)
    }
}

impl FromRequest for Work {
    type Error = Refused;
    type Future = Ready<Result<Self, Refused>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(engine) = request.app_data::<Data<Engine>>() else {
            return ready(Err(Denial::ServerError.into()));
        };
        let network = Network::from(client::address(request));
        ready(match engine.costs().check(network) {
            Ok(()) => Ok(Self { engine: engine.clone(), network }),
            Err(denial) => Err(refuse(request, denial)),
        })
    }
}

impl Described for Work {
    fn describe(facts: &mut Facts) {
        facts.refuse(&[Code::Busy]);
    }
}

/// The refusal; the headers of the limit say when to try again.
fn refuse(request: &HttpRequest, denial: Denial) -> Refused {
    if let Denial::RateLimited { limit, retry_after_ms, .. } = denial {
        let reset = Duration::from_millis(retry_after_ms);
        request.extensions_mut().insert(Verdict { passed: false, limit, remaining: 0, reset });
    }
    denial.into()
}

/// An answer whose body is encoded.
pub(crate) fn encoded(body: Bytes) -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::json()).body(body)
}

/// A page of a list whose body is encoded, with the number of entries on all pages.
pub(crate) fn encoded_page(body: Bytes, total: usize) -> HttpResponse {
    HttpResponse::Ok().insert_header((TOTAL, total)).content_type(ContentType::json()).body(body)
}
