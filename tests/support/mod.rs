//! What the tests of every contract use: the real server, as a thread or as a process, plain HTTP, and WebSocket connections
//! whose messages are checked against their schemas.

pub(crate) mod connection;
pub(crate) mod http;
pub(crate) mod postgres;
pub(crate) mod process;
pub(crate) mod schemas;
pub(crate) mod server;

use std::time::Duration;

/// How long anything may take that has to happen: generous, as it only ends tests that fail.
pub(crate) const DEADLINE: Duration = Duration::from_secs(120);

/// Waits for what has to happen.
pub(crate) async fn within<T>(what: &str, happening: impl Future<Output = T>) -> T {
    match tokio::time::timeout(DEADLINE, happening).await {
        Ok(happened) => happened,
        Err(_) => panic!("waited {} s for {what}", DEADLINE.as_secs()),
    }
}

/// A moment between two looks at something that will change.
pub(crate) async fn moment() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}
