//! What the tests speak with: the real server on a port of its own, and people at real sockets with a WebSocket library
//! that is not the server's.

mod guest;
mod process;
mod server;
mod table;

pub(crate) use self::{
    guest::Guest,
    process::{Ended, ServerProcess},
    table::Table,
};
pub(crate) use crate::shared::{connection::Connection, http::get, moment, server::TestServer, within};
