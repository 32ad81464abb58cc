//! What the tests speak with: the real server, plain HTTP, and people with accounts.

mod attendant;
mod four;
pub(crate) mod game;
mod http;
mod person;
pub(crate) mod player;
#[path = "../../crash/support/postgres.rs"]
#[expect(dead_code, reason = "only a test of crashes stops it")]
mod postgres;
mod process;
#[path = "../../service/support/schemas.rs"]
pub(crate) mod schemas;
mod server;

use std::time::Duration;

pub(crate) use self::{
    attendant::Attendant,
    four::Four,
    http::{Answer, Request},
    person::Person,
    postgres::Postgres,
    process::Process,
    server::{KEY, TestServer},
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
