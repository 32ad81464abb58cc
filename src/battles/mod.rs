//! Battles over REST (contract *battles*): rooms, their state, their past, and hints. A battle that lives is asked; one
//! that has ended is told from its record.

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
