//! What the tests of every contract use: the real server, as a thread or as a process, plain HTTP, WebSocket connections
//! whose messages are checked against their schemas, and people who play.

mod attendant;
mod connection;
mod device;
mod four;
pub(crate) mod guest;
mod http;
mod person;
pub(crate) mod player;
mod postgres;
pub(crate) mod process;
pub(crate) mod schemas;
mod server;
mod server_process;
mod speaker;
mod table;

use std::time::Duration;

pub(crate) use self::{
    attendant::Attendant,
    connection::Connection,
    device::{Device, step, unhurried},
    four::Four,
    guest::Guest,
    http::{Answer, Request, get},
    person::Person,
    postgres::Postgres,
    process::Process,
    server::{KEY, TestServer},
    server_process::{Ended, ServerProcess},
    speaker::Speaker,
    table::Table,
};

/// How long anything may take that has to happen: generous, as it only ends tests that fail.
pub(crate) const DEADLINE: Duration = Duration::from_secs(120);

/// A password that nobody would take for a word of the server's own.
pub(crate) const PASSWORD: &str = "Correct-Horse-9";

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
