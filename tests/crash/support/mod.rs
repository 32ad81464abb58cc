//! Servers that can be killed and started again on the same data, and people who remember all that they were told.

mod chance;
mod memory;
mod person;
mod player;
mod server;
mod table;
mod wire;

pub(crate) use self::{
    chance::Chance,
    person::Person,
    server::{Place, Server},
    table::Tables,
    wire::Stop,
};
pub(crate) use crate::shared::{Postgres, get, schemas, within};
