//! `/ready`: whether new players are welcome, and the answers while the server starts.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use actix_web::{
    Error, HttpResponse, ResponseError,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::RETRY_AFTER,
    middleware::Next,
    web,
};
use actors::{DiskState, Engine};
use serde_json::json;
use store::Store;
use tokio::sync::watch;
use vocabulary::Timestamp;

use crate::rest::answer::Refused;

/// Addresses that are served while games are restored.
const ANSWERED_AT_ONCE: [&str; 3] = ["/health", "/ready", "/metrics"];
const RECOVERING: &str = "The server is bringing back unfinished games; try again in a moment";
/// How long the database may take to write something small, and the journal to write what waits.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long the outcome of a write is reused: any number of requests in this time costs one write.
const FRESH: Duration = Duration::from_secs(1);
/// How often the files of the database are checked.
const LOOK: Duration = Duration::from_secs(1);

/// What is known of the server's readiness; cheap to clone.
#[derive(Clone)]
pub(crate) struct Readiness(Arc<Shared>);

struct Shared {
    engine: Engine,
    store: Store,
    recovered: AtomicBool,
    probe: watch::Sender<Probe>,
}

/// A write that shows whether the store is writable.
#[derive(Clone, Default)]
struct Probe {
    /// When the present one began.
    running: Option<Instant>,
    /// When the last one ended, and why it failed.
    last: Option<(Instant, Option<String>)>,
}

impl Readiness {
    /// For a server that has not restored its games yet.
    pub(crate) fn new(engine: Engine, store: Store) -> Self {
        let probe = watch::Sender::new(Probe::default());
        Self(Arc::new(Shared { engine, store, recovered: AtomicBool::new(false), probe }))
    }

    /// Notes that the games are restored.
    pub(crate) fn note_recovered(&self) {
        self.0.recovered.store(true, Ordering::Release);
    }

    fn is_recovered(&self) -> bool {
        self.0.recovered.load(Ordering::Acquire)
    }

    fn is_short_of_space(&self) -> bool {
        self.0.engine.disk().is_some_and(|(state, _)| state == DiskState::Short)
    }

    /// Why new players should go elsewhere; `None` if they are welcome.
    async fn trouble(&self) -> Option<String> {
        if self.0.engine.is_draining() {
            return Some("The server is stopping".to_owned());
        }
        if !self.is_recovered() {
            return Some(RECOVERING.to_owned());
        }
        // The reason why the store is not writable says more than that the journal waits for it.
        if let Some(trouble) = self.store_trouble().await {
            return Some(trouble);
        }
        let behind = self.0.engine.journal_behind();
        (behind > PATIENCE).then(|| format!("The journal is {} ms behind", behind.as_millis()))
    }

    async fn store_trouble(&self) -> Option<String> {
        let mut outcome = self.0.probe.subscribe();
        let mut begins = false;
        self.0.probe.send_if_modified(|probe| {
            let is_fresh = probe.last.as_ref().is_some_and(|(at, _)| at.elapsed() < FRESH);
            begins = probe.running.is_none() && !is_fresh;
            if begins {
                probe.running = Some(Instant::now());
            }
            begins
        });
        if begins {
            actix_web::rt::spawn(self.clone().try_to_write());
        }
        let ended = outcome.wait_for(|probe| probe.running.is_none_or(|since| since.elapsed() > PATIENCE));
        match tokio::time::timeout(PATIENCE, ended).await {
            Ok(Ok(probe)) if probe.running.is_none() => probe.last.as_ref().and_then(|(_, failure)| failure.clone()),
            _ => Some("The database has not answered for more than a second; it may be locked".to_owned()),
        }
    }

    async fn try_to_write(self) {
        let failure = self.0.store.heartbeat(Timestamp::now()).await.err().map(|error| error.to_string());
        self.0.probe.send_replace(Probe { running: None, last: Some((Instant::now(), failure)) });
    }
}

/// Answers 200 if new players are welcome, otherwise 503 with the reason.
pub(crate) async fn is_ready(readiness: web::Data<Readiness>) -> HttpResponse {
    match readiness.trouble().await {
        Some(reason) => Refused::unavailable(reason).error_response(),
        None if readiness.is_short_of_space() => {
            // A 503 would make a proxy cut off those who play.
            HttpResponse::Ok()
                .json(json!({ "status": "ready", "newGames": false, "reason": "The disk is short of space" }))
        }
        None => HttpResponse::Ok().json(json!({ "status": "ready" })),
    }
}

/// Answers 503 while the server restores its games, except at the addresses that operators watch.
pub(crate) async fn once_recovered(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let is_recovered = request.app_data::<web::Data<Readiness>>().is_none_or(|readiness| readiness.is_recovered());
    if is_recovered || ANSWERED_AT_ONCE.contains(&request.path()) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let mut answer = Refused::unavailable(RECOVERING).error_response();
    answer.headers_mut().insert(RETRY_AFTER, 1.into());
    Ok(request.into_response(answer).map_into_right_body())
}

/// Checks every second whether the files of the database still exist, and logs when they are lost or back.
pub(crate) async fn watch_files(store: Store) {
    let mut every = actix_web::rt::time::interval(LOOK);
    let mut is_lost = false;
    loop {
        every.tick().await;
        let found = store.check_files();
        let was_lost = std::mem::replace(&mut is_lost, found.is_err());
        match found {
            Err(error) if !was_lost => log::error!("{error}"),
            Ok(()) if was_lost => log::info!("the files of the database are back"),
            _ => {}
        }
    }
}
