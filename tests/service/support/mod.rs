//! What the tests speak with: the real server on a port of its own, and people at real sockets with a WebSocket library
//! that is not the server's.

mod connection;
mod guest;
mod http;
mod process;
mod schemas;
mod server;
mod table;

use std::time::Duration;

pub(crate) use self::{
    connection::{Connection, Heard},
    guest::Guest,
    http::get,
    process::{Ended, ServerProcess},
    server::TestServer,
    table::Table,
};

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
