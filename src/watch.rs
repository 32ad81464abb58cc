//! Closes idle connections. The HTTP library waits forever for the rest of a second request, for the rest of a body
//! that nobody reads, and for a client that does not read its answer.

use std::{
    net::Shutdown,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::StatusCode,
    middleware::Next,
    rt::time::interval,
};
use actors::{Engine, outbox::Wire};

/// How often connections are checked.
const EVERY: Duration = Duration::from_secs(1);

/// All connections that no session has taken over; cheap to clone.
#[derive(Clone)]
pub(crate) struct Watch {
    patience: Duration,
    connections: Arc<Mutex<Vec<Weak<Connection>>>>,
    /// Whether no further request is served.
    stopping: Arc<AtomicBool>,
}

/// A connection that no session has taken over.
pub(crate) struct Connection {
    state: Mutex<State>,
    stopping: Arc<AtomicBool>,
}

enum State {
    /// Waits for a request, or for the client to read its answer, since this moment.
    Waits(Arc<Wire>, Instant),
    Serves(Arc<Wire>),
    /// A session watches it now.
    IsTaken,
}

impl Watch {
    /// Allows this much time from one answer to the next request.
    pub(crate) fn new(patience: Duration) -> Self {
        Self { patience, connections: Arc::default(), stopping: Arc::default() }
    }

    /// Watches a new connection until the result is dropped.
    pub(crate) fn begin(&self, wire: &Arc<Wire>) -> Arc<Connection> {
        let state = Mutex::new(State::Waits(Arc::clone(wire), Instant::now()));
        let connection = Arc::new(Connection { state, stopping: Arc::clone(&self.stopping) });
        lock(&self.connections).push(Arc::downgrade(&connection));
        connection
    }

    /// Ends all connections that wait for a request, now and from now on.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        for connection in lock(&self.connections).iter().filter_map(Weak::upgrade) {
            if let State::Waits(wire, _) = &*lock(&connection.state) {
                wire.shut(Shutdown::Read);
            }
        }
    }

    /// Closes connections that wait too long, as long as the server lives. A pause of the process does not count.
    pub(crate) async fn keep_up(self, engine: Engine) {
        let mut every = interval(EVERY);
        loop {
            every.tick().await;
            let (now, running_since) = (Instant::now(), engine.running_since());
            let goes_on = |connection: &Weak<Connection>| {
                connection.upgrade().is_some_and(|connection| connection.goes_on(now, running_since, self.patience))
            };
            lock(&self.connections).retain(goes_on);
        }
    }
}

impl Connection {
    fn goes_on(&self, now: Instant, running_since: Instant, patience: Duration) -> bool {
        match &*lock(&self.state) {
            State::Waits(wire, since) if now.saturating_duration_since((*since).max(running_since)) > patience => {
                wire.shut(Shutdown::Both);
                false
            }
            State::Waits(..) | State::Serves(_) => true,
            State::IsTaken => false,
        }
    }

    fn becomes(&self, next: impl FnOnce(Arc<Wire>) -> State) {
        let mut state = lock(&self.state);
        *state = match std::mem::replace(&mut *state, State::IsTaken) {
            State::Waits(wire, _) | State::Serves(wire) => next(wire),
            State::IsTaken => State::IsTaken,
        };
        if let (State::Waits(wire, _), true) = (&*state, self.stopping.load(Ordering::Relaxed)) {
            wire.shut(Shutdown::Read);
        }
    }
}

/// Notes when the connection of this request stops and starts waiting.
pub(crate) async fn watched(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let connection = request.request().conn_data::<Arc<Connection>>().cloned();
    if let Some(connection) = &connection {
        connection.becomes(State::Serves);
    }
    let answer = next.call(request).await;
    let is_taken = answer.as_ref().is_ok_and(|answer| answer.status() == StatusCode::SWITCHING_PROTOCOLS);
    if let Some(connection) = connection {
        connection.becomes(|wire| if is_taken { State::IsTaken } else { State::Waits(wire, Instant::now()) });
    }
    answer
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
