//! Servers that can be killed and started again on the same data, and people who remember all that they were told.

mod chance;
#[path = "../../service/support/http.rs"]
#[expect(dead_code, reason = "only bodies are read here")]
mod http;
mod memory;
mod person;
mod player;
mod postgres;
#[path = "../../service/support/schemas.rs"]
mod schemas;
mod server;
mod table;
mod wire;

use std::time::Duration;

pub(crate) use self::{
    chance::Chance,
    http::get,
    person::Person,
    postgres::Postgres,
    server::{Place, Server},
    table::Tables,
    wire::Stop,
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
