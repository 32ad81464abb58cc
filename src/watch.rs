//! Connections that hold a place and ask nothing: the HTTP library waits for ever for the rest of a second request, for the
//! rest of a body that nobody reads, and for a client that does not fetch its answer. Here they are cut.

use std::{
    net::{Shutdown, TcpStream},
    os::fd::AsFd,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
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

/// How often is looked.
const EVERY: Duration = Duration::from_secs(1);

/// All connections that no session has taken over; cheap to clone.
#[derive(Clone)]
pub(crate) struct Watch {
    patience: Duration,
    connections: Arc<Mutex<Vec<Weak<Connection>>>>,
}

/// One of them.
pub(crate) struct Connection(Mutex<State>);

enum State {
    /// For a request, or for the client to take its answer, since then.
    Waits(TcpStream, Instant),
    Serves(TcpStream),
    /// A session watches it now.
    IsTaken,
}

impl Watch {
    /// With so much time from one answer to the next request.
    pub(crate) fn new(patience: Duration) -> Self {
        Self { patience, connections: Arc::default() }
    }

    /// Watches a new connection, as long as what this returns lives.
    ///
    /// # Errors
    /// When the process has no file descriptor left.
    pub(crate) fn begin(&self, socket: &impl AsFd) -> std::io::Result<Arc<Connection>> {
        let socket = TcpStream::from(socket.as_fd().try_clone_to_owned()?);
        let connection = Arc::new(Connection(Mutex::new(State::Waits(socket, Instant::now()))));
        lock(&self.connections).push(Arc::downgrade(&connection));
        Ok(connection)
    }

    /// Cuts those that wait too long, as long as the server lives.
    pub(crate) async fn keep_up(self) {
        let mut every = interval(EVERY);
        loop {
            every.tick().await;
            let now = Instant::now();
            let goes_on = |connection: &Weak<Connection>| {
                connection.upgrade().is_some_and(|connection| connection.goes_on(now, self.patience))
            };
            lock(&self.connections).retain(goes_on);
        }
    }
}

impl Connection {
    fn goes_on(&self, now: Instant, patience: Duration) -> bool {
        match &*lock(&self.0) {
            State::Waits(socket, since) if now.saturating_duration_since(*since) > patience => {
                // It may be closed already, which is what we want.
                let _ = socket.shutdown(Shutdown::Both);
                false
            }
            State::Waits(..) | State::Serves(_) => true,
            State::IsTaken => false,
        }
    }

    fn becomes(&self, next: impl FnOnce(TcpStream) -> State) {
        let mut state = lock(&self.0);
        *state = match std::mem::replace(&mut *state, State::IsTaken) {
            State::Waits(socket, _) | State::Serves(socket) => next(socket),
            State::IsTaken => State::IsTaken,
        };
    }
}

/// Notes when the connection of this request begins and ends to wait.
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
        connection.becomes(|socket| if is_taken { State::IsTaken } else { State::Waits(socket, Instant::now()) });
    }
    answer
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
