//! Operators: what they may see and do over REST. `liap-tui admin` is a client of it.

mod analytics;
mod bans;
mod broadcast;
mod maintenance;
mod operator;
mod rooms;
mod routes;
mod users;

pub(crate) use operator::Operator;
pub(crate) use routes::ENDPOINTS;
