//! Battles over REST (contract *battles*): rooms, their state, their past, and hints. An open room answers itself; an
//! ended battle is read from its record.

mod claimed;
mod host;
mod lists;
mod past;
mod play;
mod record;
mod refused;
mod routes;
mod seats;

pub(crate) use routes::ENDPOINTS;
