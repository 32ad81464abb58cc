//! What the tests speak with: the real server, plain HTTP, and people with accounts.

mod attendant;
mod four;
pub(crate) mod game;
mod person;
pub(crate) mod player;
mod process;
mod server;

pub(crate) use self::{attendant::Attendant, four::Four, person::Person, server::KEY};
pub(crate) use crate::shared::{
    connection::Connection,
    http::{Answer, Request},
    postgres::Postgres,
    process::Process,
    schemas,
    server::TestServer,
    within,
};

/// A password that nobody would take for a word of the server's own.
pub(crate) const PASSWORD: &str = "Correct-Horse-9";
